package views

import (
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"corkboard/notes"
	"corkboard/notes/paper"
)

// tokens are the custom properties of the style sheet's root, as they stand there.
func tokens(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	for _, name := range []string{"tokens.css", "palette.css"} {
		text, err := os.ReadFile("../assets/css/" + name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`(?m)^  --([a-z0-9-]+): ([^;]+);`).FindAllStringSubmatch(string(text), -1) {
			found[m[1]] = m[2]
		}
	}
	return found
}

// themes are a token's values in the light and in the dark.
func themes(t *testing.T, tokens map[string]string, name string) [2]rgb {
	t.Helper()
	value, ok := tokens[name]
	if !ok {
		t.Fatalf("no --%s in the style sheet", name)
	}
	light, dark := value, value
	if inner, ok := strings.CutPrefix(value, "light-dark("); ok {
		light, dark, _ = strings.Cut(strings.TrimSuffix(inner, ")"), ", ")
	}
	return [2]rgb{parseColor(t, light), parseColor(t, dark)}
}

// rgb is a colour in linear light, 0 to 1.
type rgb [3]float64

func parseColor(t *testing.T, hex string) rgb {
	t.Helper()
	n, err := strconv.ParseUint(strings.TrimPrefix(hex, "#"), 16, 32)
	if err != nil || len(hex) != 7 {
		t.Fatalf("%q is not a colour of six digits", hex)
	}
	var c rgb
	for i := range c {
		c[i] = linear(float64(n>>(16-8*i)&0xff) / 255)
	}
	return c
}

func linear(v float64) float64 {
	if v <= 0.04045 {
		return v / 12.92
	}
	return math.Pow((v+0.055)/1.055, 2.4)
}

// contrast is WCAG's ratio, 1 to 21.
func contrast(a, b rgb) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(c rgb) float64 { return 0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2] }

func TestNotesAreReadable(t *testing.T) {
	t.Parallel()
	tokens := tokens(t)
	for _, color := range notes.Colors {
		ink := themes(t, tokens, "note-ink")[0]
		if color == "graphite" {
			ink = themes(t, tokens, "note-ink-light")[0]
		}
		for i, paper := range themes(t, tokens, "note-"+color) {
			if got := contrast(paper, ink); got < 6.5 {
				t.Errorf("%s in theme %d has %.2f : 1 with its ink", color, i, got)
			}
		}
	}
}

func TestWordsAreReadable(t *testing.T) {
	t.Parallel()
	pairs := []struct {
		words, ground string
		least         float64
	}{
		{"ink", "desk", 7}, {"ink", "surface", 7},
		{"ink-muted", "desk", 4.5}, {"ink-muted", "surface", 4.5}, {"ink-muted", "surface-hover", 4.5},
		{"on-accent", "accent", 4.5}, {"on-accent", "accent-hover", 4.5}, {"on-danger", "danger", 4.5},
		{"danger", "surface", 4.5}, {"warn", "surface", 4.5}, {"good", "surface", 3},
		{"accent", "desk", 3}, {"accent", "surface", 3}, {"field-line", "surface", 3},
	}
	tokens := tokens(t)
	for _, p := range pairs {
		words, ground := themes(t, tokens, p.words), themes(t, tokens, p.ground)
		for i := range words {
			if got := contrast(words[i], ground[i]); got < p.least {
				t.Errorf("%s on %s in theme %d has %.2f : 1, less than %v", p.words, p.ground, i, got, p.least)
			}
		}
	}
}

func persons(t *testing.T) []rgb {
	t.Helper()
	tokens := tokens(t)
	list := make([]rgb, personColors)
	for i := range list {
		list[i] = themes(t, tokens, "person-"+strconv.Itoa(i))[0]
		ink := themes(t, tokens, "person-"+strconv.Itoa(i)+"-ink")[0]
		if got := contrast(list[i], ink); got < 4.5 {
			t.Errorf("%s has %.2f : 1 with the name on it", personColor(t.Context(), i), got)
		}
	}
	return list
}

// sights are how eyes without one kind of cone, and all others, see linear
// light (Machado, Oliveira and Fernandes 2009, severity 1).
var sights = map[string][3]rgb{
	"all cones": {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
	"no red":    {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
	"no green":  {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
	"no blue":   {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
}

// A just noticeable difference in Oklab is about 0.02; four of them can be told
// apart at a glance.
const apart = 0.08

func TestPersonsStayApart(t *testing.T) {
	t.Parallel()
	list := persons(t)
	for sight, matrix := range sights {
		for i := range list {
			for j := range i {
				if d := distance(oklab(seen(matrix, list[i])), oklab(seen(matrix, list[j]))); d < apart {
					t.Errorf("%s and %s are %.3f apart for eyes with %s", personColor(t.Context(), i), personColor(t.Context(), j), d, sight)
				}
			}
		}
	}
}

func seen(matrix [3]rgb, c rgb) rgb {
	var out rgb
	for i, row := range matrix {
		out[i] = min(1, max(0, row[0]*c[0]+row[1]*c[1]+row[2]*c[2]))
	}
	return out
}

// oklab is the colour in a space where distances are as the eye sees them.
func oklab(c rgb) [3]float64 {
	l := math.Cbrt(0.4122214708*c[0] + 0.5363325363*c[1] + 0.0514459929*c[2])
	m := math.Cbrt(0.2119034982*c[0] + 0.6806995451*c[1] + 0.1073969566*c[2])
	s := math.Cbrt(0.0883024619*c[0] + 0.2817188376*c[1] + 0.6299787005*c[2])
	return [3]float64{
		0.2104542553*l + 0.7936177850*m - 0.0040720468*s,
		1.9779984951*l - 2.4285922050*m + 0.4505937099*s,
		0.0259040371*l + 0.7827717662*m - 0.8086757660*s,
	}
}

func distance(a, b [3]float64) float64 {
	return math.Sqrt((a[0]-b[0])*(a[0]-b[0]) + (a[1]-b[1])*(a[1]-b[1]) + (a[2]-b[2])*(a[2]-b[2]))
}

// The fit steps stand in Go for the first paint and in the style sheet for
// every other: they must be the same.
func TestFitStepsAreThoseOfTheStyleSheet(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../assets/css/notes.css")
	if err != nil {
		t.Fatal(err)
	}
	for i, size := range paper.Sizes {
		rule := `.note[data-fit="` + strconv.Itoa(i+1) + "\"] {\n  --fit: " + strconv.FormatFloat(size, 'f', -1, 64) + "px;"
		if !strings.Contains(string(text), rule) {
			t.Errorf("no rule %q", rule)
		}
	}
}

func TestEveryNoteColourHasItsRule(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../assets/css/palette.css")
	if err != nil {
		t.Fatal(err)
	}
	for _, color := range notes.Colors {
		if !strings.Contains(string(text), `[data-color="`+color+`"],`) {
			t.Errorf("no rule for %s", color)
		}
	}
	for i := range personColors {
		if !strings.Contains(string(text), `[data-person="`+strconv.Itoa(i)+`"] {`) {
			t.Errorf("no rule for person %d", i)
		}
	}
}
