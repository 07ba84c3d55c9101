package views

import (
	"context"
	"strings"
)

// Trouble is what a person is told when a request did not do what they asked. Its
// texts are in English, as all that a catalogue finds its own by.
type Trouble struct {
	Status int
	Title  string // what happened, in a few words
	Detail string // what happened, in a sentence or more
	Values []any  // what fills the {name}s of the detail: a name and a value in turn
	Kept   string // what became of what was asked for
	Hint   string // what to do now
}

// title is said as a heading: without a full stop.
func (t Trouble) title(ctx context.Context) string {
	return strings.TrimSuffix(translate(ctx, t.Title), ".")
}

// detail is what happened and what was kept.
func (t Trouble) detail(ctx context.Context) string {
	return strings.TrimSpace(translate(ctx, t.Detail, t.Values...) + " " + translate(ctx, t.Kept))
}
