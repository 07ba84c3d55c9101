package views

import (
	"context"
	"io"
	"iter"
	"math"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"corkboard/notes"
)

// notePlaces is the style element that puts the notes where they are before
// the script runs, and the desk where all of them can be seen. A style
// attribute on each note would need a weaker content security policy.
//
// Its content is made of numbers and of ids that were checked, so nothing in
// it needs escaping: a note whose id or numbers are not of that kind gets no
// rule.
func notePlaces(list iter.Seq[Note]) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		var b strings.Builder
		b.WriteString(`<style id="note-places"`)
		if nonce := templ.GetNonce(ctx); nonce != "" {
			b.WriteString(` nonce="` + templ.EscapeString(nonce) + `"`)
		}
		b.WriteString(">\n")
		writeView(&b, list)
		if crowded(list) {
			writePicture(&b, list)
		} else {
			for n := range list {
				writePlace(&b, n)
			}
		}
		b.WriteString("</style>")
		_, err := io.WriteString(w, b.String())
		return err
	})
}

// writePlace writes the rule of one note.
func writePlace(b *strings.Builder, n Note) {
	if !n.placeable() {
		return
	}
	b.WriteString("#n-" + n.ID + "{transform:translate(" + px(n.X) + "," + px(n.Y) +
		");width:" + px(n.W) + ";height:" + px(n.H) + ";z-index:" + strconv.Itoa(n.Layer) + "}\n")
}

// placeable tells whether the note's id may stand in a style sheet and its
// numbers are numbers.
func (n Note) placeable() bool {
	for _, v := range [...]float64{n.X, n.Y, n.W, n.H} {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return false
		}
	}
	return notes.IsID(n.ID)
}

// writeView tells the style sheet which part of the desk the notes take up,
// as plain numbers; board.css makes the first view from them.
func writeView(b *strings.Builder, list iter.Seq[Note]) {
	left, top, right, bottom := bounds(list)
	if left > right {
		return
	}
	b.WriteString("#board{--middle-x:" + number((left+right)/2) +
		";--middle-y:" + number((top+bottom)/2) +
		";--span-x:" + number(right-left) +
		";--span-y:" + number(bottom-top) + "}\n")
}

// bounds is the smallest rectangle around all notes; left is greater than
// right when there is none.
func bounds(list iter.Seq[Note]) (left, top, right, bottom float64) {
	left, top = math.Inf(1), math.Inf(1)
	right, bottom = math.Inf(-1), math.Inf(-1)
	for n := range list {
		if !n.placeable() {
			continue
		}
		left, top = min(left, n.X), min(top, n.Y)
		right, bottom = max(right, n.X+n.W), max(bottom, n.Y+n.H)
	}
	return left, top, right, bottom
}

func px(v float64) string { return number(v) + "px" }

func number(v float64) string {
	return strconv.FormatFloat(notes.Round(v), 'f', -1, 64)
}
