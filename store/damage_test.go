package store_test

import (
	"errors"
	"strings"
	"testing"

	"corkboard/board"
	"corkboard/board/boardtest"
	"corkboard/notes"
	"corkboard/store"
)

// damages are what hands, or a broken disk, may do to the row of a note.
var damages = map[string]string{
	"field versions that are a list":    `field_versions = '[]'`,
	"field versions that are words":     `field_versions = '{"x": "yesterday"}'`,
	"a field version from the future":   `field_versions = '{"x": 4711}'`,
	"a place that is no number":         `x = 'NaN'`,
	"a place beyond everything":         `y = 'Infinity'`,
	"a size of nothing":                 `w = 0`,
	"a colour that there is not":        `color = 'mauve'`,
	"an order key that is none":         `z = '!!'`,
	"a text with a control character":   `text = E'\x01'`,
	"a revision below the first":        `text_rev = -1`,
	"an event that did not yet make it": `created_seq = 4711`,
}

func TestDamagedNoteIsAPlaceholder(t *testing.T) { // C6
	t.Parallel()
	for name, damage := range damages {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, seat, db := desk(t)
			x := tables{db}
			dropChecks(t, x)
			create, bad := boardtest.NewNote("gone")
			other, good := boardtest.NewNote("fine")
			w.Do(t, seat, create, other)
			x.exec(t, "UPDATE notes SET "+damage+" WHERE id = $1", bad)
			row := rowOf(t, x, bad)

			doc, head, err := w.Load(t.Context(), seat.Board)
			if err != nil {
				t.Fatal(err)
			}
			if n := doc.Notes[bad]; n == nil || !n.Unreadable || !strings.Contains(n.Text, "cannot be read") {
				t.Errorf("in its place stands %+v", n)
			}
			if head.Epoch == 1 {
				t.Error("nodes that had read it before are not told")
			}
			out, err := w.Commit(t.Context(), board.Proposal{Board: seat.Board, Turns: []board.Turn{
				seat.Turn(boardtest.Move(bad, 9, 9), &notes.Delete{Note: bad}, boardtest.Move(good, 7, 7)),
			}})
			if err != nil {
				t.Fatal(err)
			}
			acks := out.Answers[0].Acks
			if acks[0].Code != notes.Unreadable || acks[1].Code != notes.Unreadable || acks[2].Status != board.OK {
				t.Errorf("acks %+v", acks)
			}
			if got := rowOf(t, x, bad); got != row {
				t.Errorf("the row was %s and is %s", row, got)
			}
			again, twice, err := w.Load(t.Context(), seat.Board)
			if err != nil || twice.Epoch != head.Epoch || again.Seq != 3 {
				t.Errorf("read once more: epoch %d, then %d, at %d, %v", head.Epoch, twice.Epoch, again.Seq, err)
			}
			if n := w.Stores.(*store.Store).UnreadableNotes.Load(); n != 1 {
				t.Errorf("%d notes were counted", n)
			}
		})
	}
}

// A row that was mended by hand is read again, by everybody.
func TestMendedNoteIsBack(t *testing.T) {
	t.Parallel()
	w, seat, db := desk(t)
	create, note := boardtest.NewNote("back")
	w.Do(t, seat, create)
	epochs := map[int64]bool{}
	for _, versions := range []string{"[]", "{}"} {
		tables{db}.exec(t, "UPDATE notes SET field_versions = $1", versions)
		doc, head, err := w.Load(t.Context(), seat.Board)
		if err != nil || doc.Notes[note].Unreadable != (versions == "[]") {
			t.Errorf("with %s: %+v, %v", versions, doc.Notes[note], err)
		}
		epochs[head.Epoch] = true
	}
	if len(epochs) != 2 || epochs[1] {
		t.Errorf("epochs %v", epochs)
	}
}

// An event that cannot be read cuts the log off behind it, once.
func TestDamagedEventCutsTheLogOff(t *testing.T) { // D4, C6
	t.Parallel()
	for name, damage := range map[string]string{
		"effect": `effect = '{"note": 5}'`, "no note": `effect = '{}'`, "kind": `kind = 'note.paint'`, "actor": `actor = '[]'`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, seat, db := desk(t)
			create, note := boardtest.NewNote("x")
			w.Do(t, seat, create, boardtest.Move(note, 1, 1), boardtest.Move(note, 2, 2))
			tables{db}.exec(t, "UPDATE events SET "+damage+" WHERE seq = 1")
			old := notes.NewDocument(0, notes.Board{Name: "Plans"}, nil)
			for range 2 {
				if _, err := w.Events(t.Context(), seat.Board, 0); !errors.Is(err, board.ErrTruncated) {
					t.Errorf("the events from the start: %v", err)
				}
			}
			doc, head, err := w.Load(t.Context(), seat.Board)
			if err != nil || head.LogFloor != 1 || doc.Notes[note].X != 2 {
				t.Errorf("floor %d, %v, %v", head.LogFloor, doc.Notes[note], err)
			}
			if events, err := w.Events(t.Context(), seat.Board, 1); err != nil || len(events) != 2 {
				t.Errorf("%d events after it, %v", len(events), err)
			}
			if out := w.ProposeOn(t, old, 1, seat.Turn(boardtest.Move(note, 3, 3))); out.Doc == nil || out.Answers[0].Acks[0].Status != board.OK {
				t.Errorf("a replica from before it: %+v", out)
			}
			if n := w.Stores.(*store.Store).UnreadableEvents.Load(); n != 1 {
				t.Errorf("%d events were counted", n)
			}
		})
	}
}

// A text edit that cannot be read is as good as one that is no longer kept, and
// answers that cannot be read keep nobody out.
func TestDamagedDeltasAndAnswers(t *testing.T) { // T3
	t.Parallel()
	w, seat, db := desk(t)
	create, note := boardtest.NewNote("ab")
	w.Do(t, seat, create, boardtest.Insert(note, 0, 0, "1"), boardtest.Insert(note, 1, 0, "2"))
	tables{db}.exec(t, `UPDATE note_deltas SET delta = '{"a": 1}' WHERE rev = 1`)
	tables{db}.exec(t, `UPDATE sync_clients SET results = '{"a": 1}'`)
	acks := w.Do(t, seat, boardtest.Insert(note, 0, 0, "3"), boardtest.Insert(note, 2, 0, "4"))
	if acks[0].Code != notes.Stale || acks[1].Status != board.OK {
		t.Errorf("acks %+v", acks)
	}
	tables{db}.exec(t, `UPDATE sync_clients SET results = '{"a": 1}'`)
	state, err := w.Hello(t.Context(), seat.Board, seat.Client, seat.Grant.Principal)
	if err != nil || state.LastMid != 5 {
		t.Errorf("the client has %+v, %v", state, err)
	}
}

func TestDamagedVersionsOfABoard(t *testing.T) {
	t.Parallel()
	w, seat, db := desk(t)
	create, _ := boardtest.NewNote("")
	w.Do(t, seat, create)
	tables{db}.exec(t, `UPDATE boards SET field_versions = '"x"'`)
	doc, head, err := w.Load(t.Context(), seat.Board)
	if err != nil || doc.Board.Name != "Plans" || doc.Len() != 1 || head.Epoch != 1 {
		t.Errorf("%+v, %+v, %v", doc, head, err)
	}
}

// dropChecks takes the tables' own guard away, as damage does.
func dropChecks(t *testing.T, x tables) {
	t.Helper()
	const query = `
		SELECT CASE WHEN contypid = 0 THEN 'TABLE notes' ELSE 'DOMAIN ' || contypid::regtype END,
		       conname
		  FROM pg_constraint
		 WHERE contype = 'c'
		   AND (conrelid = 'notes'::regclass OR contypid IN (
		       SELECT atttypid
		         FROM pg_attribute
		        WHERE attrelid = 'notes'::regclass))`
	rows, err := x.db.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var drops []string
	for rows.Next() {
		var owner, name string
		if err := rows.Scan(&owner, &name); err != nil {
			t.Fatal(err)
		}
		drops = append(drops, "ALTER "+owner+" DROP CONSTRAINT "+name)
	}
	for _, drop := range drops {
		x.exec(t, drop)
	}
}

func rowOf(t *testing.T, x tables, note string) string {
	t.Helper()
	var row string
	if err := x.db.QueryRow("SELECT notes::text FROM notes WHERE id = $1", note).Scan(&row); err != nil {
		t.Fatal(err)
	}
	return row
}
