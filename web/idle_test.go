package web_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"log/slog"
	"math"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"corkboard/board"
	"corkboard/presence"
	"corkboard/web"
)

// line is a client's end of a socket without any library: what is measured or
// sent by hand is nobody else's.
type line struct {
	net.Conn
	r       *bufio.Reader
	payload []byte
}

// line opens a socket by hand; headers are whole lines.
func (p *person) line(headers ...string) *line {
	p.site.t.Helper()
	headers = append(headers, "Origin: "+p.site.url)
	if cookie := p.cookie(); cookie != nil {
		headers = append(headers, "Cookie: "+cookie.String())
	}
	return openLine(p.site.t, strings.TrimPrefix(p.site.url, "http://"), headers...)
}

func openLine(t *testing.T, address string, headers ...string) *line {
	t.Helper()
	c, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	l := &line{Conn: c, r: bufio.NewReaderSize(c, 16)}
	headers = append(headers, "Host: "+address, "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
		"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Protocol: "+board.Subprotocol)
	l.write("GET /ws HTTP/1.1\r\n" + strings.Join(headers, "\r\n") + "\r\n\r\n")
	resp, err := http.ReadResponse(l.r, nil)
	if err != nil || resp.StatusCode != http.StatusSwitchingProtocols {
		t.Fatalf("%v, %v", resp, err)
	}
	return l
}

// TestAnIdleSocketIsSmall beside one of a bare loop, which has no session, no
// seat and no name, but a reader: both ends of each in this process. Ours has said
// hello and sent an op, and nobody reads it: a reader's stack is the largest part
// of what the other one takes.
func TestAnIdleSocketIsSmall(t *testing.T) {
	const sockets = 150
	c := newCast(t, func(o *web.Options) { o.Log = slog.New(slog.DiscardHandler) })
	address := strings.TrimPrefix(bareLoop(t), "http://")
	bare, readers := costOf(sockets, func(int) func() {
		openLine(t, address)
		return func() {}
	}, func(int) {})
	ours, more := costOf(sockets, func(i int) func() {
		l := c.editor.line()
		l.send(hello(c.board, fmt.Sprintf("client-%03d", i)))
		welcome := l.next(t, "welcome")
		l.send(ops(welcome.Gen, `{"mid":1,"kind":"note.delete","note":"note-aaaa"}`))
		l.next(t, "ack")
		return func() { // it hears who has come since, so that nothing waits for it
			l.send(pingText)
			l.next(t, "pong")
		}
	}, c.toldNodes)
	bare += readers * leastStack / sockets
	t.Logf("%d bytes, of a bare loop %d; %d goroutines for %d sockets, of a bare loop %d", ours, bare, more, sockets, readers)
	if 4*ours > 5*bare {
		t.Errorf("an idle socket takes %d bytes, one of a bare loop %d", ours, bare)
	}
	if readers < sockets || more > sockets/10 {
		t.Errorf("%d goroutines for %d idle sockets, of a bare loop %d", more, sockets, readers)
	}
}

// toldNodes waits until other nodes can read that so many are on the board: what
// is written for them takes as much as an idle socket, for as long as that takes.
func (c *cast) toldNodes(many int) {
	c.site.t.Helper()
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		kept, err := c.site.bus.Kept("presence:" + c.board)
		if err != nil {
			c.site.t.Fatal(err)
		}
		told := 0
		for _, value := range kept {
			var peers []presence.Peer
			if err := json.Unmarshal(value, &peers); err != nil {
				c.site.t.Fatal(err)
			}
			told += len(peers)
		}
		if told == many {
			return
		}
		if time.Now().After(deadline) {
			c.site.t.Fatalf("%d of %d are told to other nodes", told, many)
		}
	}
}

// leastStack is what a goroutine takes at least, in bytes. How much all of them
// have in use at a moment says little: what one gives back another is given later.
const leastStack = 2 << 10

// bareLoop answers sockets with as little as possible.
func bareLoop(t *testing.T) (url string) {
	t.Helper()
	upgrader := websocket.Upgrader{ReadBufferSize: 512, WriteBufferPool: &sync.Pool{}, CheckOrigin: func(*http.Request) bool { return true }}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ws, err := upgrader.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		go func() {
			defer ws.Close()
			for {
				if _, _, err := ws.NextReader(); err != nil {
					return
				}
			}
		}()
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// costOf is how much of the heap each of n sockets takes once it is idle, beside
// others, and how many goroutines all of them have: what the first ones leave
// behind for all is no part of it. Open returns what brings a socket to rest once
// all are there; rest waits for what so many sockets have begun.
func costOf(n int, open func(i int) (settle func()), rest func(sockets int)) (bytes, goroutines int) {
	gather := func(first int) {
		settle := make([]func(), n)
		for i := range settle {
			settle[i] = open(first + i)
		}
		for _, do := range settle {
			do()
		}
		rest(first + n)
	}
	gather(0)
	heap, running := inUse()
	gather(n)
	bytes, goroutines = inUse()
	return (bytes - heap) / n, goroutines - running
}

// inUse is the heap, without what is not needed any more, and all goroutines: the
// least of some looks, because a heartbeat may come amid one.
func inUse() (heap, goroutines int) {
	heap = math.MaxInt
	for range 3 {
		for range 3 { // what a pool holds goes with the second
			runtime.GC()
		}
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		heap = min(heap, int(m.HeapAlloc))
	}
	return heap, runtime.NumGoroutine()
}
