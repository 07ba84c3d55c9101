package store_test

import (
	"database/sql"
	"testing"
	"time"

	"corkboard/board"
	"corkboard/board/boardtest"
	"corkboard/store"
	"corkboard/store/storetest"
)

func TestStore(t *testing.T) {
	t.Parallel()
	boardtest.StoreSuite(t, open)
}

func open(t *testing.T, now board.Now) (boardtest.Stores, boardtest.Fixture) {
	address := storetest.URL(t)
	s := storetest.Open(t, address, store.Clock(now))
	if _, err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s, tables{database(t, address)}
}

// database is a way to the tables past the store.
func database(t testing.TB, address string) *sql.DB {
	t.Helper()
	db, err := sql.Open("postgres", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// tables is the fixture of the suite.
type tables struct{ db *sql.DB }

func (x tables) exec(t testing.TB, query string, args ...any) {
	t.Helper()
	if _, err := x.db.Exec(query, args...); err != nil {
		t.Fatal(err)
	}
}

func (x tables) AddMember(t testing.TB, id, user string, role board.Role) {
	t.Helper()
	x.exec(t, "INSERT INTO members (board_id, user_id, role) VALUES ($1, $2, $3)", id, user, role)
	x.exec(t, "UPDATE boards SET perm_version = perm_version + 1 WHERE id = $1", id)
}

func (x tables) ExpireLink(t testing.TB, link string, at time.Time) {
	t.Helper()
	x.exec(t, "UPDATE share_links SET expires_at = $2 WHERE id = $1", link, at)
}

func (x tables) RevokeKey(t testing.TB, key string) {
	t.Helper()
	x.exec(t, "UPDATE api_keys SET revoked_at = now() WHERE id = $1", key)
	x.exec(t, "UPDATE boards SET perm_version = perm_version + 1 WHERE id = (SELECT board_id FROM api_keys WHERE id = $1)", key)
}

func (x tables) ForgetClient(t testing.TB, id, client string) {
	t.Helper()
	x.exec(t, "DELETE FROM sync_clients WHERE board_id = $1 AND client_id = $2", id, client)
}

func (x tables) Truncate(t testing.TB, id string, floor int64) {
	t.Helper()
	x.exec(t, "DELETE FROM events WHERE board_id = $1 AND seq <= $2", id, floor)
	x.exec(t, "DELETE FROM note_deltas WHERE board_id = $1 AND seq <= $2", id, floor)
	x.exec(t, "UPDATE boards SET log_floor = $2 WHERE id = $1", id, floor)
}

func (x tables) Restore(t testing.TB, id string) {
	t.Helper()
	x.exec(t, "UPDATE boards SET epoch = epoch + 1, perm_version = perm_version + 1 WHERE id = $1", id)
}
