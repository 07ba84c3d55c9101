package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestPagesSpeakTheLanguageThatIsWanted(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	german := []string{"Accept-Language", "de-AT,de;q=0.9,en;q=0.5"}
	kept := []string{"Accept-Language", "en", "Cookie", "corkboard-language=de"}
	c.play(t, []scenario{
		{who: "nobody", method: "GET", path: "/", status: 200, has: `<html lang="en" dir="ltr"`},
		{who: "nobody", method: "GET", path: "/", headers: german, status: 200, has: `<html lang="de" dir="ltr"`},
		{who: "nobody", method: "GET", path: "/boards", headers: german, status: 200, has: "Noch keine Boards", hasNot: "No boards"},
		{who: "nobody", method: "GET", path: "/boards", headers: kept, status: 200, has: "Noch keine Boards"},
		{who: "nobody", method: "GET", path: "/boards?lang=en", headers: german, status: 200, has: "No boards yet"},
		{who: "nobody", method: "GET", path: "/boards?lang=tlh", headers: german, status: 200, has: "Noch keine Boards"},
		{who: "nobody", method: "GET", path: "{embed}?lang=de&theme=dark", status: 200, has: `<html lang="de" dir="ltr" data-theme="dark"`},
		{who: "nobody", method: "GET", path: "{embed}?theme=pink", headers: german, status: 200, has: `<html lang="de" dir="ltr" data-theme="system"`},
	})
	if vary := strings.Join(c.who("nobody").get("/").header.Values("Vary"), ", "); !strings.Contains(vary, "Accept-Language, Cookie") {
		t.Errorf("a page varies by %q", vary)
	}
}

func TestALookIsKeptWithoutAScript(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	p := c.who("stranger")
	from := []string{"Referer", p.site.url + "/boards?trash=1"}
	a := p.post("/look", url.Values{"language": {"de"}, "theme": {"dark"}}, from...)
	if a.status != http.StatusSeeOther || a.header.Get("Location") != p.site.url+"/boards?trash=1" {
		t.Errorf("choosing is answered with %v to %s", a, a.header.Get("Location"))
	}
	if page := p.get("/boards?trash=1").body; !strings.Contains(page, `<html lang="de" dir="ltr" data-theme="dark"`) {
		t.Error("what was chosen is not kept")
	}
	p.post("/look", url.Values{"language": {""}, "theme": {"system"}}, from...)
	if page := p.get("/boards").body; !strings.Contains(page, `<html lang="en" dir="ltr" data-theme="system"`) {
		t.Error("what was chosen cannot be taken back")
	}
	for _, elsewhere := range []string{"", "https://evil.example/b/1", "//evil.example"} {
		a := p.post("/look", url.Values{"theme": {"light"}}, "Referer", elsewhere)
		if to := a.header.Get("Location"); to != p.site.url+"/" {
			t.Errorf("from %q it goes on to %q", elsewhere, to)
		}
	}
	if to := p.post("/look", nil, "Referer", p.site.url+"//evil.example").header.Get("Location"); to != p.site.url+"//evil.example" {
		t.Errorf("it goes on to %q", to)
	}
}
