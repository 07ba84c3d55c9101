package web

import (
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"corkboard/board"
)

func TestRedacted(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"/": "/", "/b/b_1": "/b/b_1", "/s/secret": "/s/…", "/s/secret/": "/s/…", "/s/": "/s/…",
		"/embed/secret": "/embed/…", "/embed/secret/ticket": "/embed/…/ticket", "/boards": "/boards",
		"//s/secret": "/s/…", "/s//secret": "/s/…", "/x/../s/secret": "/s/…", "/s/x/secret": "/s/…", "/embed//secret/ticket": "/embed/…/ticket",
	} {
		if got := redacted(path); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}

func TestClientAddress(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ peer, forwarded, want string }{
		{"203.0.113.7:99", "", "203.0.113.7"},
		{"203.0.113.7:99", "192.0.2.1", "203.0.113.7"}, // a stranger may say what they like
		{"127.0.0.1:99", "", "127.0.0.1"},
		{"127.0.0.1:99", "192.0.2.1", "192.0.2.1"},
		{"127.0.0.1:99", "10.9.9.9, 192.0.2.1", "192.0.2.1"}, // what our proxy added, not what it was sent
		{"[::1]:99", "2001:db8::1", "2001:db8::1"},
		{"127.0.0.1:99", "nonsense", "127.0.0.1"},
		{"@", "", "@"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = c.peer
		if c.forwarded != "" {
			r.Header.Set("X-Forwarded-For", c.forwarded)
		}
		if got := clientAddress(r); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
}

func TestAliases(t *testing.T) {
	t.Parallel()
	for hosts, want := range map[[2]string]bool{
		{"localhost:8080", "127.0.0.1:8080"}: true,
		{"[::1]:8080", "127.0.0.1:8080"}:     true,
		{"localhost", "127.0.0.1"}:           true,
		{"127.0.0.1:8080", "127.0.0.1:8080"}: false,
		{"127.0.0.1:9090", "127.0.0.1:8080"}: false,
		{"localhost:9090", "127.0.0.1:8080"}: false,
		{"127.0.0.1:80", "example.com:80"}:   false,
		{"evil.example:80", "127.0.0.1:80"}:  false,
		{"", "127.0.0.1"}:                    false,
	} {
		if got := aliasOf(hosts[0], hosts[1]); got != want {
			t.Errorf("%q: %v", hosts, got)
		}
	}
}

func TestOrigins(t *testing.T) {
	t.Parallel()
	for public, want := range map[string]string{
		"https://Board.Example.com":     "https://board.example.com wss://board.example.com",
		"https://board.example.com:443": "https://board.example.com wss://board.example.com",
		"http://localhost:8080":         "http://localhost:8080 ws://localhost:8080",
		"http://[::1]:80/":              "http://[::1] ws://[::1]",
	} {
		u, err := url.Parse(public)
		if err != nil {
			t.Fatal(err)
		}
		if got := originOf(u) + " " + socketOrigin(u); got != want {
			t.Errorf("%s: %s, want %s", public, got, want)
		}
	}
}

func TestLimiterRefills(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	l := newLimiter("test", Rate{PerMinute: 6, Burst: 2})
	l.now = func() time.Time { return at }
	allowed := func(sender string) bool { return l.allow(sender) == nil }
	burst := func(sender string) int {
		n := 0
		for allowed(sender) {
			n++
		}
		return n
	}
	if a, b := burst("a"), burst("b"); a != 2 || b != 2 {
		t.Fatalf("%d and %d at once, want two for each sender", a, b)
	}
	h, err := l.take("a")
	if err == nil || h.Get("Retry-After") != "10" {
		t.Errorf("%v, %v", h, err)
	}
	at = at.Add(9 * time.Second)
	if allowed("a") {
		t.Error("allowed too soon")
	}
	at = at.Add(2 * time.Second)
	if n := burst("a"); n != 1 {
		t.Errorf("%d after eleven seconds, want one each ten", n)
	}
	at = at.Add(time.Hour)
	if n := burst("a"); n != 2 {
		t.Errorf("%d after an hour, want no more than the burst", n)
	}
}

// socketPair is the server's end of a socket and its client.
func socketPair(t *testing.T) (*conn, *websocket.Conn) {
	t.Helper()
	up := make(chan *websocket.Conn, 1)
	server := httptest.NewServer(handlerOf(func(ws *websocket.Conn) { up <- ws }))
	t.Cleanup(server.Close)
	client, _, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(server.URL, "http"), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { client.Close() })
	return newConn(<-up, newMetrics(new(board.Stats))), client
}

// TestSlowReaderIsCutOff (I16): what waits for one socket is bounded, and its
// end says that it may come back.
func TestSlowReaderIsCutOff(t *testing.T) {
	t.Parallel()
	c, client := socketPair(t)
	frame := &board.Frame{Data: []byte(strings.Repeat("x", 64<<10))}
	for range board.MaxQueue/len(frame.Data) + 1 {
		c.Send(frame)
		if c.queued > board.MaxQueue {
			t.Fatalf("%d bytes wait", c.queued)
		}
	}
	if !c.closing() {
		t.Fatal("the socket lives on")
	}
	go c.write()
	var e *websocket.CloseError
	if code := closeCode(t, client, &e); code != int(board.CloseSlow) {
		t.Errorf("closed with %d", code)
	}
	close(c.ended)
}

// TestOneLargeFrameIsNotSlowness: a board's snapshot may be larger than the queue.
func TestOneLargeFrameIsNotSlowness(t *testing.T) {
	t.Parallel()
	c, client := socketPair(t)
	c.Send(&board.Frame{Data: []byte(strings.Repeat("x", 3*board.MaxQueue))})
	go c.write()
	_, data, err := client.ReadMessage()
	if err != nil || len(data) != 3*board.MaxQueue || c.closing() {
		t.Errorf("%d bytes, %v", len(data), err)
	}
	close(c.ended)
}

func TestDroppableFramesAreDroppedFirst(t *testing.T) {
	t.Parallel()
	c, client := socketPair(t)
	c.Send(&board.Frame{Data: []byte(strings.Repeat("x", behind+1))})
	c.Send(&board.Frame{Data: []byte("cursor"), Droppable: true})
	c.Send(&board.Frame{Data: []byte("event")})
	go c.write()
	for _, want := range []string{strings.Repeat("x", behind+1), "event"} {
		if _, data, err := client.ReadMessage(); err != nil || string(data) != want {
			t.Errorf("%.20s, %v; want %.20s", data, err, want)
		}
	}
	c.Send(&board.Frame{Data: []byte("cursor"), Droppable: true})
	if _, data, err := client.ReadMessage(); err != nil || string(data) != "cursor" {
		t.Errorf("%s, %v", data, err)
	}
	close(c.ended)
}

// TestWhatIsQueuedLeavesBeforeTheEnd: an ack that stands before a close arrives.
func TestWhatIsQueuedLeavesBeforeTheEnd(t *testing.T) {
	t.Parallel()
	c, client := socketPair(t)
	c.Send(&board.Frame{Data: []byte("ack")})
	c.Close(board.CloseRestart, "Bye.")
	c.Close(board.CloseDenied, "Too late.")
	c.Send(&board.Frame{Data: []byte("after the end")})
	go c.write()
	if _, data, err := client.ReadMessage(); err != nil || string(data) != "ack" {
		t.Errorf("%s, %v", data, err)
	}
	var e *websocket.CloseError
	if code := closeCode(t, client, &e); code != int(board.CloseRestart) || e.Text != "Bye." {
		t.Errorf("closed with %d %v", code, e)
	}
	close(c.ended)
}
