package web

import (
	"bufio"
	"net"
	"sync"
	"syscall"
	"time"

	"github.com/gorilla/websocket"

	"corkboard/board"
	"corkboard/presence"
)

// Times of a socket.
const (
	helloPatience = 10 * time.Second           // for the first frame
	readPatience  = presence.TTL * time.Second // without any frame: three of the client's pings
	writePatience = 15 * time.Second           // for what is written at once to leave
	closePatience = 2 * time.Second            // for the other side to answer a close frame
	cutPatience   = time.Second                // for a socket that was too slow to take its close frame
)

// Sizes of a socket's queue.
const (
	behind    = board.MaxQueue / 16 // from here on droppable frames are dropped
	frameCost = 96                  // bytes of memory for a frame beside its message
	unsent    = 256 << 10           // what the system may keep of a socket, which is otherwise megabytes
)

// conn is one socket. One goroutine at a time reads it, and none while nothing
// comes in, see night. A frame is written by whoever sends it, as far as the system
// takes it at once; the rest waits for a writer, which lives only while something
// waits. It is a board.Conn.
type conn struct {
	ws       *websocket.Conn // for reading; it writes nothing but refusals of bad frames
	line     net.Conn        // below ws
	raw      syscall.RawConn // below line, see rawOf
	deflates bool            // compressed messages were agreed on
	metrics  *metrics
	ended    chan struct{} // the reader has ended

	// The reader's.
	in       *bufio.Reader // of ws; nil: it never rests
	server   *Server
	session  seat          // nil until it is seated
	heard    time.Duration // when the last frame came; uptime
	deadline time.Duration // when reading ends; uptime

	night *night // nil: there is none
	bed   bed    // the night's

	mu      sync.Mutex
	queue   []*board.Frame
	queued  int     // bytes in queue, without what is being written
	skip    int     // bytes of the first frame in queue that have left
	pong    *[]byte // answers the last ping; those before it need no answer
	end     *ending
	writing bool // a writer lives, or has closed the socket
}

// seat is what a socket has on a board: a board.Session.
type seat interface {
	receiver
	Leave()
}

// ending is why we close the socket; without a code there is nobody to tell.
type ending struct {
	code   int
	reason string
}

func newConn(ws *websocket.Conn, deflates bool, m *metrics) *conn {
	line := ws.NetConn()
	raw, fd := rawOf(line)
	c := &conn{ws: ws, line: line, raw: raw, bed: bed{fd: fd}, deflates: deflates, metrics: m, ended: make(chan struct{})}
	if tcp, ok := c.line.(*net.TCPConn); ok {
		_ = tcp.SetWriteBuffer(unsent) // it works without, too
	}
	ws.SetReadLimit(board.MaxQueue) // far over MaxFrame, which receive holds to in words
	ws.SetPingHandler(func(data string) error {
		c.heard = uptime()
		c.patient()
		c.answer([]byte(data))
		return nil
	})
	return c
}

// Send writes a frame, or queues it. When the reader is behind, frames that may
// be dropped are; when too much waits, the socket ends.
func (c *conn) Send(f *board.Frame) {
	cost := costOf(f)
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case c.end != nil:
		return
	case f.Droppable && c.queued > behind:
		c.metrics.dropped.Inc()
		return
	case len(c.queue) > 0 && c.queued+cost > board.MaxQueue:
		c.tooSlow()
	case c.leaves(f):
		c.metrics.sent.Inc()
		return
	default:
		c.queue = append(c.queue, f)
		c.queued += cost
	}
	c.stir()
}

// costOf is the memory that a frame takes while it waits, in bytes. A part that
// it shares is there once, whoever waits for it: a board's document may be
// larger than a queue, and what comes right behind it is no sign of a slow reader.
func costOf(f *board.Frame) int {
	return f.Own() + frameCost
}

// tooSlow ends a socket on which too much waits, and soon, whatever the other
// side does: a write that hangs must not hold it for long.
func (c *conn) tooSlow() {
	c.metrics.slow.Inc()
	begun := min(c.skip, 1) // one that has left in part: the close frame would be read as its rest
	c.queue, c.pong = c.queue[:begun], nil
	c.queued = cost(c.queue)
	c.end = &ending{int(board.CloseSlow), "The connection is too slow for this board."}
	c.allow(cutPatience)
}

// allow is how long the next bytes may take to leave.
func (c *conn) allow(patience time.Duration) {
	_ = c.line.SetWriteDeadline(time.Now().Add(patience)) // fails only on a closed socket
}

// answer has a ping answered. However many come, one answer waits.
func (c *conn) answer(ping []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.end == nil {
		c.pong = &ping
		c.stir()
	}
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

// stir starts a writer, unless one lives.
func (c *conn) stir() {
	if !c.writing {
		c.writing = true
		go c.write()
	}
}

// closing tells whether we are on our way out: what still comes in is ignored.
func (c *conn) closing() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.end != nil
}

// silence ends the socket without a word: nothing is queued any more, and what
// was is dropped.
func (c *conn) silence() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.queue, c.queued, c.skip, c.pong = nil, 0, 0, nil
	if c.end == nil {
		c.end = &ending{}
	}
}

// readerEnded takes the socket down.
func (c *conn) readerEnded() {
	c.silence()
	close(c.ended)
	c.night.forget(c)
	_ = c.line.Close() // the writer may have closed it already
}

// hangUp closes the line, which ends the reader.
func (c *conn) hangUp() {
	_ = c.line.Close() // the reader may have closed it already
	c.night.wake(c)
}
