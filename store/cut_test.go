package store_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

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
			for _, when := range []moment{before, after} {
				where := fmt.Sprintf("round %d, cut at %s, moment %d", round, name, when)
				turn := seat.Turn(boardtest.Move(note, float64(seat.Mid+1), 0))
				p := board.Proposal{Board: seat.Board, Doc: doc, Epoch: 1, Turns: []board.Turn{turn}}
				wire.cut(step, when)
				out, err := cut.Commit(t.Context(), p)
				lost := errors.Is(err, board.ErrUnavailable)
				if lost {
					out, err = cut.Commit(t.Context(), p)
				}
				if err != nil {
					t.Fatalf("%s: %v", where, err)
				}
				if committed := len(out.Missed) == 1; lost && committed != (name == "COMMIT" && when == after) {
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

// The one statement is cut 201 times: before it arrives, and when it is
// committed and its answer, or only the end of it, is lost.
func TestCommitInOneStatementOverALostConnection(t *testing.T) {
	t.Parallel()
	const rounds = 67
	address := storetest.URL(t)
	wire, through := newWire(t, address)
	direct := &boardtest.World{Stores: migrated(t, address), Clock: boardtest.NewClock()}
	cut := storetest.Open(t, through)
	seat := direct.Desk(t)
	create, note := boardtest.NewNote("")
	direct.Do(t, seat, create)
	room := direct.Replica(t, seat.Board, seat)
	for round := range rounds {
		for _, when := range []moment{before, after, halfway} {
			where := fmt.Sprintf("round %d, moment %d", round, when)
			turn := seat.Turn(boardtest.Move(note, float64(seat.Mid+1), 0))
			p := room.Proposal(turn)
			wire.cut(aloneStep, when)
			out, err := cut.Commit(t.Context(), p)
			if errors.Is(err, board.ErrUnavailable) {
				out, err = cut.Commit(t.Context(), p)
			}
			if err != nil {
				t.Fatalf("%s: %v", where, err)
			}
			if committed := len(out.Missed) == 1; committed != (when != before) {
				t.Errorf("%s: committed before the connection was lost: %v", where, committed)
			}
			settled(t, where, room.Doc, out, turn)
			room.Clients[seat.Client] = out.Clients[0]
		}
	}
	if cuts, _ := wire.count(); cuts != 3*rounds {
		t.Errorf("%d cuts", cuts)
	}
	direct.Check(t, seat.Board)
}

func TestAnOrdinaryCommitIsOneRoundTrip(t *testing.T) {
	t.Parallel()
	wire, through := newWire(t, storetest.URL(t))
	w := &boardtest.World{Stores: migrated(t, through), Clock: boardtest.NewClock()}
	seat := w.Desk(t)
	room := w.Replica(t, seat.Board, seat)
	create, note := boardtest.NewNote("")
	edits := []notes.Edit{
		create, boardtest.Move(note, 1, 1), boardtest.Move(note, 2, 2),
		boardtest.Insert(note, 0, 0, "x"), boardtest.Insert(note, 1, 0, "x"),
		&notes.Set{Note: note}, &notes.Set{Note: note},
	}
	for n, edit := range edits {
		_, earlier := wire.count()
		if _, err := room.Commit(t.Context(), w, seat.Turn(edit)); err != nil {
			t.Fatal(err)
		}
		_, now := wire.count()
		if first := n%2 == 1 || n == 0; !first && now-earlier != 1 { // the first of a sort prepares its statement
			t.Errorf("edit %d took %d round trips", n, now-earlier)
		}
	}
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
	const writers, ops, killEvery = 4, 60, 4
	address := storetest.URL(t)
	w := &boardtest.World{Stores: migrated(t, address), Clock: boardtest.NewClock()}
	quiet := storetest.With(t, address, "log_min_messages", "panic") // to be killed is no news here
	doomed := storetest.Open(t, storetest.With(t, quiet, "application_name", "doomed"))
	seat := w.Desk(t)
	create, note := boardtest.NewNote("")
	w.Do(t, seat, create)
	committed := make(chan struct{}, writers*ops)
	var wg sync.WaitGroup
	alone := w.Desk(t) // nobody else is on this board: what its room foresees comes true
	lonely, theirs := boardtest.NewNote("")
	w.Do(t, alone, lonely)
	for n := range writers {
		s, note := w.Seat(t, seat.Board, seat.Grant.Principal), note
		if n == 0 {
			s, note = alone, theirs
		}
		room := w.Replica(t, s.Board, s)
		wg.Go(func() {
			for range ops {
				if err := insist(doomed, room, s.Turn(boardtest.Insert(note, room.Doc.Notes[note].Rev, 0, "x"))); err != nil {
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
	shared, own := w.Check(t, seat.Board).Notes[note].Text, w.Check(t, alone.Board).Notes[theirs].Text
	if len(shared) != (writers-1)*ops || len(own) != ops {
		t.Errorf("%d and %d letters of %d and %d typed", len(shared), len(own), (writers-1)*ops, ops)
	}
}

// insist makes a proposal until its outcome is known, as a room does.
func insist(s *store.Store, room *boardtest.Replica, turn board.Turn) error {
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); {
		out, err := room.Commit(context.Background(), s, turn)
		switch {
		case errors.Is(err, board.ErrUnavailable):
			time.Sleep(5 * time.Millisecond) // less than a room waits
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
