// Package bot is a scripted client on real sockets, for tests and load: it keeps
// a replica of the document, sends one op at a time, and comes back after every
// cut with the same client id and what is not settled, as the browser does.
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
)

// Config says where a bot goes and as whom.
type Config struct {
	Nodes  []string // base URLs of servers; a bot comes back to any of them
	Origin string   // the public URL
	Cookie string   // the Cookie header of a session that may edit
	Board  string
	// Forgetful bots do not look at the answers in a welcome, and send again
	// what was not answered on the connection that broke.
	Forgetful bool
	// OnAck, when set, is called with each ok as it comes, from the reader.
	OnAck func(mid, seq int64)
	// OnHeld, when set, is called with each answer that asks to send again, from
	// the reader.
	OnHeld func(board.Ack)
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
	mid     int64
	pending *notes.Op // sent and not settled
	settled chan board.Ack
	changed chan struct{} // closed and renewed with each change of state
	closed  bool
	gaps    int
	differs int
	refused error // the server said "don't come back"
}

// ErrClosed is returned by Do after Close.
var ErrClosed = errors.New("the bot is closed")

// New returns a bot that is on its way to the board.
func New(c Config) *Bot {
	b := &Bot{config: c, client: auth.NewID("b"), settled: make(chan board.Ack, 1), changed: make(chan struct{})}
	go b.live()
	return b
}

// Client is the bot's client id.
func (b *Bot) Client() string { return b.client }

// Do sends an edit, made by make from the document as it is here, and waits
// until it is settled, over however many connections that takes.
func (b *Bot) Do(ctx context.Context, make func(*notes.Document) notes.Edit) (board.Ack, error) {
	if err := b.await(ctx, func() bool { return b.doc != nil && b.conn != nil }); err != nil {
		return board.Ack{}, err
	}
	b.mu.Lock()
	select {
	case <-b.settled: // of an op whose caller gave up
	default:
	}
	b.mid++
	b.pending = &notes.Op{Mid: b.mid, Edit: make(b.doc)}
	b.sendPending()
	b.mu.Unlock()
	select {
	case ack := <-b.settled:
		return ack, nil
	case <-ctx.Done():
		return board.Ack{}, ctx.Err()
	}
}

// AwaitSeq waits until the bot has the document at seq or later.
func (b *Bot) AwaitSeq(ctx context.Context, seq int64) error {
	return b.await(ctx, func() bool { return b.doc != nil && b.doc.Seq >= seq })
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

// Gaps is how many events came that did not follow the one before.
func (b *Bot) Gaps() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.gaps
}

// Divergences is how often a pong's hash was not that of the replica.
func (b *Bot) Divergences() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.differs
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
		ok, changed, closed, refused := ready(), b.changed, b.closed, b.refused
		b.mu.Unlock()
		switch {
		case ok:
			return nil
		case refused != nil:
			return refused
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
		b.conn = nil
		var end *websocket.CloseError
		if errors.As(err, &end) && end.Code >= int(board.CloseReplaced) && end.Code < 5000 {
			b.refused = end
		}
		over := b.closed || b.refused != nil
		b.signal()
		b.mu.Unlock()
		if over {
			return
		}
		time.Sleep(rand.N(200 * time.Millisecond)) // full jitter
	}
}

func (b *Bot) connection() error {
	node := b.config.Nodes[rand.N(len(b.config.Nodes))]
	dialer := websocket.Dialer{Subprotocols: []string{board.Subprotocol}, HandshakeTimeout: 5 * time.Second}
	conn, _, err := dialer.Dial("ws"+strings.TrimPrefix(node, "http")+"/ws",
		http.Header{"Origin": {b.config.Origin}, "Cookie": {b.config.Cookie}})
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	defer conn.Close()
	if err := conn.WriteJSON(b.hello()); err != nil {
		return fmt.Errorf("say hello: %w", err)
	}
	time.AfterFunc(pingEvery, func() { b.ping(conn) })
	for {
		_, frame, err := conn.ReadMessage()
		if err != nil {
			return err
		}
		if err := b.take(conn, frame); err != nil {
			return err
		}
	}
}

// pingEvery keeps a connection on which nothing is said.
const pingEvery = 10 * time.Second

const ping = `{"type":"ping"}`

// ping goes on until a write fails, as it does once the connection is closed.
func (b *Bot) ping(conn *websocket.Conn) {
	b.mu.Lock()
	err := conn.WriteMessage(websocket.TextMessage, []byte(ping))
	b.mu.Unlock()
	if err == nil {
		time.AfterFunc(pingEvery, func() { b.ping(conn) })
	}
}

func (b *Bot) hello() board.Hello {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.helloNow()
}

func (b *Bot) helloNow() board.Hello {
	h := board.Hello{Type: "hello", Board: b.config.Board, Client: b.client, Epoch: b.epoch}
	if b.doc != nil {
		h.Seq = b.doc.Seq
	}
	return h
}

type incoming struct {
	Type     string          `json:"type"`
	Epoch    int64           `json:"epoch"`
	Gen      int64           `json:"gen"`
	LastMid  int64           `json:"last_mid"`
	Results  []board.Ack     `json:"results"`
	Acks     []board.Ack     `json:"acks"`
	Events   []notes.Event   `json:"events"`
	Snapshot *board.Snapshot `json:"snapshot"`
	Seq      int64           `json:"seq"`
	Hash     string          `json:"hash"`
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
		if b.doc == nil { // on the way to a welcome, which holds them
			return nil
		}
		return b.apply(m.Events)
	case "ack":
		b.settle(m.Acks)
	case "pong":
		return b.compare(conn, m)
	case "resync":
		b.doc = nil
		return errors.New("start over")
	}
	return nil
}

// compare looks whether the replica is what the server has at the same seq (I8).
// One that is not is told of, and thrown away.
func (b *Bot) compare(conn *websocket.Conn, m incoming) error {
	if m.Hash == "" || b.doc == nil || b.conn == nil || m.Seq != b.doc.Seq || m.Hash == b.doc.Hash() {
		return nil
	}
	b.differs++
	if err := conn.WriteJSON(map[string]any{"type": "diverged", "seq": m.Seq, "hash": b.doc.Hash()}); err != nil {
		return fmt.Errorf("tell of a divergence: %w", err)
	}
	b.doc, b.conn = nil, nil
	if err := conn.WriteJSON(b.helloNow()); err != nil {
		return fmt.Errorf("start over: %w", err)
	}
	return nil
}

func (b *Bot) welcome(conn *websocket.Conn, m incoming) error {
	if m.Snapshot != nil {
		b.doc = notes.NewDocument(m.Snapshot.Seq, m.Snapshot.Board, m.Snapshot.Notes)
	}
	if b.doc == nil {
		return errors.New("a welcome without a document")
	}
	if err := b.apply(m.Events); err != nil {
		return err
	}
	b.conn, b.epoch, b.gen = conn, m.Epoch, m.Gen
	if !b.config.Forgetful {
		b.settle(m.Results)
	}
	b.sendPending()
	return nil
}

func (b *Bot) apply(events []notes.Event) error {
	for _, e := range events {
		if e.Seq <= b.doc.Seq {
			continue
		}
		if err := b.doc.ApplyEvent(e); err != nil {
			b.gaps++
			return err
		}
	}
	return nil
}

func (b *Bot) settle(acks []board.Ack) {
	for _, a := range acks {
		if b.pending == nil || a.Mid != b.pending.Mid {
			continue
		}
		if a.Status == board.Retry {
			if b.config.OnHeld != nil {
				b.config.OnHeld(a)
			}
			time.AfterFunc(50*time.Millisecond, func() {
				b.mu.Lock()
				defer b.mu.Unlock()
				b.sendPending()
			})
			continue
		}
		b.pending = nil
		if b.config.OnAck != nil && a.Status == board.OK {
			b.config.OnAck(a.Mid, a.Seq)
		}
		select {
		case b.settled <- a:
		default: // nobody waits for it any more
		}
	}
}

// sendPending sends what is not settled, if the bot is connected. A failure
// shows in the reader.
func (b *Bot) sendPending() {
	if b.pending == nil || b.conn == nil {
		return
	}
	_ = b.conn.WriteJSON(map[string]any{"type": "ops", "gen": b.gen, "ops": []notes.Op{*b.pending}})
}
