package notes

import "fmt"

// placeholderText stands on the board in the place of a note that cannot be read.
const placeholderText = "This note cannot be read. What is stored of it is kept as it is: ask whoever runs this server."

// Check tells what no edit can have made of n, a note of a document at seq: it
// was damaged, or written by hand. The error says which part.
func (n *Note) Check(seq int64) error {
	switch {
	case !IsID(n.ID):
		return fmt.Errorf("%q is not an id", n.ID)
	case n.Rev < 0:
		return fmt.Errorf("revision %d", n.Rev)
	case n.Created < 1 || n.Created > seq || n.Deleted < 0 || n.Deleted > seq:
		return fmt.Errorf("made at %d and deleted at %d on a board at %d", n.Created, n.Deleted, seq)
	}
	for f, v := range n.Versions {
		if v < 1 || v > seq {
			return fmt.Errorf("%s changed at %d on a board at %d", f, v, seq)
		}
	}
	if r := n.check(); r != nil {
		return r
	}
	return nil
}

// check refuses what no note may be.
func (n *Note) check() *Rejection {
	if r := n.Kind.check(); r != nil {
		return r
	}
	if r := n.Values().check(n.Kind); r != nil {
		return r
	}
	return checkText(n.Text)
}

// Placeholder is what a document of a board at seq shows in the place of a note
// that cannot be read. It lies where the note lay, as far as that can be told, and
// ops on it are refused, so that nothing is written over what is stored.
func Placeholder(n *Note, seq int64) *Note {
	p := &Note{
		ID: n.ID, X: n.X, Y: n.Y, W: DefaultSize, H: DefaultSize, Color: "grey", Z: FirstKey,
		Text: placeholderText, Created: min(max(n.Created, 1), seq), Deleted: min(max(n.Deleted, 0), seq), Unreadable: true,
	}
	if (Values{X: &p.X, Y: &p.Y}).check(Sticky) != nil {
		p.X, p.Y = 0, 0
	}
	return p
}

// unreadable is why an op on a placeholder is refused.
func unreadable(n *Note) *Rejection {
	return reject(Unreadable, "This note cannot be read, so it cannot be changed either.").with(n)
}
