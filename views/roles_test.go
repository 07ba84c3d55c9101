package views

import (
	"strings"
	"testing"
)

// What a role sees: everything below is either on its page or not at all.
func TestRolesSeeWhatTheyMayUse(t *testing.T) {
	t.Parallel()
	const tools, menu, share, name = `id="tools"`, `id="note-menu-template"`, `id="share-open"`, `spellcheck="false" readonly`
	cases := []struct {
		role    string
		has     []string
		hasNone []string
	}{
		{"owner", []string{tools, menu, share}, []string{name}},
		{"facilitator", []string{tools, menu, share}, []string{name}},
		{"editor", []string{tools, menu}, []string{share, name}},
		{"commenter", []string{name}, []string{tools, menu, share}},
		{"viewer", []string{name}, []string{tools, menu, share}},
		{"", []string{name}, []string{tools, menu, share}},
	}
	for _, c := range cases {
		t.Run(c.role, func(t *testing.T) {
			t.Parallel()
			page := render(t, Board(testPage("x"), testBoard(c.role)))
			checkParts(t, page, c.has, c.hasNone)
		})
	}
}

func checkParts(t *testing.T, page string, has, hasNone []string) {
	t.Helper()
	for _, part := range has {
		if !strings.Contains(page, part) {
			t.Errorf("%s is missing", part)
		}
	}
	for _, part := range hasNone {
		if strings.Contains(page, part) {
			t.Errorf("%s is there", part)
		}
	}
}

// An embed has nothing to edit with, and leaves the frame in a new tab.
func TestEmbedOnlyShows(t *testing.T) {
	t.Parallel()
	page := render(t, Embed(stranger("x"), testBoard("owner")))
	checkParts(t, page,
		[]string{`data-mode="embed"`, `target="_blank" rel="noopener"`, "Faster exports"},
		[]string{`id="tools"`, `id="share-open"`, `id="me-dialog"`, `id="board-name"`, `id="help-open"`, `href="/boards"`})
}

func TestSnippetEscapesTheName(t *testing.T) {
	t.Parallel()
	s := testShare()
	s.Name = `"><script>`
	got := s.snippet(t.Context())
	if strings.Contains(got, "<script>") || !strings.Contains(got, `title="&#34;&gt;&lt;script&gt;"`) {
		t.Error(got)
	}
}
