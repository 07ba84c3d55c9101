package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// fakeNode answers with its name, and is ready when told so.
func fakeNode(t *testing.T, name string) (address string, ready *atomic.Bool) {
	ready = new(atomic.Bool)
	ready.Store(true)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/readyz" && !ready.Load() {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		io.WriteString(w, name+" for "+r.Host+" from "+r.Header.Get("X-Forwarded-For"))
	}))
	t.Cleanup(server.Close)
	return strings.TrimPrefix(server.URL, "http://"), ready
}

func startBalancer(t *testing.T, addresses ...string) (*balancer, func() string) {
	b := newBalancer(addresses, slog.New(slog.DiscardHandler))
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	go b.watch(ctx)
	front := httptest.NewServer(b)
	t.Cleanup(front.Close)
	return b, func() string {
		answer, err := http.Get(front.URL + "/")
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		body, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		return string(body)
	}
}

func awaitReady(t *testing.T, b *balancer, want ...bool) {
	t.Helper()
	for until := time.Now().Add(10 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		same := true
		for i, n := range b.backends {
			same = same && n.ready.Load() == want[i]
		}
		if same {
			return
		}
		if time.Now().After(until) {
			t.Fatalf("the nodes never became ready as %v", want)
		}
	}
}

func TestEachRequestGoesToTheNextReadyNode(t *testing.T) {
	t.Parallel()
	one, oneReady := fakeNode(t, "one")
	two, _ := fakeNode(t, "two")
	b, get := startBalancer(t, one, two)
	awaitReady(t, b, true, true)
	a, c := get(), get()
	if a[:3] == c[:3] {
		t.Errorf("two requests went to one node: %q, %q", a, c)
	}
	if !strings.Contains(a, "for 127.0.0.1:") || !strings.HasSuffix(a, "from 127.0.0.1") {
		t.Errorf("the node was told %q, want the host as it was typed and who asks", a)
	}
	oneReady.Store(false)
	awaitReady(t, b, false, true)
	for range 4 {
		if got := get(); !strings.HasPrefix(got, "two") {
			t.Errorf("a node that is not ready was asked: %q", got)
		}
	}
}

func TestWithoutAReadyNodeTheAnswerSaysSo(t *testing.T) {
	t.Parallel()
	one, ready := fakeNode(t, "one")
	ready.Store(false)
	b, get := startBalancer(t, one)
	awaitReady(t, b, false)
	if got := get(); !strings.Contains(got, "No node is ready") {
		t.Errorf("got %q", got)
	}
}

// Without the proxy nobody reaches the nodes: they go down with it.
func TestNodesEndWithTheProxy(t *testing.T) {
	t.Parallel()
	log := slog.New(slog.DiscardHandler)
	n, err := newNode(1, "/no/such/program", nil, log)
	if err != nil {
		t.Fatal(err)
	}
	broken := errors.New("the proxy broke")
	ended := make(chan error, 1)
	go func() { ended <- beside(t.Context(), []*node{n}, func(context.Context) error { return broken }) }()
	select {
	case err := <-ended:
		if err != broken {
			t.Errorf("ended with %v", err)
		}
	case <-time.After(10 * time.Second):
		t.Error("the nodes live on")
	}
}
