package web

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"corkboard/board"
)

// In tests a socket is laid to rest whenever nothing is left to be read.
func init() {
	theNight().after = 0
}

// sitter is a seat that tells what its socket brings.
type sitter struct {
	frames chan string
	left   chan struct{}
}

func (s *sitter) Receive(frame []byte) { s.frames <- string(frame) }
func (s *sitter) Leave()               { close(s.left) }

func (s *sitter) expect(t *testing.T, want string) {
	t.Helper()
	select {
	case got := <-s.frames:
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	case <-time.After(15 * time.Second):
		t.Fatalf("%q does not come", want)
	}
}

func (s *sitter) expectEnd(t *testing.T) {
	t.Helper()
	select {
	case <-s.left:
	case <-time.After(15 * time.Second):
		t.Fatal("the seat is kept")
	}
}

// seated is a socket that has just been seated, and its client's line.
func seated(t *testing.T, n *night) (*conn, *sitter, io.WriteCloser) {
	t.Helper()
	s := &Server{metrics: newMetrics(new(board.Stats))}
	up := make(chan *conn, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		lent := &lending{ResponseWriter: w}
		ws, err := (&websocket.Upgrader{WriteBufferPool: noBuffers{}}).Upgrade(lent, r, nil)
		if err != nil {
			t.Error(err)
			return
		}
		c := newConn(ws, false, s.metrics)
		c.in, c.server, c.night, c.heard = lent.in, s, n, uptime()
		up <- c
	}))
	t.Cleanup(server.Close)
	at, _ := url.Parse(server.URL)
	client, _, err := websocket.DefaultDialer.Dial("ws://"+at.Host, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { client.Close() })
	c, seat := <-up, &sitter{frames: make(chan string, 10), left: make(chan struct{})}
	c.session = seat
	s.sockets.Add(1)
	if !n.rest(c, restAfter) {
		go c.listen()
	}
	return c, seat, client.NetConn()
}

// atRest waits until nobody reads a socket.
func atRest(t *testing.T, c *conn) {
	t.Helper()
	for end := time.Now().Add(15 * time.Second); ; time.Sleep(time.Millisecond) {
		c.night.mu.Lock()
		resting := c.bed.resting
		c.night.mu.Unlock()
		if resting {
			return
		}
		if time.Now().After(end) {
			t.Fatal("the socket does not rest")
		}
	}
}

// maskedText is a client's frame, with a mask that changes nothing.
func maskedText(text string) string {
	return string([]byte{finalBit | websocket.TextMessage, 0x80 | byte(len(text)), 0, 0, 0, 0}) + text
}

func send(t *testing.T, client io.Writer, bytes string) {
	t.Helper()
	if _, err := io.WriteString(client, bytes); err != nil {
		t.Fatal(err)
	}
}

// TestASocketAtRestHearsEverything: one frame, several at once, and what comes in
// pieces; nobody reads it in between.
func TestASocketAtRestHearsEverything(t *testing.T) {
	t.Parallel()
	c, seat, client := seated(t, theNight())
	for _, bytes := range []string{maskedText("one"), maskedText("one"), maskedText("one") + maskedText("two")} {
		atRest(t, c)
		send(t, client, bytes)
		seat.expect(t, "one")
	}
	seat.expect(t, "two")
	atRest(t, c)
	pieces := maskedText("one") + maskedText("two")
	for i := range pieces {
		send(t, client, pieces[i:i+1])
	}
	seat.expect(t, "one")
	seat.expect(t, "two")
	atRest(t, c)
	_ = client.Close()
	seat.expectEnd(t)
}

// TestASocketAtRestIsEnded by us, though the other side does not answer.
func TestASocketAtRestIsEnded(t *testing.T) {
	t.Parallel()
	c, seat, _ := seated(t, theNight())
	atRest(t, c)
	c.Close(board.CloseDenied, "Out.")
	seat.expectEnd(t)
}

// TestASilentSocketAtRestIsEnded once its time is over, and no other.
func TestASilentSocketAtRestIsEnded(t *testing.T) {
	t.Parallel()
	n := newNight()
	silent, seat, _ := seated(t, n)
	other, otherSeat, client := seated(t, n)
	atRest(t, silent)
	atRest(t, other)
	n.mu.Lock()
	silent.heard -= readPatience + leeway
	silent.bed.since -= readPatience
	n.mu.Unlock()
	n.endSilent()
	seat.expectEnd(t)
	send(t, client, maskedText("here"))
	otherSeat.expect(t, "here")
}

// TestASocketInUseKeepsItsReader until it was quiet for a while.
func TestASocketInUseKeepsItsReader(t *testing.T) {
	t.Parallel()
	n := newNight()
	n.after = restAfter
	c, seat, client := seated(t, n)
	if !n.take(c) {
		t.Fatal("it does not rest after the hello")
	}
	if n.rest(c, restAfter-1) || !n.rest(c, restAfter) {
		t.Error("it rests too soon, or not at all")
	}
	send(t, client, maskedText("here"))
	seat.expect(t, "here")
}

// TestWorkersDoNotWaitForEachOther: many sockets are dealt with while one is not.
func TestWorkersDoNotWaitForEachOther(t *testing.T) {
	t.Parallel()
	_, slow, client := seated(t, theNight())
	for range cap(slow.frames) + 1 {
		send(t, client, maskedText("stuck"))
	}
	for range 2 * spareWorkers {
		_, seat, client := seated(t, theNight())
		send(t, client, maskedText("quick"))
		seat.expect(t, "quick")
	}
	for range cap(slow.frames) + 1 {
		slow.expect(t, "stuck")
	}
}
