package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// scenario: who asks for what, what comes, and what must not come.
type scenario struct {
	who, method, path string
	form              url.Values
	headers           []string
	status            int
	has, hasNot       string // in the body
	location          string
}

func (c *cast) play(t *testing.T, list []scenario) {
	t.Helper()
	for _, sc := range list {
		p := c.who(sc.who)
		path := c.expand(sc.path)
		var a answer
		if sc.method == "POST" {
			a = p.post(path, sc.form, sc.headers...)
		} else {
			a = p.ask(sc.method, path, nil, sc.headers...)
		}
		name := sc.who + " " + sc.method + " " + sc.path
		switch {
		case a.status != sc.status:
			t.Errorf("%s: %v, want %d", name, a, sc.status)
		case sc.has != "" && !strings.Contains(a.body, c.expand(sc.has)):
			t.Errorf("%s: %q is missing in %s", name, sc.has, a.body)
		case sc.hasNot != "" && strings.Contains(a.body, c.expand(sc.hasNot)):
			t.Errorf("%s: %q must not come", name, sc.hasNot)
		case a.header.Get("Location") != c.expand(sc.location):
			t.Errorf("%s: goes on to %q, want %q", name, a.header.Get("Location"), sc.location)
		}
	}
}

var htmx = []string{"HX-Request", "true"}

func TestWhoSeesWhat(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	c.play(t, []scenario{
		{who: "nobody", method: "GET", path: "/", status: 200, has: `action="/boards"`},
		{who: "nobody", method: "GET", path: "/boards", status: 200, has: "No boards yet"},
		{who: "owner", method: "GET", path: "/boards", status: 200, has: "/b/{board}"},
		{who: "editor", method: "GET", path: "/boards", status: 200, hasNot: "{board}"},
		{who: "owner", method: "GET", path: "/b/{board}", status: 200, has: `"role":"owner"`},
		{who: "editor", method: "GET", path: "/b/{board}", status: 200, has: `"role":"editor"`, hasNot: "share-open"},
		{who: "viewer", method: "GET", path: "/b/{board}", status: 200, has: `"role":"viewer"`, hasNot: "data-new-color"},
		{who: "stranger", method: "GET", path: "/b/{board}", status: 404, hasNot: "Untitled"},
		{who: "nobody", method: "GET", path: "/b/{board}", status: 404, hasNot: "Untitled"},
		{who: "owner", method: "GET", path: "/b/{board}/share", status: 200, has: "{edit}"},
		{who: "owner", method: "GET", path: "/b/{board}/share", headers: htmx, status: 200, has: "{embed}", hasNot: "<html"},
		{who: "editor", method: "GET", path: "/b/{board}/share", status: 403, hasNot: "/s/"},
		{who: "viewer", method: "GET", path: "/b/{board}/share", status: 403, hasNot: "/s/"},
		{who: "stranger", method: "GET", path: "/b/{board}/share", status: 404, hasNot: "/s/"},
		{who: "nobody", method: "GET", path: "{embed}", status: 200, has: `"role":"viewer"`, hasNot: "data-new-color"},
		{who: "owner", method: "GET", path: "{embed}", status: 200, has: `"mode":"embed"`, hasNot: `"role":"owner"`},
		{who: "nobody", method: "GET", path: "{embed}/ticket", status: 200, has: `{"ticket":"`},
		{who: "nobody", method: "GET", path: "/no/such/page", status: 404, has: "no such page"},
		{who: "nobody", method: "GET", path: "/b/{board}%00", status: 404},
		{who: "nobody", method: "PUT", path: "/boards", status: 404},
	})
}

func TestWhoChangesWhat(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	name := url.Values{"name": {"Plan <b>"}}
	c.play(t, []scenario{
		{who: "stranger", method: "POST", path: "/boards/{board}/rename", form: name, status: 404},
		{who: "nobody", method: "POST", path: "/boards/{board}/rename", form: name, status: 404},
		{who: "viewer", method: "POST", path: "/boards/{board}/rename", form: name, status: 403},
		{who: "owner", method: "POST", path: "/boards/{board}/rename", form: url.Values{"name": {""}}, status: 422, has: "1 to 200 characters"},
		{who: "owner", method: "POST", path: "/boards/{board}/rename", form: url.Values{"name": {"a\nb"}}, status: 422},
		{who: "owner", method: "POST", path: "/boards/{board}/rename", form: url.Values{"name": {strings.Repeat("x", 20000)}}, status: 413},
		{who: "owner", method: "GET", path: "/boards", status: 200, has: "Untitled board"},
		{who: "owner", method: "POST", path: "/boards/{board}/rename", form: name, headers: htmx, status: 200, has: "Plan &lt;b&gt;", hasNot: "<b>"},
		{who: "editor", method: "POST", path: "/boards/{board}/rename", form: url.Values{"name": {"Retro"}}, status: 303, location: "/boards"},
		{who: "owner", method: "GET", path: "/b/{board}", status: 200, has: "<title>Retro"},
		{who: "editor", method: "POST", path: "/boards/{board}/trash", status: 403},
		{who: "stranger", method: "POST", path: "/boards/{board}/trash", status: 404},
		{who: "owner", method: "POST", path: "/boards/{board}/trash", headers: htmx, status: 200, has: "is in the trash", hasNot: "<html"},
		{who: "owner", method: "GET", path: "/boards", status: 200, has: "No boards yet"},
		{who: "owner", method: "GET", path: "/boards?trash=1", status: 200, has: "Retro"},
		{who: "owner", method: "GET", path: "/b/{board}", status: 410, has: "trash"},
		{who: "editor", method: "GET", path: "/b/{board}", status: 404},
		{who: "nobody", method: "GET", path: "{view}", status: 404},
		{who: "nobody", method: "GET", path: "{embed}", status: 404},
		{who: "editor", method: "POST", path: "/boards/{board}/restore", status: 404},
		{who: "owner", method: "POST", path: "/boards/{board}/restore", status: 303, location: "/boards"},
		{who: "editor", method: "GET", path: "/b/{board}", status: 200},
	})
}

// TestNoTellingBoardsApart: a board that is not mine answers as one that does
// not exist, word for word.
func TestNoTellingBoardsApart(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	random := regexp.MustCompile(`nonce="[^"]*"`)
	for _, suffix := range []string{"", "/share"} {
		theirs := c.stranger.get("/b/" + c.board + suffix)
		none := c.stranger.get("/b/b_AAAAAAAAAAAAAAAA" + suffix)
		if theirs.status != none.status || random.ReplaceAllString(theirs.body, "") != random.ReplaceAllString(none.body, "") {
			t.Errorf("%q: %v and %v differ", suffix, theirs, none)
		}
	}
	c.owner.post("/b/"+c.board+"/links/viewer/reset", nil)
	revoked, unknown := c.nobody.get(c.view), c.nobody.get("/s/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
	if revoked.status != 404 || random.ReplaceAllString(revoked.body, "") != random.ReplaceAllString(unknown.body, "") {
		t.Errorf("%v and %v differ", revoked, unknown)
	}
	for path, a := range map[string]answer{"a link": revoked, "an embed": c.nobody.get(c.embed)} {
		if a.status != 404 || !strings.Contains(a.body, "This link does not work") || !strings.Contains(a.body, "ask the person who sent it for a new one") {
			t.Errorf("%s that was turned off says %v", path, a)
		}
	}
	if c.nobody.cookie() != nil {
		t.Error("a token that opens nothing got a session")
	}
}

func TestShareLinks(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	again, _, _ := c.owner.links(c.board)
	if again != c.edit {
		t.Error("the link is another one when it is looked at again")
	}
	c.play(t, []scenario{
		{who: "editor", method: "POST", path: "/b/{board}/links/editor/reset", status: 403},
		{who: "stranger", method: "POST", path: "/b/{board}/links/editor/reset", status: 404},
		{who: "owner", method: "POST", path: "/b/{board}/links/owner/reset", status: 404},
		{who: "owner", method: "POST", path: "/b/{board}/links/editor/reset", headers: htmx, status: 200, has: "/s/", hasNot: "{edit}"},
		{who: "editor", method: "GET", path: "/b/{board}", status: 404},
		{who: "viewer", method: "GET", path: "/b/{board}", status: 200},
		{who: "nobody", method: "GET", path: "{edit}", status: 404},
		{who: "owner", method: "POST", path: "/b/{board}/links/viewer/reset", status: 303, location: "/b/{board}/share"},
		{who: "viewer", method: "GET", path: "/b/{board}", status: 404},
		{who: "nobody", method: "GET", path: "{embed}", status: 404},
		{who: "nobody", method: "GET", path: "{embed}/ticket", status: 404},
	})
	fresh, _, _ := c.owner.links(c.board)
	c.editor.open(fresh)
	if a := c.editor.get("/b/" + c.board); a.status != 200 {
		t.Errorf("by the new link: %v", a)
	}
	if a := c.owner.get(fresh); a.status != 303 || !strings.Contains(c.owner.get("/b/"+c.board).body, `"role":"owner"`) {
		t.Errorf("the owner who opens an edit link stays owner: %v", a)
	}
}

// TestEmbedOnlyEverShows: an edit link's token opens no embed.
func TestEmbedOnlyEverShows(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	embedded := strings.Replace(c.edit, "/s/", "/embed/", 1)
	if a := c.nobody.get(embedded); a.status != 404 {
		t.Errorf("%v", a)
	}
	if a := c.nobody.get(embedded + "/ticket"); a.status != 404 || strings.Contains(a.body, "ticket\":") {
		t.Errorf("%v", a)
	}
}

func TestMe(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	c.play(t, []scenario{
		{who: "nobody", method: "POST", path: "/me", form: url.Values{"name": {"Ana"}, "color": {"3"}}, status: 401},
		{who: "owner", method: "POST", path: "/me", form: url.Values{"name": {""}, "color": {"3"}}, status: 422, has: "1 to 60 characters"},
		{who: "owner", method: "POST", path: "/me", form: url.Values{"name": {"Ana"}, "color": {"blue"}}, status: 422},
		{who: "owner", method: "POST", path: "/me", form: url.Values{"name": {"Ana"}, "color": {"12"}}, status: 422},
		{who: "owner", method: "GET", path: "/b/{board}", status: 200, has: `"name":"","color":`},
		{who: "owner", method: "POST", path: "/me", form: url.Values{"name": {" Ana "}, "color": {"3"}}, status: 204},
		{who: "owner", method: "GET", path: "/b/{board}", status: 200, has: `"name":"Ana","color":3`},
	})
}

// TestPreviewOfALinkMakesNobody: programs that preview links ask with HEAD.
func TestPreviewOfALinkMakesNobody(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	if a := c.nobody.ask(http.MethodHead, c.edit, nil); a.status != 200 || a.header.Get("Set-Cookie") != "" {
		t.Errorf("%v %v", a, a.header)
	}
}

func TestHealth(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	c.play(t, []scenario{
		{who: "nobody", method: "GET", path: "/healthz", status: 200, has: "ok"},
		{who: "nobody", method: "GET", path: "/readyz", status: 200, has: "ready"},
		{who: "nobody", method: "GET", path: "/metrics", status: 200, has: "corkboard_http_request_seconds_count{route=\"GET /readyz\",status=\"200\"} 1"},
	})
	c.server.Drain()
	c.play(t, []scenario{
		{who: "nobody", method: "GET", path: "/healthz", status: 200},
		{who: "nobody", method: "GET", path: "/readyz", status: 503, has: "draining"},
		{who: "owner", method: "GET", path: "/ws", status: 503},
	})
}

// TestOtherNamesOfThisMachineGoHome: from http://localhost no socket could be
// opened when the public URL says 127.0.0.1. Programs stay where they came.
func TestOtherNamesOfThisMachineGoHome(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	ask := func(path, accept string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.Host = strings.Replace(strings.TrimPrefix(s.url, "http://"), "127.0.0.1", "localhost", 1)
		r.Header.Set("Accept", accept)
		w := httptest.NewRecorder()
		s.server.Handler().ServeHTTP(w, r)
		return w
	}
	for _, path := range []string{"/", "/boards?trash=1"} {
		if w := ask(path, "text/html,*/*;q=0.8"); w.Code != http.StatusTemporaryRedirect || w.Header().Get("Location") != s.url+path {
			t.Errorf("%s: %d to %q", path, w.Code, w.Header().Get("Location"))
		}
	}
	for path, want := range map[string]int{"/healthz": 200, "/openapi.json": 200, "/api/v1/boards/b_1": 401} {
		if w := ask(path, "*/*"); w.Code != want {
			t.Errorf("%s: a program got %d, want %d", path, w.Code, want)
		}
	}
}
