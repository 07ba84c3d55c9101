package web

import (
	"context"
	"errors"
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
		ReadBufferSize:    512,
		WriteBufferPool:   noBuffers{},
		Subprotocols:      append([]string{board.Subprotocol}, asked...),
		CheckOrigin:       func(*http.Request) bool { return true }, // was checked above
		EnableCompression: deflates,
		Error:             func(w http.ResponseWriter, r *http.Request, status int, reason error) { upgradeRefused(w, status) },
	}
	ws, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return nil // the upgrader has answered
	}
	c := newConn(ws, deflates, s.metrics)
	s.sockets.Add(1)
	s.metrics.sockets.Inc()
	go s.greet(c, token) // not in this goroutine: it holds the server's buffers of the request
	return nil
}

// noBuffers keeps the library from holding a buffer to write in for each socket:
// we write frames that are made already.
type noBuffers struct{}

func (noBuffers) Get() any { return nil }
func (noBuffers) Put(any)  {}

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

// greet reads the hello and seats the socket. What comes after is heard by a
// fresh goroutine: joining goes deep, and its stack would stay with the socket.
func (s *Server) greet(c *conn, token string) {
	if c.ws.Subprotocol() != board.Subprotocol {
		c.Close(board.CloseOutdated, "This page speaks another version. Load it again.")
	}
	seated := context.AfterFunc(s.up, func() { c.Close(board.CloseRestart, "The server is restarting.") })
	var session *board.Session
	heard := c.receive(helloPatience, func(frame []byte) {
		seated() // or on its way: from here on the hub tells it
		session = s.join(c, frame, token)
	})
	seated()
	if session != nil {
		go s.listen(c, session)
		return
	}
	if heard {
		c.receive(closePatience, func([]byte) {}) // for the other side's goodbye
	}
	s.gone(c)
}

// listen is the reader's life. It lies little deep, so that the stack which a
// frame has made it need is taken back from a socket on which nothing comes in.
func (s *Server) listen(c *conn, session *board.Session) {
	take := session.Receive
	for c.receive(readPatience, take) {
	}
	session.Leave()
	s.gone(c)
}

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
