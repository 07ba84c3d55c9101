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
