package archive_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"corkboard/notes"
	"corkboard/notes/archive"
)

func newID(i int) string { return fmt.Sprintf("new-%06d", i) }

// place plans the rows on the document and does the edit as a server would; it
// returns the notes that it made.
func place(t *testing.T, rows []archive.Row, doc *notes.Document) []*notes.Note {
	t.Helper()
	edit, ids := archive.Plan(rows, doc, newID)
	event, err := notes.Begin(doc, nil).Apply(notes.Op{Edit: edit}, "client-1", notes.Author{}, time.Time{})
	if err != nil {
		t.Fatalf("the plan was refused: %v", err)
	}
	if event != nil {
		if err := doc.ApplyEvent(*event); err != nil {
			t.Fatal(err)
		}
	}
	made := make([]*notes.Note, len(ids))
	for i, id := range ids {
		if made[i] = doc.Notes[id]; made[i] == nil {
			t.Fatalf("row %d, %s, is not on the board", i, id)
		}
	}
	return made
}

func row(text string) archive.Row {
	return archive.Row{Text: text, Color: "sky", W: 200, H: 200}
}

func rowAt(x, y float64) archive.Row {
	r := row("placed")
	r.At = &archive.Place{X: x, Y: y}
	return r
}

func overlap(a, b *notes.Note) bool {
	return a.X < b.X+b.W && b.X < a.X+a.W && a.Y < b.Y+b.H && b.Y < a.Y+a.H
}

// apart fails when two of the notes cover each other.
func apart(t *testing.T, all []*notes.Note) {
	t.Helper()
	for i, a := range all {
		for _, b := range all[:i] {
			if overlap(a, b) {
				t.Fatalf("%s at %v,%v covers %s at %v,%v", a.ID, a.X, a.Y, b.ID, b.X, b.Y)
			}
		}
	}
}

func TestPlanKeepsPlacesAndLaysOutTheRest(t *testing.T) {
	t.Parallel()
	old := &notes.Note{ID: "old-note", X: 10, Y: 20, W: 300, H: 200, Color: "yellow", Z: "a5"}
	doc := notes.NewDocument(3, notes.Board{}, []*notes.Note{old})
	wide := row("wide")
	wide.W = 500
	rows := []archive.Row{row("one"), rowAt(-700, 40), wide, row("three"), row("four"), row("five")}
	made := place(t, rows, doc)
	if n := made[1]; n.X != -700 || n.Y != 40 {
		t.Errorf("the note with a place lies at %v,%v", n.X, n.Y)
	}
	apart(t, append(made, old))
	if made[0].X != 410 || made[0].Y != 20 {
		t.Errorf("the grid begins at %v,%v, not to the right of everything", made[0].X, made[0].Y)
	}
	if made[2].Y != made[0].Y || made[2].X != made[0].X+524 || made[4].X != made[0].X || made[4].Y <= made[0].Y {
		t.Errorf("not row by row: %+v %+v %+v", made[0], made[2], made[4])
	}
	for i, n := range made {
		if n.Z <= "a5" || i > 0 && n.Z <= made[i-1].Z {
			t.Errorf("row %d has z %q: not above everything, in order", i, n.Z)
		}
	}
}

func TestPlanIsTheSameEachTime(t *testing.T) {
	t.Parallel()
	rows := []archive.Row{row("a"), row("b"), rowAt(5, 5), row("c")}
	first := place(t, rows, notes.NewDocument(0, notes.Board{}, nil))
	again := place(t, rows, notes.NewDocument(0, notes.Board{}, nil))
	for i := range first {
		if first[i].X != again[i].X || first[i].Y != again[i].Y || first[i].Z != again[i].Z || first[i].ID != again[i].ID {
			t.Errorf("row %d: %+v, then %+v", i, first[i], again[i])
		}
	}
}

func TestPlanOnAnEmptyBoardBeginsAtTheOrigin(t *testing.T) {
	t.Parallel()
	made := place(t, []archive.Row{row("a")}, notes.NewDocument(0, notes.Board{}, nil))
	if made[0].X != 0 || made[0].Y != 0 {
		t.Errorf("at %v,%v", made[0].X, made[0].Y)
	}
}

func TestLinesOfTheGridAreAsHighAsTheHighestInThem(t *testing.T) {
	t.Parallel()
	rows := []archive.Row{row("a"), row("b"), row("c"), row("d"), row("e")}
	rows[1].H = 500
	made := place(t, rows, notes.NewDocument(0, notes.Board{}, nil))
	apart(t, made)
	if made[3].Y != 524 || made[4].Y != 524 {
		t.Errorf("below a high one they lie at %v and %v", made[3].Y, made[4].Y)
	}
}

func TestPlanOfNothing(t *testing.T) {
	t.Parallel()
	if made := place(t, nil, notes.NewDocument(0, notes.Board{}, nil)); len(made) != 0 {
		t.Errorf("%d notes", len(made))
	}
}

// TestPlanFindsRoom: wherever the notes lie that are there, the new ones lie
// beside them, and on the board.
func TestPlanFindsRoom(t *testing.T) {
	t.Parallel()
	const edge = notes.MaxCoord
	at := func(i int, x, y float64) *notes.Note {
		return &notes.Note{ID: fmt.Sprintf("old-%05d", i), X: x, Y: y, W: 200, H: 200, Color: "grey", Z: "a0"}
	}
	for name, taken := range map[string][]*notes.Note{
		"right edge":   {at(0, edge-200, 0)},
		"lower edge":   {at(0, edge-200, 0), at(1, 0, edge-200)},
		"left corner":  {at(0, edge-200, 0), at(1, 0, edge-200), at(2, -edge, 0)},
		"all corners":  {at(0, -edge, -edge), at(1, edge, -edge), at(2, -edge, edge), at(3, edge, edge)},
		"first slots":  {at(0, -edge, -edge), at(1, edge, edge), at(2, -edge+15_000, -edge), at(3, -edge+9_900, -edge+9_900)},
		"in the midst": {at(0, 0, 0)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			made := place(t, []archive.Row{row("a"), row("b"), row("c"), row("d"), row("e")}, notes.NewDocument(1, notes.Board{}, taken))
			apart(t, append(made, taken...))
			for _, n := range made {
				if math.Abs(n.X) > edge || math.Abs(n.Y) > edge {
					t.Errorf("%s lies off the board at %v,%v", n.ID, n.X, n.Y)
				}
			}
		})
	}
}

func TestPlanOfTheMost(t *testing.T) {
	t.Parallel()
	rows := make([]archive.Row, archive.MaxNotes)
	for i := range rows {
		rows[i] = row("x")
		rows[i].W, rows[i].H = notes.MaxSize, notes.MaxSize
	}
	made := place(t, rows, notes.NewDocument(0, notes.Board{}, nil))
	if last := made[len(made)-1]; len(made) != len(rows) || last.X < 1000 || last.Y < 1000 {
		t.Errorf("%d notes, the last at %v,%v", len(made), last.X, last.Y)
	}
}

func TestPlanJoinsRowsAndNotesOfTheBoard(t *testing.T) {
	t.Parallel()
	doc := notes.NewDocument(0, notes.Board{}, nil)
	there := place(t, []archive.Row{row("there")}, doc)[0]
	named := func(text, name, group string) archive.Row {
		r := row(text)
		r.ClientID, r.Group = name, group
		return r
	}
	arrow := func(from, to string) archive.Row {
		return archive.Row{Kind: notes.Connector, Text: "so", Color: "grey", Extras: notes.Extras{From: from, To: to}}
	}
	edit, ids := archive.Plan([]archive.Row{arrow("a", there.ID), named("A", "a", "us"), arrow("b", "a"), named("B", "b", "us"), named("C", "c", "")}, doc,
		func(i int) string { return fmt.Sprintf("more-%04d", i) })
	event, err := notes.Begin(doc, nil).Apply(notes.Op{Edit: edit}, "client-1", notes.Author{}, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.ApplyEvent(*event); err != nil {
		t.Fatal(err)
	}
	first, a, second, b, c := doc.Notes[ids[0]], doc.Notes[ids[1]], doc.Notes[ids[2]], doc.Notes[ids[3]], doc.Notes[ids[4]]
	if first.From != a.ID || first.To != there.ID || second.From != b.ID || second.To != a.ID {
		t.Errorf("they join %s→%s and %s→%s", first.From, first.To, second.From, second.To)
	}
	if a.Group != a.ID || b.Group != a.ID || c.Group != "" {
		t.Errorf("groups %q, %q and %q", a.Group, b.Group, c.Group)
	}
	apart(t, []*notes.Note{there, a, b, c})
}
