package views

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"golang.org/x/net/html"
)

// hostile is what somebody may put wherever a person's words are shown. Each
// page with it must have the very same elements and attributes as with plain
// words.
const hostile = `</style></script></textarea></title><script>alert(1)</script><img src=x onerror=alert(1)>"' onload='x' {{.}} <!-- &lt; javascript:alert(1) ]]> `

// worded are the pages with the same words wherever words of people go.
func worded(words string) map[string]templ.Component {
	board := framed(testBoard("owner"))
	board.Name = words
	for _, s := range board.Sections {
		for i := range s.Notes {
			s.Notes[i].Text, s.Notes[i].Author = words, words
		}
		if s.Frame != nil {
			s.Frame.Text, s.Frame.Author = words, words
		}
	}
	for i := range board.Connections {
		board.Connections[i] = Connection{From: words, To: words, Label: words}
	}
	board.Boot = map[string]any{"me": map[string]string{"name": words}}
	list := testList()
	for i := range list.Boards {
		list.Boards[i].Name = words
	}
	share := testShare()
	share.Name = words
	page := indexed(testPage(words))
	page.Me.Name = words
	return map[string]templ.Component{
		"board":   Board(page, board),
		"embed":   Embed(page, board),
		"boards":  Boards(page, list),
		"trash":   Trash(page, list),
		"row":     BoardRow(list.Boards[0], list),
		"trashed": TrashedRow(list.Boards[0]),
		"share":   SharePage(page, share),
		"problem": Problem(page, Trouble{Status: 404, Title: words, Detail: words, Hint: words}),
	}
}

func TestHostileWordsAddNothing(t *testing.T) {
	t.Parallel()
	plain := worded("plain words")
	for name, page := range worded(hostile) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want, got := skeleton(t, render(t, plain[name])), skeleton(t, render(t, page))
			if got != want {
				t.Errorf("the words changed the page: %s", firstDifference(want, got))
			}
		})
	}
}

// skeleton is the elements and attribute names of a page, without any words.
func skeleton(t *testing.T, page string) string {
	t.Helper()
	var b strings.Builder
	for n := range parse(t, page).Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		b.WriteString(n.Data)
		for _, a := range n.Attr {
			b.WriteString(" " + a.Key)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func parse(t *testing.T, page string) *html.Node {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func TestHostileTextIsShownAsItIs(t *testing.T) {
	t.Parallel()
	board := testBoard("editor")
	board.Sections[0].Notes[0].Text = hostile
	for n := range parse(t, render(t, Board(testPage("x"), board))).Descendants() {
		if attribute(n, "id") == "n-note0001" {
			if got := n.FirstChild.FirstChild.Data; got != hostile {
				t.Errorf("the note shows %q", got)
			}
			return
		}
	}
	t.Error("the note is not on the page")
}

func TestBootDataSurvivesHostileWords(t *testing.T) {
	t.Parallel()
	board := testBoard("editor")
	raw, err := json.Marshal(map[string]string{"name": hostile})
	if err != nil {
		t.Fatal(err)
	}
	// As a store may hand it over: not escaped for HTML.
	board.Boot = json.RawMessage(strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&").Replace(string(raw)))
	for n := range parse(t, render(t, Board(testPage("x"), board))).Descendants() {
		if attribute(n, "id") != "boot" {
			continue
		}
		var got map[string]string
		if err := json.Unmarshal([]byte(n.FirstChild.Data), &got); err != nil || got["name"] != hostile {
			t.Errorf("the script reads %v, %v", got, err)
		}
		return
	}
	t.Error("no boot data on the page")
}

func TestPagesObeyTheContentSecurityPolicy(t *testing.T) {
	t.Parallel()
	for name, page := range pages() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for n := range parse(t, render(t, page)).Descendants() {
				if n.Type == html.ElementNode {
					checkPolicy(t, n)
				}
			}
		})
	}
}

// checkPolicy holds one element against what the policy, and our own rule
// about htmx, forbid.
func checkPolicy(t *testing.T, n *html.Node) {
	t.Helper()
	for _, a := range n.Attr {
		if a.Key == "style" || strings.HasPrefix(a.Key, "on") || strings.HasPrefix(a.Key, "hx-on") {
			t.Errorf("<%s> has %s=%q", n.Data, a.Key, a.Val)
		}
		if strings.HasPrefix(strings.TrimSpace(strings.ToLower(a.Val)), "javascript:") {
			t.Errorf("<%s> has a script in %s", n.Data, a.Key)
		}
	}
	if (n.Data == "script" || n.Data == "style") && attribute(n, "nonce") != nonce {
		t.Errorf("<%s id=%q> has no nonce", n.Data, attribute(n, "id"))
	}
}

// Words of people never get where htmx or the browser would act on them.
func TestNoWordsWhereTheyWouldAct(t *testing.T) {
	t.Parallel()
	const words = "zebra<b>"
	acts := regexp.MustCompile(`^(hx-.*|src|href|action|formaction|id|for|class|data-.*)$`)
	for name, page := range worded(words) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for n := range parse(t, render(t, page)).Descendants() {
				for _, a := range n.Attr {
					if acts.MatchString(a.Key) && strings.Contains(a.Val, "zebra") {
						t.Errorf("<%s %s=%q>", n.Data, a.Key, a.Val)
					}
				}
			}
		})
	}
}

func TestEveryControlHasAName(t *testing.T) {
	t.Parallel()
	for name, page := range pages() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			root := parse(t, render(t, page))
			for n := range root.Descendants() {
				if isControl(n) && !isNamed(root, n) {
					t.Errorf("<%s class=%q id=%q> has no name", n.Data, attribute(n, "class"), attribute(n, "id"))
				}
			}
		})
	}
}

func isControl(n *html.Node) bool {
	switch n.Data {
	case "button", "a", "summary", "input", "textarea":
		return n.Type == html.ElementNode
	}
	return false
}

func isNamed(root, n *html.Node) bool {
	if attribute(n, "aria-label") != "" || attribute(n, "aria-labelledby") != "" {
		return true
	}
	if n.Data == "input" || n.Data == "textarea" {
		return hasLabel(root, attribute(n, "id"))
	}
	for d := range n.Descendants() {
		if d.Type == html.TextNode && strings.TrimSpace(d.Data) != "" {
			return true
		}
	}
	return false
}

func hasLabel(root *html.Node, id string) bool {
	for n := range root.Descendants() {
		if id != "" && n.Data == "label" && attribute(n, "for") == id {
			return true
		}
	}
	return false
}

func TestIDsAreUnique(t *testing.T) {
	t.Parallel()
	for name, page := range pages() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			seen := map[string]bool{}
			for n := range parse(t, render(t, page)).Descendants() {
				id := attribute(n, "id")
				if id != "" && seen[id] {
					t.Errorf("id %q stands twice", id)
				}
				seen[id] = true
			}
		})
	}
}

func TestNotePlacesTakeOnlyNumbersAndIDs(t *testing.T) {
	t.Parallel()
	got := render(t, notePlaces(slices.Values([]Note{
		{ID: "good-id_1", X: -10.5, Y: 1e6, W: 200, H: 40.125, Layer: 3},
		{ID: "a{}</style><b>", X: 1, Y: 1, W: 1, H: 1},
		{ID: "short", X: 1, Y: 1, W: 1, H: 1},
	})))
	want := fmt.Sprintf("<style id=\"note-places\" nonce=%q>\n", nonce) +
		"#board{--middle-x:89.5;--middle-y:1000020.06;--span-x:200;--span-y:40.13}\n" +
		"#n-good-id_1{transform:translate(-10.5px,1000000px);width:200px;height:40.13px;z-index:3}\n</style>"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
