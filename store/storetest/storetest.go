// Package storetest gives each test tables of its own in a real Postgres: a
// schema, made and migrated in a few milliseconds and dropped when the test ends.
package storetest

import (
	"crypto/rand"
	"database/sql"
	"net/url"
	"os"
	"strings"
	"testing"

	"corkboard/store"
)

// Variable names the environment variable that holds the address of the server.
const Variable = "TEST_DATABASE_URL"

// New returns a store on migrated tables that nobody else uses.
func New(t testing.TB, options ...store.Option) *store.Store {
	t.Helper()
	s := Open(t, URL(t), options...)
	if _, err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

// Open returns one more store, as of another node, on the schema of an address
// that URL returned.
func Open(t testing.TB, address string, options ...store.Option) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), address, options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// URL makes an empty schema and returns the address under which every
// unqualified name means a name in it.
func URL(t testing.TB) string {
	t.Helper()
	server := os.Getenv(Variable)
	if server == "" {
		t.Fatalf("%s is not set: this test needs a Postgres. Run `make test-go`, which starts one.", Variable)
	}
	db, err := sql.Open("postgres", server)
	if err != nil {
		t.Fatal(err)
	}
	schema := "test_" + strings.ToLower(rand.Text())
	if _, err := db.Exec("CREATE SCHEMA " + schema); err != nil {
		t.Fatalf("make a schema at %s: %v", Variable, err)
	}
	t.Cleanup(func() { drop(t, db, schema) })
	address, err := url.Parse(server)
	if err != nil {
		t.Fatalf("read %s: %v", Variable, err)
	}
	query := address.Query()
	query.Set("search_path", schema)
	query.Set("application_name", schema) // by which pg_stat_activity tells tests apart
	address.RawQuery = query.Encode()
	return address.String()
}

// With returns the address with one setting of its sessions changed.
func With(t testing.TB, address, setting, value string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	query := u.Query()
	query.Set(setting, value)
	u.RawQuery = query.Encode()
	return u.String()
}

func drop(t testing.TB, db *sql.DB, schema string) {
	defer db.Close()
	if _, err := db.Exec("DROP SCHEMA " + schema + " CASCADE"); err != nil {
		t.Errorf("drop the schema of the test: %v", err)
	}
}
