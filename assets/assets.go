// Package assets holds what browsers load, embedded in the program: scripts, the style sheet, fonts and
// the icon, each under a name that changes with its content, so that a browser may keep it for ever.
//
// The files are made by `make build` (cmd/bundle) from src, css and icons; git has none of them. A
// program that was built without them runs, and Check tells what to do.
package assets

import (
	"bytes"
	"compress/gzip"
	"embed"
	"encoding/json"
	"errors"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"
)

//go:embed all:dist
var embedded embed.FS

// ErrNotBuilt tells that the program was built before its scripts and styles.
var ErrNotBuilt = errors.New("the scripts and styles are not in this program: run `make build`")

const (
	prefix       = "/assets/"
	manifestName = "manifest.json"
	forEver      = "public, max-age=31536000, immutable"
)

// builtIn is what this program was built with.
var builtIn = sync.OnceValue(func() *bundle {
	dist, err := fs.Sub(embedded, "dist")
	if err != nil {
		panic(err) // the folder is named in the directive above
	}
	return load(dist)
})

// Check returns ErrNotBuilt when the files are missing.
func Check() error {
	if len(builtIn().files) == 0 {
		return ErrNotBuilt
	}
	return nil
}

// URL is the path under which Handler serves a file: "main.js", "pages.js", "on-board.css", "mark.svg", or a
// font such as "inter-latin-wght-normal.woff2". It is empty for a file that is not there.
func URL(name string) string { return builtIn().url(name) }

// Script is the path of a script, "main" or "pages", in a language ("de"); in English where there is none in that.
func Script(name, language string) string {
	if url := URL(name + "." + language + ".js"); url != "" {
		return url
	}
	return URL(name + ".js")
}

// Handler serves the files under /assets/, compressed for those who take brotli or gzip.
func Handler() http.Handler { return builtIn() }

// bundle is the content of a dist folder.
type bundle struct {
	names map[string]string // "main.js" → "main-HASH.js"
	files map[string]*file  // by hashed name
}

type file struct {
	kind  string // Content-Type
	keep  string // Cache-Control
	plain []byte
	small []byte        // compressed with brotli when it was built; nil where that was not done
	zip   func() []byte // gzipped; nil where that gains nothing
}

// load reads a dist folder. Without a manifest it is empty.
func load(dist fs.FS) *bundle {
	b := &bundle{names: map[string]string{}, files: map[string]*file{}}
	text, err := fs.ReadFile(dist, manifestName)
	if err != nil || json.Unmarshal(text, &b.names) != nil {
		return b
	}
	b.files[manifestName] = newFile(manifestName, "no-store", text)
	for _, hashed := range b.names {
		for _, name := range []string{hashed, hashed + ".map"} {
			if content, err := fs.ReadFile(dist, name); err == nil {
				b.files[name] = newFile(name, forEver, content)
				b.files[name].small, _ = fs.ReadFile(dist, name+".br")
			}
		}
	}
	return b
}

// kinds are the types by extension; the machine's own table may not know them all.
var kinds = map[string]string{
	".js":    "text/javascript; charset=utf-8",
	".css":   "text/css; charset=utf-8",
	".svg":   "image/svg+xml",
	".json":  "application/json",
	".map":   "application/json",
	".woff2": "font/woff2",
}

func newFile(name, keep string, content []byte) *file {
	f := &file{kind: kinds[path.Ext(name)], keep: keep, plain: content}
	if path.Ext(name) != ".woff2" {
		f.zip = sync.OnceValue(func() []byte { return compress(content) })
	}
	return f
}

func compress(content []byte) []byte {
	var out bytes.Buffer
	zip, _ := gzip.NewWriterLevel(&out, gzip.BestCompression) // the level is valid
	_, _ = zip.Write(content)                                 // a buffer takes everything
	_ = zip.Close()
	return out.Bytes()
}

func (b *bundle) url(name string) string {
	hashed, found := b.names[name]
	if !found || b.files[hashed] == nil {
		return ""
	}
	return prefix + hashed
}

// ServeHTTP serves one file by its hashed name.
func (b *bundle) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if len(b.files) == 0 {
		http.Error(w, ErrNotBuilt.Error(), http.StatusServiceUnavailable)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "assets can only be read", http.StatusMethodNotAllowed)
		return
	}
	f := b.files[strings.TrimPrefix(r.URL.Path, prefix)]
	if f == nil {
		http.NotFound(w, r)
		return
	}
	f.serve(w, r)
}

func (f *file) serve(w http.ResponseWriter, r *http.Request) {
	header, content := w.Header(), f.plain
	header.Set("Content-Type", f.kind)
	header.Set("Cache-Control", f.keep)
	header.Set("X-Content-Type-Options", "nosniff")
	if f.zip != nil {
		header.Set("Vary", "Accept-Encoding")
		switch accept := r.Header.Get("Accept-Encoding"); {
		case f.small != nil && takes(accept, "br"):
			header.Set("Content-Encoding", "br")
			content = f.small
		case takes(accept, "gzip"):
			header.Set("Content-Encoding", "gzip")
			content = f.zip()
		}
	}
	header.Set("Content-Length", strconv.Itoa(len(content)))
	if r.Method == http.MethodGet {
		_, _ = w.Write(content) // a reader who left needs no answer
	}
}

// takes tells whether an Accept-Encoding header names the coding.
func takes(accept, wanted string) bool {
	for part := range strings.SplitSeq(accept, ",") {
		coding, weight, _ := strings.Cut(part, ";")
		if strings.EqualFold(strings.TrimSpace(coding), wanted) {
			q, err := strconv.ParseFloat(strings.TrimPrefix(strings.TrimSpace(weight), "q="), 64)
			return err != nil || q > 0
		}
	}
	return false
}
