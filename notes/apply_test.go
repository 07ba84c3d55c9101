package notes

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"
)

const (
	idA = "note-aaaa"
	idB = "note-bbbb"
)

// session applies ops to a document as a server does, one commit each.
type session struct {
	t   *testing.T
	doc *Document
}

func newSession(t *testing.T) *session {
	return &session{t, NewDocument(0, Board{Name: "Retro"}, nil)}
}

// do applies the op and returns its event; nil for a no-op.
func (s *session) do(edit Edit) (*Event, error) {
	s.t.Helper()
	e, err := Begin(s.doc, nil).Apply(Op{Mid: 1, Edit: edit}, "client-1", Author{ID: "u1", Name: "Ana"}, time.Unix(0, 0).UTC())
	if e != nil {
		// By way of the wire, as every replica gets it.
		data, err := json.Marshal(e)
		if err != nil {
			s.t.Fatal(err)
		}
		var back Event
		if err := json.Unmarshal(data, &back); err != nil {
			s.t.Fatalf("%s: %v", data, err)
		}
		if err := s.doc.ApplyEvent(back); err != nil {
			s.t.Fatal(err)
		}
	}
	return e, err
}

func (s *session) must(edit Edit) *Event {
	s.t.Helper()
	e, err := s.do(edit)
	if err != nil {
		s.t.Fatal(err)
	}
	return e
}

func (s *session) refused(edit Edit, want Code) {
	s.t.Helper()
	before := s.doc.Hash()
	_, err := s.do(edit)
	var r *Rejection
	if !errors.As(err, &r) || r.Code != want || !strings.HasSuffix(r.Reason, ".") {
		s.t.Errorf("%+v: %v, want a sentence with %s", edit, err, want)
	}
	if s.doc.Hash() != before {
		s.t.Errorf("%+v was refused and changed the document", edit)
	}
}

func (s *session) noop(edit Edit) {
	s.t.Helper()
	if e := s.must(edit); e != nil {
		s.t.Errorf("%+v had the effect %+v", edit, e.Effect)
	}
}

func ptr[T any](v T) *T { return &v }

func aNote(id string) *Create {
	return &Create{Note: id, X: 1.005, Y: -2, W: 200, H: 200, Color: "yellow", Z: "a0", Text: "hi"}
}

func TestConflictTable(t *testing.T) {
	t.Parallel()
	s := newSession(t)
	s.must(aNote(idA))
	s.refused(aNote(idA), Exists)
	s.must(&Set{Note: idA, Set: Values{X: ptr(5.0)}})
	s.must(&Set{Note: idA, Set: Values{Color: ptr("blue")}})
	if n := s.doc.Notes[idA]; n.X != 5 || n.Color != "blue" || n.FieldVersion(FieldX) != 2 || n.FieldVersion(FieldY) != 1 || n.Version() != 3 {
		t.Errorf("both fields must land, with their seqs: %+v", n)
	}
	s.must(&Delete{Note: idA})
	s.noop(&Delete{Note: idA})
	s.refused(&Set{Note: idA, Set: Values{X: ptr(1.0)}}, Deleted)
	s.refused(&EditText{Note: idA, Delta: Delta{{Insert: "x"}}}, Deleted)
	s.refused(aNote(idA), Exists)
	if s.doc.Len() != 0 {
		t.Errorf("%d notes live", s.doc.Len())
	}
	s.must(&Restore{Note: idA})
	s.noop(&Restore{Note: idA})
	if n := s.doc.Notes[idA]; n.Color != "blue" || n.Version() != 5 || s.doc.Len() != 1 {
		t.Errorf("restored as %+v", n)
	}
	s.refused(&Set{Note: idB, Set: Values{X: ptr(1.0)}}, NotFound)
	s.refused(&Delete{Note: idB}, NotFound)
	s.refused(&Restore{Note: idB}, NotFound)
}

func TestBaseGuardsLaterWork(t *testing.T) {
	t.Parallel()
	s := newSession(t)
	s.must(aNote(idA))
	s.must(&Set{Note: idA, Set: Values{X: ptr(5.0), Y: ptr(6.0)}})
	s.must(&Set{Note: idA, Set: Values{Y: ptr(7.0)}})
	s.must(&Set{Note: idA, Set: Values{X: ptr(1.0), Y: ptr(1.0)}, Base: map[Field]int64{FieldX: 2, FieldY: 2}})
	if n := s.doc.Notes[idA]; n.X != 1 || n.Y != 7 {
		t.Errorf("x %v y %v: x goes back, y is somebody else's now", n.X, n.Y)
	}
	s.noop(&Set{Note: idA, Set: Values{Y: ptr(1.0)}, Base: map[Field]int64{FieldY: 2}})
	s.noop(&Delete{Note: idA, Base: 1})
	s.must(&SetBoard{Set: BoardValues{Name: ptr("Plan")}})
	s.noop(&SetBoard{Set: BoardValues{Name: ptr("Retro")}, Base: map[Field]int64{FieldName: 0}})
}

func TestTextMergesOverWhatCameSince(t *testing.T) {
	t.Parallel()
	s := newSession(t)
	s.must(aNote(idA))
	s.must(&EditText{Note: idA, Rev: 0, Delta: Delta{{Insert: "A"}}})
	s.must(&EditText{Note: idA, Rev: 0, Delta: Delta{{Keep: 2}, {Insert: "B"}}})
	s.noop(&EditText{Note: idA, Rev: 2, Delta: Delta{}})
	if n := s.doc.Notes[idA]; n.Text != "AhiB" || n.Rev != 2 {
		t.Errorf("%q at revision %d", n.Text, n.Rev)
	}
	s.refused(&EditText{Note: idA, Rev: 3, Delta: Delta{{Insert: "x"}}}, Invalid)
	s.refused(&EditText{Note: idA, Rev: 2, Delta: Delta{{Keep: 9}, {Insert: "x"}}}, Invalid)
	s.refused(&EditText{Note: idA, Rev: 2, Delta: Delta{{Insert: strings.Repeat("é", MaxText)}}}, TooLong)
	s.refused(&EditText{Note: idA, Rev: 2, Delta: Delta{{Insert: "a\x00"}}}, Invalid)
}

func TestTextOlderThanMemoryAsksTheHistory(t *testing.T) {
	t.Parallel()
	s := newSession(t)
	s.must(aNote(idA))
	for range remembered + 5 {
		s.must(&EditText{Note: idA, Rev: s.doc.Notes[idA].Rev, Delta: Delta{{Insert: "."}}})
	}
	late := Op{Mid: 1, Edit: &EditText{Note: idA, Rev: 2, Delta: Delta{{Keep: 2}, {Insert: "!"}}}}
	_, err := Begin(s.doc, nil).Apply(late, "client-1", Author{}, time.Time{})
	var r *Rejection
	if !errors.As(err, &r) || r.Code != Stale || r.Note == nil {
		t.Fatalf("without a history: %v", err)
	}
	asked := ""
	history := func(note string, from, to int64) ([]Delta, error) {
		asked = note
		if from != 2 || to != 5 {
			t.Errorf("asked for (%d, %d]", from, to)
		}
		return []Delta{{{Insert: "."}}, {{Insert: "."}}, {{Insert: "."}}}, nil
	}
	e, err := Begin(s.doc, history).Apply(late, "client-1", Author{}, time.Time{})
	if err != nil || asked != idA {
		t.Fatalf("asked %q, %v", asked, err)
	}
	if got := e.Effect.(*TextEdited).Delta[0].Keep; got != 2+3+remembered {
		t.Errorf("inserted at %d", got)
	}
}

func TestBadArguments(t *testing.T) {
	t.Parallel()
	s := newSession(t)
	for _, change := range []func(*Create){
		func(c *Create) { c.Note = "short" },
		func(c *Create) { c.Note = "white space" },
		func(c *Create) { c.X = MaxCoord + 1 },
		func(c *Create) { c.W = MinSize - 1 },
		func(c *Create) { c.H = MaxSize + 1 },
		func(c *Create) { c.Color = "puce" },
		func(c *Create) { c.Z = "a00" },
		func(c *Create) { c.Text = "bell\a" },
		func(c *Create) { c.Text = "\xff" },
	} {
		c := aNote(idA)
		change(c)
		s.refused(c, Invalid)
	}
	s.refused(&SetBoard{Set: BoardValues{Name: ptr("")}}, Invalid)
	s.refused(&SetBoard{Set: BoardValues{Name: ptr("two\nlines")}}, Invalid)
	s.refused(&Batch{Ops: []Op{{Edit: &Batch{}}}}, Invalid)
}

func TestBatchIsAllOrNothing(t *testing.T) {
	t.Parallel()
	s := newSession(t)
	bad := aNote(idB)
	bad.Color = "puce"
	_, err := s.do(&Batch{Ops: []Op{{Edit: aNote(idA)}, {Edit: bad}}})
	var r *Rejection
	if !errors.As(err, &r) || r.Index != 1 || s.doc.Len() != 0 || s.doc.Seq != 0 {
		t.Fatalf("%v, %d notes at %d", err, s.doc.Len(), s.doc.Seq)
	}
	e := s.must(&Batch{Ops: []Op{
		{Edit: aNote(idA)}, {Edit: aNote(idB)}, {Edit: &EditText{Note: idA, Delta: Delta{{Insert: "x"}}}}, {Edit: &Delete{Note: idB}}, {Edit: &Delete{Note: idB}},
	}})
	if len(e.Effect.(*BatchDone).Effects) != 4 || s.doc.Seq != 1 || s.doc.Len() != 1 || s.doc.Notes[idA].Text != "xhi" {
		t.Errorf("%+v, %+v", e.Effect, s.doc.Notes[idA])
	}
	s.noop(&Batch{Ops: []Op{{Edit: &Delete{Note: idB}}}})
}

func TestDraftLeavesItsDocument(t *testing.T) {
	t.Parallel()
	s := newSession(t)
	s.must(aNote(idA))
	before := s.doc.Hash()
	d := Begin(s.doc, nil)
	for _, e := range []Edit{aNote(idB), &Delete{Note: idA}, &SetBoard{Set: BoardValues{Name: ptr("x")}}} {
		if _, err := d.Apply(Op{Edit: e}, "client-1", Author{}, time.Time{}); err != nil {
			t.Fatal(err)
		}
	}
	if s.doc.Hash() != before || s.doc.Len() != 1 || d.Len() != 1 || d.Seq() != 4 {
		t.Errorf("the draft wrote through: %d notes, draft %d at %d", s.doc.Len(), d.Len(), d.Seq())
	}
}

func TestGapIsAnError(t *testing.T) {
	t.Parallel()
	s := newSession(t)
	e := Event{Seq: 2, Effect: &NoteDeleted{idA}}
	if s.doc.ApplyEvent(e) == nil || Begin(s.doc, nil).Take(e) == nil {
		t.Error("a gap was jumped")
	}
}

func TestOpJSON(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]Code{
		`{"mid":1,"kind":"note.fly"}`:                                         UnknownOp,
		`{"mid":1,"kind":"note.delete","note":"note-aaaa","wings":2}`:         Invalid,
		`{"mid":1,"kind":"note.set","note":"note-aaaa","set":{"text":"x"}}`:   Invalid,
		`{"mid":"1","kind":"note.delete","note":"note-aaaa"}`:                 Invalid,
		`{"mid":1,"kind":"note.set","note":"note-aaaa","set":{"x":"1"}}`:      Invalid,
		`{"mid":1,"kind":"batch","ops":[{"kind":"note.fly"}]}`:                UnknownOp,
		`{"mid":1,"kind":"note.text","note":"note-aaaa","rev":0,"delta":[0]}`: Invalid,
		`[]`: Invalid,
	} {
		var op Op
		err := json.Unmarshal([]byte(in), &op)
		var r *Rejection
		if !errors.As(err, &r) || r.Code != want {
			t.Errorf("%s: %v, want %s", in, err, want)
		}
	}
	in := `{"mid":7,"kind":"note.set","note":"note-aaaa","set":{"x":1.5},"base":{"x":3}}`
	var op Op
	if err := json.Unmarshal([]byte(in), &op); err != nil {
		t.Fatal(err)
	}
	if out, err := json.Marshal(op); err != nil || string(out) != in {
		t.Errorf("%s came back as %s, %v", in, out, err)
	}
}
