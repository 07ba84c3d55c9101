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
	return onSome(func(n *notes.Note) notes.Edit {
		x, y := float64(rand.N(4000)), float64(rand.N(4000))
		return &notes.Set{Note: n.ID, Set: notes.Values{X: &x, Y: &y}}
	})
}

// Type inserts text at a random place of some note; on an empty board it makes one.
func Type(text string) func(*notes.Document) notes.Edit {
	return onSome(func(n *notes.Note) notes.Edit {
		var delta notes.Delta
		if at := rand.N(utf8.RuneCountInString(n.Text) + 1); at > 0 {
			delta = append(delta, notes.Part{Keep: at})
		}
		return &notes.EditText{Note: n.ID, Rev: n.Rev, Delta: append(delta, notes.Part{Insert: text})}
	})
}

func onSome(edit func(*notes.Note) notes.Edit) func(*notes.Document) notes.Edit {
	return func(doc *notes.Document) notes.Edit {
		for _, n := range doc.Notes { // Go's maps begin somewhere
			if n.Deleted == 0 {
				return edit(n)
			}
		}
		return Create("first")(doc)
	}
}
