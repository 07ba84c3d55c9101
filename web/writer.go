package web

import (
	"errors"
	"net"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"corkboard/board"
)

// gather is how many bytes of waiting frames are put together for one write.
const gather = 16 << 10

var gathered = sync.Pool{New: func() any { b := make([]byte, 0, gather); return &b }}

// batch is what one write takes from the queue: small frames, or a large one.
type batch struct {
	frames []*board.Frame
	skip   int // bytes of the first frame that have left
	pong   *[]byte
	end    *ending // after all frames
}

func (b batch) empty() bool { return len(b.frames) == 0 && b.pong == nil && b.end == nil }

// take takes the next batch; without one the writer is over. The time to write
// it begins now, under the lock: tooSlow may shorten it.
func (c *conn) take() (b batch, more bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	n, size := 0, 0
	for n < len(c.queue) && (n == 0 || size+c.queue[n].Size() <= gather) {
		size += c.queue[n].Size() + 10 // with a header
		n++
	}
	b.frames, c.queue = c.queue[:n:n], c.queue[n:]
	c.queued -= cost(b.frames)
	b.skip, c.skip = c.skip, 0
	b.pong, c.pong = c.pong, nil
	if len(c.queue) == 0 {
		c.queue = nil
		b.end = c.end
	}
	if b.empty() {
		c.writing = false
		_ = c.line.SetWriteDeadline(time.Time{}) // a write that does not wait needs none; fails only on a closed socket
		return b, false
	}
	if c.end == nil || c.end.code != int(board.CloseSlow) {
		c.allow(writePatience)
	}
	return b, true
}

func cost(frames []*board.Frame) (n int) {
	for _, f := range frames {
		n += costOf(f)
	}
	return n
}

// write is a writer's life: until nothing waits, or the socket's end.
func (c *conn) write() {
	for {
		b, more := c.take()
		if !more {
			return
		}
		if len(b.frames) > 0 || b.pong != nil {
			if err := c.put(b); err != nil {
				c.cut(err)
				return
			}
			c.metrics.sent.Add(float64(len(b.frames)))
		}
		if b.end != nil {
			c.sayGoodbye(*b.end)
			return // and no other writer comes
		}
	}
}

// put writes a batch by one call of the system. What many sockets get is not
// copied for each, unless it is little and something else leaves with it.
func (c *conn) put(b batch) error {
	alone := len(b.frames) == 1 && b.pong == nil
	if alone && !b.frames[0].Shares() {
		_, err := c.line.Write(b.frames[0].Wire(textFrame)[b.skip:])
		return err
	}
	if alone && b.frames[0].Size() > gather {
		pieces := after(b.skip, c.pieces(b.frames[0]))
		_, err := pieces.WriteTo(c.line)
		return err
	}
	buf := gathered.Get().(*[]byte)
	defer gathered.Put(buf)
	all := (*buf)[:0]
	for _, f := range b.frames {
		for _, piece := range c.pieces(f) {
			all = append(all, piece...)
		}
	}
	if b.pong != nil {
		all = append(appendHeader(all, finalBit|websocket.PongMessage, len(*b.pong)), *b.pong...)
	}
	*buf = all
	_, err := c.line.Write(all[b.skip:])
	return err
}

// cut ends a socket that could not be written to. What the system still holds
// of it is thrown away: nobody reads it.
func (c *conn) cut(why error) {
	if errors.Is(why, os.ErrDeadlineExceeded) {
		if !c.closing() { // tooSlow has counted
			c.metrics.slow.Inc()
		}
		if tcp, ok := c.line.(*net.TCPConn); ok {
			_ = tcp.SetLinger(0) // fails only on a closed socket
		}
	}
	c.silence()
	c.hangUp()
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
	if e.code == 0 {
		return
	}
	defer c.hangUp()
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
