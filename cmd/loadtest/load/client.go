package load

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"

	"corkboard/auth"
	"corkboard/board"
)

// client is a socket that counts what comes. It does not come back after a cut:
// a load test that loses connections has failed.
type client struct {
	room  *room
	index int // in the room
	gen   int64
	heard newest // of cursors
	told  newest // of edits
	acks  chan []board.Ack
	acked atomic.Int64 // the number of its latest edit that was answered ok
	seq   atomic.Int64 // of its latest ack

	ws    *websocket.Conn
	write sync.Mutex
	frame []byte        // the latest, reused
	ended chan struct{} // closed when nothing is read any more
}

// open connects and says hello, and returns when the welcome is there.
func (t *target) open(ctx context.Context, r *room, index int) (*client, error) {
	header := http.Header{"Origin": {t.origin}, "Cookie": {t.cookie}}
	ws, resp, err := t.dialer.DialContext(ctx, "ws"+strings.TrimPrefix(t.url, "http")+"/ws", header)
	if err != nil {
		return nil, fmt.Errorf("connect: %w%s", err, because(resp))
	}
	c := &client{room: r, index: index, ws: ws, frame: make([]byte, 0, 512), acks: make(chan []board.Ack, 1), ended: make(chan struct{})}
	if err := c.hello(); err != nil {
		ws.Close()
		return nil, err
	}
	return c, nil
}

// because is the server's word on a refused upgrade.
func because(resp *http.Response) string {
	if resp == nil {
		return ""
	}
	body, _ := io.ReadAll(io.LimitReader(resp.Body, 200)) // what cannot be read is not said
	return fmt.Sprintf(" (%s: %s)", resp.Status, strings.TrimSpace(string(body)))
}

func (c *client) hello() error {
	if err := c.ws.WriteJSON(board.Hello{Type: "hello", Board: c.room.board, Client: auth.NewID("l")}); err != nil {
		return fmt.Errorf("say hello: %w", err)
	}
	frame, err := c.receive()
	if err != nil {
		return fmt.Errorf("await the welcome: %w", err)
	}
	var welcome struct {
		Type string `json:"type"`
		Gen  int64  `json:"gen"`
	}
	if err := json.Unmarshal(frame, &welcome); err != nil || welcome.Type != "welcome" {
		return fmt.Errorf("no welcome came, but %.200s", frame)
	}
	c.gen = welcome.Gen
	return nil
}

// receive returns the next frame, which stays until the next call.
func (c *client) receive() ([]byte, error) {
	_, r, err := c.ws.NextReader()
	if err != nil {
		return nil, err
	}
	c.frame = c.frame[:0]
	for {
		if len(c.frame) == cap(c.frame) {
			c.frame = append(c.frame, 0)[:len(c.frame)]
		}
		n, err := r.Read(c.frame[len(c.frame):cap(c.frame)])
		c.frame = c.frame[:len(c.frame)+n]
		if err == io.EOF {
			return c.frame, nil
		}
		if err != nil {
			return nil, err
		}
	}
}

func (c *client) send(frame []byte) error {
	c.write.Lock()
	defer c.write.Unlock()
	return c.ws.WriteMessage(websocket.TextMessage, frame)
}

// read counts what comes until the socket ends.
func (c *client) read() error {
	for {
		frame, err := c.receive()
		if err != nil {
			return err
		}
		if err := c.take(frame); err != nil {
			return err
		}
	}
}

func (c *client) take(frame []byte) error {
	switch typeOf(frame) {
	case "presence":
		c.takeCursors(frame)
	case "events":
		return c.takeMoves(frame)
	case "ack":
		return c.takeAcks(frame)
	case "error":
		return fmt.Errorf("the server refused a frame: %s", frame)
	case "drain":
		return fmt.Errorf("the server is going down")
	}
	return nil
}

func (c *client) takeCursors(frame []byte) {
	r := c.room.run
	now, receipts := r.now(), int64(0)
	eachCursor(frame, func(number, sender int64) {
		if sender == int64(c.index) || sender >= int64(len(c.heard)) {
			return // a client does not show its own pointer
		}
		receipts++
		c.heard.advance(int(sender), number)
		if age, known := c.room.cursors.age(int(sender), number, now); known {
			r.count.cursorLate.add(age)
		}
	})
	if receipts > 0 {
		r.count.receipts.Add(receipts)
		r.count.cursorBytes.Add(wireSize(len(frame)))
	}
}

// point moves the client's pointer until the context ends. It keeps to the
// clock, not to the answers: a server that falls behind is offered no less.
func (c *client) point(ctx context.Context, perSecond float64, offset time.Duration) error {
	var frame []byte
	others := int64(c.room.bots - 1)
	return pace(ctx, perSecond, offset, func() error {
		frame = appendCursor(frame[:0], c.room.cursors.next(c.index, c.room.run.now()), c.index)
		c.room.run.count.offered.Add(others)
		return c.send(frame)
	})
}

// pace calls do perSecond times a second from offset on, until the context ends
// or do fails.
func pace(ctx context.Context, perSecond float64, offset time.Duration, do func() error) error {
	every := time.Duration(float64(time.Second) / perSecond)
	next := time.Now().Add(offset)
	timer := time.NewTimer(offset)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-timer.C:
		}
		if err := do(); err != nil {
			return err
		}
		next = next.Add(every)
		timer.Reset(time.Until(next))
	}
}
