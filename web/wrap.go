package web

import (
	"bufio"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/klauspost/compress/gzhttp"
)

// maxBody bounds every request's body; most routes bound theirs tighter.
const maxBody = 11 << 20

// wrap is what every request passes on its way to the table of URLs, from the
// outside in: its state and log line, panics, headers, other sites, compression.
func (s *Server) wrap(table http.Handler) http.Handler {
	sites := http.NewCrossOriginProtection()
	if err := sites.AddTrustedOrigin(s.origin); err != nil {
		panic(fmt.Sprintf("web: the public URL was not checked: %v", err))
	}
	sites.SetDenyHandler(s.answer(func(http.ResponseWriter, *http.Request) error { return errOrigin }))
	inner := s.recovering(s.headers(s.atHome(sites.Handler(compressing(table)))))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r = begin(r)
		start := s.now()
		rec := &recorder{ResponseWriter: w}
		r.Body = http.MaxBytesReader(rec, r.Body, maxBody)
		inner.ServeHTTP(rec, r) // with this very r, on which the table leaves the pattern
		s.account(r, rec, s.now().Sub(start))
	})
}

// atHome sends browsers that came for a page by another name of this machine,
// such as localhost for 127.0.0.1, to the public URL: only pages from there may
// open sockets. Other names and ports are left alone: a proxy may have put them
// there. So are programs, which do not ask for HTML and would lose their key.
func (s *Server) atHome(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		page := r.Method == http.MethodGet && strings.Contains(r.Header.Get("Accept"), "text/html")
		if page && aliasOf(r.Host, s.PublicURL.Host) {
			http.Redirect(w, r, s.link(r.URL.RequestURI()), http.StatusTemporaryRedirect)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// account writes the request's line in the log and counts it.
func (s *Server) account(r *http.Request, rec *recorder, took time.Duration) {
	s.metrics.request(r.Pattern, rec.code(), took)
	level := slog.LevelInfo
	if strings.HasPrefix(r.URL.Path, "/assets/") || r.Pattern == "GET /healthz" || r.Pattern == "GET /readyz" {
		level = slog.LevelDebug
	}
	s.Log.LogAttrs(r.Context(), level, "request",
		slog.String("request", requestID(r.Context())),
		slog.String("method", r.Method),
		slog.String("path", redacted(r.URL.Path)),
		slog.Int("status", rec.code()),
		slog.Int64("bytes", rec.bytes),
		slog.Duration("took", took),
		slog.String("from", s.Proxies.client(r)))
}

// recovering answers with a problem when an action panics, and logs where.
func (s *Server) recovering(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			v := recover()
			if v == nil {
				return
			}
			if v == http.ErrAbortHandler {
				panic(v)
			}
			s.Log.ErrorContext(r.Context(), "panic", "request", requestID(r.Context()), "value", fmt.Sprint(v), "stack", string(debug.Stack()))
			if rec, ok := w.(*recorder); ok && rec.status == 0 {
				s.fail(w, r, fmt.Errorf("panic: %v", v))
			}
		}()
		next.ServeHTTP(w, r)
	})
}

var gzipped, _ = gzhttp.NewWrapper(gzhttp.EnableZstd(false), gzhttp.MinSize(1024)) // the options are valid

// compressing compresses pages and API answers. Sockets must have the
// connection to themselves, and assets bring their own compression.
func compressing(next http.Handler) http.Handler {
	packed := gzipped(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/ws" || strings.HasPrefix(r.URL.Path, "/assets/") {
			next.ServeHTTP(w, r)
			return
		}
		packed.ServeHTTP(w, r)
	})
}

// recorder remembers what was answered.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (rec *recorder) WriteHeader(status int) {
	if rec.status == 0 {
		rec.status = status
	}
	rec.ResponseWriter.WriteHeader(status)
}

func (rec *recorder) Write(b []byte) (int, error) {
	if rec.status == 0 {
		rec.status = http.StatusOK
	}
	n, err := rec.ResponseWriter.Write(b)
	rec.bytes += int64(n)
	return n, err
}

// Hijack hands a socket its connection.
func (rec *recorder) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	rec.status = http.StatusSwitchingProtocols
	return http.NewResponseController(rec.ResponseWriter).Hijack()
}

// Unwrap lets http.ResponseController find what is below.
func (rec *recorder) Unwrap() http.ResponseWriter { return rec.ResponseWriter }

func (rec *recorder) code() int {
	if rec.status == 0 {
		return http.StatusOK
	}
	return rec.status
}
