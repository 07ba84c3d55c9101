package boardtest

import (
	"context"
	"testing"

	"corkboard/board"
	"corkboard/notes"
)

// Replica is what a room remembers of a board: its document and its clients. Its
// fields may be changed to make it remember wrongly.
type Replica struct {
	Doc     *notes.Document
	Head    board.Head
	Clients map[string]board.ClientState
}

// Replica loads a board, and remembers seats as they are when nothing that they
// sent is under way.
func (w *World) Replica(t testing.TB, boardID string, seats ...*Seat) *Replica {
	t.Helper()
	r := &Replica{Clients: map[string]board.ClientState{}}
	var err error
	r.Doc, r.Head, err = w.Load(t.Context(), boardID)
	must(t, err)
	for _, s := range seats {
		r.Clients[s.Client] = s.State()
	}
	return r
}

// State is the seat's client when all that it sent has landed.
func (s *Seat) State() board.ClientState {
	return board.ClientState{Client: s.Client, Principal: s.Grant.Principal.String(), Gen: s.Gen, LastMid: s.Mid}
}

// Proposal is of turns on what the replica remembers.
func (r *Replica) Proposal(turns ...board.Turn) board.Proposal {
	return board.Proposal{
		Board: turns[0].Grant.Board, Doc: r.Doc, Epoch: r.Head.Epoch, Turns: turns, Clients: r.Clients,
	}
}

// Commit proposes turns on what the replica remembers, and moves it on as a room
// moves. The error is the store's, or tells of an outcome that does not follow.
func (r *Replica) Commit(ctx context.Context, s board.Store, turns ...board.Turn) (board.Outcome, error) {
	out, err := s.Commit(ctx, r.Proposal(turns...))
	if err != nil {
		return out, err
	}
	return out, r.Follow(out)
}

// Follow moves the replica on by an outcome. The error tells of a gap.
func (r *Replica) Follow(out board.Outcome) error {
	if out.Doc != nil {
		r.Doc = out.Doc
	}
	for _, e := range append(append([]notes.Event{}, out.Missed...), out.Events...) {
		if err := r.Doc.ApplyEvent(e); err != nil {
			return err
		}
	}
	r.Head = out.Head
	for _, c := range out.Clients {
		r.Clients[c.Client] = c
	}
	return nil
}
