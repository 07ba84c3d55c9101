package presence

import (
	"sort"
	"time"
)

// Changes is what happened in a roster since it was last asked: the news of one
// tick. A peer stands in one of the lists only.
type Changes struct {
	Peers   []Peer   `json:"peers,omitempty"`   // new, or changed in more than the pointer
	Cursors []Cursor `json:"cursors,omitempty"` // moved the pointer, nothing else
	Gone    []string `json:"gone,omitempty"`
}

// Empty tells whether there is no news.
func (c Changes) Empty() bool { return len(c.Peers)+len(c.Cursors)+len(c.Gone) == 0 }

// OnlyCursors tells whether the news may be lost: the next move makes it good.
func (c Changes) OnlyCursors() bool { return len(c.Peers)+len(c.Gone) == 0 }

type change int

const (
	moved change = iota + 1
	changed
	gone
)

// Roster is everybody on one board, and what changed since the last Take. It is
// not safe for concurrent use.
type Roster struct {
	peers map[string]Peer
	seen  map[string]time.Time
	news  map[string]change
}

// NewRoster returns an empty roster.
func NewRoster() *Roster {
	return &Roster{map[string]Peer{}, map[string]time.Time{}, map[string]change{}}
}

// Len is the number of peers.
func (r *Roster) Len() int { return len(r.peers) }

// Get returns the peer of that id; false when it is not on the board.
func (r *Roster) Get(id string) (Peer, bool) {
	p, ok := r.peers[id]
	return p, ok
}

// Put adds a peer or changes it; now counts as hearing of it.
func (r *Roster) Put(p Peer, now time.Time) {
	old, known := r.peers[p.ID]
	r.peers[p.ID], r.seen[p.ID] = p, now
	switch {
	case !known || !sameRecord(old, p):
		r.news[p.ID] = changed
	case !samePoint(old.Cursor, p.Cursor) && r.news[p.ID] != changed:
		r.news[p.ID] = moved
	}
}

// Point moves a known peer's pointer and tells whether there is such a peer.
func (r *Roster) Point(c Cursor, now time.Time) bool {
	p, known := r.peers[c.ID]
	if known {
		p.Cursor = c.At
		r.Put(p, now)
	}
	return known
}

// Touch notes that a peer was heard of.
func (r *Roster) Touch(id string, now time.Time) {
	if _, known := r.peers[id]; known {
		r.seen[id] = now
	}
}

// HeardSince tells whether a peer was heard of at or after a time.
func (r *Roster) HeardSince(id string, since time.Time) bool {
	at, known := r.seen[id]
	return known && !at.Before(since)
}

// Remove takes a peer off at once, and lets the next Take tell of it. An unknown
// id is no news.
func (r *Roster) Remove(id string) {
	if _, known := r.peers[id]; !known {
		return
	}
	delete(r.peers, id)
	delete(r.seen, id)
	r.news[id] = gone
}

// Expire takes off whoever was last heard of before, and returns their ids.
func (r *Roster) Expire(before time.Time) []string {
	var late []string
	for id, at := range r.seen {
		if at.Before(before) {
			late = append(late, id)
		}
	}
	for _, id := range late {
		r.Remove(id)
	}
	return late
}

// All returns every peer, in the order of their ids.
func (r *Roster) All() []Peer {
	all := make([]Peer, 0, len(r.peers))
	for _, p := range r.peers {
		all = append(all, p)
	}
	sort.Slice(all, func(i, j int) bool { return all[i].ID < all[j].ID })
	return all
}

// Changed tells whether Take would have news.
func (r *Roster) Changed() bool { return len(r.news) > 0 }

// Take returns what changed since the last Take, each peer once, and forgets it:
// what is lost on the way is made good by the next change.
func (r *Roster) Take() Changes {
	var c Changes
	for id, what := range r.news {
		p := r.peers[id]
		switch what {
		case changed:
			c.Peers = append(c.Peers, p)
		case moved:
			c.Cursors = append(c.Cursors, Cursor{id, p.Cursor})
		case gone:
			c.Gone = append(c.Gone, id)
		}
	}
	clear(r.news)
	return c
}
