package words

import (
	"testing"
	"testing/fstest"
)

func TestChoose(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		chosen, accept string
		want           Language
	}{
		{"", "", English},
		{"", "de", "de"},
		{"", "de-AT,en;q=0.5", "de"},
		{"", "DE-ch", "de"},
		{"", "en-US,en;q=0.9,de;q=0.8", English},
		{"", "fr-FR, de;q=0.3, en;q=0.2", "de"},
		{"", "ja, *;q=0.1", English},
		{"", "de;q=0, en;q=0.1", English},
		{"", "de;q=2, en", English},
		{"", "den;q=1", English},
		{"", ";;,,q=", English},
		{"de", "en", "de"},
		{"en", "de", English},
		{"xx", "de", "de"},
	} {
		if got := Choose(c.chosen, c.accept); got != c.want {
			t.Errorf("Choose(%q, %q) = %s, want %s", c.chosen, c.accept, got, c.want)
		}
	}
}

func TestEveryLanguageIsKnown(t *testing.T) {
	t.Parallel()
	names := map[string]bool{}
	for _, l := range Languages {
		if _, there := builtIn()[l]; !there && l != English {
			t.Errorf("%s has no catalogue", l)
		}
		if names[l.Name()] || l.Dir() != "ltr" {
			t.Errorf("%s is called %s and written %s", l, l.Name(), l.Dir())
		}
		names[l.Name()] = true
	}
	if len(builtIn())+1 != len(Languages) {
		t.Errorf("there are %d catalogues for %d languages", len(builtIn()), len(Languages))
	}
	if Language("he").Dir() != "rtl" {
		t.Error("Hebrew is written from the right")
	}
}

func TestNumbersAreGrouped(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1.000", 1234567: "1.234.567", -100: "-100", -1000: "-1.000"} {
		if got := Language("de").Number(n); got != want {
			t.Errorf("%d is written %s, want %s", n, got, want)
		}
	}
	if got := English.Number(10000); got != "10,000" {
		t.Error(got)
	}
}

func TestReadNamesABrokenCatalogue(t *testing.T) {
	t.Parallel()
	if _, err := Read(fstest.MapFS{"de.json": {Data: []byte(`{"a": 1}`)}}); err == nil {
		t.Error("a number was taken for a text")
	}
}

func TestNamesDoNotTurnTheWordsAroundThem(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		in         Language
		name, want string
	}{
		{English, "Ana 愛 😀", "Rename Ana 愛 😀"},
		{English, "דנה", "Rename \u2068דנה\u2069"},
		{English, "Plan (خطة)", "Rename \u2068Plan (خطة)\u2069"},
		{English, "a\u202eb", "Rename \u2068a\u202eb\u2069"},
		{"he", "Ana", "Rename \u2068Ana\u2069"},
	} {
		if got := c.in.Say("Rename {board}", "board", c.name); got != c.want {
			t.Errorf("in %s: %+q, want %+q", c.in, got, c.want)
		}
	}
	if got := English.Say("{n} of {name}", "n", 3, "name", "דנה"); got != "3 of \u2068דנה\u2069" {
		t.Errorf("%+q", got)
	}
}
