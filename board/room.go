package board

import (
	"context"
	"encoding/json"
	"sync/atomic"
	"time"

	"corkboard/notes"
)

// room is one live board on this node. Its fields belong to the goroutine of
// run, but for those marked otherwise; others reach in by do.
type room struct {
	hub   *Hub
	id    string
	inbox chan func()
	stop  chan struct{} // closed to end run
	done  chan struct{} // closed when run has ended

	holds int         // the hub's, under its lock
	idle  *time.Timer // the hub's: retires the room

	doc  *notes.Document // nil until the first job has loaded it
	head Head
	seq  atomic.Int64 // of doc, for pongs
	tail tail

	print     fingerprint // of the document, as last asked for
	snapshots snapshots

	sessions map[*Session]bool
	clients  map[string]*Session

	// The lane of database work: one job at a time, see lane.go.
	busy    bool
	behind  bool // the database is known, or feared, to be ahead
	waiting []waitingTurn
	waiters []waiter
	parked  [][]notes.Event
	quiet   []func() // called when nothing waits and no job runs

	draining bool // no new ops are taken: they are answered with retry

	listening bool // somebody watches, or did a moment ago: news from other nodes are wanted
	others    others
	beat      *time.Timer // while listening
	beats     int
	people    *people
}

const inboxSize = 64

func newRoom(h *Hub, id string) *room {
	r := &room{
		hub: h, id: id,
		inbox: make(chan func(), inboxSize), stop: make(chan struct{}), done: make(chan struct{}),
		sessions: map[*Session]bool{}, clients: map[string]*Session{},
	}
	r.idle = time.AfterFunc(linger, func() { h.retire(r) })
	r.others = others{heard: map[string]time.Time{}}
	r.beat = time.NewTimer(time.Hour)
	r.beat.Stop()
	r.people = newPeople(r)
	return r
}

// do has f run in the room's goroutine; false when the room has closed.
func (r *room) do(f func()) bool {
	select {
	case r.inbox <- f:
		return true
	case <-r.done:
		return false
	}
}

func (r *room) run() {
	defer close(r.done)
	cancel := r.hub.bus.Subscribe(boardTopic(r.id), r.hear, r.restored)
	defer cancel()
	defer r.leave()
	for {
		select {
		case f := <-r.inbox:
			f()
		case <-r.people.timer.C:
			r.people.flush()
		case <-r.beat.C:
			r.heartbeat()
		case <-r.stop:
			return
		}
	}
}

// hear takes news from the bus, in the bus's goroutine.
func (r *room) hear(payload []byte) {
	var n news
	if err := json.Unmarshal(payload, &n); err != nil {
		r.hub.log.Warn("news of a board cannot be read", "board", r.id, "error", err)
		return
	}
	if n.Node == r.hub.node {
		return
	}
	events, err := decodeEvents(n.Events)
	if err != nil { // from a newer node: what they did is read from the log
		r.hub.log.Warn("events from another node cannot be read", "board", r.id, "error", err)
	}
	r.do(func() {
		if n.Recheck { // and nothing else: it comes from a hub, and says nothing of a room
			r.rightsChanged()
			return
		}
		if len(n.Events) > 0 {
			r.takeRemote(n.Epoch, events)
		}
		r.hearOf(n)
		r.people.hear(n)
	})
}

// restored is called by the bus when news may have been lost.
func (r *room) restored() {
	r.do(func() {
		r.behind = true
		r.announce()
		r.next()
	})
}

// takeRemote delivers events of another node, or has them read from the log
// when they do not follow.
func (r *room) takeRemote(epoch int64, events []notes.Event) {
	switch {
	case r.doc == nil: // it is being read, perhaps from before them
		r.behind = true
	case epoch != r.head.Epoch || len(events) == 0:
		r.behind = true
		r.next()
	case r.busy: // the job may be reading the document
		r.parked = append(r.parked, events)
	default:
		r.advance(events)
		r.next()
	}
}

// advance moves the document on and delivers to the sessions: the next seq is
// sent, an older one dropped, a gap read back from the log.
func (r *room) advance(events []notes.Event) { r.deliver(r.take(events), nil) }

// take moves the document on by those events that are next, and returns the
// frame of them for the sessions; nil when there are none.
func (r *room) take(events []notes.Event) *Frame {
	var fresh []json.RawMessage
	for _, e := range events {
		if e.Seq <= r.doc.Seq {
			continue
		}
		if err := r.doc.ApplyEvent(e); err != nil {
			r.behind = true
			break
		}
		fresh = append(fresh, r.tail.add(e))
	}
	r.seq.Store(r.doc.Seq)
	r.head.Seq = r.doc.Seq
	if len(fresh) == 0 {
		return nil
	}
	return eventsFrame(fresh)
}

// deliver sends a frame of events, if there is one, to all who have not had it.
func (r *room) deliver(frame *Frame, had map[*Session]bool) {
	if frame == nil {
		return
	}
	r.tellAllBut(func(s *Session) bool { return had[s] }, frame)
	r.hub.Stats.Delivered.Add(int64(len(r.sessions)))
}

// replace puts a freshly loaded document in the place of the old one. What its
// head says of rights is for heed.
func (r *room) replace(doc *notes.Document, head Head) {
	had, epoch := r.doc != nil, r.head.Epoch
	head.PermVersion, head.Trashed = r.head.PermVersion, r.head.Trashed
	r.doc, r.head = doc, head
	r.head.Seq = doc.Seq
	r.seq.Store(doc.Seq)
	r.tail.reset(doc.Seq)
	r.print = fingerprint{}
	r.snapshots.forget()
	if had {
		r.broadcast(resyncFrame)
	}
	if had && epoch != head.Epoch {
		r.parked = nil
		r.dropBygone()
	}
}

func (r *room) broadcast(f *Frame) { r.tellAllBut(func(*Session) bool { return false }, f) }

// tellAllBut sends a frame to everybody but those who know already.
func (r *room) tellAllBut(know func(*Session) bool, f *Frame) {
	f = r.fitting(f)
	for s := range r.sessions {
		if !know(s) {
			s.conn.Send(f)
		}
	}
}

// fitting is the frame as it is to be sent: a room of a crowd writes nothing itself.
func (r *room) fitting(f *Frame) *Frame {
	if len(r.sessions) > crowd {
		return f.forCrowd()
	}
	return f
}

// compare looks at the board's position in the database.
func (r *room) compare(head Head, exists bool) {
	switch {
	case r.doc == nil:
		return
	case !exists:
		r.closeAll(CloseGone, whyGone)
		return
	}
	r.recheckStale(head.PermVersion)
	behind := head.Epoch != r.head.Epoch || head.Seq > r.doc.Seq
	if !r.listening || !behind && head.Seq == r.doc.Seq {
		return
	}
	r.behind = true // below the document's seq as well: see catchUp
	r.next()
	if behind && r.hub.bus.Healthy() {
		r.announce() // it was not told: perhaps nobody knows that we listen
	}
}

// closeAll ends everybody's session. All are told so before the first is missed:
// who leaves with the others is no news to them.
func (r *room) closeAll(code CloseCode, reason string) {
	for s := range r.sessions {
		s.conn.Close(code, reason)
	}
	for s := range r.sessions {
		r.detach(s)
	}
}

// end closes a session from our side.
func (r *room) end(s *Session, code CloseCode, reason string) {
	s.conn.Close(code, reason)
	r.detach(s)
}

// drain answers what is being committed and sends everybody elsewhere.
func (r *room) drain(ctx context.Context) {
	settled := make(chan struct{})
	r.do(func() {
		r.draining = true
		r.broadcast(drainFrame)
		r.quiet = append(r.quiet, func() {
			r.closeAll(CloseRestart, whyRestart)
			close(settled)
		})
		r.next()
	})
	select {
	case <-settled:
	case <-r.done:
	case <-ctx.Done():
	}
}
