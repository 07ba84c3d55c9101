package views

import "strings"

// The sizes that a note's text can have, in pixels, by fit: fit 1 is the
// largest. The style sheet holds the same numbers (data-fit).
var fitSizes = [...]float64{32, 27, 23, 19, 16}

// How much closer than usual the letters stand at each fit, in hundredths of
// the size; in the style sheet it is letter-spacing.
var fitTightness = [...]float64{1.8, 1.2, 1.2, 0.6, 0.6}

const (
	notePadding = 16.0 // on each side of the text, as in notes.css
	lineHeight  = 1.3
	leastInList = 24.0 // of a line in a list
	kerning     = 1.01 // pairs of letters stand a little closer than the letters alone
)

// The widths of the characters from space to tilde in Inter at weight 450, in
// hundredths of the size.
var letterWidths = [...]float64{
	27, 30, 48, 64, 64, 99, 65, 31, 37, 37, 51, 66, 30, 46, 30, 37,
	64, 41, 61, 62, 65, 60, 63, 59, 62, 63, 30, 31, 66, 66, 66, 52,
	97, 71, 66, 73, 72, 60, 59, 75, 74, 27, 57, 68, 57, 91, 75, 77,
	64, 77, 65, 64, 65, 74, 71, 102, 69, 69, 63, 37, 32, 37, 47, 46,
	33, 56, 62, 57, 62, 58, 34, 62, 60, 25, 25, 55, 25, 88, 60, 60,
	62, 62, 40, 53, 33, 60, 57, 82, 55, 57, 56, 43, 34, 43, 66,
}

// letterWidth is a character's width in hundredths of the size: measured for
// ASCII, as wide as a common letter for other alphabets, a full square for
// what is written in squares.
func letterWidth(r rune) float64 {
	switch {
	case r >= ' ' && r <= '~':
		return letterWidths[r-' ']
	case r >= 0x2e80:
		return 100
	default:
		return 62
	}
}

// fit is the step, 1 to 5, at which the text most likely fills the note
// without overflowing it. The script measures afterwards; this keeps the first
// paint from jumping.
func (n Note) fit() int {
	least := 0.0
	if isList(n.Text) {
		least = leastInList
	}
	for i := range fitSizes {
		if n.holds(i, least) {
			return i + 1
		}
	}
	return len(fitSizes)
}

// holds tells whether the text fits into the note at a step, counted from 0,
// with no line lower than least.
func (n Note) holds(step int, least float64) bool {
	size := fitSizes[step]
	width := (n.W - 2*notePadding) / size * 100 * kerning
	most := int((n.H - 2*notePadding) / max(size*lineHeight, least))
	rows := 0
	for line := range strings.SplitSeq(n.Text, "\n") {
		wrapped, ok := wrap(line, width, fitTightness[step], most-rows)
		if !ok {
			return false
		}
		rows += wrapped
	}
	return true
}

// wrap counts the rows of one line, broken between words, in a row of the
// given width in hundredths of the size. It reports false when a word alone is
// longer than a row, or when there would be more than most rows.
func wrap(line string, width, tightness float64, most int) (rows int, ok bool) {
	rows, used := 1, 0.0
	space := letterWidth(' ') - tightness
	for word := range strings.FieldsSeq(line) {
		length := 0.0
		for _, r := range word {
			length += letterWidth(r) - tightness
		}
		if used > 0 && used+space+length > width {
			rows, used = rows+1, 0
		}
		if length > width || rows > most {
			return 0, false
		}
		if used > 0 {
			used += space
		}
		used += length
	}
	return rows, rows <= most
}
