package presence

import (
	"slices"
	"strings"
	"time"
)

// change is what the next Take tells of a peer.
type change int

const (
	nothing change = iota
	moved
	changed
	gone
)

// entry is a peer of a roster. It stays in the news after it has left the map.
type entry struct {
	Peer
	seen time.Time
	news change
}

// Roster is everybody on one board, and what changed since the last Take. It is
// not safe for concurrent use.
type Roster struct {
	peers map[string]*entry
	news  []*entry // those of whom there is news, each once
}

// NewRoster returns an empty roster.
func NewRoster() *Roster { return &Roster{peers: map[string]*entry{}} }

// Len is the number of peers.
func (r *Roster) Len() int { return len(r.peers) }

// Get returns the peer of that id; false when it is not on the board.
func (r *Roster) Get(id string) (Peer, bool) {
	if e := r.peers[id]; e != nil {
		return e.Peer, true
	}
	return Peer{}, false
}

// Put adds a peer or changes it; now counts as hearing of it.
func (r *Roster) Put(p Peer, now time.Time) {
	e := r.peers[p.ID]
	if e == nil {
		r.add(p, now)
		return
	}
	if e.User != p.User || e.Name != p.Name || e.Color != p.Color || e.Role != p.Role {
		r.tell(e, changed)
	}
	state := p.State
	p.State = e.State
	e.Peer = p
	r.set(e, state, now)
}

func (r *Roster) add(p Peer, now time.Time) {
	for _, e := range r.news {
		if e.news == gone && e.ID == p.ID {
			e.news = nothing // back before anybody was told
		}
	}
	e := &entry{Peer: p, seen: now}
	r.peers[p.ID] = e
	r.tell(e, changed)
}

// Say changes what a known peer says of itself, and tells whether there is such
// a peer.
func (r *Roster) Say(id string, s State, now time.Time) bool {
	e := r.peers[id]
	if e != nil {
		r.set(e, s, now)
	}
	return e != nil
}

// Point moves a known peer's pointer and tells whether there is such a peer.
func (r *Roster) Point(c Cursor, now time.Time) bool {
	e := r.peers[c.ID]
	if e != nil {
		s := e.State
		s.Cursor = c.At
		r.set(e, s, now)
	}
	return e != nil
}

func (r *Roster) set(e *entry, s State, now time.Time) {
	e.seen = now
	switch {
	case s.differs(&e.State):
		r.tell(e, changed)
	case !same(e.Cursor, s.Cursor):
		r.tell(e, moved)
	}
	e.State = s
}

// tell has the next Take tell of a change, or of a greater one before it.
func (r *Roster) tell(e *entry, what change) {
	if e.news == nothing {
		r.news = append(r.news, e)
	}
	e.news = max(e.news, what)
}

// Touch notes that a peer was heard of.
func (r *Roster) Touch(id string, now time.Time) {
	if e := r.peers[id]; e != nil {
		e.seen = now
	}
}

// HeardSince tells whether a peer was heard of at or after a time.
func (r *Roster) HeardSince(id string, since time.Time) bool {
	e := r.peers[id]
	return e != nil && !e.seen.Before(since)
}

// Remove takes a peer off at once, and lets the next Take tell of it. An unknown
// id is no news.
func (r *Roster) Remove(id string) {
	if e := r.peers[id]; e != nil {
		delete(r.peers, id)
		r.tell(e, gone)
	}
}

// Expire takes off whoever was last heard of before, and returns their ids.
func (r *Roster) Expire(before time.Time) []string {
	var late []string
	for id, e := range r.peers {
		if e.seen.Before(before) {
			late = append(late, id)
		}
	}
	slices.Sort(late)
	for _, id := range late {
		r.Remove(id)
	}
	return late
}

// All returns every peer, in the order of their ids.
func (r *Roster) All() []Peer {
	all := make([]Peer, 0, len(r.peers))
	for _, e := range r.peers {
		all = append(all, e.Peer)
	}
	slices.SortFunc(all, func(a, b Peer) int { return strings.Compare(a.ID, b.ID) })
	return all
}

// Changed tells whether Take would have news.
func (r *Roster) Changed() bool { return len(r.news) > 0 }

// Take returns what changed since the last Take, each peer once, in the order in
// which it changed first, and forgets it: what is lost on the way is made good by
// the next change.
func (r *Roster) Take() Changes {
	var c Changes
	for i, e := range r.news {
		switch e.news {
		case changed:
			c.Peers = append(c.Peers, e.Peer)
		case moved:
			if c.Cursors == nil {
				c.Cursors = make([]Cursor, 0, len(r.news)-i)
			}
			c.Cursors = append(c.Cursors, Cursor{e.ID, e.Cursor})
		case gone:
			c.Gone = append(c.Gone, e.ID)
		}
		e.news, r.news[i] = nothing, nil
	}
	r.news = r.news[:0]
	return c
}
