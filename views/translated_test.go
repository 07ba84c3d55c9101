package views

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/net/html"

	"corkboard/assets/words"
)

// read are the attributes that are read to people, or shown to them.
var read = []string{"aria-label", "aria-description", "title", "placeholder", "alt"}

// ofPeople is what people wrote in the pages of these tests, and names that are
// the same in every language.
var ofPeople = regexp.MustCompile(`Spring plans|Retro|Ideas|Faster exports|line one|Ana\b|Ben\b|https?:|example.org|mailto:|Corkboard|English|Deutsch|^(.|Esc)$`)

// Whatever people read on a page is another in German, or is known to be the
// same there: words that stand in a template as they are would be neither.
func TestPagesShowNoWordsPastTheCatalogue(t *testing.T) {
	t.Parallel()
	same := sameInGerman(t)
	for name, page := range pages() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			german := shownOn(t, renderIn(t, "de", page))
			for _, words := range shownOn(t, render(t, page)) {
				if slices.Contains(german, words) && !same[words] && !ofPeople.MatchString(words) {
					t.Errorf("%q is shown in German too: use say", words)
				}
			}
		})
	}
}

// sameInGerman are the texts that are spelled alike in both languages.
func sameInGerman(t *testing.T) map[string]bool {
	t.Helper()
	all, err := words.Read(os.DirFS("../assets/words"))
	if err != nil {
		t.Fatal(err)
	}
	same := map[string]bool{}
	for english, german := range all["de"] {
		if capital(english) == capital(german) {
			same[english], same[capital(english)] = true, true
		}
	}
	return same
}

// shownOn is all that a page shows or reads to people, if it has letters.
func shownOn(t *testing.T, page string) []string {
	t.Helper()
	var all []string
	for n := range parse(t, page).Descendants() {
		if n.Type == html.TextNode && n.Parent.Data == "noscript" { // a page that runs scripts has it as text
			all = append(all, shownOn(t, n.Data)...)
		} else if n.Type == html.TextNode && !slices.Contains([]string{"script", "style"}, n.Parent.Data) {
			all = append(all, n.Data)
		}
		for _, a := range n.Attr {
			if slices.Contains(read, a.Key) {
				all = append(all, a.Val)
			}
		}
	}
	for i, words := range all {
		all[i] = strings.Join(strings.Fields(words), " ")
	}
	return slices.DeleteFunc(all, func(s string) bool { return !strings.ContainsFunc(s, unicode.IsLetter) })
}
