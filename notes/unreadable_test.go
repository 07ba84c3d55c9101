package notes

import (
	"errors"
	"math"
	"testing"
	"time"
)

func TestWhatNoEditCanHaveMade(t *testing.T) {
	t.Parallel()
	sound := func() *Note {
		return &Note{ID: "note_0001", W: 200, H: 200, Color: "yellow", Z: FirstKey, Text: "fine", Created: 3, Versions: map[Field]int64{FieldX: 5}}
	}
	if err := sound().Check(5); err != nil {
		t.Errorf("a sound note: %v", err)
	}
	for name, damage := range map[string]func(*Note){
		"id": func(n *Note) { n.ID = "x" }, "x": func(n *Note) { n.X = math.Inf(1) }, "y": func(n *Note) { n.Y = math.NaN() },
		"w": func(n *Note) { n.W = 0 }, "h": func(n *Note) { n.H = 1e9 }, "color": func(n *Note) { n.Color = "mauve" },
		"z": func(n *Note) { n.Z = "!" }, "text": func(n *Note) { n.Text = "\x01" }, "rev": func(n *Note) { n.Rev = -1 },
		"created": func(n *Note) { n.Created = 6 }, "deleted": func(n *Note) { n.Deleted = 9 },
		"versions": func(n *Note) { n.Versions[FieldX] = 6 },
	} {
		n := sound()
		damage(n)
		if n.Check(5) == nil {
			t.Errorf("a damaged %s is not noticed", name)
		}
		if p := Placeholder(n, 5); name != "id" && p.Check(5) != nil {
			t.Errorf("the placeholder for a damaged %s is damaged: %v", name, p.Check(5))
		}
	}
}

// Nothing that could be written over the stored note is accepted.
func TestPlaceholdersAreLeftAlone(t *testing.T) {
	t.Parallel()
	doc := NewDocument(5, Board{Name: "b"}, []*Note{Placeholder(&Note{ID: "note_0001", Created: 3}, 5)})
	x := 4.0
	for _, edit := range []Edit{
		&Set{Note: "note_0001", Set: Values{X: &x}}, &EditText{Note: "note_0001", Delta: Delta{{Insert: "a"}}},
		&Delete{Note: "note_0001"}, &Restore{Note: "note_0001"},
		&Batch{Ops: []Op{{Edit: &Delete{Note: "note_0001"}}}},
	} {
		draft := Begin(doc, nil)
		event, err := draft.Apply(Op{Mid: 1, Edit: edit}, "client_1", Author{}, time.Time{})
		var r *Rejection
		if event != nil || !errors.As(err, &r) || r.Code != Unreadable {
			t.Errorf("%s: %v, %v", edit.kind(), event, err)
		}
	}
}
