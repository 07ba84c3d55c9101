package paper_test

import (
	"strings"
	"testing"

	"corkboard/notes/paper"
)

func TestFit(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name  string
		sheet paper.Sheet
		want  int
	}{
		{"a word", paper.Sheet{W: 200, H: 200, Text: "Go"}, 1},
		{"nothing", paper.Sheet{W: 200, H: 200}, 1},
		{"a sentence", paper.Sheet{W: 200, H: 200, Text: "Ask Sam about the numbers from last quarter"}, 3},
		{"many lines", paper.Sheet{W: 200, H: 200, Text: strings.Repeat("a\n", 7)}, 5},
		{"a long word", paper.Sheet{W: 200, H: 200, Text: "Donaudampfschiff"}, 4},
		{"a word no step holds", paper.Sheet{W: 200, H: 200, Text: strings.Repeat("x", 60)}, 5},
		{"far too much", paper.Sheet{W: 200, H: 200, Text: strings.Repeat("word ", 2000)}, 5},
		{"a note too small for any letter", paper.Sheet{W: 40, H: 40, Text: "Go"}, 5},
		{"a large note", paper.Sheet{W: 600, H: 400, Text: "Ask Sam about the numbers from last quarter"}, 1},
	}
	for _, c := range cases {
		if got := c.sheet.Fit(); got != c.want {
			t.Errorf("%s: Fit() = %d, want %d", c.name, got, c.want)
		}
	}
}

// The heights are those that Chromium measured.
func TestHeight(t *testing.T) {
	t.Parallel()
	const line = 21.0
	sentence := "We want the export to be faster than it is today, since people wait for it every Monday morning and go for coffee instead; some of them never come back. "
	cases := []struct {
		name  string
		sheet paper.Sheet
		want  float64
	}{
		{"nothing", paper.Sheet{W: 200}, 53},
		{"two sentences", paper.Sheet{W: 200, Text: strings.Repeat(sentence, 2)[:300]}, 344},
		{"many", paper.Sheet{W: 200, Text: strings.Repeat(sentence, 12)[:1500]}, 1654},
		{"lines", paper.Sheet{W: 200, Text: strings.Repeat("line\n", 13) + "line"}, 323},
		{"long words", paper.Sheet{W: 200, Text: strings.Repeat("Donaudampfschifffahrtsgesellschaftskapitän ", 9)}, 594},
		{"an address", paper.Sheet{W: 200, Text: "https://example.org/" + strings.Repeat("a/very/long/path/", 20)}, 386},
	}
	for _, c := range cases {
		if got := c.sheet.Height(); got < c.want || got > c.want+line {
			t.Errorf("%s: Height() = %g, want %g or a line more", c.name, got, c.want)
		}
	}
	linked := paper.Sheet{W: 200, Text: "line", HasLink: true}
	if got := linked.Height(); got != 83 {
		t.Errorf("with a link: Height() = %g", got)
	}
}
