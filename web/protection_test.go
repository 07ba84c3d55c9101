package web_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"corkboard/board"
	"corkboard/notes"
	"corkboard/web"
)

var noncePattern = regexp.MustCompile(`'nonce-([^']+)'`)

func TestPolicyOfEveryPage(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	seen := map[string]bool{}
	for path, p := range map[string]*person{
		"/": c.nobody, "/boards": c.owner, "/boards?trash=1": c.owner, "/b/" + c.board: c.owner, "/b/" + c.board + "/share": c.owner,
		c.embed: c.nobody, "/nothing": c.nobody, "/api/v1/boards/x": c.nobody, "/healthz": c.nobody,
	} {
		a := p.get(path)
		policy := a.header.Get("Content-Security-Policy")
		nonce := noncePattern.FindStringSubmatch(policy)
		if nonce == nil || seen[nonce[1]] {
			t.Errorf("%s: no nonce of its own in %q", path, policy)
			continue
		}
		seen[nonce[1]] = true
		for _, m := range regexp.MustCompile(`nonce="([^"]*)"`).FindAllStringSubmatch(a.body, -1) {
			if m[1] != nonce[1] {
				t.Errorf("%s: an element has the nonce %q, the policy %q", path, m[1], nonce[1])
			}
		}
		if regexp.MustCompile(`<[^>]+ style=|<[^>]+ on[a-z]+=`).MatchString(a.body) {
			t.Errorf("%s: an inline style or handler", path)
		}
		for _, want := range []string{"default-src 'self'", "script-src 'nonce-", "object-src 'none'", "base-uri 'none'", "form-action 'self'"} {
			if !strings.Contains(policy, want) {
				t.Errorf("%s: %q lacks %q", path, policy, want)
			}
		}
		if strings.Contains(policy, "unsafe") || a.header.Get("X-Content-Type-Options") != "nosniff" || a.header.Get("Permissions-Policy") == "" {
			t.Errorf("%s: %v", path, a.header)
		}
	}
}

func TestOnlyEmbedsAreFramed(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	for path, p := range map[string]*person{
		"/": c.nobody, "/boards": c.owner, "/b/" + c.board: c.owner, c.embed + "x": c.nobody, c.embed + "/ticket": c.nobody,
	} {
		a := p.get(path)
		if !strings.HasSuffix(a.header.Get("Content-Security-Policy"), "frame-ancestors 'none'") || a.header.Get("X-Frame-Options") != "DENY" {
			t.Errorf("%s may be framed: %v", path, a.header)
		}
	}
	a := c.nobody.get(c.embed)
	if !strings.HasSuffix(a.header.Get("Content-Security-Policy"), "frame-ancestors *") || a.header.Get("X-Frame-Options") != "" {
		t.Errorf("the embed may not be framed: %v", a.header)
	}
	if a.header.Get("Set-Cookie") != "" || c.nobody.cookie() != nil {
		t.Error("the embed sets a cookie")
	}
}

func TestFrameAncestorsComeFromTheLink(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	link := board.Link{ID: "l_framed00", Board: c.board, Role: board.Viewer,
		EmbedOrigins: []string{"https://wiki.example.com", "http://intranet:8080", "https://evil.example; script-src *", "javascript:alert(1)", "https://x/path"}}
	token := "a-token-that-is-long-enough-for-all"
	if err := c.store.ReplaceLink(t.Context(), link, hash(token), timeZero.UTC()); err != nil {
		t.Fatal(err)
	}
	a := c.nobody.get("/embed/" + token)
	policy := a.header.Get("Content-Security-Policy")
	if a.status != 200 || !strings.HasSuffix(policy, "frame-ancestors https://wiki.example.com http://intranet:8080") {
		t.Errorf("%d %q", a.status, policy)
	}
}

func TestSecretPagesAreNobodysToKeep(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	for path, p := range map[string]*person{c.edit: c.stranger, c.embed: c.nobody, c.embed + "/ticket": c.nobody, "/b/" + c.board + "/share": c.owner} {
		h := p.get(path).header
		if !strings.Contains(h.Get("X-Robots-Tag"), "noindex") || h.Get("Referrer-Policy") != "no-referrer" || h.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %v", path, h)
		}
	}
	if h := c.owner.get("/b/" + c.board).header; !strings.Contains(h.Get("X-Robots-Tag"), "noindex") || h.Get("Referrer-Policy") != "same-origin" {
		t.Errorf("the board page: %v", h)
	}
}

func TestTokensStayOutOfTheLog(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	c.nobody.get(c.embed)
	c.nobody.get(c.embed + "/ticket")
	c.nobody.get("/s/nothing-of-ours-but-secret-still")
	log := c.log.String()
	for _, secret := range []string{
		strings.TrimPrefix(c.edit, "/s/"), strings.TrimPrefix(c.view, "/s/"), "nothing-of-ours", c.owner.cookie().Value,
	} {
		if strings.Contains(log, secret) {
			t.Errorf("the log tells %q", secret)
		}
	}
	if !strings.Contains(log, "path=/embed/…/ticket status=200") || !strings.Contains(log, "path=/s/… status=404") {
		t.Errorf("the log does not tell the requests:\n%s", log)
	}
}

func TestOtherSitesChangeNothing(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	for name, headers := range map[string][]string{
		"another origin": {"Origin", "https://evil.example"},
		"another port":   {"Origin", "http://127.0.0.1:1"},
		"null":           {"Origin", "null"},
		"cross-site":     {"Origin", "", "Sec-Fetch-Site", "cross-site"},
		"same-site":      {"Origin", "", "Sec-Fetch-Site", "same-site"},
	} {
		for _, path := range []string{"/boards/" + c.board + "/trash", "/boards/" + c.board + "/rename", "/me", "/b/" + c.board + "/links/editor/reset"} {
			if a := c.owner.post(path, url.Values{"name": {"hacked"}, "color": {"1"}}, headers...); a.status != 403 || !strings.Contains(a.body, "another site") {
				t.Errorf("%s, POST %s: %v", name, path, a)
			}
		}
		if a := c.nobody.ask("POST", "/api/v1/boards", strings.NewReader(`{}`), append(headers, "Content-Type", "application/json")...); a.status != 403 {
			t.Errorf("%s, API: %v", name, a)
		}
	}
	if a := c.owner.get("/b/" + c.board); a.status != 200 || strings.Contains(a.body, "hacked") {
		t.Errorf("%v", a)
	}
}

func TestCookie(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	a := c.site.person().post("/boards", nil)
	cookie := a.header.Get("Set-Cookie")
	for _, want := range []string{"corkboard=", "Path=/", "HttpOnly", "SameSite=Lax", "Max-Age="} {
		if !strings.Contains(cookie, want) {
			t.Errorf("%q lacks %q", cookie, want)
		}
	}
	if strings.Contains(cookie, "Secure") {
		t.Errorf("%q would not come back over http", cookie)
	}
	if token := c.owner.cookie().Value; len(token) < 43 {
		t.Errorf("the session is %d characters of secret", len(token))
	}
}

func TestCookieOverTLS(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(o *web.Options) { o.PublicURL = &url.URL{Scheme: "https", Host: "board.example.com"} })
	a := s.person().ask("POST", "/boards", nil, "Origin", "https://board.example.com")
	cookie := a.header.Get("Set-Cookie")
	if a.status != 303 || !strings.HasPrefix(cookie, "__Host-corkboard=") || !strings.Contains(cookie, "; Secure") || strings.Contains(cookie, "Domain") {
		t.Errorf("%v %q", a, cookie)
	}
	if a.header.Get("Strict-Transport-Security") == "" || !strings.Contains(a.header.Get("Content-Security-Policy"), "wss://board.example.com") {
		t.Errorf("%v", a.header)
	}
}

// brokenStore fails where a test wants it to.
type brokenStore struct {
	board.Store
	grant func() error
}

func (b brokenStore) Grant(ctx context.Context, p board.Principal, id string) (board.Grant, error) {
	if err := b.grant(); err != nil {
		return board.Grant{}, err
	}
	return b.Store.Grant(ctx, p, id)
}

func TestFailuresAreTold(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fail   func() error
		status int
		has    string
	}{
		"a panic":          {func() error { panic("secret detail") }, 500, "our fault"},
		"an unknown error": {func() error { return errors.New("secret detail") }, 500, "our fault"},
		"no database":      {func() error { return board.ErrUnavailable }, 503, "Try again"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			fail := func() error { return nil }
			s := newSite(t, func(o *web.Options) { o.Boards = brokenStore{o.Boards, func() error { return fail() }} })
			p := s.person()
			id := p.newBoard()
			made := makeBoard(t, s)
			fail = c.fail
			a := p.get("/b/" + id)
			if a.status != c.status || !strings.Contains(a.body, c.has) || strings.Contains(a.body, "secret detail") || !strings.Contains(a.body, "</html>") {
				t.Errorf("%v", a)
			}
			if c.status == 503 && a.header.Get("Retry-After") == "" {
				t.Error("503 without Retry-After")
			}
			b := s.person().get("/api/v1/boards/"+made.ID, "Authorization", "Bearer "+made.APIKey)
			var p2 struct{ Code string }
			if b.status != c.status || json.Unmarshal([]byte(b.body), &p2) == nil && p2.Code == "" && c.status == 503 || strings.Contains(b.body, "secret detail") {
				t.Errorf("API: %v", b)
			}
			if c.status == 500 && !strings.Contains(s.log.String(), "secret detail") {
				t.Error("the log does not tell what failed")
			}
		})
	}
}

func TestRequestsHaveAnID(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	a, b := c.nobody.get("/").header.Get("X-Request-Id"), c.nobody.get("/").header.Get("X-Request-Id")
	if a == "" || a == b || !strings.Contains(c.log.String(), "request="+a) {
		t.Errorf("%q, %q", a, b)
	}
}

func TestPagesAreCompressed(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.Header.Set("Accept-Encoding", "gzip, br")
	w := httptest.NewRecorder()
	c.server.Handler().ServeHTTP(w, r)
	if w.Header().Get("Content-Encoding") != "gzip" || w.Body.Len() > 6000 || !strings.Contains(w.Header().Get("Vary"), "Accept-Encoding") {
		t.Errorf("%d bytes, %v", w.Body.Len(), w.Header())
	}
}

// TestWordsStayWords: what people write is text in the page, wherever it stands.
func TestWordsStayWords(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	hostile := `</script><script>alert(1)</script><img src=x onerror=alert(1)>`
	g, err := c.store.Grant(t.Context(), board.Principal{Kind: board.ByConsole, ID: "test"}, c.board)
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.hub.Submit(t.Context(), g, "client-1", []notes.Edit{
		&notes.SetBoard{Set: notes.BoardValues{Name: &hostile}},
		&notes.Create{Note: "note-aaaa", W: 200, H: 200, Color: "sky", Z: "a0", Text: hostile},
	})
	if err != nil {
		t.Fatal(err)
	}
	c.owner.post("/me", url.Values{"name": {"<script>alert(2)"}, "color": {"1"}})
	for path, p := range map[string]*person{"/b/" + c.board: c.owner, c.embed: c.nobody, "/boards": c.owner, "/b/" + c.board + "/share": c.owner} {
		a := p.get(path)
		if a.status != 200 || strings.Contains(a.body, "<script>alert") || strings.Contains(a.body, "<img") || strings.Contains(a.body, "</script><script>") {
			t.Errorf("%s: %v", path, a)
		}
		if !strings.Contains(a.body, "&lt;/script&gt;") {
			t.Errorf("%s does not show the words", path)
		}
	}
}
