package bot

import (
	"slices"
	"time"

	"corkboard/presence"
)

// Record is what a bot has seen.
type Record struct {
	Gaps        int             // events that did not follow the one before
	Divergences int             // pongs whose hash was not that of the replica
	Errors      int             // frames that said that a frame of the bot's was refused
	Retries     int             // frames of ops that were to be sent again
	Replaced    int             // connections that a late hello of the bot's own replaced
	Drains      int             // nodes that said that they go down
	Refused     []Outcome       // what people would be shown, with their text
	Away        []time.Duration // for each time that the bot came back: how long it was not connected

	left time.Time // when the connection ended; zero: it was not connected before, or is
}

func (r *Record) returned() {
	if !r.left.IsZero() {
		r.Away = append(r.Away, time.Since(r.left))
		r.left = time.Time{}
	}
}

// Record returns what the bot has seen so far.
func (b *Bot) Record() Record {
	b.mu.Lock()
	defer b.mu.Unlock()
	r := b.record
	r.Refused, r.Away = slices.Clone(r.Refused), slices.Clone(r.Away)
	return r
}

// Point moves the bot's pointer, if it is connected.
func (b *Bot) Point(x, y int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.conn != nil { // a failure shows in the reader
		_ = b.conn.WriteJSON(map[string]any{"type": "presence", "cursor": []int{x, y}, "selection": []string{}, "editing": nil})
	}
}

// meet takes news of who is here.
func (b *Bot) meet(c presence.Changes) {
	for _, p := range c.Peers {
		b.peers[p.ID] = p
	}
	for _, move := range c.Cursors {
		if p, here := b.peers[move.ID]; here {
			p.Cursor = move.At
			b.peers[move.ID] = p
		}
	}
	for _, id := range c.Gone {
		delete(b.peers, id)
	}
}

// Peers returns who is on the board as the bot was told, itself too, by peer id.
func (b *Bot) Peers() map[string]presence.Peer {
	b.mu.Lock()
	defer b.mu.Unlock()
	all := make(map[string]presence.Peer, len(b.peers))
	for id, p := range b.peers {
		all[id] = p
	}
	return all
}
