package board_test

import (
	"encoding/json"
	"fmt"
	"sync"
	"testing"
	"time"

	"corkboard/board"
	"corkboard/notes"
	"corkboard/presence"
)

// patience is how long a test waits for a signal before it fails.
const patience = 10 * time.Second

// received is any message of the server.
type received struct {
	Type     string            `json:"type"`
	Seq      int64             `json:"seq"`
	Epoch    int64             `json:"epoch"`
	Ahead    bool              `json:"ahead"`
	Gen      int64             `json:"gen"`
	Role     board.Role        `json:"role"`
	Peer     string            `json:"peer"`
	LastMid  int64             `json:"last_mid"`
	Results  []board.Ack       `json:"results"`
	Acks     []board.Ack       `json:"acks"`
	Events   []notes.Event     `json:"events"`
	Snapshot *board.Snapshot   `json:"snapshot"`
	Roster   []presence.Peer   `json:"roster"`
	Peers    []presence.Peer   `json:"peers"`
	Cursors  []presence.Cursor `json:"cursors"`
	Gone     []string          `json:"gone"`
	Code     notes.Code        `json:"code"`
	Reason   string            `json:"reason"`
	Hash     string            `json:"hash"`
}

// conn is a socket that remembers what it was sent.
type conn struct {
	t       *testing.T
	mu      sync.Mutex
	got     []received
	next    int // the first that nobody has waited for yet
	code    board.CloseCode
	changed chan struct{}

	patience time.Duration
	heard    func(received) // called in the sender's goroutine, before a message counts
}

func newConn(t *testing.T) *conn {
	return &conn{t: t, changed: make(chan struct{}), patience: patience}
}

func (c *conn) Send(f *board.Frame) {
	var m received
	if err := json.Unmarshal(f.Text(), &m); err != nil {
		c.t.Errorf("%s: %v", f.Text(), err)
	}
	c.mu.Lock()
	heard := c.heard
	c.mu.Unlock()
	if heard != nil {
		heard(m)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.got = append(c.got, m)
	c.signal()
}

func (c *conn) Close(code board.CloseCode, _ string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.code == 0 {
		c.code = code
	}
	c.signal()
}

func (c *conn) signal() {
	close(c.changed)
	c.changed = make(chan struct{})
}

// await waits until look, called under the lock, is satisfied.
func (c *conn) await(what string, look func() bool) {
	c.t.Helper()
	timeout := time.After(c.patience)
	for {
		c.mu.Lock()
		ok, changed := look(), c.changed
		c.mu.Unlock()
		if ok {
			return
		}
		select {
		case <-changed:
		case <-timeout:
			c.t.Fatalf("no %s; got %s", what, c.dump())
		}
	}
}

func (c *conn) dump() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return fmt.Sprintf("%+v, closed with %d", c.got, c.code)
}

// expect returns the next message of a type that satisfies want, and passes
// over those before it.
func (c *conn) expect(kind string, want func(received) bool) received {
	c.t.Helper()
	var found received
	c.await(kind, func() bool {
		for i := c.next; i < len(c.got); i++ {
			if c.got[i].Type == kind && (want == nil || want(c.got[i])) {
				found, c.next = c.got[i], i+1
				return true
			}
		}
		return false
	})
	return found
}

func (c *conn) expectClose(code board.CloseCode) {
	c.t.Helper()
	c.await(fmt.Sprintf("close %d", code), func() bool { return c.code == code })
}

// count tells how many messages have come.
func (c *conn) count() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.got)
}

func (c *conn) first() received {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.got[0]
}

// never fails when a message of a type has come so far.
func (c *conn) never(kind string) {
	c.t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, m := range c.got {
		if m.Type == kind {
			c.t.Errorf("got %+v", m)
		}
	}
}
