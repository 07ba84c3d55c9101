package store_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"testing"

	"corkboard/board"
	"corkboard/board/boardtest"
	"corkboard/notes"
	"corkboard/store"
	"corkboard/store/storetest"
)

// The steps of a commit on a document that is at hand.
var steps = []string{"BEGIN", "the board's lock", "the clients' lock", "the writing", "COMMIT"}

// Whatever the moment at which the connection is lost, the same proposal made
// again has its effect once (I2, I3).
func TestCommitOverALostConnection(t *testing.T) {
	t.Parallel()
	address := storetest.URL(t)
	wire, through := newWire(t, address)
	direct := &boardtest.World{Stores: migrated(t, address), Clock: boardtest.NewClock()}
	cut := storetest.Open(t, through)
	seat := direct.Desk(t)
	create, note := boardtest.NewNote("")
	direct.Do(t, seat, create)
	doc := direct.Document(t, seat.Board)
	for round := range 8 {
		for step, name := range steps {
			for _, after := range []bool{false, true} {
				where := fmt.Sprintf("round %d, cut at %s, after it: %v", round, name, after)
				turn := seat.Turn(boardtest.Move(note, float64(seat.Mid+1), 0))
				p := board.Proposal{Board: seat.Board, Doc: doc, Epoch: 1, Turns: []board.Turn{turn}}
				wire.cut(step, after)
				out, err := cut.Commit(t.Context(), p)
				lost := errors.Is(err, board.ErrUnavailable)
				if lost {
					out, err = cut.Commit(t.Context(), p)
				}
				if err != nil {
					t.Fatalf("%s: %v", where, err)
				}
				if committed := len(out.Missed) == 1; lost && committed != (name == "COMMIT" && after) {
					t.Errorf("%s: committed before the connection was lost: %v", where, committed)
				}
				if !lost && name != "BEGIN" {
					t.Errorf("%s: the loss went unnoticed", where)
				}
				settled(t, where, doc, out, turn)
			}
		}
	}
	direct.Check(t, seat.Board)
}

// settled checks that the one op of turn is done, once, and moves doc on.
func settled(t *testing.T, where string, doc *notes.Document, out board.Outcome, turn board.Turn) {
	t.Helper()
	mid, seq := turn.Ops[0].Mid, doc.Seq+1
	if got, want := out.Answers[0].Acks[0], (board.Ack{Mid: mid, Status: board.OK, Seq: seq}); got != want {
		t.Fatalf("%s: ack %+v, want %+v", where, got, want)
	}
	for _, e := range append(out.Missed, out.Events...) {
		if err := doc.ApplyEvent(e); err != nil {
			t.Fatalf("%s: %v", where, err)
		}
	}
	if doc.Seq != seq {
		t.Fatalf("%s: the document is at seq %d, want %d", where, doc.Seq, seq)
	}
}

func migrated(t testing.TB, address string) *store.Store {
	t.Helper()
	s := storetest.Open(t, address)
	if _, err := s.Migrate(context.Background()); err != nil {
		t.Fatal(err)
	}
	return s
}

// Backends are terminated again and again under several writers.
func TestCommitWhileBackendsAreTerminated(t *testing.T) {
	t.Parallel()
	const writers, ops, killEvery = 3, 80, 4
	address := storetest.URL(t)
	w := &boardtest.World{Stores: migrated(t, address), Clock: boardtest.NewClock()}
	quiet := storetest.With(t, address, "log_min_messages", "panic") // to be killed is no news here
	doomed := storetest.Open(t, storetest.With(t, quiet, "application_name", "doomed"))
	seat := w.Desk(t)
	create, note := boardtest.NewNote("")
	w.Do(t, seat, create)
	committed := make(chan struct{}, writers*ops)
	var wg sync.WaitGroup
	for range writers {
		s := w.Seat(t, seat.Board, seat.Grant.Principal)
		wg.Go(func() {
			for range ops {
				if err := insist(doomed, s.Board, s.Turn(boardtest.Insert(note, 0, 0, "x"))); err != nil {
					t.Error(err)
				}
				committed <- struct{}{}
			}
		})
	}
	admin := database(t, address)
	for n := range writers * ops {
		<-committed
		if n%killEvery == 0 {
			terminate(t, admin)
		}
	}
	wg.Wait()
	doc := w.Check(t, seat.Board)
	if got := len(doc.Notes[note].Text); got != writers*ops {
		t.Errorf("%d letters of %d typed", got, writers*ops)
	}
}

// insist makes a proposal until its outcome is known, as a room does.
func insist(s *store.Store, id string, turn board.Turn) error {
	for range 1000 {
		out, err := s.Commit(context.Background(), board.Proposal{Board: id, Turns: []board.Turn{turn}})
		switch {
		case errors.Is(err, board.ErrUnavailable):
			continue
		case err != nil:
			return err
		case out.Answers[0].Fate != board.Lives || out.Answers[0].Acks[0].Status != board.OK:
			return fmt.Errorf("answer %+v", out.Answers[0])
		}
		return nil
	}
	return errors.New("never became available")
}

// terminate ends every connection of this test's doomed store.
func terminate(t *testing.T, admin *sql.DB) {
	t.Helper()
	const query = `
		SELECT pg_terminate_backend(a.pid)
		  FROM pg_stat_activity a
		 WHERE a.application_name = 'doomed'`
	if _, err := admin.Exec(query); err != nil {
		t.Error(err)
	}
}
