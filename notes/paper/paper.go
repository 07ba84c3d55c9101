// Package paper tells how a text most likely lies on a note, for who has no fonts:
// how large its letters are before a browser has measured it, and how high a
// note must be that a program pours in.
package paper

import (
	"math"
	"strings"
)

// Sizes are those that a note's text can have, in pixels, by fit: fit 1 is the
// largest. The style sheet holds the same numbers (data-fit).
var Sizes = [...]float64{32, 27, 23, 19, 16}

// How much closer than usual the letters stand at each fit, in hundredths of
// the size; in the style sheet it is letter-spacing.
var tightness = [...]float64{1.8, 1.2, 1.2, 0.6, 0.6}

const (
	padding     = 16.0 // on each side of the text, as in notes.css
	chip        = 30.0 // that the name of a link takes of the height, as there
	lineHeight  = 1.3
	leastInList = 24.0 // of a line in a list
	kerning     = 1.01 // pairs of letters stand a little closer than the letters alone
	cutOff      = 60.0 // hundredths of the size: about what stays empty where a word is broken
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

// Sheet is as much of a note as counts here.
type Sheet struct {
	Text    string
	W, H    float64
	HasLink bool // whose name stands below the text
}

// Fit is the step, 1 to 5, at which the text most likely fills the note
// without overflowing it. The script measures afterwards; this keeps the first
// paint from jumping.
func (s Sheet) Fit() int {
	least := leastLine(s.Text)
	for i := range Sizes {
		if s.holds(i, least) {
			return i + 1
		}
	}
	return len(Sizes)
}

// holds tells whether the text fits into the note at a step, counted from 0,
// with no line lower than least.
func (s Sheet) holds(step int, least float64) bool {
	most := int((s.H - s.margins()) / max(Sizes[step]*lineHeight, least))
	rows := 0
	for line := range strings.SplitSeq(s.Text, "\n") {
		wrapped, longest := wrap(line, s.row(step), tightness[step], most-rows)
		rows += wrapped
		if rows > most || longest > s.row(step) {
			return false
		}
	}
	return true
}

// Height is how high a note so wide must be for its text in the smallest
// letters, to the pixel above.
func (s Sheet) Height() float64 {
	const step = len(Sizes) - 1
	rows := 0
	for line := range strings.SplitSeq(s.Text, "\n") {
		wrapped, _ := wrap(line, s.row(step), tightness[step], math.MaxInt)
		rows += wrapped
	}
	return math.Ceil(float64(rows)*max(Sizes[step]*lineHeight, leastLine(s.Text)) + s.margins())
}

// margins is what is above and below the text.
func (s Sheet) margins() float64 {
	if s.HasLink {
		return 2*padding + chip
	}
	return 2 * padding
}

// leastLine is the least height of a line.
func leastLine(text string) float64 {
	if IsList(text) {
		return leastInList
	}
	return 0
}

// row is how much stands in a line, in hundredths of the letters' size.
func (s Sheet) row(step int) float64 {
	return (s.W - 2*padding) / Sizes[step] * 100 * kerning
}

// wrap counts the rows of one line, broken between its pieces, in a row of the given
// width in hundredths of the size, and tells how long the longest piece is: one
// that is longer than a row is broken, too. It stops counting past most.
func wrap(line string, width, tightness float64, most int) (rows int, longest float64) {
	rows, used := 1, 0.0
	space := letterWidth(' ') - tightness
	for p := range pieces(line, tightness) {
		longest = max(longest, p.length)
		gap := 0.0
		if p.spaced {
			gap = space
		}
		if used > 0 && used+gap+p.length > width {
			rows, used = rows+1, 0
		}
		if rows > most {
			break
		}
		if used > 0 {
			used += gap
		}
		used += p.length
		if used > width {
			piece := max(width-cutOff, cutOff)
			broken := math.Ceil(used/piece) - 1
			rows, used = rows+int(broken), used-broken*piece
		}
	}
	return rows, longest
}
