// Package bot is a scripted client on real sockets, for tests and load: it keeps
// a replica of the document, has one frame of ops in flight, and comes back after
// every cut with the same client id and what is not settled, as the browser does.
package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"corkboard/auth"
	"corkboard/board"
	"corkboard/notes"
	"corkboard/presence"
)

// Config says where a bot goes and as whom.
type Config struct {
	Nodes  []string // base URLs of servers; a bot comes back to any of them
	Origin string   // the public URL
	Cookie string   // the Cookie header of a session that may edit
	Board  string
	Client string        // its client id; "": one of its own
	Ping   time.Duration // between pings; after twice that without a word it connects again; 0: 10 s
	// Forgetful bots do not look at the answers in a welcome, and send again
	// what was not answered on the connection that broke.
	Forgetful bool
	// OnAck, when set, is called with each ok as it comes, from the reader.
	OnAck func(mid, seq int64)
	// OnHeld, when set, is called with each answer that asks to send again, from
	// the reader.
	OnHeld func(board.Ack)
	// OnSeq, when set, is called with the replica's seq when events have moved it.
	OnSeq func(seq int64)
}

// Bot is one client. Its methods may be called from any goroutine; Do from one
// at a time.
type Bot struct {
	config Config
	client string

	mu      sync.Mutex
	doc     *notes.Document
	epoch   int64
	gen     int64
	conn    *websocket.Conn // nil while away
	astray  bool            // doc is of no use any more: a snapshot is on its way
	queue   queue
	changed chan struct{} // closed and renewed with each change of state
	closed  bool
	left    bool      // by Leave: it stays away
	denied  error     // the server said "don't come back"
	hellos  int       // that nobody has answered: they may yet come to a server, and replace a later one
	comeAt  time.Time // when to come back after a node asked to be left
	node    int       // of Nodes: the one to go to
	peers   map[string]presence.Peer
	record  Record
}

// ErrClosed is returned by Do after Close.
var ErrClosed = errors.New("the bot is closed")

// New returns a bot that is on its way to the board.
func New(c Config) *Bot {
	if c.Client == "" {
		c.Client = auth.NewID("b")
	}
	if c.Ping == 0 {
		c.Ping = 10 * time.Second
	}
	b := &Bot{config: c, client: c.Client, changed: make(chan struct{}), node: rand.N(len(c.Nodes)), peers: map[string]presence.Peer{}}
	go b.live()
	return b
}

// Client is the bot's client id.
func (b *Bot) Client() string { return b.client }

// Do sends an edit, made by make from the document as it is here, and waits
// until it is settled, over however many connections that takes.
func (b *Bot) Do(ctx context.Context, make func(*notes.Document) notes.Edit) (board.Ack, error) {
	if err := b.AwaitLive(ctx); err != nil {
		return board.Ack{}, err
	}
	select {
	case out := <-b.Propose(make):
		return out.Ack, nil
	case <-ctx.Done():
		return board.Ack{}, ctx.Err()
	}
}

// AwaitLive waits until the bot has been welcomed and is connected.
func (b *Bot) AwaitLive(ctx context.Context) error {
	return b.await(ctx, func() bool { return b.doc != nil && b.conn != nil })
}

// AwaitDenied waits until the server has said "don't come back" and returns
// with which code.
func (b *Bot) AwaitDenied(ctx context.Context) (board.CloseCode, error) {
	var end *websocket.CloseError
	err := b.await(ctx, func() bool { return false })
	if !errors.As(err, &end) {
		return 0, err
	}
	return board.CloseCode(end.Code), nil
}

// AwaitSeq waits until the bot has the document at seq or later.
func (b *Bot) AwaitSeq(ctx context.Context, seq int64) error {
	return b.await(ctx, func() bool { return b.doc != nil && !b.astray && b.doc.Seq >= seq })
}

// Hash returns the replica's seq and hash.
func (b *Bot) Hash() (seq int64, hash string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.doc == nil {
		return 0, ""
	}
	return b.doc.Seq, b.doc.Hash()
}

// Note returns a live note of the replica; false when there is none of that id.
func (b *Bot) Note(id string) (notes.Note, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.doc == nil || b.doc.Notes[id] == nil || b.doc.Notes[id].Deleted != 0 {
		return notes.Note{}, false
	}
	return *b.doc.Notes[id], true
}

// Corrupt changes the replica behind the protocol's back, as a fault would.
func (b *Bot) Corrupt() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.doc.Board.Name += "?"
}

// Ping asks for a pong now, besides those that keep the connection.
func (b *Bot) Ping() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.conn != nil {
		_ = b.conn.WriteMessage(websocket.TextMessage, []byte(ping)) // a failure shows in the reader
	}
}

// Cut breaks the connection without a word; the bot comes back by itself.
func (b *Bot) Cut() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.conn != nil {
		b.conn.NetConn().Close()
	}
}

// Close ends the bot.
func (b *Bot) Close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed = true
	if b.conn != nil {
		b.conn.Close()
	}
	b.signal()
}

func (b *Bot) signal() {
	close(b.changed)
	b.changed = make(chan struct{})
}

func (b *Bot) await(ctx context.Context, ready func() bool) error {
	for {
		b.mu.Lock()
		ok, changed, closed, denied := ready(), b.changed, b.closed, b.denied
		b.mu.Unlock()
		switch {
		case ok:
			return nil
		case denied != nil:
			return denied
		case closed:
			return ErrClosed
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// live connects, reads until the connection ends, and comes back.
func (b *Bot) live() {
	for {
		err := b.connection()
		b.mu.Lock()
		over := b.ended(err)
		pause := max(rand.N(200*time.Millisecond), time.Until(b.comeAt)) // full jitter
		b.mu.Unlock()
		if over {
			return
		}
		time.Sleep(pause)
		if err := b.await(context.Background(), func() bool { return !b.left }); err != nil {
			return
		}
	}
}

// ended takes note of a connection's end and tells whether it was the last.
func (b *Bot) ended(err error) bool {
	if b.conn != nil {
		b.conn = nil
		b.record.left = time.Now()
	}
	b.node = (b.node + 1) % len(b.config.Nodes) // as by a balancer that has seen it fail
	var end *websocket.CloseError
	if errors.As(err, &end) && end.Code >= int(board.CloseReplaced) && end.Code < 5000 && !b.byItself(end) {
		b.denied = end
	}
	b.signal()
	return b.closed || b.denied != nil
}

func (b *Bot) connection() error {
	dialer := websocket.Dialer{Subprotocols: []string{board.Subprotocol}, HandshakeTimeout: 5 * time.Second, EnableCompression: true}
	conn, _, err := dialer.Dial("ws"+strings.TrimPrefix(b.server(), "http")+"/ws",
		http.Header{"Origin": {b.config.Origin}, "Cookie": {b.config.Cookie}})
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	defer conn.Close()
	if err := conn.WriteJSON(b.hello()); err != nil {
		return fmt.Errorf("say hello: %w", err)
	}
	time.AfterFunc(b.config.Ping, func() { b.ping(conn) })
	for {
		_ = conn.SetReadDeadline(time.Now().Add(2*b.config.Ping + time.Second)) // fails only on a closed socket
		_, frame, err := conn.ReadMessage()
		if err != nil {
			return err
		}
		if err := b.take(conn, frame); err != nil {
			return err
		}
	}
}

const ping = `{"type":"ping"}`

// ping goes on until a write fails, as it does once the connection is closed.
func (b *Bot) ping(conn *websocket.Conn) {
	b.mu.Lock()
	err := conn.WriteMessage(websocket.TextMessage, []byte(ping))
	b.mu.Unlock()
	if err == nil {
		time.AfterFunc(b.config.Ping, func() { b.ping(conn) })
	}
}

func (b *Bot) hello() board.Hello {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.hellos++
	return b.helloNow()
}

func (b *Bot) helloNow() board.Hello {
	h := board.Hello{Type: "hello", Board: b.config.Board, Client: b.client, Epoch: b.epoch}
	if b.doc != nil && !b.astray {
		h.Seq = b.doc.Seq
	}
	return h
}

type incoming struct {
	Type     string          `json:"type"`
	Epoch    int64           `json:"epoch"`
	Gen      int64           `json:"gen"`
	New      bool            `json:"new"`
	Ahead    bool            `json:"ahead"`
	LastMid  int64           `json:"last_mid"`
	Results  []board.Ack     `json:"results"`
	Acks     []board.Ack     `json:"acks"`
	Events   []notes.Event   `json:"events"`
	Snapshot *board.Snapshot `json:"snapshot"`
	Seq      int64           `json:"seq"`
	Hash     string          `json:"hash"`
	Within   int             `json:"within"`
	Roster   []presence.Peer `json:"roster"`
	presence.Changes
}

func (b *Bot) take(conn *websocket.Conn, frame []byte) error {
	var m incoming
	if err := json.Unmarshal(frame, &m); err != nil {
		return fmt.Errorf("a frame cannot be read: %w", err)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	defer b.signal()
	switch m.Type {
	case "welcome":
		return b.welcome(conn, m)
	case "events":
		if b.doc == nil || b.astray { // on the way to a welcome, which holds them
			return nil
		}
		return b.apply(m.Events)
	case "ack":
		b.settle(m.Acks)
	case "pong":
		return b.compare(conn, m)
	case "presence":
		b.meet(m.Changes)
	case "drain":
		b.drain(conn, m.Within)
	case "error":
		b.record.Errors++
	case "resync":
		b.astray = true
		return errors.New("start over")
	}
	return nil
}

// compare looks whether the replica is what the server has at the same seq (I8).
// One that is not is told of, and thrown away.
func (b *Bot) compare(conn *websocket.Conn, m incoming) error {
	if m.Hash == "" || b.doc == nil || b.astray || b.conn == nil || m.Seq != b.doc.Seq || m.Hash == b.doc.Hash() {
		return nil
	}
	b.record.Divergences++
	if err := conn.WriteJSON(map[string]any{"type": "diverged", "seq": m.Seq, "hash": b.doc.Hash()}); err != nil {
		return fmt.Errorf("tell of a divergence: %w", err)
	}
	b.astray, b.conn = true, nil
	b.hellos++
	if err := conn.WriteJSON(b.helloNow()); err != nil {
		return fmt.Errorf("start over: %w", err)
	}
	return nil
}

func (b *Bot) welcome(conn *websocket.Conn, m incoming) error {
	if b.strange(m) {
		b.queue.offer(m.LastMid)
	}
	if m.Snapshot != nil {
		b.doc, b.astray = notes.NewDocument(m.Snapshot.Seq, m.Snapshot.Board, m.Snapshot.Notes), false
	}
	if b.doc == nil || b.astray {
		return errors.New("a welcome without a document")
	}
	if err := b.apply(m.Events); err != nil {
		return err
	}
	b.conn, b.epoch, b.gen = conn, m.Epoch, m.Gen
	b.hellos--
	b.comeAt = time.Time{}
	b.record.returned()
	clear(b.peers)
	b.meet(presence.Changes{Peers: m.Roster})
	b.queue.restart(m.LastMid)
	if !b.config.Forgetful {
		b.settle(m.Results)
	}
	b.send()
	return nil
}

func (b *Bot) apply(events []notes.Event) error {
	before := b.doc.Seq
	for _, e := range events {
		if e.Seq <= b.doc.Seq {
			continue
		}
		if err := b.doc.ApplyEvent(e); err != nil {
			b.record.Gaps++
			return err
		}
	}
	if b.config.OnSeq != nil && b.doc.Seq > before {
		b.config.OnSeq(b.doc.Seq)
	}
	return nil
}
