package echo

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// room writes to its sockets itself, one after the other: with no queue and no
// writer for each there is nothing left to save but the writing.
type room struct {
	tick time.Duration
	log  *Log

	mu      sync.Mutex
	conns   map[*websocket.Conn]bool
	waiting bytes.Buffer // cursors of this tick, each followed by a comma
	sent    time.Time    // when the last tick's frame left
	seq     int64        // of edits that no log keeps
	notes   [][]byte     // batches, as they came: they stand for the document
	welcome *websocket.PreparedMessage
}

func (r *room) join(ws *websocket.Conn) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.conns[ws] = true
	if r.welcome == nil {
		document := bytes.Join(r.notes, []byte{','})
		r.welcome = prepare(fmt.Appendf(nil, `{"type":"welcome","epoch":1,"seq":0,"gen":1,"role":"editor","peer":"","snapshot":[%s]}`, document))
	}
	_ = ws.WritePreparedMessage(r.welcome) // its reader sees the end
}

func (r *room) leave(ws *websocket.Conn) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.conns, ws)
}

// take sees from the first letters what a frame is: ours begin with the type.
func (r *room) take(ws *websocket.Conn, peer string, frame []byte) error {
	switch {
	case bytes.HasPrefix(frame, []byte(`{"type":"presence"`)):
		r.point(peer, frame)
	case bytes.HasPrefix(frame, []byte(`{"type":"ops"`)):
		return r.edit(ws, frame)
	default:
		r.mu.Lock()
		defer r.mu.Unlock()
		write(ws, []byte(`{"type":"pong","seq":0}`))
	}
	return nil
}

func (r *room) point(peer string, frame []byte) {
	xy, ok := place(string(frame))
	if !ok {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
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

func (r *room) edit(ws *websocket.Conn, frame []byte) error {
	p, err := parseOps(frame)
	if err != nil {
		return err
	}
	p.room, p.ws = r, ws
	seq := r.keep(p.ops)
	if r.log != nil {
		r.log.propose(p)
	} else {
		deliver([]proposal{p}, seq)
	}
	return nil
}

// keep notes what a joining client gets, and returns the seq before the ops.
func (r *room) keep(ops []json.RawMessage) (before int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	before = r.seq
	r.seq += int64(len(ops))
	for _, op := range ops {
		if bytes.Contains(op[:min(len(op), 60)], []byte(`"kind":"batch"`)) {
			r.notes, r.welcome = append(r.notes, op), nil
		}
	}
	return before
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
	prepared := prepare(frame)
	for ws := range r.conns {
		_ = ws.WritePreparedMessage(prepared) // its reader sees the end
	}
}

func prepare(frame []byte) *websocket.PreparedMessage {
	prepared, err := websocket.NewPreparedMessage(websocket.TextMessage, frame)
	if err != nil {
		panic("echo: a text frame can be prepared: " + err.Error())
	}
	return prepared
}

func write(ws *websocket.Conn, frame []byte) {
	_ = ws.WriteMessage(websocket.TextMessage, frame) // its reader sees the end
}
