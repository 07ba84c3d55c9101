package web_test

import (
	"encoding/json"
	"net/url"
	"os"
	"strings"
	"testing"

	"corkboard/notes"
	"corkboard/web"
)

// program calls the API with a key.
type program struct {
	*person
	key string
}

func (s *site) program(key string) *program { return &program{s.person(), key} }

// call sends a request and decodes the answer into out, which may be nil.
func (p *program) call(method, path, body string, out any, headers ...string) answer {
	p.site.t.Helper()
	headers = append([]string{"Content-Type", "application/json"}, headers...)
	if p.key != "" {
		headers = append([]string{"Authorization", "Bearer " + p.key}, headers...)
	}
	a := p.ask(method, path, strings.NewReader(body), headers...)
	if out != nil {
		if err := json.Unmarshal([]byte(a.body), out); err != nil {
			p.site.t.Fatalf("%s %s: %v: %v", method, path, a, err)
		}
	}
	return a
}

// problem is an error of the API, as RFC 9457 has it.
type problem struct {
	Type, Title, Detail, Code string
	Status                    int
	Errors                    []struct {
		Index                 *int
		Pointer, Code, Detail string
	}
}

// wrong calls for what must fail, and checks that the answer is a whole problem.
func (p *program) wrong(status int, code, method, path, body string, headers ...string) problem {
	p.site.t.Helper()
	var got problem
	a := p.call(method, path, body, &got, headers...)
	switch {
	case a.status != status || got.Status != status || got.Code != code:
		p.site.t.Errorf("%s %s %.60s: %v, want %d %s", method, path, body, a, status, code)
	case a.header.Get("Content-Type") != "application/problem+json" || got.Title == "" || got.Type == "":
		p.site.t.Errorf("%s %s: %v is no problem", method, path, a)
	case got.Detail != "" && !strings.HasSuffix(got.Detail, ".") && !strings.HasSuffix(got.Detail, "”."):
		p.site.t.Errorf("%s %s: %q is no sentence", method, path, got.Detail)
	}
	return got
}

type noteList struct {
	Data []struct {
		ID, Text, Color, Z  string
		X, Y, Width, Height float64
		Author              struct{ ID, Name string }
		Version, Created    int64
	}
	NextCursor *string `json:"next_cursor"`
}

type imported struct {
	Created []struct {
		ClientID   string `json:"client_id"`
		ExternalID string `json:"external_id"`
		ID         string
		Version    int64
	}
	Rejected []any
}

type facts struct {
	ID, Name, Hash string
	Seq, Epoch     int64
	NoteCount      int    `json:"note_count"`
	CreatedAt      string `json:"created_at"`
	ModifiedAt     string `json:"modified_at"`
}

func sample(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile("../notes/archive/testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestMakeABoard(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	m := makeBoard(t, s)
	if m.URL != s.url+"/b/"+m.ID || !strings.HasPrefix(m.APIKey, "ck_") || len(m.APIKey) < 40 {
		t.Errorf("%+v", m)
	}
	role := func(link string) string {
		p := s.person().open(strings.TrimPrefix(link, s.url))
		body := p.get("/b/" + m.ID).body
		_, rest, _ := strings.Cut(body, `"role":"`)
		role, _, _ := strings.Cut(rest, `"`)
		return role
	}
	if e, v := role(m.EditURL), role(m.ViewURL); e != "editor" || v != "viewer" {
		t.Errorf("edit_url gives %q, view_url %q", e, v)
	}
	if a := s.person().get(strings.TrimPrefix(m.EmbedURL, s.url)); a.status != 200 {
		t.Errorf("embed_url: %v", a)
	}
	if strings.Contains(s.log.String(), m.APIKey) {
		t.Error("the log tells the key")
	}
	var f facts
	s.program(m.APIKey).call("GET", "/api/v1/boards/"+m.ID, "", &f)
	if f.ID != m.ID || f.Name != "Retro" || f.Seq != 0 || f.NoteCount != 0 || len(f.Hash) != 16 || !strings.HasSuffix(f.CreatedAt, "Z") || f.Epoch == 0 {
		t.Errorf("%+v", f)
	}
}

func TestBadBoards(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := s.program("")
	const path = "/api/v1/boards"
	for body, want := range map[string]struct {
		status  int
		pointer string
	}{
		`{"name":3}`:                 {422, "/name"},
		`{"name":"a","owner":"me"}`:  {422, "/owner"},
		`{"name":"a","name":"b"}`:    {400, ""},
		`{"Name":"a"}`:               {400, ""},
		`{"name":`:                   {400, ""},
		`{"name":"\ud800"}`:          {400, ""},
		`{"name":"a"}{"name":"b"}`:   {400, ""},
		`["a"]`:                      {422, ""},
		strings.Repeat("[", 100_000): {413, "-"},
	} {
		code := map[int]string{400: "invalid", 413: "too_large", 422: "invalid"}[want.status]
		got := p.wrong(want.status, code, "POST", path, body)
		if want.pointer != "-" && (len(got.Errors) != 1 || got.Errors[0].Pointer != want.pointer || got.Errors[0].Detail == "") {
			t.Errorf("%s: %+v", body, got.Errors)
		}
	}
	for _, name := range []string{"\\n", "a\\u0000", strings.Repeat("é", notes.MaxName+1)} {
		p.wrong(422, "invalid", "POST", path, `{"name":"`+name+`"}`)
	}
	p.wrong(400, "invalid", "POST", path, "")
	p.wrong(415, "media_type", "POST", path, "name=a", "Content-Type", "application/x-www-form-urlencoded")
	var m made
	if a := p.call("POST", path, `{}`, &m); a.status != 201 || m.ID == "" {
		t.Errorf("a board without a name: %v", a)
	}
}

func TestKeysOpenTheirBoardOnly(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	mine, theirs := makeBoard(t, s), makeBoard(t, s)
	for _, path := range []string{"", "/notes"} {
		s.program(mine.APIKey).wrong(404, "not_found", "GET", "/api/v1/boards/"+theirs.ID+path, "")
		s.program(mine.APIKey).wrong(404, "not_found", "GET", "/api/v1/boards/b_AAAAAAAAAAAAAAAA"+path, "")
		s.program("").wrong(401, "unauthorized", "GET", "/api/v1/boards/"+mine.ID+path, "")
		s.program("ck_wrong").wrong(401, "unauthorized", "GET", "/api/v1/boards/"+mine.ID+path, "")
		s.program(mine.APIKey[3:]).wrong(401, "unauthorized", "GET", "/api/v1/boards/"+mine.ID+path, "")
	}
	s.program(mine.APIKey).wrong(404, "not_found", "POST", "/api/v1/boards/"+theirs.ID+"/notes:import", `[{"text":"x"}]`)
	s.program("").wrong(401, "unauthorized", "POST", "/api/v1/boards/"+mine.ID+"/notes:import", `[{"text":"x"}]`)
	if a := s.program("").call("GET", "/api/v1/boards/"+mine.ID, "", nil); a.header.Get("Www-Authenticate") == "" {
		t.Errorf("401 without WWW-Authenticate: %v", a.header)
	}
	s.program(mine.APIKey).wrong(404, "not_found", "GET", "/api/v1/nothing", "")
	var list noteList
	s.program(theirs.APIKey).call("GET", "/api/v1/boards/"+theirs.ID+"/notes", "", &list)
	if len(list.Data) != 0 {
		t.Errorf("%+v", list)
	}
}

func TestPagesOfNotes(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	m := makeBoard(t, s)
	p := s.program(m.APIKey)
	path := "/api/v1/boards/" + m.ID + "/notes"
	for _, n := range []int{70, 60} {
		p.call("POST", path+":import", `[`+strings.TrimSuffix(strings.Repeat(`{"text":"x"},`, n), ",")+`]`, nil)
	}
	seen := map[string]bool{}
	pages, query := 0, "?limit=40"
	for query != "" {
		var list noteList
		if a := p.call("GET", path+query, "", &list); a.status != 200 || len(list.Data) > 40 {
			t.Fatalf("%v", a)
		}
		for _, n := range list.Data {
			if seen[n.ID] {
				t.Fatalf("%s comes twice", n.ID)
			}
			seen[n.ID] = true
		}
		pages++
		query = ""
		if list.NextCursor != nil {
			query = "?limit=40&cursor=" + url.QueryEscape(*list.NextCursor)
		}
	}
	if len(seen) != 130 || pages != 4 {
		t.Errorf("%d notes on %d pages", len(seen), pages)
	}
	var list noteList
	if p.call("GET", path, "", &list); len(list.Data) != 50 {
		t.Errorf("%d notes by default", len(list.Data))
	}
	for _, bad := range []string{"?limit=0", "?limit=201", "?limit=x", "?cursor=nonsense", "?cursor=!", "?offset=3"} {
		p.wrong(422, "invalid", "GET", path+bad, "")
	}
}

// TestHashIsTheStoredDocuments: the hash can be held against a client's.
func TestHashIsTheStoredDocuments(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	m := makeBoard(t, s)
	p := s.program(m.APIKey)
	var before, after facts
	p.call("GET", "/api/v1/boards/"+m.ID, "", &before)
	p.call("POST", "/api/v1/boards/"+m.ID+"/notes:import", sample(t, "notes.json"), nil)
	p.call("GET", "/api/v1/boards/"+m.ID, "", &after)
	doc, _, err := s.hub.Document(t.Context(), m.ID)
	if err != nil {
		t.Fatal(err)
	}
	if after.Hash == before.Hash || after.Hash != doc.Hash() || after.Seq != 1 || after.NoteCount != 3 || after.ModifiedAt < after.CreatedAt {
		t.Errorf("%+v, then %+v; the room has %s", before, after, doc.Hash())
	}
}

func TestRateLimits(t *testing.T) {
	t.Parallel()
	s := newSite(t, func(o *web.Options) {
		o.Limits = web.DefaultLimits
		o.Limits.Boards = web.Rate{PerMinute: 1, Burst: 2}
		o.Limits.Imports = web.Rate{PerMinute: 1, Burst: 1}
		o.Limits.Guests = web.Rate{PerMinute: 1, Burst: 1}
		o.Limits.OwnBoards = web.Rate{PerMinute: 1, Burst: 1}
	})
	one, two := makeBoard(t, s), makeBoard(t, s)
	var got problem
	a := s.program("").call("POST", "/api/v1/boards", `{}`, &got)
	if a.status != 429 || got.Code != "limit" || a.header.Get("Retry-After") == "" || a.header.Get("Ratelimit-Policy") != `"boards";q=1;w=60` ||
		!strings.HasPrefix(a.header.Get("Ratelimit"), `"boards";r=0;t=`) || a.header.Get("X-Ratelimit-Remaining") != "0" {
		t.Errorf("%v %v", a, a.header)
	}
	a = s.program("").call("POST", "/api/v1/boards", `{}`, nil, "X-Forwarded-For", "192.0.2.1")
	if a.status != 201 || a.header.Get("X-Ratelimit-Remaining") != "1" {
		t.Errorf("another address behind the proxy of this machine: %v", a)
	}
	for i, m := range []made{one, one, two} {
		a := s.program(m.APIKey).call("POST", "/api/v1/boards/"+m.ID+"/notes:import", `[{"text":"x"}]`, nil)
		if want := []int{200, 429, 200}[i]; a.status != want {
			t.Errorf("import %d: %v, want %d: each key has its own", i, a, want)
		}
	}
	guest := s.person()
	guest.newBoard()
	for who, p := range map[string]*person{"a second board": guest, "a second guest": s.person()} {
		if a := p.post("/boards", nil); a.status != 429 || !strings.Contains(a.body, "too fast") || a.header.Get("Retry-After") == "" {
			t.Errorf("%s: %v", who, a)
		}
	}
}

func TestDescription(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	var d struct {
		OpenAPI string `json:"openapi"`
		Paths   map[string]map[string]struct {
			Responses   map[string]any
			Security    []map[string]any
			RequestBody any `json:"requestBody"`
			Parameters  []struct{ Name string }
		}
		Servers []struct{ URL string }
	}
	if a := s.program("").call("GET", "/openapi.json", "", &d); a.status != 200 {
		t.Fatalf("%v", a)
	}
	if !strings.HasPrefix(d.OpenAPI, "3.1") || len(d.Servers) != 1 || d.Servers[0].URL != s.url {
		t.Errorf("%s %v", d.OpenAPI, d.Servers)
	}
	for path, method := range map[string]string{
		"/api/v1/boards": "post", "/api/v1/boards/{id}": "get", "/api/v1/boards/{id}/notes": "get", "/api/v1/boards/{id}/notes:import": "post",
	} {
		op, ok := d.Paths[path][method]
		if !ok || op.Responses["429"] == nil {
			t.Errorf("%s %s is not described: %+v", method, path, op)
		}
		if (path != "/api/v1/boards") != (len(op.Security) == 1) || (method == "post") != (op.RequestBody != nil) {
			t.Errorf("%s %s: %+v", method, path, op)
		}
	}
	for _, path := range []string{"/docs", "/schemas", "/openapi-3.0.json"} {
		if a := s.person().get(path); a.status == 200 && strings.Contains(a.body, "unpkg") {
			t.Errorf("%s loads from elsewhere", path)
		}
	}
}
