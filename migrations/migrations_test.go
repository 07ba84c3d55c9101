package migrations_test

import (
	"context"
	"database/sql"
	"testing"
	"time"

	_ "github.com/lib/pq"

	"corkboard/migrations"
	"corkboard/store/storetest"
)

// A dump reads every table for as long as it takes. A migration that waits for it
// must not have everybody else's edits wait behind it.
func TestMigrationsHoldNobodyUp(t *testing.T) {
	t.Parallel()
	db, err := sql.Open("postgres", storetest.URL(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if err := migrations.To(t.Context(), db, 5); err != nil {
		t.Fatal(err)
	}
	dump, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer dump.Rollback()
	exec(t, dump, "LOCK TABLE notes IN ACCESS SHARE MODE")
	ended := make(chan error, 1)
	go func() {
		_, err := migrations.Up(context.Background(), db)
		ended <- err
	}()
	for waits := false; !waits; time.Sleep(5 * time.Millisecond) {
		if err := db.QueryRow(`SELECT EXISTS (
			SELECT FROM pg_locks WHERE NOT granted AND relation = 'notes'::regclass)`).Scan(&waits); err != nil {
			t.Fatal(err)
		}
	}
	began := time.Now()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if _, err := db.ExecContext(ctx, "DELETE FROM notes"); err != nil {
		t.Fatalf("an edit waited for the migration, and so for the dump, for %v: %v", time.Since(began), err)
	}
	if err := dump.Rollback(); err != nil {
		t.Fatal(err)
	}
	if err := <-ended; err != nil {
		t.Errorf("the migration, after the dump: %v", err)
	}
	if pending, err := migrations.Pending(t.Context(), db); pending || err != nil {
		t.Errorf("pending: %v, %v", pending, err)
	}
}

func exec(t *testing.T, tx *sql.Tx, query string) {
	t.Helper()
	if _, err := tx.Exec(query); err != nil {
		t.Fatal(err)
	}
}

// Notes that were made before their time stood with them get it from the log,
// where that still has it.
func TestNotesGetTheirTimeFromTheLog(t *testing.T) {
	t.Parallel()
	db, err := sql.Open("postgres", storetest.URL(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if err := migrations.To(t.Context(), db, 6); err != nil {
		t.Fatal(err)
	}
	for _, query := range []string{
		`INSERT INTO users (id, name, color, guest, created_at) VALUES ('u', 'Ana', 1, true, now())`,
		`INSERT INTO boards (id, owner_id, name, created_at, modified_at, seq) VALUES ('board-one', 'u', 'One', now(), now(), 9), ('board-two', 'u', 'Two', now(), now(), 9)`,
		`INSERT INTO notes (board_id, id, x, y, w, h, color, z, text, text_rev, field_versions, author_id, author_name, created_seq)
		 SELECT b, 'note-' || seq, 0, 0, 40, 2000, 'grey', 'a0', '', 0, '{}', 'u', 'Ana', seq FROM (VALUES ('board-one', 1001), ('board-one', 1002), ('board-two', 1002)) AS v (b, seq)`,
		`INSERT INTO events (board_id, seq, client_id, mid, actor, kind, effect, at)
		 VALUES ('board-one', 1002, 'client-1', 1, '{}', 'batch', '{}', '2026-01-02T03:04:05Z')`,
	} {
		if _, err := db.Exec(query); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
	}
	if _, err := migrations.Up(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	var known string
	err = db.QueryRow(`SELECT string_agg(board_id || ' ' || id || ' ' || (made_at AT TIME ZONE 'UTC'), ', ') FROM notes WHERE made_at IS NOT NULL`).Scan(&known)
	if want := "board-one note-1002 2026-01-02 03:04:05"; err != nil || known != want {
		t.Errorf("%q, %v; want %q", known, err, want)
	}
}
