package store_test

import (
	"slices"
	"testing"

	"corkboard/board/boardtest"
	"corkboard/store/storetest"
)

// Postgres is asked to hurry with a client that is new, and with nothing else:
// who comes again is fenced durably, and every op is durable (I2, I5).
func TestOnlyANewClientIsNotWaitedFor(t *testing.T) {
	t.Parallel()
	address := storetest.With(t, storetest.URL(t), "synchronous_commit", "on")
	s := storetest.Open(t, address)
	if _, err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	db := database(t, address)
	if _, err := db.Exec(`
		CREATE TABLE commits (waits text, number bigserial);
		CREATE FUNCTION note_commit() RETURNS trigger LANGUAGE plpgsql AS $$
		BEGIN
		    INSERT INTO commits (waits) VALUES (current_setting('synchronous_commit'));
		    RETURN NULL;
		END $$;
		CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT OR UPDATE ON sync_clients
		       DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION note_commit()`); err != nil {
		t.Fatal(err)
	}
	w := &boardtest.World{Stores: s, Clock: boardtest.NewClock()}
	seat := w.Desk(t)
	create, _ := boardtest.NewNote("")
	w.Do(t, seat, create)
	if _, err := w.Hello(t.Context(), seat.Board, seat.Client, seat.Grant.Principal); err != nil {
		t.Fatal(err)
	}
	var waits []string
	rows, err := db.Query("SELECT waits FROM commits ORDER BY number")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var how string
		if err := rows.Scan(&how); err != nil {
			t.Fatal(err)
		}
		waits = append(waits, how)
	}
	if want := []string{"off", "on", "on"}; !slices.Equal(waits, want) || rows.Err() != nil {
		t.Errorf("the new client, its op and its next hello waited for the disk: %v, want %v (%v)", waits, want, rows.Err())
	}
}
