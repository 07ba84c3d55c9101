package paper_test

import (
	"testing"

	"corkboard/notes/paper"
)

// The same texts stand in assets/src/ui/passages.test.ts.
func TestListsAreKnownByTheBeginningsOfTheirLines(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"- a", "- ", "x\n  * b", "1. a", "12) b", "[ ] a", "[xx] a", "• a"} {
		if !paper.IsList(text) {
			t.Errorf("%q is no list", text)
		}
	}
	for _, text := range []string{"-a", "a - b", "1.5 l", "", "2026. ", "[x]y", "[ ]", "[ a] b", "["} {
		if paper.IsList(text) {
			t.Errorf("%q is a list", text)
		}
	}
}
