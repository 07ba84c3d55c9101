package jobs_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	_ "github.com/lib/pq"

	"corkboard/auth"
	"corkboard/board"
	"corkboard/board/boardtest"
	"corkboard/jobs"
	"corkboard/notes"
	"corkboard/store"
	"corkboard/store/storetest"
)

var _ jobs.Store = (*store.Store)(nil)

const day = 24 * time.Hour

// noShelf has no pictures.
type noShelf struct{}

func (noShelf) Delete(context.Context, string) error { return nil }

// site is a database with a way past the store, to make things older than they are.
type site struct {
	*boardtest.World
	store *store.Store
	db    *sql.DB
}

func newSite(t *testing.T) *site {
	t.Helper()
	address := storetest.URL(t)
	st := storetest.Open(t, address)
	if _, err := st.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("postgres", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return &site{&boardtest.World{Stores: st, Clock: boardtest.NewClock()}, st, db}
}

func (s *site) exec(t *testing.T, query string, args ...any) {
	t.Helper()
	if _, err := s.db.Exec(query, args...); err != nil {
		t.Fatal(err)
	}
}

func (s *site) count(t *testing.T, query string, args ...any) (n int) {
	t.Helper()
	if err := s.db.QueryRow(query, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// do does the jobs once and returns what they did.
func (s *site) do(t *testing.T, keep jobs.Keep) *jobs.Stats {
	t.Helper()
	j := jobs.New(s.store, noShelf{}, keep, slog.New(slog.DiscardHandler))
	if alone, err := j.Once(t.Context()); !alone || err != nil {
		t.Fatalf("the jobs: %v, %v", alone, err)
	}
	return &j.Stats
}

// fill makes n events on the seat's board: a note, and typing in it.
func (s *site) fill(t *testing.T, seat *boardtest.Seat, n int) (note string) {
	t.Helper()
	create, note := boardtest.NewNote("")
	s.Do(t, seat, create)
	for rev := 0; rev < n-1; {
		var edits []notes.Edit
		for ; rev < n-1 && len(edits) < 200; rev++ {
			edits = append(edits, boardtest.Insert(note, int64(rev), 0, "x"))
		}
		s.Do(t, seat, edits...)
	}
	return note
}

// The log is cut to what is young or among the last events, in several batches;
// the document stays, and who was away takes a snapshot (D4).
func TestLogIsCut(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	seat, young := s.Desk(t), s.Desk(t)
	note := s.fill(t, seat, 1300)
	s.fill(t, young, 20)
	s.exec(t, "UPDATE events SET at = at - interval '40 days' WHERE board_id = $1 AND seq <= 1250", seat.Board)
	before := s.Document(t, seat.Board).Hash()
	for _, c := range []struct{ keep, floor int64 }{{100, 1200}, {100, 1200}, {10, 1250}} {
		stats := s.do(t, jobs.Keep{Log: 30 * day, Events: c.keep})
		_, head, err := s.Load(t.Context(), seat.Board)
		if err != nil || head.LogFloor != c.floor || head.Seq != 1300 {
			t.Errorf("with %d kept: %+v, %v", c.keep, head, err)
		}
		if n := s.count(t, "SELECT count(*) FROM events WHERE board_id = $1", seat.Board); int64(n) != 1300-c.floor {
			t.Errorf("with %d kept there are %d events, %d were counted", c.keep, n, stats.Events.Load())
		}
		if n := s.count(t, "SELECT count(*) FROM note_deltas WHERE board_id = $1 AND seq <= $2", seat.Board, c.floor); n != 0 {
			t.Errorf("%d text edits from before the floor are left", n)
		}
	}
	if got := s.Document(t, seat.Board).Hash(); got != before {
		t.Errorf("the document was %s and is %s", before, got)
	}
	if _, err := s.Events(t.Context(), seat.Board, 1249); !errors.Is(err, board.ErrTruncated) {
		t.Errorf("events from before the floor: %v", err)
	}
	if events, err := s.Events(t.Context(), seat.Board, 1250); err != nil || len(events) != 50 {
		t.Errorf("%d events from the floor on, %v", len(events), err)
	}
	acks := s.Do(t, seat, boardtest.Insert(note, 3, 0, "y"), boardtest.Insert(note, 1280, 0, "y"))
	if acks[0].Code != notes.Stale || acks[1].Status != board.OK {
		t.Errorf("edits on an old and on a young revision: %+v", acks)
	}
	if n := s.count(t, "SELECT count(*) FROM events WHERE board_id = $1", young.Board); n != 20 {
		t.Errorf("of a young log %d of 20 events are left", n)
	}
}

// People go on editing while their board's log is cut: it keeps its order.
func TestLogIsCutUnderEdits(t *testing.T) { // I1
	t.Parallel()
	s := newSite(t)
	seat := s.Desk(t)
	note := s.fill(t, seat, 2000)
	s.exec(t, "UPDATE events SET at = at - interval '40 days'")
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for i := range 100 {
			turn := seat.Turn(boardtest.Move(note, float64(i), 1))
			if _, err := s.Commit(context.Background(), board.Proposal{Board: seat.Board, Turns: []board.Turn{turn}}); err != nil {
				t.Error(err)
			}
		}
	}()
	s.do(t, jobs.Keep{Log: 30 * day})
	<-ended
	_, head, err := s.Load(t.Context(), seat.Board)
	if err != nil || head.Seq != 2100 || head.LogFloor != 2000 {
		t.Errorf("%+v, %v", head, err)
	}
	events, err := s.Events(t.Context(), seat.Board, head.LogFloor)
	if err != nil || len(events) != 100 || events[0].Seq != 2001 {
		t.Errorf("%d events, %v", len(events), err)
	}
}

// A board whose log cannot be cut keeps none of the others' from being cut.
func TestOneBoardHoldsNoOthersUp(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	bad, good := s.Desk(t), s.Desk(t) // in the order of their ids
	s.fill(t, bad, 20)
	s.fill(t, good, 20)
	s.exec(t, "UPDATE events SET at = at - interval '40 days'")
	s.exec(t, `CREATE FUNCTION damaged() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'a page of the table is broken'; END $$`)
	s.exec(t, "CREATE TRIGGER damaged BEFORE DELETE ON events FOR EACH ROW WHEN (OLD.board_id = '"+bad.Board+"') EXECUTE FUNCTION damaged()")
	j := jobs.New(s.store, noShelf{}, jobs.Keep{Log: 30 * day}, slog.New(slog.DiscardHandler))
	if _, err := j.Once(t.Context()); err == nil || !strings.Contains(err.Error(), bad.Board) {
		t.Errorf("the jobs say %v", err)
	}
	if n := s.count(t, "SELECT count(*) FROM events WHERE board_id = $1", good.Board); n != 0 {
		t.Errorf("of the other board's events %d are left", n)
	}
}

// A client that was not seen for long is as new when it comes back, and an op that
// it sends without saying hello again has no effect.
func TestClientsAreForgotten(t *testing.T) { // D7, I3, I5
	t.Parallel()
	s := newSite(t)
	seat := s.Desk(t)
	other := s.Seat(t, seat.Board, seat.Grant.Principal)
	create, note := boardtest.NewNote("")
	s.Do(t, seat, create)
	s.exec(t, "UPDATE events SET at = at - interval '61 days'")
	s.exec(t, "UPDATE sync_clients SET seen_at = now() - interval '61 days' WHERE client_id = $1", seat.Client)
	if n := s.do(t, jobs.Keep{Log: 30 * day, Clients: 60 * day}).Clients.Load(); n != 1 {
		t.Errorf("%d clients were forgotten", n)
	}
	out := s.Propose(t, seat.Turn(boardtest.Move(note, 3, 3)))
	if out.Answers[0].Fate != board.OutOfOrder || len(out.Events) != 0 {
		t.Errorf("an op of a forgotten client: %+v", out.Answers)
	}
	e, err := s.Enter(t.Context(), seat.Board, seat.Client, board.Visitor{Principal: seat.Grant.Principal})
	if err != nil || !e.New || e.Client.LastMid != 0 {
		t.Errorf("it enters as %+v, %v", e.Client, err)
	}
	if acks := s.Do(t, other, boardtest.Move(note, 4, 4)); acks[0].Status != board.OK {
		t.Errorf("the other one: %+v", acks)
	}
}

// A client of which the log still tells is remembered, however long it was away:
// as new, it would number its ops as some that stand there.
func TestClientsOfTheLogAreRemembered(t *testing.T) { // D7, I3, I12
	t.Parallel()
	s := newSite(t)
	seat := s.Desk(t)
	create, note := boardtest.NewNote("")
	s.Do(t, seat, create)
	s.exec(t, "UPDATE events SET at = at - interval '61 days'")
	s.exec(t, "UPDATE sync_clients SET seen_at = now() - interval '61 days'")
	s.do(t, jobs.Keep{Log: 30 * day, Events: 10, Clients: 60 * day})
	e, err := s.Enter(t.Context(), seat.Board, seat.Client, board.Visitor{Principal: seat.Grant.Principal})
	if err != nil {
		t.Fatal(err)
	}
	seat.Gen, seat.Mid = e.Client.Gen, e.Client.LastMid
	if acks := s.Do(t, seat, boardtest.Move(note, 3, 3)); acks[0].Status != board.OK {
		t.Errorf("its next op: %+v", acks)
	}
}

func TestTrashIsEmptied(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	old, young, live := s.Desk(t), s.Desk(t), s.Desk(t)
	s.fill(t, old, 10)
	for seat, days := range map[*boardtest.Seat]int{old: 31, young: 29} {
		if err := s.SetTrashed(t.Context(), seat.Board, true, time.Now().Add(-time.Duration(days)*day)); err != nil {
			t.Fatal(err)
		}
	}
	if n := s.do(t, jobs.Keep{Trash: 30 * day}).Boards.Load(); n != 0 {
		t.Errorf("%d boards went that nobody had been told of", n)
	}
	s.exec(t, "UPDATE settings SET value = convert_to((now() - interval '90 days')::text, 'UTF8') WHERE name = 'trash_since'")
	if n := s.do(t, jobs.Keep{}).Boards.Load(); n != 0 {
		t.Errorf("%d boards went that are to be kept for ever", n)
	}
	if n := s.do(t, jobs.Keep{Trash: 30 * day}).Boards.Load(); n != 1 {
		t.Errorf("%d boards went, want 1", n)
	}
	if _, _, err := s.Load(t.Context(), old.Board); !errors.Is(err, board.ErrNotFound) {
		t.Errorf("the old one: %v", err)
	}
	for _, seat := range []*boardtest.Seat{young, live} {
		if _, _, err := s.Load(t.Context(), seat.Board); err != nil {
			t.Error(err)
		}
	}
	if n := s.count(t, "SELECT count(*) FROM events WHERE board_id = $1", old.Board); n != 0 {
		t.Errorf("%d of its events are left", n)
	}
}

func TestSessionsAndGuestsGo(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	owner := s.Desk(t).Grant.Principal
	gone, stays := s.User(t, "Gone"), s.User(t, "Stays")
	past := time.Now().Add(-auth.SessionLife - day)
	s.exec(t, "UPDATE users SET created_at = $1", past)
	s.exec(t, "UPDATE sessions SET seen_at = $1 WHERE user_id <> $2", past, stays.ID)
	stats := s.do(t, jobs.Keep{})
	if sessions, guests := stats.Sessions.Load(), stats.Guests.Load(); sessions != 2 || guests != 1 {
		t.Errorf("%d sessions and %d guests went, want 2 and 1", sessions, guests)
	}
	for user, want := range map[string]int{gone.ID: 0, stays.ID: 1, owner.ID: 1} {
		if n := s.count(t, "SELECT count(*) FROM users WHERE id = $1", user); n != want {
			t.Errorf("%s is there %d times, want %d", user, n, want)
		}
	}
}

// One node works at a time; when it dies, the next one may.
func TestOneNodeAtATime(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	alone, err := s.store.Alone(t.Context(), func(ctx context.Context) error {
		other, err := s.store.Alone(ctx, func(context.Context) error { return errors.New("both are in it") })
		if other || err != nil {
			t.Errorf("a second one: %v, %v", other, err)
		}
		return nil
	})
	if !alone || err != nil {
		t.Errorf("the first one: %v, %v", alone, err)
	}
	s.do(t, jobs.Keep{})
}

func TestClose(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	j := jobs.New(s.store, noShelf{}, jobs.Keep{Log: day}, slog.New(slog.DiscardHandler))
	j.Start()
	j.Close()
}

// takenShelf remembers what was taken from it.
type takenShelf struct{ ids []string }

func (s *takenShelf) Delete(_ context.Context, id string) error {
	s.ids = append(s.ids, id)
	return nil
}

// A picture that no note shows, not even a deleted one, is taken from its board
// after so long, and its bytes go as long after the last board has lost it.
func TestPicturesThatNobodyUsesGo(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	seat, other := s.Desk(t), s.Desk(t)
	shown, deleted, idle := strings.Repeat("a", 52), strings.Repeat("b", 52), strings.Repeat("c", 52)
	for _, id := range []string{shown, deleted, idle} {
		if err := s.store.ClaimPicture(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		if err := s.store.AddPicture(t.Context(), seat.Board, board.PictureInfo{ID: id, Type: "image/png", Width: 1, Height: 1, Bytes: 1}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.store.CopyPicture(t.Context(), seat.Board, other.Board, idle); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{shown, deleted} {
		create, note := boardtest.NewNote("")
		create.Picture = id
		s.Do(t, seat, create)
		if id == deleted {
			s.Do(t, seat, &notes.Delete{Note: note})
		}
	}
	shelf := &takenShelf{}
	age := func(days int) {
		t.Helper()
		for _, table := range []string{"pictures", "board_pictures"} {
			s.exec(t, fmt.Sprintf("UPDATE %s SET used_at = used_at - interval '%d days'", table, days))
		}
		s.exec(t, fmt.Sprintf("UPDATE board_pictures SET looked_at = looked_at - interval '%d days'", days))
		j := jobs.New(s.store, shelf, jobs.Keep{Pictures: 30 * day}, slog.New(slog.DiscardHandler))
		if _, err := j.Once(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	count := func() (onBoards, all int) {
		return s.count(t, "SELECT count(*) FROM board_pictures"), s.count(t, "SELECT count(*) FROM pictures")
	}
	age(20)
	if onBoards, all := count(); onBoards != 4 || all != 3 {
		t.Errorf("after 20 days there are %d and %d", onBoards, all)
	}
	age(20)
	if onBoards, all := count(); onBoards != 2 || all != 3 || len(shelf.ids) != 0 {
		t.Errorf("after 40 days there are %d and %d, %v are deleted", onBoards, all, shelf.ids)
	}
	age(40)
	if onBoards, all := count(); onBoards != 2 || all != 2 || len(shelf.ids) != 1 || shelf.ids[0] != idle {
		t.Errorf("after 80 days there are %d and %d, %v are deleted", onBoards, all, shelf.ids)
	}
}
