package bot

import (
	"context"
	"math/rand/v2"
	"time"

	"github.com/gorilla/websocket"

	"corkboard/board"
)

// Leave breaks the connection and returns when it is broken; the bot stays away
// until Return.
func (b *Bot) Leave() {
	b.mu.Lock()
	b.left = true
	b.mu.Unlock()
	b.Cut()
	_ = b.await(context.Background(), func() bool { return b.conn == nil }) // or it has ended altogether
}

// Return has the bot come back after Leave.
func (b *Bot) Return() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.left = false
	b.signal()
}

// Offline tells whether the bot is not connected just now.
func (b *Bot) Offline() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.conn == nil
}

// strange tells whether the welcome is of another log than the one that the bot
// has followed (I14), or of a server that has forgotten the bot: what waits is not
// to be sent again then.
func (b *Bot) strange(m incoming) bool {
	switch {
	case b.epoch == 0:
		return false
	case m.Epoch != b.epoch, m.Ahead:
		return true
	}
	first, sent := b.queue.oldestSent()
	return sent && (m.New || first > m.LastMid+1)
}

// Position returns the epoch and the generation of the last welcome.
func (b *Bot) Position() (epoch, gen int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.epoch, b.gen
}

// AwaitEpoch waits until the bot was welcomed in another epoch than this one.
func (b *Bot) AwaitEpoch(ctx context.Context, other int64) error {
	return b.await(ctx, func() bool { return b.conn != nil && b.epoch != other })
}

// GoTo has the bot connect to another server than before, from the next time on.
func (b *Bot) GoTo(node string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.config.Nodes, b.node = []string{node}, 0
}

func (b *Bot) server() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.config.Nodes[b.node]
}

// byItself tells whether the connection was replaced by an earlier hello of the
// bot's own, which came late. It is asked once for each that may have.
func (b *Bot) byItself(end *websocket.CloseError) bool {
	if end.Code != int(board.CloseReplaced) || b.hellos == 0 {
		return false
	}
	b.hellos--
	b.record.Replaced++
	return true
}

// drain leaves a node that goes down at a random moment, or comes back at that
// moment when the node has ended the connection before.
func (b *Bot) drain(conn *websocket.Conn, within int) {
	wait := rand.N(time.Duration(max(within, 1)) * time.Millisecond)
	b.record.Drains++
	b.comeAt = time.Now().Add(wait)
	time.AfterFunc(wait, func() { conn.Close() })
}
