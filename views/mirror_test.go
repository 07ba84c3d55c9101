package views

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
)

// sided finds what a style sheet puts on the left or on the right, which stays
// there where a language is written the other way. What begins in a corner and is
// moved from there by a script, or stands in the middle, may.
var sided = regexp.MustCompile(`(?m)^\s*(?:(?:margin|padding|border)-)?(?:left|right): .*;$|text-align: (?:left|right)|float: (?:left|right)`)

var unsided = regexp.MustCompile(`^\s*left: (?:0|50%|100%);$`)

// onTheDesk are the sheets of what is not mirrored.
var onTheDesk = []string{"selection.css", "landing.css"}

func TestPagesAreLaidOutFromTheirStart(t *testing.T) {
	t.Parallel()
	sheets, err := filepath.Glob("../assets/css/*.css")
	if err != nil || len(sheets) == 0 {
		t.Fatal(sheets, err)
	}
	for _, sheet := range sheets {
		text, err := os.ReadFile(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range sided.FindAllString(string(text), -1) {
			if !unsided.MatchString(line) && !slices.Contains(onTheDesk, filepath.Base(sheet)) {
				t.Errorf("%s has %q: say inset-inline, margin-inline, padding-inline …", sheet, line)
			}
		}
	}
}

func TestLanguagesFromTheRight(t *testing.T) {
	t.Parallel()
	page := renderIn(t, "he", Landing(stranger("")))
	if !regexp.MustCompile(`<html lang="he" dir="rtl"`).MatchString(page) {
		t.Error("a page in Hebrew does not say that it is written from the right")
	}
}
