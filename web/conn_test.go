package web

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gorilla/websocket"

	"corkboard/board"
)

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
	c := newConn(<-up, false, newMetrics(new(board.Stats)))
	t.Cleanup(c.readerEnded)
	return c, client
}

// hold keeps what is sent in the queue until the answer is called.
func hold(c *conn) (release func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.writing = true
	return func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.writing = false
		c.stir()
	}
}

func frameOf(text string) *board.Frame { return board.NewFrame([]byte(text)) }

func droppable(text string) *board.Frame {
	f := frameOf(text)
	f.Droppable = true
	return f
}

// TestSlowReaderIsCutOff (I16): what waits for one socket is bounded, and its
// end says that it may come back.
func TestSlowReaderIsCutOff(t *testing.T) {
	t.Parallel()
	c, client := socketPair(t)
	release := hold(c)
	frame := frameOf(strings.Repeat("x", 64<<10))
	for range board.MaxQueue/frame.Size() + 1 {
		c.Send(frame)
		if c.queued > board.MaxQueue {
			t.Fatalf("%d bytes wait", c.queued)
		}
	}
	if !c.closing() {
		t.Fatal("the socket lives on")
	}
	release()
	var e *websocket.CloseError
	if code := closeCode(t, client, &e); code != int(board.CloseSlow) {
		t.Errorf("closed with %d", code)
	}
}

// TestOneLargeFrameIsNotSlowness: a board's snapshot may be larger than the queue.
func TestOneLargeFrameIsNotSlowness(t *testing.T) {
	t.Parallel()
	c, client := socketPair(t)
	c.Send(frameOf(strings.Repeat("x", 3*board.MaxQueue)))
	_, data, err := client.ReadMessage()
	if err != nil || len(data) != 3*board.MaxQueue || c.closing() {
		t.Errorf("%d bytes, %v", len(data), err)
	}
}

func TestDroppableFramesAreDroppedFirst(t *testing.T) {
	t.Parallel()
	c, client := socketPair(t)
	release := hold(c)
	c.Send(frameOf(strings.Repeat("x", behind+1)))
	c.Send(droppable("cursor"))
	c.Send(frameOf("event"))
	release()
	for _, want := range []string{strings.Repeat("x", behind+1), "event"} {
		if _, data, err := client.ReadMessage(); err != nil || string(data) != want {
			t.Errorf("%.20s, %v; want %.20s", data, err, want)
		}
	}
	c.Send(droppable("cursor"))
	if _, data, err := client.ReadMessage(); err != nil || string(data) != "cursor" {
		t.Errorf("%s, %v", data, err)
	}
}

// TestWhatIsQueuedLeavesBeforeTheEnd: an ack that stands before a close arrives.
func TestWhatIsQueuedLeavesBeforeTheEnd(t *testing.T) {
	t.Parallel()
	c, client := socketPair(t)
	release := hold(c)
	c.Send(frameOf("ack"))
	c.Close(board.CloseRestart, "Bye.")
	c.Close(board.CloseDenied, "Too late.")
	c.Send(frameOf("after the end"))
	release()
	if _, data, err := client.ReadMessage(); err != nil || string(data) != "ack" {
		t.Errorf("%s, %v", data, err)
	}
	var e *websocket.CloseError
	if code := closeCode(t, client, &e); code != int(board.CloseRestart) || e.Text != "Bye." {
		t.Errorf("closed with %d %v", code, e)
	}
}
