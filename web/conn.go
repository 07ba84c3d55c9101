package web

import (
	"io"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/gorilla/websocket"

	"corkboard/board"
	"corkboard/presence"
)

// Times of a socket.
const (
	helloPatience = 10 * time.Second           // for the first frame
	readPatience  = presence.TTL * time.Second // without any frame: three of the client's pings
	writePatience = 15 * time.Second           // for one frame to leave
	closePatience = 2 * time.Second            // for the other side to answer a close frame
	behind        = board.MaxQueue / 16
)

// conn is one socket: one goroutine reads it, one writes it, and nothing else
// touches it. It is a board.Conn.
type conn struct {
	ws      *websocket.Conn
	metrics *metrics

	mu     sync.Mutex
	queue  []*board.Frame
	queued int // bytes in queue, without the frame that is being written
	end    *ending
	wake   chan struct{} // something was queued, or end was set
	ended  chan struct{} // the reader has ended
}

// ending is why we close the socket.
type ending struct {
	code   int
	reason string
}

func newConn(ws *websocket.Conn, m *metrics) *conn {
	c := &conn{ws: ws, metrics: m, wake: make(chan struct{}, 1), ended: make(chan struct{})}
	ws.SetReadLimit(board.MaxQueue) // far over MaxFrame, which receive holds to in words
	ws.SetPingHandler(func(data string) error {
		_ = ws.SetReadDeadline(time.Now().Add(readPatience)) // fails only on a closed socket
		_ = ws.WriteControl(websocket.PongMessage, []byte(data), time.Now().Add(closePatience))
		return nil
	})
	return c
}

// Send queues a frame. When the reader is behind, frames that may be dropped
// are; when too much waits, the socket ends.
func (c *conn) Send(f *board.Frame) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case c.end != nil:
		return
	case f.Droppable && c.queued > behind:
		c.metrics.frames.WithLabelValues("dropped").Inc()
		return
	case len(c.queue) > 0 && c.queued+len(f.Data) > board.MaxQueue:
		c.queue, c.queued = nil, 0
		c.end = &ending{int(board.CloseSlow), "The connection is too slow for this board."}
	default:
		c.queue = append(c.queue, f)
		c.queued += len(f.Data)
	}
	c.stir()
}

// Close sends what is queued, then the code and the reason.
func (c *conn) Close(code board.CloseCode, reason string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.end == nil {
		c.end = &ending{int(code), reason}
		c.stir()
	}
}

func (c *conn) stir() {
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// closing tells whether we are on our way out: what still comes in is ignored.
func (c *conn) closing() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.end != nil
}

// next takes what is to be written: a frame, or, after the last one, the end.
func (c *conn) next() (*board.Frame, *ending) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.queue) == 0 {
		c.queue = nil
		return nil, c.end
	}
	f := c.queue[0]
	c.queue[0] = nil
	c.queue = c.queue[1:]
	c.queued -= len(f.Data)
	return f, nil
}

// write is the writer's life.
func (c *conn) write() {
	defer c.ws.Close()
	for {
		frame, end := c.next()
		switch {
		case frame != nil:
			_ = c.ws.SetWriteDeadline(time.Now().Add(writePatience)) // never fails
			if c.ws.WriteMessage(websocket.TextMessage, frame.Data) != nil {
				return
			}
			c.metrics.frames.WithLabelValues("sent").Inc()
		case end != nil:
			c.sayGoodbye(*end)
			return
		default:
			select {
			case <-c.wake:
			case <-c.ended:
				return
			}
		}
	}
}

// maxReason is how many bytes of a reason a close frame has room for. A longer
// one would keep the whole frame from leaving, code and all.
const maxReason = 123

func fitting(reason string) string {
	if len(reason) <= maxReason {
		return reason
	}
	return strings.ToValidUTF8(reason[:maxReason-len("…")], "") + "…"
}

// sayGoodbye sends the close frame and gives the other side time to read it:
// closing at once, with something unread, would throw it away.
func (c *conn) sayGoodbye(e ending) {
	c.metrics.closes.WithLabelValues(strconv.Itoa(e.code)).Inc()
	message := websocket.FormatCloseMessage(e.code, fitting(e.reason))
	if c.ws.WriteControl(websocket.CloseMessage, message, time.Now().Add(closePatience)) != nil {
		return
	}
	select {
	case <-c.ended:
	case <-time.After(closePatience):
	}
}

// receive returns the next text frame; ok is false when the socket has ended.
// After Close it reads on, for the other side's goodbye, but returns nothing.
func (c *conn) receive(patience time.Duration) (frame []byte, ok bool) {
	for {
		_ = c.ws.SetReadDeadline(time.Now().Add(patience)) // fails only on a closed socket
		kind, r, err := c.ws.NextReader()
		if err != nil {
			return nil, false
		}
		if c.closing() {
			continue
		}
		frame, err := io.ReadAll(io.LimitReader(r, board.MaxFrame+1))
		if err != nil {
			return nil, false
		}
		if code, reason := unacceptable(kind, frame); code != 0 {
			c.Close(board.CloseCode(code), reason)
			continue
		}
		c.metrics.frames.WithLabelValues("received").Inc()
		return frame, true
	}
}

// unacceptable is the code and the reason with which a frame ends its socket.
func unacceptable(kind int, frame []byte) (code int, reason string) {
	switch {
	case len(frame) > board.MaxFrame:
		return websocket.CloseMessageTooBig, "A frame holds at most " + strconv.Itoa(board.MaxFrame) + " bytes."
	case kind != websocket.TextMessage:
		return websocket.CloseUnsupportedData, "Frames are text."
	case !utf8.Valid(frame):
		return websocket.CloseInvalidFramePayloadData, "A text frame is UTF-8."
	}
	return 0, ""
}
