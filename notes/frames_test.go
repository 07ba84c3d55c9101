package notes

import (
	"fmt"
	"strings"
	"testing"
)

func TestOutline(t *testing.T) {
	t.Parallel()
	got := func(list ...*Note) string {
		var all []string
		for _, s := range Outline(list) {
			line := strings.Repeat("  ", s.Depth)
			if s.Frame != nil {
				line += s.Frame.ID
			}
			for _, n := range s.Notes {
				line += " " + n.ID
			}
			all = append(all, line)
		}
		return strings.Join(all, "\n")
	}
	frame := func(id string, x, y, w, h float64) *Note {
		return &Note{ID: id, Kind: Frame, X: x, Y: y, W: w, H: h, Z: id}
	}
	note := func(id string, x, y float64) *Note { return &Note{ID: id, X: x, Y: y, W: 100, H: 100} }
	for name, c := range map[string]struct {
		got, want string
	}{
		"an empty board":                      {got(), ""},
		"rows, then columns":                  {got(note("c", 0, 60), note("b", 200, 40), note("a", 0, 0)), " a b c"},
		"the centre decides":                  {got(frame("F", 0, 0, 200, 200), note("in", 149, 0), note("out", 150, 0)), " out\nF in"},
		"the smaller frame, wherever it lies": {got(frame("A", 0, 0, 500, 500), frame("B", 0, 0, 150, 150), note("n", 0, 0)), "\nA\n  B n"},
		"a larger frame lies in none smaller": {got(frame("A", -1000, 0, 2100, 100), frame("B", 0, 0, 100, 100)), "\nA\n  B"},
		"frames in reading order":             {got(frame("A", 500, 10, 100, 100), frame("B", 0, 20, 100, 100), frame("C", 0, 300, 50, 50)), "\nB\nA\nC"},
		"no connectors":                       {got(&Note{ID: "c", Kind: Connector}, frame("A", -10, -10, 100, 100)), "\nA"},
		"of twins, the lower in the upper":    {got(frame("A", 0, 0, 100, 100), frame("B", 0, 0, 100, 100), note("n", 0, 0)), "\nA\n  B n"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %s\nwant %s", name, c.got, c.want)
		}
	}
}

func BenchmarkOutline(b *testing.B) {
	var all []*Note
	for i := range 10_000 {
		kind := Sticky
		if i%100 == 0 {
			kind = Frame
		}
		all = append(all, &Note{ID: fmt.Sprintf("note-%05d", i), Kind: kind, X: float64(i % 100 * 220), Y: float64(i / 100 * 220), W: 200, H: 200})
	}
	for b.Loop() {
		Outline(all)
	}
}
