package board

import (
	"context"
	"encoding/json"
	"errors"

	"corkboard/auth"
	"corkboard/notes"
	"corkboard/presence"
)

// ErrFull says that the board has no seat left on this node.
var ErrFull = errors.New("this board is full")

// worthEvents is how many bytes of events are sent without asking whether a
// snapshot would be smaller; maxEvents is how many are sent at all, for they wait
// for one socket alone; maxCatchUp is how many events are read from the log.
const (
	worthEvents = 32 << 10
	maxEvents   = MaxQueue / 2
	maxCatchUp  = 5000
)

// join is a hello on its way to a seat.
type join struct {
	session *Session
	hello   Hello
	state   ClientState
	fresh   bool              // nothing was known of the client
	head    Head              // of the database after the hello came; see Entrance
	before  int64             // the room's seq before it was asked for
	older   []json.RawMessage // events after hello.Seq that were read from the log
	waited  bool              // for a snapshot
	shown   int64             // a seq at or after all that the session was sent in its seat
}

// maxRegistrations is how many hellos are written to the database at a time.
// When everybody comes back at once, commits still find a connection.
const maxRegistrations = 4

// register lets a visitor in: it raises the client's generation and returns
// what a join must know. ErrTrashed when nobody may join the board just now.
func (h *Hub) register(ctx context.Context, hello Hello, v Visitor) (j join, g Grant, err error) {
	select {
	case h.registrations <- struct{}{}:
		defer func() { <-h.registrations }()
	case <-ctx.Done():
	}
	if err := ctx.Err(); err != nil {
		return join{}, Grant{}, err
	}
	before := h.position(hello.Board)
	e, err := h.store.Enter(ctx, hello.Board, hello.Client, v)
	if err == nil && e.Grant.Trashed {
		err = ErrTrashed
	}
	return join{hello: hello, state: e.Client, fresh: e.New, head: e.Head, before: before}, e.Grant, err
}

// position is the seq of the board's room, 0 when it has none.
func (h *Hub) position(board string) int64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	if r := h.rooms[board]; r != nil {
		return r.seq.Load()
	}
	return 0
}

// reaches tells whether the room has all that the database held when the hello
// was registered. A head below where the room was before that is of a backup
// which was put back (D5): reading the board again finds it out.
func (r *room) reaches(j join) bool {
	return r.doc != nil && !r.behind && j.head.Epoch == r.head.Epoch && j.before <= j.head.Seq && j.head.Seq <= r.doc.Seq
}

// join seats the session in the room's goroutine, so that no event can come
// between, once the room holds everything that the client's last mid stands for
// and that was committed before the hello came.
func (r *room) join(ctx context.Context, j join) error {
	seated := make(chan error, 1)
	known := func() bool { return r.reaches(j) }
	err := r.upToDate(ctx, known, func() {
		if r.sessions[j.session] {
			j.shown = r.doc.Seq
		}
		r.seat(j, seated)
	})
	if err != nil {
		return err
	}
	return r.await(ctx, seated)
}

func (r *room) seat(j join, seated chan<- error) {
	if err := j.session.ctx.Err(); err != nil { // it has ended
		seated <- err
		return
	}
	a, ok := r.arrival(j, func(j join) { r.seat(j, seated) })
	if !ok {
		return // later
	}
	if err := r.makeRoom(j); err != nil {
		seated <- err
		return
	}
	s := j.session
	r.attach(s, j.state)
	s.conn.Send(r.fitting(r.welcome(j, a))) // before any news, its own arrival's too
	if len(a.since) > 0 {
		s.conn.Send(eventsFrame(a.since))
	}
	r.people.comeAndGone()
	if s.grant.PermVersion != r.head.PermVersion {
		r.recheckOne(s.who) // rights have changed since the hello was let in
	}
	seated <- nil
}

// makeRoom closes another socket of the same client, or says why this one
// cannot be seated.
func (r *room) makeRoom(j join) error {
	s := j.session
	switch other := r.clients[s.client]; {
	case r.draining: // nobody would tell this one to go elsewhere
		return ErrClosing
	case other != nil && other != s && other.epoch == r.head.Epoch && other.state.Gen > j.state.Gen:
		s.conn.Close(CloseReplaced, whyReplaced)
		return ErrNotFound
	case other != nil && other != s:
		r.end(other, CloseReplaced, whyReplaced)
	case other == nil && len(r.sessions) >= MaxSessions:
		return ErrFull
	}
	return nil
}

// arrival is what brings a client to the head: events alone, or a snapshot and
// the events since.
type arrival struct {
	events   []json.RawMessage
	snapshot *Packed
	seq      int64 // of the snapshot
	since    []json.RawMessage
}

// arrival finds it, or has what is missing fetched first, and calls again, in
// the room's goroutine.
func (r *room) arrival(j join, again func(join)) (a arrival, ok bool) {
	events, ok := r.since(j)
	if !ok && j.older == nil && r.fromLog(j, again) {
		return arrival{}, false
	}
	if ok && size(events) <= worthEvents {
		return arrival{events: events}, true
	}
	since, packed := r.snapshotFor(j)
	if !packed {
		j.waited = true
		r.packSnapshot(func() { again(j) })
		return arrival{}, false
	}
	last := r.snapshots.last
	if ok && size(events) <= min(len(last.Text), maxEvents) {
		return arrival{events: events}, true
	}
	return arrival{snapshot: last, seq: r.snapshots.seq, since: since}, true
}

// attach gives s a seat, or keeps the one it has.
func (r *room) attach(s *Session, state ClientState) {
	s.state, s.epoch = &state, r.head.Epoch
	if !r.sessions[s] {
		r.sessions[s] = true
		r.hub.Stats.Sessions.Add(1)
	}
	r.clients[s.client] = s
	r.watchExpiry(s)
	r.people.arrive(s)
	if !r.listening {
		r.open()
	}
}

// detach takes a session's seat away, and ends what its reader waits for. A newer
// session of the same client keeps its own: the late close of a replaced socket
// must not touch it.
func (r *room) detach(s *Session) {
	if !r.sessions[s] {
		return
	}
	delete(r.sessions, s)
	s.cancel()
	s.forgetExpiry()
	r.hub.Stats.Sessions.Add(-1)
	if r.clients[s.client] == s {
		delete(r.clients, s.client)
	}
	r.people.depart(s)
}

// since returns the events that bring the client to the head, where the room
// has them.
func (r *room) since(j join) ([]json.RawMessage, bool) {
	if j.hello.Seq == 0 || j.hello.Epoch != r.head.Epoch {
		return nil, false
	}
	if j.older == nil {
		return r.tail.since(j.hello.Seq, r.doc.Seq)
	}
	rest, ok := r.tail.since(j.hello.Seq+int64(len(j.older)), r.doc.Seq)
	return append(j.older[:len(j.older):len(j.older)], rest...), ok
}

// fromLog has the events read that the room has no more, and calls again after
// that; false when a snapshot is the better way.
func (r *room) fromLog(j join, again func(join)) bool {
	gap := r.doc.Seq - j.hello.Seq
	if j.hello.Seq == 0 || j.hello.Epoch != r.head.Epoch || gap <= 0 || gap > maxCatchUp || j.hello.Seq < r.head.LogFloor {
		return false
	}
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), storeTimeout)
		defer cancel()
		events, err := r.hub.store.Events(ctx, r.id, j.hello.Seq)
		j.older = encodeEvents(events)
		if err != nil || j.older == nil {
			j.older = []json.RawMessage{} // a snapshot serves
		}
		r.do(func() { again(j) })
	}()
	return true
}

func encodeEvents(events []notes.Event) []json.RawMessage {
	var raw []json.RawMessage
	for _, e := range events {
		raw = append(raw, encodeEvent(e))
	}
	return raw
}

// welcome tells a client where it stands. Its snapshot is shared with whoever
// joins at the same seq.
func (r *room) welcome(j join, a arrival) *Frame {
	w := welcome{
		Type: "welcome", Epoch: r.head.Epoch, Seq: r.doc.Seq, Gen: j.state.Gen, New: j.fresh, Role: j.session.grant.Role,
		Peer: j.session.peer, LastMid: j.state.LastMid, Results: j.state.Results, Events: a.events,
		Ahead:  j.hello.Epoch == r.head.Epoch && j.hello.Seq > r.doc.Seq,
		Limits: serverLimits, Heartbeat: presence.HeartbeatEvery * 1000,
	}
	if a.snapshot == nil {
		return encode(w).with("roster", r.people.packed())
	}
	w.Seq = a.seq
	return encode(w).with("roster", r.people.packed()).with("snapshot", a.snapshot)
}

// newPeerID is short, because it stands in every cursor's news.
func (r *room) newPeerID() string {
	for {
		id := auth.NewID("p")[2:7]
		if !r.people.knows(id) {
			return id
		}
	}
}
