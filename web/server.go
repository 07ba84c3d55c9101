package web

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"sync"
	"time"

	"corkboard/auth"
	"corkboard/board"
)

// Options are what a Server works with. All but Proxies, Limits, Ready and
// PrivateMetrics are needed.
type Options struct {
	PublicURL *url.URL // under which people reach the server: scheme, host, port
	Version   string
	Hub       *board.Hub
	Library   *board.Library
	Pictures  *board.Pictures
	Boards    board.Store
	Auth      *auth.Service
	Log       *slog.Logger
	Proxies   Proxies                     // in front of this node, beside those on its own machine
	Ready     func(context.Context) error // why the server cannot work just now; nil: it can
	TrashDays int                         // how long boards stay in the trash; 0: for ever
	Counters  []Counter                   // more numbers for /metrics
	Limits    Limits                      // the zero value stands for DefaultLimits

	// PrivateMetrics leaves /metrics to the AdminHandler.
	PrivateMetrics bool
}

// Server is the HTTP face of one node.
type Server struct {
	Options
	handler http.Handler
	origin  string // of PublicURL
	now     func() time.Time
	metrics *metrics
	limits  *limiters
	sockets sync.WaitGroup

	up    context.Context // ends with Drain
	drain context.CancelFunc
}

// New returns a server; serve its Handler.
func New(o Options) *Server {
	if o.Limits == (Limits{}) {
		o.Limits = DefaultLimits
	}
	s := &Server{
		Options: o,
		origin:  originOf(o.PublicURL),
		now:     time.Now,
		metrics: newMetrics(&o.Hub.Stats, o.Counters...),
		limits:  newLimiters(o.Limits),
	}
	s.up, s.drain = context.WithCancel(context.Background())
	s.handler = s.wrap(s.routes())
	return s
}

// Handler answers every request.
func (s *Server) Handler() http.Handler { return s.handler }

// Drain makes /readyz say no and refuses new sockets, so that a balancer and
// the clients turn to other nodes. Sockets that have not said hello end now;
// closing the Hub then ends the others.
func (s *Server) Drain() { s.drain() }

func (s *Server) draining() bool { return s.up.Err() != nil }

// Wait returns when the last socket has ended, or with the context's error.
func (s *Server) Wait(ctx context.Context) error {
	gone := make(chan struct{})
	go func() {
		s.sockets.Wait()
		close(gone)
	}()
	select {
	case <-gone:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// link returns the public address of a path of ours.
func (s *Server) link(path string) string { return s.origin + path }

// secure tells whether people reach the server over TLS.
func (s *Server) secure() bool { return s.PublicURL.Scheme == "https" }
