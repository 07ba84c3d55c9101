package bot

import (
	"math/rand/v2"
	"unicode/utf8"

	"corkboard/auth"
	"corkboard/notes"
)

// Create makes a note somewhere, with text.
func Create(text string) func(*notes.Document) notes.Edit {
	return func(*notes.Document) notes.Edit {
		return &notes.Create{
			Note: auth.NewID("n"), X: float64(rand.N(4000)), Y: float64(rand.N(4000)), W: 200, H: 200,
			Color: notes.Colors[rand.N(len(notes.Colors))], Z: notes.FirstKey, Text: text,
		}
	}
}

// Move puts some note somewhere else; on an empty board it makes one.
func Move() func(*notes.Document) notes.Edit {
	return onSome("", func(n *notes.Note) notes.Edit {
		x, y := float64(rand.N(4000)), float64(rand.N(4000))
		return &notes.Set{Note: n.ID, Set: notes.Values{X: &x, Y: &y}}
	})
}

// Type inserts text at a random place of some note; on an empty board it makes one.
func Type(text string) func(*notes.Document) notes.Edit {
	return onSome(text, func(n *notes.Note) notes.Edit {
		var delta notes.Delta
		if at := rand.N(utf8.RuneCountInString(n.Text) + 1); at > 0 {
			delta = append(delta, notes.Part{Keep: at})
		}
		return &notes.EditText{Note: n.ID, Rev: n.Rev, Delta: append(delta, notes.Part{Insert: text})}
	})
}

// onSome edits some note; on an empty board it makes one with text.
func onSome(text string, edit func(*notes.Note) notes.Edit) func(*notes.Document) notes.Edit {
	return func(doc *notes.Document) notes.Edit {
		for _, n := range doc.Notes { // Go's maps begin somewhere
			if n.Deleted == 0 {
				return edit(n)
			}
		}
		return Create(text)(doc)
	}
}

// Delete deletes some note; on an empty board it makes one.
func Delete() func(*notes.Document) notes.Edit {
	return onSome("", func(n *notes.Note) notes.Edit { return &notes.Delete{Note: n.ID} })
}

// Restore brings back some note that the replica saw deleted; where there is
// none, it moves one.
func Restore() func(*notes.Document) notes.Edit {
	return func(doc *notes.Document) notes.Edit {
		for _, n := range doc.Notes {
			if n.Deleted != 0 {
				return &notes.Restore{Note: n.ID}
			}
		}
		return Move()(doc)
	}
}

// MoveAll moves up to ten notes together, all or nothing; on an empty board it
// makes one.
func MoveAll() func(*notes.Document) notes.Edit {
	return func(doc *notes.Document) notes.Edit {
		x, batch := float64(rand.N(4000)), &notes.Batch{}
		for _, n := range doc.Notes {
			if n.Deleted == 0 && len(batch.Ops) < 10 {
				batch.Ops = append(batch.Ops, notes.Op{Edit: &notes.Set{Note: n.ID, Set: notes.Values{X: &x}}})
			}
		}
		if len(batch.Ops) == 0 {
			return Create("")(doc)
		}
		return batch
	}
}
