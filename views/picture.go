package views

import (
	"context"
	"io"
	"iter"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"corkboard/notes"
)

// crowd is how many notes a board page has as elements. A board with more is seen from so far at first
// that few could be read: its page begins with a picture of them, which a browser draws at once, and has
// the notes for those who read it without the script. The script makes elements of what comes near.
const crowd = 600

func crowded(list iter.Seq[Note]) bool {
	n := 0
	for range list {
		if n++; n > crowd {
			return true
		}
	}
	return false
}

// picture draws all notes as flat paper: a path for each colour. Its place stands in the style element
// that notePlaces writes. It is made of numbers and of names from the palette, so nothing in it needs
// escaping.
func picture(list iter.Seq[Note]) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		left, top, right, bottom := bounds(list)
		if left > right {
			return nil
		}
		paths := map[string]*strings.Builder{}
		for n := range list {
			if n.placeable() {
				writeSquare(pathOf(paths, n.paper()), n)
			}
		}
		var b strings.Builder
		b.WriteString(`<svg class="picture" aria-hidden="true" viewBox="` + strings.Join([]string{
			number(left), number(top), number(right - left), number(bottom - top)}, " ") + `">`)
		for _, paper := range append([]string{frames}, notes.Colors...) {
			if path := paths[paper]; path != nil {
				b.WriteString(`<path data-color="` + paper + `" d="` + path.String() + `"></path>`)
			}
		}
		b.WriteString("</svg>")
		_, err := io.WriteString(w, b.String())
		return err
	})
}

// frames is what all frames are drawn as, below the notes.
const frames = "frame"

func (n Note) paper() string {
	if n.Kind != "" {
		return frames
	}
	return n.color()
}

func pathOf(paths map[string]*strings.Builder, color string) *strings.Builder {
	if paths[color] == nil {
		paths[color] = &strings.Builder{}
	}
	return paths[color]
}

// writeSquare adds a note's outline to a path, in whole board units.
func writeSquare(b *strings.Builder, n Note) {
	b.WriteString("M" + whole(n.X) + " " + whole(n.Y) + "h" + whole(n.W) + "v" + whole(n.H) + "h" + whole(-n.W) + "z")
}

func whole(v float64) string { return strconv.FormatFloat(v, 'f', 0, 64) }

// writePicture writes the rule that puts the picture in its place.
func writePicture(b *strings.Builder, list iter.Seq[Note]) {
	left, top, right, bottom := bounds(list)
	if left > right {
		return
	}
	b.WriteString(".picture{transform:translate(" + px(left) + "," + px(top) +
		");width:" + px(right-left) + ";height:" + px(bottom-top) + "}\n")
}
