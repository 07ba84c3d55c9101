package store_test

import (
	"database/sql"
	"fmt"
	"strings"
	"sync"
	"testing"

	"corkboard/notes"
	"corkboard/store"
	"corkboard/store/storetest"
)

func TestMigrateIsDoneOnce(t *testing.T) {
	t.Parallel()
	address := storetest.URL(t)
	const nodes = 4
	applied := make([]int, nodes)
	var wg sync.WaitGroup
	for i := range nodes {
		s := storetest.Open(t, address)
		wg.Go(func() {
			var err error
			if applied[i], err = s.Migrate(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	total := 0
	for _, n := range applied {
		total += n
	}
	var files int
	if err := database(t, address).QueryRow("SELECT count(*) FROM goose_db_version WHERE version_id > 0").Scan(&files); err != nil {
		t.Fatal(err)
	}
	if total == 0 || total != files {
		t.Errorf("%d nodes applied %v migrations of %d", nodes, applied, files)
	}
	s := storetest.Open(t, address)
	if n, err := s.Migrate(t.Context()); n != 0 || err != nil {
		t.Errorf("migrating once more: %d, %v", n, err)
	}
}

func TestPending(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t, storetest.URL(t))
	pending := func(want bool) {
		t.Helper()
		if got, err := s.Pending(t.Context()); got != want || err != nil {
			t.Errorf("pending: %v, %v; want %v", got, err, want)
		}
	}
	pending(true)
	if _, err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	pending(false)
}

// The ranges of the tables are those of notes/limits.go: what the domain lets
// pass the database takes, and what it refuses the database refuses too.
func TestRangesOfTheTables(t *testing.T) {
	t.Parallel()
	_, seat, db := desk(t)
	within := map[string][]any{
		"x": {-notes.MaxCoord, notes.MaxCoord}, "y": {-notes.MaxCoord, notes.MaxCoord},
		"w": {0, notes.MinSize, notes.MaxFrame}, "h": {0, notes.MinSize, notes.MaxFrame},
		"z":     {strings.Repeat("z", notes.MaxOrderKey)},
		"text":  {"", strings.Repeat("𝒞", notes.MaxText)},
		"color": {}, "id": {"abcd-_09", strings.Repeat("a", 32)},
		"more": {
			nil, `{}`, `{"kind":"frame","locked":true}`, `{"kind":"connector","from":"note-aaaa","to":"note-bbbb"}`,
			`{"link":"HTTPS://a","group":"group-01"}`, `{"link":"mailto:a@b","alt":"` + strings.Repeat("𝒞", notes.MaxAlt) + `"}`,
			`{"picture":"` + strings.Repeat("a0", 16) + `"}`, `{"picture":"` + strings.Repeat("a0", 32) + `"}`,
			`{"link":"https://` + strings.Repeat("𝒞", notes.MaxLink-8) + `"}`,
		},
	}
	for _, c := range notes.Colors {
		within["color"] = append(within["color"], c)
	}
	beyond := map[string][]any{
		"x": {-notes.MaxCoord - 0.01, notes.MaxCoord + 0.01, "NaN"}, "y": {-notes.MaxCoord - 0.01, notes.MaxCoord + 0.01, "NaN"},
		"w": {notes.MinSize - 0.01, notes.MaxFrame + 0.01, "NaN"}, "h": {notes.MinSize - 0.01, notes.MaxFrame + 0.01, "NaN"},
		"z":    {"", strings.Repeat("z", notes.MaxOrderKey+1)},
		"text": {strings.Repeat("x", notes.MaxText+1)},
		"more": {
			`[]`, `"x"`, `{"shape":1}`, `{"kind":"note"}`, `{"locked":false}`, `{"link":"javascript:alert(1)"}`, `{"link":"x https://a"}`,
			`{"link":"https://` + strings.Repeat("x", notes.MaxLink-7) + `"}`, `{"group":"short"}`, `{"group":7}`, `{"picture":"` + strings.Repeat("A", 32) + `"}`,
			`{"picture":"` + strings.Repeat("0", 31) + `"}`, `{"picture":"` + strings.Repeat("0", 65) + `"}`, `{"alt":"` + strings.Repeat("x", notes.MaxAlt+1) + `"}`,
			`{"from":"note-aaaa"}`, `{"kind":"frame","to":"note-aaaa"}`, `{"kind":"connector"}`, `{"kind":"connector","from":"note-aaaa"}`,
			`{"kind":"connector","from":"note-aaaa","to":"note-aaaa"}`, `{"kind":"connector","from":"note-aaaa","to":"short"}`,
		},
		"color": {"mauve"}, "id": {"short", strings.Repeat("a", 33), "with space"},
	}
	for column, values := range within {
		for _, v := range values {
			if err := insertNote(db, seat.Board, column, v); err != nil {
				t.Errorf("%s = %.20v: %v", column, v, err)
			}
		}
	}
	for column, values := range beyond {
		for _, v := range values {
			if insertNote(db, seat.Board, column, v) == nil {
				t.Errorf("%s = %.20v was taken", column, v)
			}
		}
	}
}

// insertNote inserts a note with one column of its own, and takes it back.
func insertNote(db *sql.DB, boardID, column string, value any) error {
	columns := map[string]any{
		"board_id": boardID, "id": "note_range", "x": 0, "y": 0, "w": 200, "h": 200, "color": "yellow", "z": "a0",
		"text": "", "text_rev": 0, "field_versions": "{}", "author_id": "a", "author_name": "A", "created_seq": 1,
	}
	columns[column] = value
	var names, places []string
	var args []any
	for name, v := range columns {
		args = append(args, v)
		names, places = append(names, name), append(places, fmt.Sprintf("$%d", len(args)))
	}
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	_, err = tx.Exec("INSERT INTO notes ("+strings.Join(names, ", ")+") VALUES ("+strings.Join(places, ", ")+")", args...)
	return err
}

// Whatever a decision holds, Postgres understands the statement that writes it.
func TestStatementsOfEveryShape(t *testing.T) {
	t.Parallel()
	_, _, db := desk(t)
	for shape, statement := range store.WriteDecision {
		stmt, err := db.Prepare(statement)
		if err != nil {
			t.Errorf("%+v: %v\n%s", shape, err, statement)
			continue
		}
		stmt.Close()
	}
}

// A list is read from an index in its order, however many boards there are.
func TestListsHaveAnIndexInTheirOrder(t *testing.T) {
	t.Parallel()
	_, _, db := desk(t)
	for trash, index := range map[bool]string{false: "boards_live", true: "boards_trash"} {
		plan := explain(t, db, store.ListQuery(trash), "u", 50)
		if !strings.Contains(plan, "Index Scan using "+index) || strings.Contains(plan, "Sort") {
			t.Errorf("trash %v:\n%s", trash, plan)
		}
	}
}

// explain returns the plan for tables too large to be read through.
func explain(t *testing.T, db *sql.DB, query string, args ...any) string {
	t.Helper()
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	if _, err := tx.Exec("SET LOCAL enable_seqscan = off"); err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec("SET LOCAL enable_bitmapscan = off"); err != nil {
		t.Fatal(err)
	}
	rows, err := tx.Query("EXPLAIN "+query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var plan strings.Builder
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			t.Fatal(err)
		}
		plan.WriteString(line + "\n")
	}
	return plan.String()
}
