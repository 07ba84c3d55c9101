package boardtest

import (
	"context"
	"errors"
	"fmt"
	"time"

	"corkboard/board"
	"corkboard/notes"
)

// Commit does what board.Store asks of it, one proposal at a time.
func (s *Store) Commit(_ context.Context, p board.Proposal) (board.Outcome, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.refuse > 0 {
		s.refuse--
		return board.Outcome{}, fmt.Errorf("refused on purpose: %w", board.ErrUnavailable)
	}
	b := s.boards[p.Board]
	if b == nil {
		return board.Outcome{}, board.ErrNotFound
	}
	out, ok := b.foreseen(p, s.time())
	var err error
	if !ok {
		out, err = s.commit(b, p)
	}
	if err == nil && s.lose > 0 {
		s.lose--
		return board.Outcome{}, fmt.Errorf("answer lost on purpose: %w", board.ErrUnavailable)
	}
	return out, err
}

// foreseen keeps a decision that was made without looking, if all that it was
// made on is true.
func (b *shelf) foreseen(p board.Proposal, at time.Time) (board.Outcome, bool) {
	f, ok := board.Foresee(p, at)
	if !ok || f.Epoch != b.head.Epoch || f.Seq != b.head.Seq || f.PermVersion != b.head.PermVersion {
		return board.Outcome{}, false
	}
	for _, c := range f.Clients {
		now := b.clients[c.Client]
		if now == nil || now.Principal != c.Principal || now.Gen != c.Gen || now.LastMid != c.From {
			return board.Outcome{}, false
		}
	}
	b.keep(f.Decision, at)
	return board.Outcome{Head: b.head, Events: f.Events, Answers: f.Answers, Clients: f.Known}, true
}

func (s *Store) commit(b *shelf, p board.Proposal) (out board.Outcome, err error) {
	q := board.Question{Doc: p.Doc, At: s.time(), History: b.history, Clients: map[string]*board.ClientState{}}
	if p.Doc != nil {
		if p.Epoch != b.head.Epoch || p.Doc.Seq > b.head.Seq {
			return board.Outcome{}, board.ErrEpoch
		}
		q.Missed, err = b.after(p.Doc.Seq)
	}
	if q.Doc == nil || errors.Is(err, board.ErrTruncated) {
		q.Doc = b.doc.Clone()
		out.Doc = q.Doc
	}
	for _, t := range p.Turns {
		t.Grant = s.stands(b, p.Board, t.Grant, q.At)
		q.Turns = append(q.Turns, t)
		if c := b.clients[t.Client]; c != nil {
			q.Clients[t.Client] = copied(c)
		}
	}
	d, err := board.Decide(q)
	if err != nil {
		return board.Outcome{}, err
	}
	b.keep(d, q.At)
	out.Head, out.Missed, out.Events, out.Answers, out.Clients = b.head, q.Missed, d.Events, d.Answers, d.Known
	return out, nil
}

// stands returns the grant as it is now; without a role when there is none left.
func (s *Store) stands(b *shelf, id string, g board.Grant, at time.Time) board.Grant {
	if g.Board == id && g.Stands(b.head.PermVersion, at) {
		return g
	}
	none := board.Grant{Board: g.Board, Principal: g.Principal, PermVersion: b.head.PermVersion}
	if g.Board != id {
		return none
	}
	if now, err := s.evaluate(g.Principal, id, at); err == nil {
		return now
	}
	return none
}

func (b *shelf) keep(d board.Decision, at time.Time) {
	for _, e := range d.Events {
		if err := b.doc.ApplyEvent(e); err != nil {
			panic(err) // Decide numbers from the document's seq on
		}
		b.summary.ModifiedAt = at
	}
	for seq, t := range board.TextEdits(d.Events) {
		b.deltas[t.Note] = append(b.deltas[t.Note], edit{seq, t.Rev, t.Delta})
	}
	for _, c := range d.Clients {
		b.settle(c)
	}
	b.events = append(b.events, d.Events...)
	b.head.Seq, b.summary.Name, b.summary.NoteCount = b.doc.Seq, b.doc.Board.Name, b.doc.Stickies()
}

// settle moves a client on and keeps its new answers beside the older ones.
func (b *shelf) settle(a board.Advance) {
	c := b.clients[a.Client]
	c.LastMid = a.LastMid
	for _, ack := range a.Results {
		if ack.Mid > a.From {
			c.Results = append(c.Results, ack)
		}
	}
	c.Results = c.Results[max(0, len(c.Results)-board.KeptResults):]
}

func (b *shelf) history(note string, from, to int64) ([]notes.Delta, error) {
	var found []notes.Delta
	for _, e := range b.deltas[note] {
		if e.rev > from && e.rev <= to {
			found = append(found, e.delta)
		}
	}
	if int64(len(found)) != to-from {
		return nil, notes.ErrHistory
	}
	return found, nil
}
