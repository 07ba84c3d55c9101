package assets

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

const script = "console.log('board'); console.log('board'); console.log('board')"

func dist() fstest.MapFS {
	return fstest.MapFS{
		".gitkeep": {},
		"manifest.json": {Data: []byte(`{"main.js":"main-ABCDEFGH.js","f.woff2":"f-ABCDEFGH.woff2","part-ABCDEFGH.js":"part-ABCDEFGH.js",` +
			`"gone.js":"gone-ABCDEFGH.js","build":"2000-01-01"}`)},
		"main-ABCDEFGH.js":     {Data: []byte(script)},
		"main-ABCDEFGH.js.map": {Data: []byte("{}")},
		"part-ABCDEFGH.js":     {Data: []byte(script)},
		"part-ABCDEFGH.js.br":  {Data: []byte("small")},
		"f-ABCDEFGH.woff2":     {Data: []byte("a font")},
		"left-over.js":         {Data: []byte("not of this build")},
	}
}

func ask(b *bundle, method, path, accept string) *http.Response {
	r := httptest.NewRequest(method, path, nil)
	r.Header.Set("Accept-Encoding", accept)
	w := httptest.NewRecorder()
	b.ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, r io.Reader) string {
	t.Helper()
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestURLs(t *testing.T) {
	t.Parallel()
	b := load(dist())
	for name, want := range map[string]string{
		"main.js":  "/assets/main-ABCDEFGH.js",
		"f.woff2":  "/assets/f-ABCDEFGH.woff2",
		"gone.js":  "",
		"other.js": "",
	} {
		if got := b.url(name); got != want {
			t.Errorf("the URL of %s is %q, want %q", name, got, want)
		}
	}
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	b := load(dist())
	for _, c := range []struct {
		method, path, accept string
		status               int
		header               map[string]string
	}{
		{"GET", "/assets/main-ABCDEFGH.js", "", 200, map[string]string{
			"Content-Type": "text/javascript; charset=utf-8", "Cache-Control": forEver, "Content-Encoding": "", "Vary": "Accept-Encoding"}},
		{"GET", "/assets/main-ABCDEFGH.js", "br, gzip;q=0.5", 200, map[string]string{"Content-Encoding": "gzip"}},
		{"GET", "/assets/main-ABCDEFGH.js", "gzip;q=0", 200, map[string]string{"Content-Encoding": ""}},
		{"HEAD", "/assets/f-ABCDEFGH.woff2", "gzip", 200, map[string]string{
			"Content-Type": "font/woff2", "Content-Length": "6", "Content-Encoding": "", "X-Content-Type-Options": "nosniff"}},
		{"GET", "/assets/part-ABCDEFGH.js", "gzip, br", 200, map[string]string{"Content-Encoding": "br", "Content-Length": "5"}},
		{"GET", "/assets/part-ABCDEFGH.js", "gzip, br;q=0", 200, map[string]string{"Content-Encoding": "gzip"}},
		{"GET", "/assets/part-ABCDEFGH.js.br", "br", 404, nil},
		{"GET", "/assets/main-ABCDEFGH.js.map", "", 200, map[string]string{"Content-Type": "application/json"}},
		{"GET", "/assets/manifest.json", "", 200, map[string]string{"Cache-Control": "no-store"}},
		{"GET", "/assets/left-over.js", "", 404, nil},
		{"GET", "/assets/.gitkeep", "", 404, nil},
		{"GET", "/assets/", "", 404, nil},
		{"GET", "/assets/../assets.go", "", 404, nil},
		{"POST", "/assets/main-ABCDEFGH.js", "", 405, map[string]string{"Allow": "GET, HEAD"}},
	} {
		answer := ask(b, c.method, c.path, c.accept)
		if answer.StatusCode != c.status {
			t.Errorf("%s %s: status %d, want %d", c.method, c.path, answer.StatusCode, c.status)
		}
		for name, want := range c.header {
			if got := answer.Header.Get(name); got != want {
				t.Errorf("%s %s (%s): %s is %q, want %q", c.method, c.path, c.accept, name, got, want)
			}
		}
	}
}

func TestBodies(t *testing.T) {
	t.Parallel()
	b := load(dist())
	if got := body(t, ask(b, "GET", "/assets/main-ABCDEFGH.js", "").Body); got != script {
		t.Errorf("the script is %q", got)
	}
	zip, err := gzip.NewReader(ask(b, "GET", "/assets/main-ABCDEFGH.js", "gzip").Body)
	if err != nil {
		t.Fatal(err)
	}
	if got := body(t, zip); got != script {
		t.Errorf("the compressed script is %q", got)
	}
	if got := body(t, ask(b, "HEAD", "/assets/main-ABCDEFGH.js", "").Body); got != "" {
		t.Errorf("HEAD has the body %q", got)
	}
}

func TestFreshClone(t *testing.T) {
	t.Parallel()
	b := load(fstest.MapFS{".gitkeep": {}})
	if got := b.url("main.js"); got != "" {
		t.Errorf("the URL is %q", got)
	}
	answer := ask(b, "GET", "/assets/main.js", "")
	if text := body(t, answer.Body); answer.StatusCode != 503 || !strings.Contains(text, "make build") {
		t.Errorf("status %d: %s", answer.StatusCode, text)
	}
}

// TestBuiltIn holds for a program with and without its bundle.
func TestBuiltIn(t *testing.T) {
	t.Parallel()
	built, err := URL("main.js") != "", Check()
	if built != (err == nil) {
		t.Errorf("main.js is at %q, and Check says %v", URL("main.js"), err)
	}
	w := httptest.NewRecorder()
	Handler().ServeHTTP(w, httptest.NewRequest("GET", "/assets/manifest.json", nil))
	if built != (w.Code == 200) {
		t.Errorf("main.js is at %q, and the manifest answers %d", URL("main.js"), w.Code)
	}
}
