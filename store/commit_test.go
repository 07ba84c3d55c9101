package store_test

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"testing"

	"corkboard/board"
	"corkboard/board/boardtest"
	"corkboard/notes"
	"corkboard/store"
	"corkboard/store/storetest"
)

// desk is a world on Postgres, a seat in it, and a way past the store.
func desk(t *testing.T) (*boardtest.World, *boardtest.Seat, *sql.DB) {
	t.Helper()
	address := storetest.URL(t)
	w := &boardtest.World{Stores: migrated(t, address), Clock: boardtest.NewClock()}
	return w, w.Desk(t), database(t, address)
}

// hold locks a board's row, as a commit of another node does, until released.
func hold(t *testing.T, db *sql.DB, id string) (release func()) {
	t.Helper()
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec("SELECT FROM boards WHERE id = $1 FOR NO KEY UPDATE", id); err != nil {
		t.Fatal(err)
	}
	return func() { tx.Rollback() }
}

// queued returns when n connections of this test wait for a lock.
func queued(t *testing.T, db *sql.DB, n int) {
	t.Helper()
	const query = `
		SELECT count(*)
		  FROM pg_stat_activity
		 WHERE application_name = current_schema()
		   AND wait_event_type = 'Lock'`
	for waiting := -1; waiting != n; {
		if err := db.QueryRowContext(t.Context(), query).Scan(&waiting); err != nil {
			t.Fatal(err)
		}
	}
}

func TestCommitOutlivesItsCaller(t *testing.T) {
	t.Parallel()
	w, seat, db := desk(t)
	create, _ := boardtest.NewNote("")
	release := hold(t, db, seat.Board)
	ctx, leave := context.WithCancel(t.Context())
	done := make(chan error)
	go func() {
		_, err := w.Commit(ctx, board.Proposal{Board: seat.Board, Turns: []board.Turn{seat.Turn(create)}})
		done <- err
	}()
	queued(t, db, 1)
	leave()
	release()
	if err := <-done; err != nil {
		t.Errorf("a commit whose caller has left: %v", err)
	}
	if doc := w.Check(t, seat.Board); doc.Seq != 1 {
		t.Errorf("seq %d", doc.Seq)
	}
}

// A hello that comes while a commit of its client is being written waits for
// it, and knows of it (I5).
func TestEnterWaitsForACommitUnderWay(t *testing.T) {
	t.Parallel()
	w, seat, db := desk(t)
	create, note := boardtest.NewNote("")
	w.Do(t, seat, create)
	room := w.Replica(t, seat.Board, seat)
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec("SELECT FROM notes WHERE id = $1 FOR UPDATE", note); err != nil {
		t.Fatal(err)
	}
	committed, entered := make(chan error), make(chan board.Entrance)
	turn := seat.Turn(boardtest.Move(note, 1, 1))
	go func() {
		_, err := room.Commit(context.Background(), w, turn)
		committed <- err
	}()
	queued(t, db, 1) // it has its locks, and waits to write the note
	go func() {
		e, err := w.Enter(context.Background(), seat.Board, seat.Client, board.Visitor{Principal: seat.Grant.Principal})
		if err != nil {
			t.Error(err)
		}
		entered <- e
	}()
	queued(t, db, 2)
	tx.Rollback()
	if err := <-committed; err != nil {
		t.Error(err)
	}
	e := <-entered
	if e.Head != (board.Head{}) {
		t.Errorf("the head from before the commit came with what the commit did: %+v", e.Head)
	}
	state := e.Client
	if state.LastMid != 2 || len(state.Results) != 2 || state.Results[1].Seq != 2 || state.Gen != seat.Gen+1 {
		t.Errorf("entered as %+v", state)
	}
}

// A commit that was foreseen and comes while a hello of one of its clients is
// being written waits for it, and writes nothing for that one (I5).
func TestAForeseenCommitWaitsForAHelloUnderWay(t *testing.T) {
	t.Parallel()
	w, seat, db := desk(t)
	other := w.Seat(t, seat.Board, seat.Grant.Principal)
	room := w.Replica(t, seat.Board, seat, other)
	hello, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := hello.Exec("UPDATE sync_clients SET gen = gen + 1 WHERE client_id = $1", seat.Client); err != nil {
		t.Fatal(err)
	}
	create, _ := boardtest.NewNote("")
	theirs, note := boardtest.NewNote("")
	answered := make(chan []board.Answer)
	go func() {
		out, err := room.Commit(context.Background(), w, seat.Turn(create), other.Turn(theirs))
		if err != nil {
			t.Error(err)
		}
		answered <- out.Answers
	}()
	queued(t, db, 1) // it has the board, and waits for the client
	if err := hello.Commit(); err != nil {
		t.Fatal(err)
	}
	answers := <-answered
	if len(answers) != 2 || answers[0].Fate != board.Fenced || answers[1].Fate != board.Lives {
		t.Errorf("answered %+v", answers)
	}
	if doc := w.Check(t, seat.Board); doc.Seq != 1 || doc.Notes[note] == nil {
		t.Errorf("seq %d", doc.Seq)
	}
}

// What a constraint forbids is told apart from what may be tried again.
func TestARefusedCommit(t *testing.T) {
	t.Parallel()
	w, seat, db := desk(t)
	if _, err := db.Exec("ALTER TABLE notes ADD CHECK (text <> 'poison')"); err != nil {
		t.Fatal(err)
	}
	create, _ := boardtest.NewNote("poison")
	room := w.Replica(t, seat.Board, seat)
	turn := seat.Turn(create)
	for _, p := range []board.Proposal{room.Proposal(turn), {Board: seat.Board, Turns: []board.Turn{turn}}} {
		if _, err := w.Commit(t.Context(), p); !errors.Is(err, board.ErrRefused) || errors.Is(err, board.ErrUnavailable) {
			t.Errorf("refused with %v", err)
		}
	}
	turn.Ops[0] = board.Submission{Mid: 1, Refused: &notes.Rejection{Code: notes.Invalid, Reason: "No."}}
	out, err := room.Commit(t.Context(), w, turn)
	if err != nil || out.Answers[0].Acks[0].Code != notes.Invalid {
		t.Errorf("as a refusal: %+v, %v", out.Answers, err)
	}
	w.Check(t, seat.Board)
}

func TestAGapInTheLogIsNotGuessedOver(t *testing.T) {
	t.Parallel()
	w, seat, db := desk(t)
	doc := w.Document(t, seat.Board)
	create, note := boardtest.NewNote("")
	w.Do(t, seat, create, boardtest.Move(note, 1, 1), boardtest.Move(note, 2, 2))
	for _, seq := range []int{3, 2} {
		if _, err := db.Exec("DELETE FROM events WHERE board_id = $1 AND seq = $2", seat.Board, seq); err != nil {
			t.Fatal(err)
		}
		if events, err := w.Events(t.Context(), seat.Board, 0); !errors.Is(err, board.ErrTruncated) {
			t.Errorf("without seq %d: %d events, %v", seq, len(events), err)
		}
	}
	out := w.ProposeOn(t, doc, 1, seat.Turn(boardtest.Move(note, 3, 3)))
	if out.Doc == nil || out.Doc.Seq != 3 || len(out.Missed) != 0 {
		t.Errorf("a commit over a gap: %+v", out)
	}
}

func TestALockThatIsNotToBeHad(t *testing.T) {
	t.Parallel()
	address := storetest.URL(t)
	w := &boardtest.World{Stores: migrated(t, address), Clock: boardtest.NewClock()}
	seat := w.Desk(t)
	hasty := storetest.Open(t, storetest.With(t, address, "lock_timeout", "10"))
	release := hold(t, database(t, address), seat.Board)
	create, _ := boardtest.NewNote("")
	p := board.Proposal{Board: seat.Board, Turns: []board.Turn{seat.Turn(create)}}
	if _, err := hasty.Commit(t.Context(), p); !errors.Is(err, board.ErrUnavailable) {
		t.Errorf("while the lock is held: %v", err)
	}
	release()
	if _, err := hasty.Commit(t.Context(), p); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

func TestOpenSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	_, err := store.Open(t.Context(), "postgres://u:secret@localhost:abc/x")
	if err == nil || errors.Is(err, board.ErrUnavailable) || strings.Contains(err.Error(), "secret") {
		t.Errorf("an address that is none: %v", err)
	}
	_, err = store.Open(t.Context(), "postgres://nobody@/none?host="+t.TempDir()+"&sslmode=disable")
	if !errors.Is(err, board.ErrUnavailable) {
		t.Errorf("a server that is not there: %v", err)
	}
}
