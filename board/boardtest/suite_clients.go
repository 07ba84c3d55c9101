package boardtest

import (
	"errors"
	"sync"
	"testing"
	"time"

	"corkboard/auth"
	"corkboard/board"
)

const hour = time.Hour

// clientParts: one client is one principal's and lives once (I5, I13).
var clientParts = map[string]func(*testing.T, *World){
	"clients/an older generation has no effect":           fenced,
	"clients/entering fences commits that are under way":  fenceUnderWay,
	"clients/a client belongs to one principal":           foreignClient,
	"clients/a client that never entered has no effect":   strangeClient,
	"clients/a client id means one board's client only":   clientPerBoard,
	"clients/nobody enters a board that is not there":     enterNowhere,
	"clients/a hello finds out all that a join must know": helloFindsOut,
	"clients/nobody enters without a role":                enterWithoutRole,
	"clients/a forgotten generation is never given again": forgottenGeneration,
}

func fenced(t *testing.T, w *World) {
	old := w.Desk(t)
	create, note := NewNote("")
	w.Do(t, old, create)
	state, err := w.Hello(t.Context(), old.Board, old.Client, old.Grant.Principal)
	must(t, err)
	equal(t, "generation", state.Gen, old.Gen+1)
	late := w.Propose(t, old.Turn(Move(note, 9, 9)))
	equal(t, "fate of the old one", late.Answers[0].Fate, board.Fenced)
	equal(t, "acks of the old one", len(late.Answers[0].Acks), 0)
	now := *old
	now.Gen, now.Mid = state.Gen, state.LastMid
	equal(t, "the new one", w.Do(t, &now, Move(note, 7, 7))[0].Status, board.OK)
	equal(t, "x", w.Check(t, old.Board).Notes[note].X, 7)
}

func fenceUnderWay(t *testing.T, w *World) {
	seat := w.Desk(t)
	create, note := NewNote("")
	w.Do(t, seat, create)
	started, entered, ended := make(chan struct{}), make(chan struct{}), make(chan struct{})
	underWay := sync.OnceFunc(func() { close(started) })
	go func() {
		defer close(ended)
		defer underWay()
		for x := 1.0; ; x++ {
			late := isClosed(entered)
			out, err := w.Commit(background, board.Proposal{Board: seat.Board, Turns: []board.Turn{seat.Turn(Move(note, x, 0))}})
			if x == 3 {
				underWay()
			}
			fenced := err == nil && out.Answers[0].Fate == board.Fenced
			if late && !fenced || err != nil {
				t.Errorf("a commit after the new hello: %v %v", out.Answers, err)
			}
			if late || fenced {
				return
			}
		}
	}()
	<-started
	state, err := w.Hello(t.Context(), seat.Board, seat.Client, seat.Grant.Principal)
	must(t, err)
	close(entered)
	<-ended
	equal(t, "mids committed", w.lastMid(t, seat), state.LastMid)
	w.Check(t, seat.Board)
}

func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// lastMid is the highest mid of the client in the log.
func (w *World) lastMid(t testing.TB, s *Seat) (mid int64) {
	t.Helper()
	events, err := w.Events(t.Context(), s.Board, 0)
	must(t, err)
	for _, e := range events {
		if e.Client == s.Client {
			mid = e.Mid
		}
	}
	return mid
}

func foreignClient(t *testing.T, w *World) {
	seat := w.Desk(t)
	other := w.Seat(t, seat.Board, board.Principal{Kind: board.ByConsole, ID: "x"})
	_, err := w.Hello(t.Context(), seat.Board, seat.Client, other.Grant.Principal)
	isNotFound(t, "entering as another", err)
	create, _ := NewNote("")
	thief := *other
	thief.Client, thief.Gen = seat.Client, seat.Gen
	out := w.Propose(t, thief.Turn(create))
	equal(t, "fate of the thief", out.Answers[0].Fate, board.Fenced)
	both := w.Propose(t, seat.Turn(create), (&thief).Turn(create))
	equal(t, "fate of its owner", both.Answers[0].Fate, board.Lives)
	equal(t, "fate of the thief beside it", both.Answers[1].Fate, board.Fenced)
	equal(t, "seq", w.Check(t, seat.Board).Seq, 1)
}

func strangeClient(t *testing.T, w *World) {
	seat := w.Desk(t)
	seat.Client = id("client")
	create, _ := NewNote("")
	out := w.Propose(t, seat.Turn(create))
	equal(t, "fate", out.Answers[0].Fate, board.OutOfOrder)
	equal(t, "seq", w.Check(t, seat.Board).Seq, 0)
}

func clientPerBoard(t *testing.T, w *World) {
	a := w.Desk(t)
	b := w.Seat(t, w.Board(t, a.Grant.Principal), a.Grant.Principal)
	e, err := w.Enter(t.Context(), b.Board, a.Client, board.Visitor{Principal: a.Grant.Principal})
	must(t, err)
	equal(t, "new on the other board", e.New, true)
	create, _ := NewNote("")
	w.Do(t, a, create)
	b.Client, b.Gen = a.Client, e.Client.Gen
	equal(t, "the same client and mid on another board", w.Do(t, b, create)[0].Status, board.OK)
}

// helloFindsOut: the entrance holds what Grant, Heads and the client's earlier
// answers say.
func helloFindsOut(t *testing.T, w *World) {
	guest := w.User(t, "Ben")
	desk := w.Desk(t)
	w.open(t, guest, desk.Board, board.Editor)
	create, _ := NewNote("")
	w.Do(t, desk, create)
	client := id("client")
	for gen, v := range []board.Visitor{{Session: auth.Hash(guest.ID)}, {Principal: guest}} {
		e, err := w.Enter(t.Context(), desk.Board, client, v)
		must(t, err)
		grant, err := w.Grant(t.Context(), guest, desk.Board)
		must(t, err)
		equal(t, "grant", e.Grant, grant)
		heads, err := w.Heads(t.Context(), []string{desk.Board})
		must(t, err)
		equal(t, "head", e.Head, heads[desk.Board])
		equal(t, "new", e.New, gen == 0)
		equal(t, "principal", e.Client.Principal, guest.String())
	}
	_, err := w.Enter(t.Context(), desk.Board, client, board.Visitor{Session: auth.Hash("no session's token")})
	equal(t, "an unknown session is said to be one", errors.Is(err, auth.ErrUnknown), true)
	for _, p := range []board.Principal{{Kind: board.ByLink, ID: w.link(t, desk.Board, board.Viewer).ID}, {Kind: board.ByConsole, ID: "x"}} {
		e, err := w.Enter(t.Context(), desk.Board, id("client"), board.Visitor{Principal: p})
		must(t, err)
		equal(t, "who came", e.Grant.Principal, p)
		equal(t, "whose client it is", e.Client.Principal, p.String())
	}
}

// forgottenGeneration: whatever becomes of a client's row, an op has an effect in
// the generation alone that the row names, and no two hellos are given the same.
func forgottenGeneration(t *testing.T, w *World) { // I5, D7
	seat := w.Desk(t)
	create, _ := NewNote("")
	given := map[int64]bool{seat.Gen: true}
	for range 10 {
		w.ForgetClient(t, seat.Board, seat.Client)
		lost := w.Propose(t, seat.Turn(create))
		equal(t, "fate of an op of nobody", lost.Answers[0].Fate, board.OutOfOrder)
		e, err := w.Enter(t.Context(), seat.Board, seat.Client, board.Visitor{Principal: seat.Grant.Principal})
		must(t, err)
		equal(t, "it is new", e.New, true)
		equal(t, "it was given before", given[e.Client.Gen], false)
		given[e.Client.Gen] = true
		seat.Mid = 0
		late := w.Propose(t, seat.Turn(create))
		equal(t, "fate of an op from before that", late.Answers[0].Fate, board.Fenced)
		seat.Gen, seat.Mid = e.Client.Gen, 0
	}
	equal(t, "an op of now", w.Do(t, seat, create)[0].Status, board.OK)
	e, err := w.Enter(t.Context(), seat.Board, seat.Client, board.Visitor{Principal: seat.Grant.Principal})
	must(t, err)
	equal(t, "it is new when it comes again", e.New, false)
	equal(t, "it counts on", e.Client.Gen, seat.Gen+1)
	equal(t, "seq", w.Check(t, seat.Board).Seq, 1)
}

func enterWithoutRole(t *testing.T, w *World) {
	desk, stranger := w.Desk(t), w.User(t, "Eve")
	guest := w.User(t, "Ben")
	w.open(t, guest, desk.Board, board.Editor)
	client := id("client")
	for _, v := range []board.Visitor{{Session: auth.Hash(stranger.ID)}, {Principal: stranger}} {
		_, err := w.Enter(t.Context(), desk.Board, client, v)
		isNotFound(t, "entering without a role", err)
	}
	must(t, w.SetTrashed(t.Context(), desk.Board, true, w.Clock.Now()))
	_, err := w.Enter(t.Context(), desk.Board, client, board.Visitor{Principal: guest})
	isNotFound(t, "entering a board in the trash", err)
	e, err := w.Enter(t.Context(), desk.Board, client, board.Visitor{Principal: desk.Grant.Principal})
	must(t, err)
	equal(t, "its owner is told that it is there", e.Grant.Trashed, true)
	equal(t, "nobody had the client before", e.New, true)
}

func enterNowhere(t *testing.T, w *World) {
	p := w.User(t, "Ana")
	_, err := w.Hello(t.Context(), "board_none", "client_1", p)
	isNotFound(t, "entering", err)
	_, _, err = w.Load(t.Context(), "board_none")
	isNotFound(t, "loading", err)
	_, err = w.Events(t.Context(), "board_none", 0)
	isNotFound(t, "events", err)
	_, err = w.Grant(t.Context(), p, "board_none")
	isNotFound(t, "grant", err)
}
