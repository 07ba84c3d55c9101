package web_test

import (
	"bufio"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/gorilla/websocket"

	"corkboard/board"
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
// hello and sent an op, for which somebody needed a large stack for a while.
func TestAnIdleSocketIsSmall(t *testing.T) {
	const sockets = 300
	c := newCast(t, func(o *web.Options) { o.Log = slog.New(slog.DiscardHandler) })
	address := strings.TrimPrefix(bareLoop(t), "http://")
	bare := costOf(sockets, func(int) { openLine(t, address) })
	ours := costOf(sockets, func(i int) {
		l := c.editor.line()
		l.send(hello(c.board, fmt.Sprintf("client-%03d", i)))
		welcome := l.next(t, "welcome")
		l.send(ops(welcome.Gen, `{"mid":1,"kind":"note.delete","note":"note-aaaa"}`))
		l.next(t, "ack")
	})
	t.Logf("%d bytes, of a bare loop %d", ours, bare)
	if 4*ours > 5*bare {
		t.Errorf("an idle socket takes %d bytes, one of a bare loop %d", ours, bare)
	}
}

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

// costOf is how much memory each of n sockets takes once it is idle.
func costOf(n int, open func(i int)) int {
	before := memoryInUse()
	for i := range n {
		open(i)
	}
	return (memoryInUse() - before) / n
}

// memoryInUse is that of the heap and of all stacks, once what is not needed
// any more has been given back: a stack gets smaller by half each time.
func memoryInUse() int {
	for range 5 {
		runtime.GC()
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc + m.StackInuse)
}
