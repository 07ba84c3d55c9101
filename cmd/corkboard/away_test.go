package main

import (
	"context"
	"database/sql"
	"log/slog"
	"testing"
	"time"

	"corkboard/board"
	"corkboard/cmd/loadtest/bot"
	"corkboard/jobs"
	"corkboard/notes"
	"corkboard/pictures"
	"corkboard/store/storetest"
)

// clean makes the log, and when a client was seen, 90 days older and has the jobs done.
func (r *restoring) clean(ctx context.Context, t *testing.T, db *sql.DB, client string) {
	t.Helper()
	execute(t, db, "UPDATE events SET at = at - interval '90 days'")
	execute(t, db, "UPDATE sync_clients SET seen_at = seen_at - interval '90 days' WHERE client_id = '"+client+"'")
	keep := defaultKeeping
	keep.LogEvents = 0
	j := jobs.New(storetest.Open(t, r.database), pictures.OnDisk(t.TempDir()), keep.forJobs(), slog.New(slog.DiscardHandler))
	if alone, err := j.Once(ctx); !alone || err != nil {
		t.Fatalf("the jobs: %v, %v", alone, err)
	}
	if j.Stats.Events.Load() == 0 || j.Stats.Clients.Load() != 1 {
		t.Fatalf("%d events and %d clients went", j.Stats.Events.Load(), j.Stats.Clients.Load())
	}
}

// Somebody is away for longer than the log is kept: they get a snapshot, what can
// be done on it is done, the rest comes back to them with its words, and notes that
// were deleted meanwhile stay deleted (D4, T3, C3, I12).
func TestAwayLongerThanTheLog(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	r := newRestoring(ctx, t)
	db := openTables(t, r.database)
	late := r.bots[3]
	r.bots = r.bots[:3]
	kept, deleted := noteOf(t, db, 1), noteOf(t, db, 2)
	late.Leave()
	x := 77.0
	waiting := map[string]<-chan bot.Outcome{}
	for name, edit := range map[string]notes.Edit{
		"move":   &notes.Set{Note: kept, Set: notes.Values{X: &x}},
		"type":   &notes.EditText{Note: kept, Delta: notes.Delta{{Insert: "late words"}}},
		"revive": &notes.Set{Note: deleted, Set: notes.Values{X: &x}},
		"make":   bot.Create("made while away")(nil),
	} {
		waiting[name] = late.Propose(func(*notes.Document) notes.Edit { return edit })
	}
	for _, edit := range []notes.Edit{&notes.EditText{Note: kept, Delta: notes.Delta{{Insert: "early words "}}}, &notes.Delete{Note: deleted}} {
		if _, err := r.bots[0].Do(ctx, func(*notes.Document) notes.Edit { return edit }); err != nil {
			t.Fatal(err)
		}
	}
	r.clean(ctx, t, db, late.Client())
	third := startNode(t, r.database, r.nodes[0].url) // which remembers no text edits
	late.GoTo(third.url)
	late.Return()
	for name, want := range map[string]notes.Code{"move": "", "type": notes.Stale, "revive": notes.Deleted, "make": ""} {
		out := <-waiting[name]
		if out.Ack.Code != want || want == "" && out.Ack.Status != board.OK {
			t.Errorf("%s is answered with %+v", name, out.Ack)
		}
		if name == "type" && out.Typed() != "late words" {
			t.Errorf("the words that come back are %q", out.Typed())
		}
	}
	r.bots = append(r.bots, late)
	r.write(ctx, t, "together again")
	doc := r.loaded(ctx, t)
	if n := doc.Notes[deleted]; n == nil || n.Deleted == 0 {
		t.Errorf("the deleted note is %+v", n)
	}
	if n := doc.Notes[kept]; n.X != x || n.Text != "early words before the backup" {
		t.Errorf("the kept note is %+v", n)
	}
	sameReplicas(ctx, t, doc, r.bots)
}

// Somebody is away for longer than clients are remembered, and what they had sent
// last was saved without their knowing: it is theirs to keep, and there once (I3).
func TestAwayLongerThanClientsAreRemembered(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	r := newRestoring(ctx, t)
	db := openTables(t, r.database)
	late := r.bots[3]
	hold, err := db.BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer hold.Rollback()
	if _, err := hold.Exec("SELECT FROM boards FOR UPDATE"); err != nil {
		t.Fatal(err)
	}
	waiting := late.Propose(bot.Create("unanswered"))
	await(ctx, t, db, "SELECT EXISTS (SELECT FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE NOT l.granted AND a.application_name = current_schema())")
	late.Leave()
	if err := hold.Rollback(); err != nil {
		t.Fatal(err)
	}
	await(ctx, t, db, "SELECT EXISTS (SELECT FROM notes WHERE text = 'unanswered')")
	r.clean(ctx, t, db, late.Client())
	late.Return()
	if out := <-waiting; out.Ack.Status != bot.Offered {
		t.Errorf("what was sent is answered with %+v", out.Ack)
	}
	r.write(ctx, t, "together again")
	found := 0
	doc := r.loaded(ctx, t)
	for _, n := range doc.Notes {
		if n.Text == "unanswered" {
			found++
		}
	}
	if found != 1 {
		t.Errorf("what was sent is there %d times", found)
	}
	sameReplicas(ctx, t, doc, r.bots)
}

func (r *restoring) loaded(ctx context.Context, t *testing.T) *notes.Document {
	t.Helper()
	doc, _, err := storetest.Open(t, r.database).Load(ctx, r.board.ID)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func openTables(t *testing.T, database string) *sql.DB {
	t.Helper()
	db, err := sql.Open("postgres", database)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func noteOf(t *testing.T, db *sql.DB, seq int) (id string) {
	t.Helper()
	if err := db.QueryRow("SELECT id FROM notes WHERE created_seq = $1", seq).Scan(&id); err != nil {
		t.Fatal(err)
	}
	return id
}

// await asks the database again and again until the answer is yes.
func await(ctx context.Context, t *testing.T, db *sql.DB, question string) {
	t.Helper()
	for yes := false; !yes; time.Sleep(5 * time.Millisecond) {
		if err := db.QueryRowContext(ctx, question).Scan(&yes); err != nil {
			t.Fatalf("%s: %v", question, err)
		}
	}
}
