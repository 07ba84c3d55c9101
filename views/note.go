package views

import (
	"strings"
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

// The sizes that a note's text can have, in pixels, by fit: fit 1 is the
// largest. The style sheet holds the same numbers (data-fit).
var fitSizes = [...]float64{32, 27, 23, 19, 16}

const (
	notePadding = 16.0 // on each side of the text, as in notes.css
	lineHeight  = 1.3
	// The mean width of a letter in Inter at weight 450, with a little to
	// spare, as a part of its size. Measured over English prose it is 0.52.
	letterWidth = 0.55
)

// fit is the step, 1 to 5, at which the text most likely fills the note
// without overflowing it. The script measures afterwards; this keeps the first
// paint from jumping.
func (n Note) fit() int {
	for i, size := range fitSizes {
		if n.holds(size) {
			return i + 1
		}
	}
	return len(fitSizes)
}

// holds tells whether the text fits into the note at a size in pixels.
func (n Note) holds(size float64) bool {
	perLine := int((n.W - 2*notePadding) / (size * letterWidth))
	if perLine < 1 {
		return false
	}
	rows := 0
	for line := range strings.SplitSeq(n.Text, "\n") {
		wrapped, ok := wrap(line, perLine)
		if !ok {
			return false
		}
		rows += wrapped
	}
	return float64(rows)*size*lineHeight <= n.H-2*notePadding
}

// wrap counts the rows of one line, broken between words. It reports false
// when a word alone is longer than a row.
func wrap(line string, perLine int) (rows int, ok bool) {
	rows, used := 1, 0
	for word := range strings.FieldsSeq(line) {
		length := utf8.RuneCountInString(word)
		if length > perLine {
			return 0, false
		}
		if used > 0 && used+1+length > perLine {
			rows, used = rows+1, 0
		}
		if used > 0 {
			used++
		}
		used += length
	}
	return rows, true
}
