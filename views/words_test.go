package views

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"corkboard/notes"
)

func TestAgo(t *testing.T) {
	t.Parallel()
	cases := []struct {
		past time.Duration
		want string
	}{
		{-time.Hour, "just now"}, // a clock that runs ahead
		{59 * time.Second, "just now"},
		{time.Minute, "1 minute ago"},
		{59 * time.Minute, "59 minutes ago"},
		{time.Hour, "1 hour ago"},
		{23 * time.Hour, "23 hours ago"},
		{24 * time.Hour, "1 day ago"},
		{6 * 24 * time.Hour, "6 days ago"},
		{30 * 24 * time.Hour, "on 12 February"},
		{100 * 24 * time.Hour, "on 4 December 2025"},
	}
	for _, c := range cases {
		if got := ago(t.Context(), now.Add(-c.past), now); got != c.want {
			t.Errorf("ago(%v) = %q, want %q", c.past, got, c.want)
		}
	}
}

func TestNoteLabel(t *testing.T) {
	t.Parallel()
	cases := []struct {
		note Note
		want string
	}{
		{Note{Color: "yellow", Author: "Ana", Text: "Ship it"}, "Yellow note by Ana: Ship it"},
		{Note{Color: "sky", Text: " a\n\tb "}, "Sky note: a b"},
		{Note{Color: "no colour"}, "Yellow note: empty"},
		{Note{Color: "sky", Text: "a", Locked: true, Link: "https://example.org"}, "Sky note: a, locked, with a link"},
		{Note{Color: "sky", Text: "a", Picture: "/p"}, "Sky note: A picture that nobody has described yet a"},
		{Note{Color: "sky", Text: "a", Picture: "/p", Alt: "A pot"}, "Sky note: A pot a"},
		{Note{Color: "grey", Text: strings.Repeat("é", 400)}, "Grey note: " + strings.Repeat("é", 299) + "…"},
	}
	for _, c := range cases {
		if got := c.note.label(t.Context()); got != c.want {
			t.Errorf("label() = %q, want %q", got, c.want)
		}
	}
}

// The same stand in assets/src/ui/note-deeds.test.ts.
func TestLinksAreShownByThePlaceTheyLeadTo(t *testing.T) {
	t.Parallel()
	for link, want := range map[string]string{
		"https://www.example.org/a?b#c":          "example.org",
		"HTTP://ana:secret@example.org:8080?a@b": "example.org:8080",
		"https://müller.example":                 "müller.example",
		"mailto:ana@example.org?subject=a":       "ana@example.org",
		"http://[":                               "[",
		"mailto:%@example.org":                   "%@example.org",
	} {
		if got := placeOf(link); got != want || !notes.IsLink(link) {
			t.Errorf("placeOf(%q) = %q, want %q", link, got, want)
		}
	}
}

func TestPersonsColourIsCheckedOnce(t *testing.T) {
	t.Parallel()
	for _, me := range []*Me{nil, {Color: 11}} {
		page := render(t, meDialog(Page{Me: me}))
		if n := strings.Count(page, " checked"); n != 1 {
			t.Errorf("%d colours are chosen for %v", n, me)
		}
	}
}

func TestTitle(t *testing.T) {
	t.Parallel()
	for title, want := range map[string]string{"": "Corkboard", "Trash": "Trash · Corkboard"} {
		if got := (Page{Title: title}).title(); got != want {
			t.Errorf("title(%q) = %q", title, got)
		}
	}
}

// The browser's bars have the desk's colour, whoever paints them.
func TestBarsHaveTheColourOfTheDesk(t *testing.T) {
	t.Parallel()
	for file, pattern := range map[string]string{
		"../assets/css/tokens.css": `--desk: light-dark\((#\w+), (#\w+)\)`,
		"../assets/src/ui/look.ts": `light: '(#\w+)', dark: '(#\w+)'`,
	} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		found := regexp.MustCompile(pattern).FindStringSubmatch(string(text))
		if found == nil || !strings.EqualFold(found[1], dayDesk) || !strings.EqualFold(found[2], nightDesk) {
			t.Errorf("%s has %v", file, found)
		}
	}
	for theme, want := range map[string]string{"": dayDesk + nightDesk, "light": dayDesk + dayDesk, "dark": nightDesk + nightDesk} {
		if p := (Page{Theme: theme}); p.barColor("light")+p.barColor("dark") != want {
			t.Errorf("in theme %q the bars are %s and %s", theme, p.barColor("light"), p.barColor("dark"))
		}
	}
}

func TestPagesInGerman(t *testing.T) {
	t.Parallel()
	ctx := InLanguage(t.Context(), "de")
	for got, want := range map[string]string{
		ago(ctx, now.Add(-time.Hour), now):                          "vor 1 Stunde",
		ago(ctx, now.Add(-30*24*time.Hour), now):                    "am 12. Februar",
		ago(ctx, now.Add(-100*24*time.Hour), now):                   "am 4. Dezember 2025",
		count(ctx, 12000):                                           "12.000 Zettel",
		chord(ctx, "Ctrl+Shift+Z"):                                  "Strg+Umschalt+Z",
		chord(ctx, "Ctrl++"):                                        "Strg++",
		chord(ctx, "]"):                                             "]",
		(Note{Color: "sky", Author: "Ana", Text: "Los"}).label(ctx): "Zettel in Himmelblau von Ana: Los",
	} {
		if got != want {
			t.Errorf("it says %q, want %q", got, want)
		}
	}
}
