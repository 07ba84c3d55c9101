package main

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httputil"
	"net/url"
	"sync/atomic"
	"time"
)

// Times of a balancer.
const (
	lookEvery    = 250 * time.Millisecond
	lookPatience = 2 * time.Second
)

// balancer sends each request to the next node that is ready. It looks at
// nothing in the request: no session sticks to a node.
type balancer struct {
	backends []*backend
	turn     atomic.Uint64
}

// backend is a node as the balancer knows it.
type backend struct {
	url   string
	ready atomic.Bool // as its /readyz last said
	proxy *httputil.ReverseProxy
}

func newBalancer(addresses []string, log *slog.Logger) *balancer {
	b := &balancer{}
	for _, address := range addresses {
		target := &url.URL{Scheme: "http", Host: address}
		n := &backend{url: target.String()}
		n.proxy = &httputil.ReverseProxy{
			Rewrite: func(r *httputil.ProxyRequest) {
				r.SetURL(target)
				r.Out.Host = r.In.Host
				r.SetXForwarded()
			},
			ErrorHandler: func(w http.ResponseWriter, _ *http.Request, err error) {
				if !errors.Is(err, context.Canceled) {
					n.ready.Store(false)
					log.Warn("a node did not answer", "address", address, "error", err)
				}
				w.WriteHeader(http.StatusBadGateway)
			},
		}
		b.backends = append(b.backends, n)
	}
	return b
}

func (b *balancer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if n := b.next(); n != nil {
		n.proxy.ServeHTTP(w, r)
		return
	}
	w.Header().Set("Retry-After", "1")
	http.Error(w, "No node is ready. Try again in a moment.", http.StatusServiceUnavailable)
}

// next is the next ready node in turn, or nil.
func (b *balancer) next() *backend {
	for range b.backends {
		n := b.backends[b.turn.Add(1)%uint64(len(b.backends))]
		if n.ready.Load() {
			return n
		}
	}
	return nil
}

// watch asks each node whether it is ready, until ctx ends.
func (b *balancer) watch(ctx context.Context) {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		for _, n := range b.backends {
			go n.look(ctx)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

func (n *backend) look(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, lookPatience)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, n.url+"/readyz", nil)
	if err != nil {
		return // an address of ours is well formed
	}
	answer, err := http.DefaultClient.Do(request)
	if err == nil {
		answer.Body.Close()
	}
	n.ready.Store(err == nil && answer.StatusCode == http.StatusOK)
}
