package web

import (
	"bufio"
	"context"
	"errors"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/gorilla/websocket"

	"corkboard/auth"
	"corkboard/board"
	"corkboard/notes"
)

// joinPatience bounds how long a hello may take.
const joinPatience = 15 * time.Second

// openSocket upgrades the connection. Browsers send cookies with an upgrade
// from any site, so only our own pages may: a request with another Origin is
// refused, and one without any (which is no browser's) when it has a cookie.
func (s *Server) openSocket(w http.ResponseWriter, r *http.Request) error {
	token := s.sessionToken(r)
	switch origin := r.Header.Values("Origin"); {
	case s.draining():
		return errDraining
	case len(origin) == 0 && token != "":
		return errOrigin
	case len(origin) > 1 || len(origin) == 1 && origin[0] != s.origin:
		return errOrigin
	}
	asked := websocket.Subprotocols(r)
	deflates := offersDeflate(r.Header)
	upgrader := websocket.Upgrader{
		WriteBufferPool:   noBuffers{},
		Subprotocols:      append([]string{board.Subprotocol}, asked...),
		CheckOrigin:       func(*http.Request) bool { return true }, // was checked above
		EnableCompression: deflates,
		Error:             func(w http.ResponseWriter, r *http.Request, status int, reason error) { upgradeRefused(w, status) },
	}
	lent := &lending{ResponseWriter: w}
	ws, err := upgrader.Upgrade(lent, r, nil)
	if err != nil {
		return nil // the upgrader has answered
	}
	c := newConn(ws, deflates, s.metrics)
	c.in, c.server, c.night = lent.in, s, theNight()
	s.sockets.Add(1)
	s.metrics.sockets.Inc()
	c.night.have(func() { s.greet(c, token) }) // not in this goroutine: it holds the server's buffers of the request
	return nil
}

// noBuffers keeps the library from holding a buffer to write in for each socket:
// we write frames that are made already.
type noBuffers struct{}

func (noBuffers) Get() any { return nil }
func (noBuffers) Put(any)  {}

// lending gives the library a buffer to read in and keeps hold of it, to see
// whether something is in it. It is as small as the library takes: what is larger
// is read past it.
type lending struct {
	http.ResponseWriter
	in *bufio.Reader
}

func (l *lending) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	line, both, err := http.NewResponseController(l.ResponseWriter).Hijack()
	if err != nil || both.Reader.Buffered() > 0 { // the library refuses the latter
		return line, both, err
	}
	l.in = bufio.NewReaderSize(line, 288)
	return line, bufio.NewReadWriter(l.in, both.Writer), nil
}

// offersDeflate tells whether a client takes compressed messages as we make
// them: from any of our windows, each message on its own (RFC 7692).
func offersDeflate(h http.Header) bool {
	offers := strings.Join(h.Values("Sec-Websocket-Extensions"), ",")
	return strings.Contains(offers, "permessage-deflate") && !strings.Contains(offers, "server_max_window_bits")
}

func upgradeRefused(w http.ResponseWriter, status int) {
	w.Header().Set("Sec-Websocket-Version", "13")
	http.Error(w, "Only a WebSocket can be opened here.", status)
}

// greet reads the hello and seats the socket. What comes after is heard by others:
// joining goes deep, and the stack would stay with the socket.
func (s *Server) greet(c *conn, token string) {
	if c.ws.Subprotocol() != board.Subprotocol {
		c.Close(board.CloseOutdated, "This page speaks another version. Load it again.")
	}
	seated := context.AfterFunc(s.up, func() { c.Close(board.CloseRestart, "The server is restarting.") })
	c.within(uptime() + helloPatience)
	heard := c.receive(receiverFunc(func(frame []byte) {
		seated() // or on its way: from here on the hub tells it
		if session := s.join(c, frame, token); session != nil {
			c.session = session
		}
	}))
	seated()
	switch {
	case c.session != nil && c.night.rest(c, restAfter):
	case c.session != nil:
		go c.listen()
	default:
		if heard {
			c.within(uptime() + closePatience)
			c.receive(receiverFunc(func([]byte) {})) // for the other side's goodbye
		}
		s.gone(c)
	}
}

// receiverFunc is a receiver.
type receiverFunc func(frame []byte)

// Receive calls f.
func (f receiverFunc) Receive(frame []byte) { f(frame) }

func (s *Server) gone(c *conn) {
	c.readerEnded()
	s.metrics.sockets.Dec()
	s.sockets.Done()
}

// join seats the socket, or closes it and returns nil.
func (s *Server) join(c *conn, frame []byte, token string) *board.Session {
	hello, err := board.ParseHello(frame)
	if err != nil {
		c.Close(board.CloseBad, sentence(err.Error()))
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), joinPatience)
	defer cancel()
	session, err := s.seat(ctx, c, hello, token)
	if err != nil {
		code, reason := farewell(err)
		if code == websocket.CloseInternalServerErr {
			s.Log.Error("a socket could not join", "board", hello.Board, "error", err)
		}
		c.Close(board.CloseCode(code), reason)
		return nil
	}
	return session
}

// seat has the hub find out what the bearer of a ticket, else of a session, may
// do on the board; an id that cannot be one does not reach it.
func (s *Server) seat(ctx context.Context, c *conn, hello board.Hello, token string) (*board.Session, error) {
	v, err := s.bearer(hello, token)
	switch {
	case err != nil:
		return nil, err
	case !notes.IsID(hello.Board):
		return nil, board.ErrNotFound
	}
	return s.Hub.Join(ctx, c, v, hello)
}

func (s *Server) bearer(hello board.Hello, token string) (v board.Visitor, err error) {
	switch {
	case hello.Ticket != "":
		v.Principal, err = s.Library.TicketHolder(hello.Ticket)
	case token == "":
		err = auth.ErrUnknown
	default:
		v.Session = auth.Hash(token)
	}
	return v, err
}

// reasonOf says why the database is of no use just now.
func reasonOf(err error) string {
	if outage := board.OutageOf(err); outage != nil {
		return outage.Reason
	}
	return board.Unreachable.Reason
}

// farewell is the close code for a join that failed.
func farewell(err error) (code int, reason string) {
	switch {
	case errors.Is(err, auth.ErrUnknown):
		return int(board.CloseDenied), "Your session here has ended. Load the page again."
	case errors.Is(err, board.ErrNotFound):
		return int(board.CloseGone), "There is no such board, or you have no access to it."
	case errors.Is(err, board.ErrTrashed):
		return int(board.CloseTrashed), "This board is in the trash."
	case errors.Is(err, board.ErrFull):
		return int(board.CloseFull), "This board is full: nobody else can join just now."
	case errors.Is(err, board.ErrClosing):
		return int(board.CloseRestart), "The server is restarting."
	case errors.Is(err, board.ErrUnavailable), errors.Is(err, context.DeadlineExceeded):
		return websocket.CloseTryAgainLater, reasonOf(err)
	}
	return websocket.CloseInternalServerErr, "Something went wrong on the server."
}
