package web

import (
	"bytes"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"corkboard/board"
)

// stall has a frame leave in part, as on a socket that is not read, and keeps the
// rest in the queue until release is called.
func stall(t *testing.T, c *conn, f *board.Frame) (release func()) {
	t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.leaves(f) || c.skip == 0 {
		t.Fatalf("%d bytes have left of %d", c.skip, f.Size())
	}
	c.queue, c.queued, c.writing = []*board.Frame{f}, costOf(f), true
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		go c.write()
	}
}

// expect reads messages, whole and in this order.
func expect(t *testing.T, client *websocket.Conn, want ...string) {
	t.Helper()
	for _, text := range want {
		if _, data, err := client.ReadMessage(); err != nil || string(data) != text {
			t.Fatalf("%d bytes %.20q, %v; want %d bytes %.20q", len(data), data, err, len(text), text)
		}
	}
}

var large = strings.Repeat("large ", board.MaxQueue/6-100)

// TestTheRestOfAFrameComesFirst: before what is sent after it, and an answer to a
// ping does not come within it.
func TestTheRestOfAFrameComesFirst(t *testing.T) {
	t.Parallel()
	c, client := socketPair(t)
	release := stall(t, c, frameOf(large))
	c.Send(frameOf("small"))
	c.answer([]byte("ping"))
	ponged := make(chan string, 1)
	client.SetPongHandler(func(data string) error { ponged <- data; return nil })
	release()
	expect(t, client, large, "small")
	c.Send(frameOf("at rest again"))
	expect(t, client, "at rest again")
	if data := <-ponged; data != "ping" {
		t.Errorf("ponged %q", data)
	}
}

// TestTooSlowWithinAFrame: when a socket is cut while a frame has left in part, its
// rest goes before the close frame, which would else be read as that rest.
func TestTooSlowWithinAFrame(t *testing.T) {
	t.Parallel()
	c, client := socketPair(t)
	release := stall(t, c, frameOf(large))
	for range 3 {
		c.Send(frameOf(large))
	}
	if !c.closing() {
		t.Fatal("the socket lives on")
	}
	c.allow(time.Minute) // longer than it is given, on a machine that has other things to do
	release()
	expect(t, client, large)
	var e *websocket.CloseError
	if code := closeCode(t, client, &e); code != int(board.CloseSlow) {
		t.Errorf("closed with %d", code)
	}
}

// TestOneIsWrittenToAtOnce: nothing waits, so no writer is needed; but not in a
// crowd, where each socket has a writer, and order is kept between the two ways.
func TestOneIsWrittenToAtOnce(t *testing.T) {
	t.Parallel()
	c, client := socketPair(t)
	c.mu.Lock()
	if !c.leaves(frameOf("one")) || c.leaves(&board.Frame{Crowd: true}) {
		t.Error("a frame to one waits, or one to a crowd does not")
	}
	c.mu.Unlock()
	toMany := frameOf("two")
	toMany.Crowd = true
	c.Send(toMany)
	c.Send(frameOf("three"))
	expect(t, client, "one", "two", "three")
}

func TestWhatIsLeftOfPieces(t *testing.T) {
	t.Parallel()
	const whole = "one, two and three"
	for skip := range len(whole) + 1 {
		pieces := net.Buffers{[]byte("one, "), nil, []byte("two"), []byte(" and three"), nil}
		if left := string(bytes.Join(after(skip, pieces), nil)); left != whole[skip:] {
			t.Errorf("after %d bytes %q is left", skip, left)
		}
	}
}
