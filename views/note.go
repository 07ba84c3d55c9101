package views

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

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
func (n Note) label(ctx context.Context) string {
	color := capital(colorName(ctx, n.color()))
	text := shorten(strings.Join(strings.Fields(n.Text), " "), maxLabel)
	if text == "" {
		text = say(ctx, "empty")
	}
	if n.Author == "" {
		return say(ctx, "{Color} note: {text}", "Color", color, "text", text)
	}
	return say(ctx, "{Color} note by {author}: {text}", "Color", color, "author", n.Author, "text", text)
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

// capital is the words with their first letter in upper case.
func capital(words string) string {
	first, size := utf8.DecodeRuneInString(words)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + words[size:]
}
