package boardtest

import (
	"strings"
	"testing"
	"time"

	"corkboard/board"
	"corkboard/notes"
)

var kindParts = map[string]func(*testing.T, *World){
	"what few notes have comes back, and goes again":       extrasComeBack,
	"frames and connectors come back, and are not counted": kindsComeBack,
}

func extrasComeBack(t *testing.T, w *World) {
	seat := w.Desk(t)
	plain, one := NewNote("plain")
	create, note := NewNote("all")
	create.Extras = notes.Extras{Link: "https://example.org/é?a='\x7b", Group: "group-01", Picture: strings.Repeat("a0", 32), Alt: "A \"cat\",\n\\asleep 🐈", Locked: true}
	empty, on, off, group := "", true, false, "group-02"
	for _, e := range []notes.Edit{ // each in a commit of its own
		plain, create,
		&notes.Set{Note: note, Set: notes.Values{Locked: &off, Link: &empty}},
		Move(note, 1, 2), Insert(note, 0, 0, "x"),
		&notes.Set{Note: one, Set: notes.Values{Group: &group}},
		&notes.Batch{Ops: []notes.Op{{Edit: Move(one, 3, 4)}, {Edit: &notes.Set{Note: note, Set: notes.Values{Group: &group}}}}},
		&notes.Delete{Note: note}, &notes.Restore{Note: note},
		&notes.Set{Note: note, Set: notes.Values{Group: &empty, Picture: &empty, Alt: &empty}},
		&notes.Set{Note: one, Set: notes.Values{Locked: &on}},
	} {
		equal(t, "status", w.Do(t, seat, e)[0].Status, board.OK)
		w.Check(t, seat.Board)
	}
	doc := w.Check(t, seat.Board)
	equal(t, "all taken back", doc.Notes[note].Extras, notes.Extras{})
	equal(t, "kept", doc.Notes[one].Extras, notes.Extras{Group: group, Locked: true})
	equal(t, "refused", w.Do(t, seat, Move(one, 9, 9))[0].Code, notes.Locked)
	if at := doc.Notes[one].At; !at.Equal(w.Clock.Now().Truncate(time.Millisecond)) {
		t.Errorf("made at %v", at)
	}
}

func kindsComeBack(t *testing.T, w *World) {
	seat := w.Desk(t)
	a, from := NewNote("a")
	b, frame := NewNote("Ideas")
	b.As, b.W, b.H = notes.Frame, notes.MaxFrame, notes.MinSize
	c, arrow := NewNote("then")
	c.As, c.X, c.Y, c.W, c.H, c.Extras = notes.Connector, 0, 0, 0, 0, notes.Extras{From: from, To: frame}
	equal(t, "together", w.Do(t, seat, &notes.Batch{Ops: []notes.Op{{Edit: a}, {Edit: b}, {Edit: c}}})[0].Status, board.OK)
	w.Check(t, seat.Board)
	for _, e := range []notes.Edit{
		Insert(arrow, 0, 4, " what"), &notes.Set{Note: arrow, Set: notes.Values{From: &frame, To: &from}},
		&notes.Delete{Note: from}, &notes.Restore{Note: from},
	} {
		equal(t, "status", w.Do(t, seat, e)[0].Status, board.OK)
	}
	doc := w.Check(t, seat.Board)
	equal(t, "live", doc.Len(), 3)
	equal(t, "ends", doc.Notes[arrow].Extras, notes.Extras{From: frame, To: from})
	equal(t, "kind", doc.Notes[frame].Kind, notes.Frame)
	s, err := w.Summary(t.Context(), seat.Board)
	must(t, err)
	equal(t, "notes", s.NoteCount, 1)
}
