package web_test

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"

	"corkboard/auth"
	"corkboard/board"
	"corkboard/bus"
	"corkboard/pictures"
	"corkboard/store"
	"corkboard/store/storetest"
	"corkboard/web"
)

// site is a node on a database of its own.
type site struct {
	t       *testing.T
	url     string
	server  *web.Server
	store   *store.Store
	hub     *board.Hub
	bus     *bus.Memory
	library *board.Library
	log     *lockedBuffer
}

type lockedBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

// newSite starts a node; change may adjust its options.
func newSite(t *testing.T, change ...func(*web.Options)) *site {
	t.Helper()
	s := &site{t: t, store: storetest.New(t), bus: bus.NewMemory(), log: &lockedBuffer{}}
	log := slog.New(slog.NewTextHandler(s.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	s.hub = board.NewHub(s.store, s.bus, log)
	t.Cleanup(func() { s.hub.Close(t.Context()) })
	key, err := s.store.ServerKey(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s.library = board.NewLibrary(s.store, s.hub, key)
	listening := httptest.NewUnstartedServer(nil)
	s.url = "http://" + listening.Listener.Addr().String()
	public, err := url.Parse(s.url)
	if err != nil {
		t.Fatal(err)
	}
	o := web.Options{PublicURL: public, Version: "test", Hub: s.hub, Library: s.library, Boards: s.store, Auth: auth.New(s.store), Log: log,
		Pictures: board.NewPictures(s.store, pictures.OnDisk(t.TempDir()))}
	for _, c := range change {
		c(&o)
	}
	s.server = web.New(o)
	listening.Config.Handler = s.server.Handler()
	listening.Start()
	t.Cleanup(listening.Close)
	return s
}

// person is a browser: it keeps cookies and follows no redirects.
type person struct {
	site   *site
	client *http.Client
}

func (s *site) person() *person {
	jar, err := cookiejar.New(nil)
	if err != nil {
		s.t.Fatal(err)
	}
	return &person{s, &http.Client{Jar: jar, Timeout: patience,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   string
}

func (a answer) String() string { return fmt.Sprintf("%d %.300s", a.status, a.body) }

// ask sends a request; headers are pairs of a name and a value.
func (p *person) ask(method, path string, body io.Reader, headers ...string) answer {
	p.site.t.Helper()
	r, err := http.NewRequestWithContext(p.site.t.Context(), method, p.site.url+path, body)
	if err != nil {
		p.site.t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	resp, err := p.client.Do(r)
	if err != nil {
		p.site.t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		p.site.t.Fatal(err)
	}
	return answer{resp.StatusCode, resp.Header, string(text)}
}

func (p *person) get(path string, headers ...string) answer {
	p.site.t.Helper()
	return p.ask("GET", path, nil, headers...)
}

// post sends a form, as a page of ours does.
func (p *person) post(path string, form url.Values, headers ...string) answer {
	p.site.t.Helper()
	headers = append([]string{"Content-Type", "application/x-www-form-urlencoded", "Origin", p.site.url}, headers...)
	return p.ask("POST", path, strings.NewReader(form.Encode()), headers...)
}

// cookie is the person's session cookie, nil when they have none.
func (p *person) cookie() *http.Cookie {
	u, err := url.Parse(p.site.url)
	if err != nil {
		p.site.t.Fatal(err)
	}
	for _, c := range p.client.Jar.Cookies(u) {
		if c.Name == "corkboard" {
			return c
		}
	}
	return nil
}

// newBoard makes a board by the button, and returns its id.
func (p *person) newBoard() string {
	p.site.t.Helper()
	a := p.post("/boards", nil)
	id, ok := strings.CutPrefix(a.header.Get("Location"), "/b/")
	if a.status != http.StatusSeeOther || !ok {
		p.site.t.Fatalf("new board: %v", a)
	}
	return id
}

var linkPattern = regexp.MustCompile(`/(?:s|embed)/[0-9A-Za-z_-]+`)

// links are the paths that a board's share dialog hands out: to edit, to view
// and to embed.
func (p *person) links(board string) (edit, view, embed string) {
	p.site.t.Helper()
	a := p.get("/b/"+board+"/share", "HX-Request", "true")
	found := linkPattern.FindAllString(a.body, -1)
	if a.status != 200 || len(found) < 3 {
		p.site.t.Fatalf("share: %v, %q", a, found)
	}
	return found[0], found[1], found[len(found)-1]
}

// open follows a share link.
func (p *person) open(link string) *person {
	p.site.t.Helper()
	if a := p.get(link); a.status != http.StatusSeeOther || !strings.HasPrefix(a.header.Get("Location"), "/b/") {
		p.site.t.Fatalf("open %s: %v", link, a)
	}
	return p
}

// cast is a board and everybody who may ask for it.
type cast struct {
	*site
	board            string
	edit, view       string
	embed            string
	owner, editor    *person
	viewer, stranger *person
	nobody           *person
}

func newCast(t *testing.T, change ...func(*web.Options)) *cast {
	t.Helper()
	s := newSite(t, change...)
	c := &cast{site: s, owner: s.person(), nobody: s.person()}
	c.board = c.owner.newBoard()
	c.edit, c.view, c.embed = c.owner.links(c.board)
	c.editor, c.viewer = s.person().open(c.edit), s.person().open(c.view)
	c.stranger = s.person()
	c.stranger.newBoard()
	return c
}

func (c *cast) who(name string) *person {
	return map[string]*person{
		"owner": c.owner, "editor": c.editor, "viewer": c.viewer, "stranger": c.stranger, "nobody": c.nobody,
	}[name]
}

// expand puts this board's values in place of the names in a scenario.
func (c *cast) expand(s string) string {
	return strings.NewReplacer("{board}", c.board, "{edit}", c.edit, "{view}", c.view, "{embed}", c.embed).Replace(s)
}
