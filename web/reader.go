package web

import (
	"bytes"
	"compress/flate"
	"errors"
	"io"
	"net"
	"strconv"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/gorilla/websocket"

	"corkboard/board"
)

// inbox is where a frame is read, for as long as it is dealt with: a socket on
// which nothing comes in holds none.
var inboxes = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// receiver deals with a frame, which is not to be kept.
type receiver interface{ Receive(frame []byte) }

// began is before everything, for times that are kept for each socket: 0 is never.
var began = time.Now().Add(-time.Hour)

func uptime() time.Duration { return time.Since(began) }

// leeway is how much sooner than it may a silent socket ends. A deadline that is
// moved only when it would be off by more costs nothing for each frame.
const leeway = 2 * time.Second

// patient gives the other side time for its next frame.
func (c *conn) patient() {
	if latest := c.heard + readPatience; c.deadline < latest-leeway || c.deadline > latest {
		c.within(latest)
	}
}

// within ends reading at a time.
func (c *conn) within(deadline time.Duration) {
	c.deadline = deadline
	_ = c.ws.SetReadDeadline(began.Add(deadline)) // fails only on a closed socket
}

// listen has what comes in dealt with until the socket may rest, or takes it down
// when it has ended.
func (c *conn) listen() {
	for {
		c.patient()
		before := c.heard
		if !c.receive(c.session) {
			break
		}
		if c.night.rest(c, c.heard-before) {
			return // somebody else may be reading it by now
		}
	}
	c.session.Leave()
	c.server.gone(c)
}

// receive waits for the next text frame and has it dealt with; false when the
// socket has ended. After Close it reads on, for the other side's goodbye, but
// passes nothing on.
func (c *conn) receive(to receiver) bool {
	for {
		kind, r, err := c.ws.NextReader()
		if err != nil {
			c.hearOut(err)
			return false
		}
		c.heard = uptime()
		if c.closing() {
			continue
		}
		if took, err := c.accept(kind, r, to); took || err != nil {
			return err == nil
		}
	}
}

// accept reads a frame and has it dealt with; one that cannot be ends the socket.
func (c *conn) accept(kind int, r io.Reader, to receiver) (took bool, err error) {
	in := inboxes.Get().(*bytes.Buffer)
	defer inboxes.Put(in)
	in.Reset()
	// Compressed or not, this is what is kept of a frame at most.
	_, err = in.ReadFrom(io.LimitReader(r, board.MaxFrame+1))
	switch code, reason := unacceptable(kind, in.Bytes()); {
	case malformed(err):
		c.Close(websocket.CloseInvalidFramePayloadData, "A compressed frame could not be read.")
	case err != nil:
		c.hearOut(err)
		return false, err
	case code != 0:
		c.Close(board.CloseCode(code), reason)
	default:
		c.metrics.received.Inc()
		to.Receive(in.Bytes())
		return true, nil
	}
	return false, nil
}

// malformed tells whether a compressed frame was at fault, and not the line.
func malformed(err error) bool {
	var corrupt flate.CorruptInputError
	return errors.As(err, &corrupt) || errors.Is(err, io.ErrUnexpectedEOF)
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

// hearOut reads what the other side was still sending when a frame of it was
// refused: closing with something unread would throw the close frame away.
func (c *conn) hearOut(why error) {
	var closed *websocket.CloseError
	var broken net.Error
	if errors.As(why, &closed) || errors.As(why, &broken) || c.closing() {
		return
	}
	c.silence()
	code := websocket.CloseProtocolError
	if errors.Is(why, websocket.ErrReadLimit) {
		code = websocket.CloseMessageTooBig
	}
	c.metrics.closes.WithLabelValues(strconv.Itoa(code)).Inc() // ws has sent it
	if tcp, ok := c.line.(*net.TCPConn); ok && tcp.CloseWrite() == nil {
		_ = tcp.SetReadDeadline(time.Now().Add(closePatience)) // fails only on a closed socket
		_, _ = io.CopyN(io.Discard, tcp, board.MaxQueue)       // whatever comes of it
	}
}
