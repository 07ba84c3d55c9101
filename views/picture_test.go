package views

import (
	"context"
	"fmt"
	"strings"
	"testing"
)

// many is a board with so many notes, in a grid.
func many(n int) BoardView {
	b := BoardView{ID: "crowded", Name: "Crowded", Role: "viewer", Boot: "boot"}
	var list []Note
	for i := range n {
		list = append(list, Note{
			ID: fmt.Sprintf("note-%04d", i), Text: fmt.Sprintf("words <%d>", i), Color: []string{"yellow", "sky"}[i%2],
			X: float64(i%40)*210 - 100.5, Y: float64(i/40) * 210, W: 200, H: 160,
		})
	}
	b.Sections = []Section{{Notes: list}}
	return b
}

func pageOf(t *testing.T, b BoardView) string {
	t.Helper()
	var out strings.Builder
	if err := Board(testPage("Crowded"), b).Render(context.Background(), &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestACrowdedBoardComesAsAPictureAndAsWordsForWhoHasNoScript(t *testing.T) {
	t.Parallel()
	page := pageOf(t, many(crowd+1))
	if n := strings.Count(page, "<path data-color="); n != 2 {
		t.Errorf("the picture has %d paths, not one for each colour", n)
	}
	if n := strings.Count(page, "h200v160h-200z"); n != crowd+1 {
		t.Errorf("the picture shows %d notes", n)
	}
	if strings.Contains(page, `id="n-note-0001"`) || strings.Contains(page, "#n-note-0001{") {
		t.Error("the notes are elements, too")
	}
	_, after, _ := strings.Cut(page, `<svg class="picture"`)
	_, after, _ = strings.Cut(after, "<noscript>")
	words, _, _ := strings.Cut(after, "</noscript>")
	if strings.Count(words, "words &lt;") != crowd+1 {
		t.Error("who has no script cannot read every note")
	}
	if !strings.Contains(page, ".picture{transform:translate(-100.5px,0px);width:8390px;height:3310px}") {
		t.Error("the picture is not where the notes are")
	}
}

func TestABoardThatIsNotCrowdedHasElements(t *testing.T) {
	t.Parallel()
	if page := pageOf(t, many(crowd)); strings.Contains(page, `class="picture"`) || strings.Count(page, `class="note"`) != crowd {
		t.Error("it comes as a picture")
	}
}
