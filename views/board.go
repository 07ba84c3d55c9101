package views

import "context"

// BoardView is a board as its page or its embed shows it.
type BoardView struct {
	ID          string
	Name        string
	Role        string       // owner, facilitator, editor, commenter or viewer
	Sections    []Section    // in the order in which they are read
	Connections []Connection // between notes, likewise
	// Boot is what the script starts from, as docs/protocol.md has it; it is
	// encoded as JSON, and a json.RawMessage goes in as it is.
	Boot any
	// OpenURL is the address of the board itself. Only the embed shows it.
	OpenURL string
}

// Section is a frame with the notes in it.
type Section struct {
	Frame *Note // nil: the notes that lie in no frame
	Depth int   // how many frames this one lies in
	Notes []Note
}

// Connection is a connector in words: what its notes say, and what it says itself.
type Connection struct {
	From, To, Label string
}

// all yields the notes of a board, frames too.
func (b BoardView) all(yield func(Note) bool) {
	for _, s := range b.Sections {
		if s.Frame != nil && !yield(*s.Frame) {
			return
		}
		for _, n := range s.Notes {
			if !yield(n) {
				return
			}
		}
	}
}

func (b BoardView) isEmpty() bool {
	for range b.all {
		return false
	}
	return true
}

func (b BoardView) name(ctx context.Context) string { return orUntitled(ctx, b.Name) }

func (b BoardView) canEdit() bool {
	return b.Role == "owner" || b.Role == "facilitator" || b.Role == "editor"
}

func (b BoardView) canShare() bool {
	return b.Role == "owner" || b.Role == "facilitator"
}
