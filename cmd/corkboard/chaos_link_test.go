package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	toxiproxy "github.com/Shopify/toxiproxy/v2"
	"github.com/rs/zerolog"
)

// link is a network link: a bridge whose address stays, behind it toxiproxy, which
// delays, thins and chokes what passes, and behind that a bridge which can be cut
// and led elsewhere.
type link struct {
	*bridge // the far one
	t       *testing.T
	near    *bridge
	proxy   *toxiproxy.Proxy
}

// newLink leads to target: host:port, or the path of a unix socket.
func newLink(t *testing.T, target string) *link {
	t.Helper()
	l := &link{bridge: newBridge(t, target), t: t, near: newBridge(t, "")}
	l.renew()
	t.Cleanup(func() {
		l.near.cut()
		l.cut()
		l.proxy.Stop()
	})
	return l
}

// address is where to connect to instead of the target.
func (l *link) address() string { return l.near.listener.Addr().String() }

// renew puts a toxiproxy of its own between the bridges. What crosses now is cut.
func (l *link) renew() {
	l.t.Helper()
	server := toxiproxy.NewServer(toxiproxy.NewMetricsContainer(nil), zerolog.Nop())
	l.proxy = toxiproxy.NewProxy(server, l.t.Name(), "127.0.0.1:0", l.listener.Addr().String())
	if err := l.proxy.Start(); err != nil {
		l.t.Fatal(err)
	}
	l.near.lead(l.proxy.Listen)
	l.near.cut()
}

// stuckAfter is when a change of toxics is given up. Toxiproxy 2.12 can wait for
// itself: a connection that has just ended waits for the lock of the change, which
// waits for a toxic that would pass something on to that connection.
const stuckAfter = 5 * time.Second

// change changes the toxics, of a new toxiproxy if the one that is there is stuck.
func (l *link) change(do func(*toxiproxy.ToxicCollection)) {
	l.t.Helper()
	toxics, done := l.proxy.Toxics, make(chan struct{})
	go func() {
		defer close(done)
		do(toxics)
	}()
	select {
	case <-done:
	case <-time.After(stuckAfter):
		l.renew()
		do(l.proxy.Toxics)
	}
}

// toxic is one of toxiproxy's, with its own attributes.
type toxic struct {
	Type       string         `json:"type"`
	Stream     string         `json:"stream"` // upstream or downstream
	Attributes map[string]any `json:"attributes"`
}

func (l *link) poison(toxics ...toxic) {
	l.t.Helper()
	for _, toxic := range toxics {
		data, err := json.Marshal(toxic)
		if err != nil {
			l.t.Fatal(err)
		}
		l.change(func(c *toxiproxy.ToxicCollection) {
			if _, err := c.AddToxicJson(bytes.NewReader(data)); err != nil {
				l.t.Errorf("%+v: %v", toxic, err)
			}
		})
	}
}

// heal takes all toxics away.
func (l *link) heal() {
	l.t.Helper()
	l.change(func(c *toxiproxy.ToxicCollection) { c.ResetToxics(context.Background()) })
}

// halfOpen makes both ways swallow everything, and tells neither side.
func (l *link) halfOpen() {
	l.t.Helper()
	nothing := map[string]any{"timeout": 0}
	l.poison(toxic{"timeout", "upstream", nothing}, toxic{"timeout", "downstream", nothing})
}

// redisLink leads to a Redis by its URL; it returns the URL to use instead.
func redisLink(t *testing.T, address string) (*link, string) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	l := newLink(t, u.Path)
	return l, "redis://" + l.address() + "/0"
}

// postgresLink leads to a Postgres by its URL; it returns the URL to use instead.
func postgresLink(t *testing.T, address string) (*link, string) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	query := u.Query()
	l := newLink(t, postgresTarget(u))
	host, port, err := net.SplitHostPort(l.address())
	if err != nil {
		t.Fatal(err)
	}
	query.Set("host", host)
	query.Set("port", port)
	query.Set("sslmode", "disable")
	u.Host, u.RawQuery = "", query.Encode()
	return l, u.String()
}

func postgresTarget(u *url.URL) string {
	if folder := u.Query().Get("host"); strings.HasPrefix(folder, "/") {
		return filepath.Join(folder, ".s.PGSQL.5432")
	}
	return u.Host
}

// bridge carries bytes between whoever connects and a target.
type bridge struct {
	listener net.Listener

	mu       sync.Mutex
	target   string
	down     bool
	conns    map[net.Conn]bool
	crossing func(request []byte) verdict // see watch
}

// verdict is what becomes of a request on a bridge.
type verdict int

const (
	pass      verdict = iota
	cutBefore         // the target does not get it
	cutAfter          // the target has answered it, and the answer is lost
)

func newBridge(t *testing.T, target string) *bridge {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	b := &bridge{listener: l, target: target, conns: map[net.Conn]bool{}}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			go b.carry(client)
		}
	}()
	return b
}

// cut breaks every connection that crosses now.
func (b *bridge) cut() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for c := range b.conns {
		c.Close()
	}
	clear(b.conns)
}

// interrupt breaks every connection and lets none cross until restore.
func (b *bridge) interrupt() {
	b.mu.Lock()
	b.down = true
	b.mu.Unlock()
	b.cut()
}

func (b *bridge) restore() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.down = false
}

// lead makes new connections go to another target.
func (b *bridge) lead(target string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.target = target
}

// watch has look at everything that goes to the target; it may have the
// connection cut there.
func (b *bridge) watch(look func(request []byte) verdict) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.crossing = look
}

func (b *bridge) judge(request []byte) verdict {
	b.mu.Lock()
	look := b.crossing
	b.mu.Unlock()
	if look == nil {
		return pass
	}
	return look(request)
}

// cross connects to the target and notes both ends; nil while the bridge is down.
func (b *bridge) cross(client net.Conn) net.Conn {
	b.mu.Lock()
	target, down := b.target, b.down
	b.mu.Unlock()
	network := "tcp"
	if strings.HasPrefix(target, "/") {
		network = "unix"
	}
	if down {
		return nil
	}
	server, err := net.Dial(network, target)
	if err != nil {
		return nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.conns[client], b.conns[server] = true, true
	return server
}

func (b *bridge) forget(ends ...net.Conn) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, c := range ends {
		c.Close()
		delete(b.conns, c)
	}
}

func (b *bridge) carry(client net.Conn) {
	server := b.cross(client)
	if server == nil {
		client.Close()
		return
	}
	defer b.forget(client, server)
	var muted atomic.Bool
	go func() {
		defer b.forget(client, server)
		_, _ = io.Copy(unless{client, &muted}, server) // an error is the connection's end
	}()
	buf := make([]byte, 64<<10)
	for {
		n, err := client.Read(buf)
		if err != nil {
			return
		}
		switch b.judge(buf[:n]) {
		case cutBefore:
			return
		case cutAfter:
			muted.Store(true)
		}
		if _, err := server.Write(buf[:n]); err != nil {
			return
		}
	}
}

// unless passes on what is written until it is muted: then the first thing that
// comes ends the copying.
type unless struct {
	io.Writer
	muted *atomic.Bool
}

func (u unless) Write(p []byte) (int, error) {
	if u.muted.Load() {
		return 0, io.ErrClosedPipe
	}
	return u.Writer.Write(p)
}
