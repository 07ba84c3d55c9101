package board_test

import (
	"bytes"
	"context"
	"errors"
	"sync"
	"time"

	"corkboard/board"
)

// simSocket is one connection: what was sent on it and has not arrived yet, in
// both directions. The server's half lives in goroutines, the client's in the
// scheduler's.
type simSocket struct {
	sim    *sim
	number int // of its opening
	client *simClient
	node   *simNode
	inbox  chan []byte // to the server's reader

	up      [][]byte // on its way to the server; the scheduler's
	hungUp  bool     // the client's end is gone: behind up comes the end
	arrived bool     // the end, too

	mu   sync.Mutex
	down []fromServer // on its way to the client
	cut  bool         // what is sent from now on is lost
}

// fromServer is a frame, or the close that ends the socket.
type fromServer struct {
	frame []byte
	close board.CloseCode
}

// joinPatience is that of the web server's reader.
const joinPatience = 15 * time.Second

// socketBuffer is more than a run can put into one socket.
const socketBuffer = 1024

// Send leaves out who is here: nothing that is held true here depends on it, and
// into how many frames it is gathered is decided by goroutines that wake at one time.
func (k *simSocket) Send(f *board.Frame) {
	if !bytes.HasPrefix(f.Text(), []byte(`{"type":"presence"`)) {
		k.put(fromServer{frame: f.Text()})
	}
}

func (k *simSocket) Close(code board.CloseCode, _ string) { k.put(fromServer{close: code}) }

func (k *simSocket) put(m fromServer) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if n := len(k.down); k.cut || n > 0 && k.down[n-1].close != 0 {
		return
	}
	k.down = append(k.down, m)
}

// lose cuts the socket on its way to the client.
func (k *simSocket) lose() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.cut, k.down = true, nil
}

func (k *simSocket) hasNews() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return len(k.down) > 0
}

func (k *simSocket) next() fromServer {
	k.mu.Lock()
	defer k.mu.Unlock()
	m := k.down[0]
	k.down = k.down[1:]
	return m
}

// hasMail tells whether the server has something to read.
func (k *simSocket) hasMail() bool { return len(k.up) > 0 || k.hungUp && !k.arrived }

// deliver brings the next frame, or the end, to the server.
func (k *simSocket) deliver() {
	if len(k.up) > 0 {
		k.inbox <- k.up[0]
		k.up = k.up[1:]
		return
	}
	k.arrived = true
	close(k.inbox)
}

// serve is the server's reader, which does what the web server's does.
func (k *simSocket) serve() {
	frame, ok := <-k.inbox
	if !ok {
		return
	}
	session, err := k.join(frame)
	if err != nil {
		k.Close(farewell(err), "")
		for range k.inbox { // nobody reads it any more
		}
		return
	}
	defer session.Leave()
	for frame := range k.inbox {
		session.Receive(frame)
	}
}

func (k *simSocket) join(frame []byte) (*board.Session, error) {
	hello, err := board.ParseHello(frame)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), joinPatience)
	defer cancel()
	return k.node.hub.Join(ctx, k, board.Visitor{Principal: k.client.principal()}, hello)
}

// tryAgainLater is the standard close code for it (RFC 6455's registry).
const tryAgainLater board.CloseCode = 1013

func farewell(err error) board.CloseCode {
	switch {
	case errors.Is(err, board.ErrTrashed):
		return board.CloseTrashed
	case errors.Is(err, board.ErrNotFound):
		return board.CloseGone
	case errors.Is(err, board.ErrClosing):
		return board.CloseRestart
	}
	return tryAgainLater
}
