package views

import "context"

// BoardView is a board as its page or its embed shows it.
type BoardView struct {
	ID    string
	Name  string
	Role  string // owner, facilitator, editor, commenter or viewer
	Notes []Note // in the order in which they lie on each other, the lowest first
	// Boot is what the script starts from, as docs/protocol.md has it; it is
	// encoded as JSON, and a json.RawMessage goes in as it is.
	Boot any
	// OpenURL is the address of the board itself. Only the embed shows it.
	OpenURL string
}

func (b BoardView) name(ctx context.Context) string { return orUntitled(ctx, b.Name) }

func (b BoardView) canEdit() bool {
	return b.Role == "owner" || b.Role == "facilitator" || b.Role == "editor"
}

func (b BoardView) canShare() bool {
	return b.Role == "owner" || b.Role == "facilitator"
}
