package views

import (
	"strings"

	"corkboard/notes"
)

// Note is a note as a page shows it: place and size in board units (CSS pixels
// at 100 %).
type Note struct {
	ID     string
	Text   string
	Color  string // a name of the palette; another one is shown as the default colour
	Author string // shown to screen readers, "" when unknown
	X, Y   float64
	W, H   float64
}

// color is the note's colour, or the default when the palette does not know it.
func (n Note) color() string {
	if notes.IsColor(n.Color) {
		return n.Color
	}
	return notes.DefaultColor
}

// label names the note for somebody who does not see it, in the same words as
// the script: "Yellow note by Ana: the text".
func (n Note) label() string {
	name := title(n.color()) + " note"
	if n.Author != "" {
		name += " by " + n.Author
	}
	text := strings.Join(strings.Fields(n.Text), " ")
	if text == "" {
		return name + ": empty"
	}
	return name + ": " + shorten(text, maxLabel)
}

const maxLabel = 300 // code points of a note's text in its name

// shorten keeps at most the given number of code points.
func shorten(text string, most int) string {
	points := []rune(text)
	if len(points) <= most {
		return text
	}
	return strings.TrimRight(string(points[:most-1]), " ") + "…"
}

// title is an ASCII word with its first letter in upper case.
func title(word string) string {
	if word == "" {
		return ""
	}
	return strings.ToUpper(word[:1]) + word[1:]
}
