package echo

import (
	"bytes"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// room writes to its sockets itself, one after the other: with no queue and no
// writer for each there is nothing left to save but the writing.
type room struct {
	tick time.Duration

	mu      sync.Mutex
	conns   map[*websocket.Conn]bool
	waiting bytes.Buffer // cursors of this tick, each followed by a comma
	sent    time.Time    // when the last tick's frame left
}

func (r *room) join(ws *websocket.Conn, peer string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.conns[ws] = true
	write(ws, welcome(peer))
}

func (r *room) leave(ws *websocket.Conn) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.conns, ws)
}

// take sees from the first letters what a frame is: ours begin with the type.
func (r *room) take(ws *websocket.Conn, peer string, frame []byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !bytes.HasPrefix(frame, []byte(`{"type":"presence"`)) {
		write(ws, []byte(`{"type":"pong","seq":0}`))
		return
	}
	xy, ok := place(string(frame))
	if !ok {
		return
	}
	first := r.waiting.Len() == 0
	for _, part := range []string{`["`, peer, `",`, xy, `],`} {
		r.waiting.WriteString(part)
	}
	switch {
	case r.tick == 0:
		r.flush()
	case first:
		time.AfterFunc(r.tick-time.Since(r.sent), r.flushLocked)
	}
}

func (r *room) flushLocked() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.flush()
}

// flush sends what waits to everybody, encoded once.
func (r *room) flush() {
	r.sent = time.Now()
	cursors := strings.TrimSuffix(r.waiting.String(), ",")
	r.waiting.Reset()
	r.everyone([]byte(`{"type":"presence","cursors":[` + cursors + `]}`))
}

func (r *room) everyone(frame []byte) {
	prepared, err := websocket.NewPreparedMessage(websocket.TextMessage, frame)
	if err != nil {
		panic("echo: a text frame can be prepared: " + err.Error())
	}
	for ws := range r.conns {
		_ = ws.WritePreparedMessage(prepared) // its reader sees the end
	}
}

func write(ws *websocket.Conn, frame []byte) {
	_ = ws.WriteMessage(websocket.TextMessage, frame) // its reader sees the end
}
