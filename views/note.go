package views

import (
	"context"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/a-h/templ"

	"corkboard/notes"
	"corkboard/notes/paper"
)

// Note is a note or a frame as a page shows it: place and size in board units (CSS pixels
// at 100 %).
type Note struct {
	ID      string
	Kind    string // "frame", or "" for a sticky note
	Text    string
	Locked  bool
	Link    string // where it points to, as notes.IsLink has it
	Picture string // the address of its picture, "" when it has none
	Alt     string // what the picture shows
	Color   string // a name of the palette; another one is shown as the default colour
	Author  string // shown to screen readers, "" when unknown
	X, Y    float64
	W, H    float64
	Layer   int // how far up it lies: above those with less
}

// frameAttributes are those of a frame's heading, whichever that is.
func (n Note) frameAttributes(ctx context.Context) templ.Attributer {
	return templ.OrderedAttributes{
		{Key: "class", Value: "note"}, {Key: "id", Value: "n-" + n.ID}, {Key: "data-id", Value: n.ID},
		{Key: "data-kind", Value: n.Kind}, {Key: "data-color", Value: n.color()},
		{Key: "tabindex", Value: "-1"}, {Key: "aria-label", Value: n.label(ctx)},
	}
}

// hasLink tells whether the note points to somewhere.
func (n Note) hasLink() bool { return notes.IsLink(n.Link) }

var beforePlace = regexp.MustCompile(`(?i)^(mailto:|https?://([^/?#]*@)?(www\.)?)`)

// placeOf is where a link leads, in few letters. assets/src/ui/extras.ts has the same.
func placeOf(link string) string {
	place := beforePlace.ReplaceAllString(link, "")
	if end := strings.IndexAny(place, "/?#"); end >= 0 {
		return place[:end]
	}
	return place
}

// fit is the size of the letters until the script has measured the text.
func (n Note) fit() int {
	return paper.Sheet{Text: n.Text, W: n.W, H: n.H, HasLink: n.hasLink()}.Fit()
}

// textLinks are the addresses in the note's text.
func (n Note) textLinks() (all []string) {
	for word := range strings.FieldsSeq(n.Text) {
		at := strings.Index(word, "http")
		if at < 0 {
			continue
		}
		link := strings.TrimRight(word[at:], ".,;:!?'\"’”*_~…")
		if strings.Count(link, "(") < strings.Count(link, ")") {
			link = strings.TrimRight(link, ").,;:!?")
		}
		if notes.IsLink(link) {
			all = append(all, link)
		}
	}
	return all
}

// words tells of a connection in a line.
func (c Connection) words(ctx context.Context) string {
	name := func(text string) string {
		if text = oneLine(text); text == "" {
			return say(ctx, "empty")
		}
		return text
	}
	if c.Label == "" {
		return say(ctx, "{from} → {to}", "from", name(c.From), "to", name(c.To))
	}
	return say(ctx, "{from} → {to}: {label}", "from", name(c.From), "to", name(c.To), "label", oneLine(c.Label))
}

func oneLine(text string) string {
	return shorten(strings.Join(strings.Fields(text), " "), maxLabel)
}

// color is the note's colour, or the default when the palette does not know it.
func (n Note) color() string {
	if notes.IsColor(n.Color) {
		return n.Color
	}
	return notes.DefaultColor
}

// label names the note for somebody who does not see it, in the same words as
// the script: "Yellow note by Ana: the text, locked".
func (n Note) label(ctx context.Context) string {
	color := capital(colorName(ctx, n.color()))
	alt := n.Alt
	if n.Picture != "" && alt == "" {
		alt = say(ctx, "A picture that nobody has described yet")
	}
	text := oneLine(alt + " " + n.Text)
	if text == "" {
		text = say(ctx, "empty")
	}
	if n.Locked {
		text += ", " + say(ctx, "locked")
	}
	if n.Link != "" {
		text += ", " + say(ctx, "with a link")
	}
	if n.Kind == string(notes.Frame) {
		return say(ctx, "Frame: {text}", "text", text)
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
