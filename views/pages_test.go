package views

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"corkboard/assets/words"
)

var update = flag.Bool("update", false, "write testdata/*.golden.html anew")

const nonce = "bm9uY2U"

var now = time.Date(2026, 3, 14, 15, 0, 0, 0, time.UTC)

func testPage(title string) Page {
	return Page{
		Title: title,
		Me:    &Me{Name: "Ana", Color: 3},
		Assets: Assets{
			BoardStyle:  "/assets/board-1.css",
			BoardScript: "/assets/main-1.js",
			BoardPlain:  "/assets/reading-1.css",
			PageStyle:   "/assets/page-1.css",
			PageScript:  "/assets/page-1.js",
			Mark:        "/assets/mark-1.svg",
			Fonts:       []string{"/assets/inter-1.woff2"},
		},
	}
}

// stranger is a page for somebody without a session.
func stranger(title string) Page {
	p := testPage(title)
	p.Me = nil
	return p
}

func testNotes() []Section {
	return []Section{{Notes: []Note{
		{ID: "note0001", Text: "Faster exports", Color: "yellow", Author: "Ana", X: 0, Y: 0, W: 200, H: 200},
		{ID: "note0002", Text: "line one\nline two", Color: "graphite", X: -240.5, Y: 12.25, W: 300, H: 160},
		{ID: "note-0_3", Text: "", Color: "sky", Author: "Ben", X: 220, Y: 0, W: 200, H: 200, Layer: 7},
	}}}
}

func testBoard(role string) BoardView {
	return BoardView{
		ID: "b_1", Name: "Spring plans", Role: role, Sections: testNotes(),
		Boot:    json.RawMessage(`{"board":"b_1","seq":12,"snapshot":{"notes":[]}}`),
		OpenURL: "https://corkboard.example/s/tok",
	}
}

// framed has a frame in a frame, links and connectors.
func framed(b BoardView) BoardView {
	note := Note{ID: "note0004", Text: "See https://example.org/a(b), and (http://b.example).", Color: "lime", Link: "mailto:ana@example.org", X: 20, Y: 320, W: 200, H: 200, Layer: 9}
	b.Sections = append(b.Sections,
		Section{Frame: &Note{ID: "frame001", Kind: "frame", Text: "Ideas", Color: "sand", Author: "Ana", X: 0, Y: 300, W: 900, H: 700}, Notes: []Note{note}},
		Section{Frame: &Note{ID: "frame002", Kind: "frame", Color: "sky", X: 400, Y: 400, W: 300, H: 300, Layer: 1}, Depth: 1},
	)
	b.Connections = []Connection{{From: "Faster exports", To: "Ideas", Label: "leads to"}, {From: "line one", To: "Ideas"}}
	return b
}

func testList() BoardList {
	return BoardList{Now: now, Boards: []BoardItem{
		{ID: "b_1", Name: "Spring plans", Notes: 12, Modified: now.Add(-20 * time.Second), Trashed: now.Add(-time.Minute)},
		{ID: "b_2", Name: "", Notes: 1, Modified: now.Add(-3 * time.Hour), Trashed: now.Add(-2 * time.Hour)},
		{ID: "b_3", Name: "Retro", Notes: 0, Modified: now.AddDate(-1, 0, 0), Trashed: now.AddDate(0, 0, -3)},
	}}
}

func testShare() ShareView {
	return ShareView{
		ID: "b_1", Name: "Spring plans", Embed: "https://corkboard.example/embed/tok2",
		Links: []ShareLink{
			{Role: "editor", URL: "https://corkboard.example/s/tok1"},
			{Role: "viewer", URL: "https://corkboard.example/s/tok2"},
		},
	}
}

func indexed(p Page) Page {
	p.NoIndex = true
	p.OEmbed = "/oembed?url=https%3A%2F%2Fcorkboard.example%2Fb%2Fb_1&format=json"
	return p
}

func emptied(b BoardView) BoardView {
	b.Sections = nil
	return b
}

// pages are all documents and fragments, with what a usual request puts in them.
func pages() map[string]templ.Component {
	list := testList()
	gone := testShare()
	gone.Embed, gone.Links[1].URL = "", ""
	return map[string]templ.Component{
		"landing":          Landing(stranger("")),
		"accessibility":    Accessibility(stranger("Accessibility")),
		"boards":           Boards(testPage("Your boards"), list),
		"boards-empty":     Boards(testPage("Your boards"), BoardList{Now: now}),
		"board-row":        BoardRow(list.Boards[0], list),
		"trashed-row":      TrashedRow(list.Boards[0]),
		"trash":            Trash(testPage("Trash"), list),
		"trash-empty":      Trash(testPage("Trash"), BoardList{Now: now}),
		"board-owner":      Board(indexed(testPage("Spring plans")), testBoard("owner")),
		"board-editor":     Board(testPage("Spring plans"), testBoard("editor")),
		"board-viewer":     Board(stranger("Spring plans"), testBoard("viewer")),
		"board-framed":     Board(stranger("Spring plans"), framed(testBoard("viewer"))),
		"board-empty":      Board(testPage("Spring plans"), emptied(testBoard("owner"))),
		"embed":            Embed(stranger("Spring plans"), testBoard("viewer")),
		"share":            Share(testShare()),
		"share-turned-off": Share(gone),
		"share-page":       SharePage(testPage("Share"), testShare()),
		"problem": Problem(stranger("No board here"), Trouble{
			Status: 404, Title: "There is nothing here",
			Detail: "Either this board does not exist, or you do not have access to it.",
			Hint:   "Check the link, or ask the person who sent it for a new one.",
		}),
	}
}

// render is the component's HTML, as a request with a nonce gets it.
func render(t *testing.T, c templ.Component) string {
	t.Helper()
	return renderIn(t, words.English, c)
}

func renderIn(t *testing.T, l words.Language, c templ.Component) string {
	t.Helper()
	var b bytes.Buffer
	if err := c.Render(InLanguage(templ.WithNonce(context.Background(), nonce), l), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestGolden(t *testing.T) {
	t.Parallel()
	for name, page := range pages() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			checkGolden(t, filepath.Join("testdata", name+".golden.html"), byLine(render(t, page)))
		})
	}
}

// Some pages in German too: what is said there can be read as a whole.
func TestGoldenInGerman(t *testing.T) {
	t.Parallel()
	all := pages()
	for _, name := range []string{"landing", "boards", "trash", "board-owner", "share", "problem"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			checkGolden(t, filepath.Join("testdata", name+".de.golden.html"), byLine(renderIn(t, "de", all[name])))
		})
	}
}

// byLine puts each tag on a line of its own, so that a change can be read as a diff.
func byLine(html string) string {
	return strings.ReplaceAll(html, "><", ">\n<") + "\n"
}

func checkGolden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; run go test ./views -update and read what it wrote", err)
	}
	if got != string(want) {
		t.Errorf("%s differs: %s", path, firstDifference(string(want), got))
	}
}

func firstDifference(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range a {
		if i >= len(b) || a[i] != b[i] {
			return "line " + plainLine(a, i) + "\nis now " + plainLine(b, i)
		}
	}
	return "more lines follow: " + plainLine(b, len(a))
}

func plainLine(lines []string, i int) string {
	if i >= len(lines) {
		return "(nothing)"
	}
	return lines[i]
}
