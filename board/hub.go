package board

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/time/rate"

	"corkboard/auth"
	"corkboard/notes"
)

// Times of a hub.
const (
	positionEvery = 5 * time.Second  // how often live boards are compared with the database
	blindEvery    = time.Second / 2  // the same, while the bus brings nothing
	linger        = 30 * time.Second // how long a room stays without anybody
	storeTimeout  = 10 * time.Second // for one job
)

// ErrClosing says that this node is going down; another one will answer.
var ErrClosing = errors.New("this server is going down")

// Hub holds the rooms of this node.
type Hub struct {
	Stats Stats

	store Store
	bus   Bus
	log   *slog.Logger
	node  string

	outages outages
	pings   atomic.Int64
	claims  *rate.Limiter // of divergences into the log

	mu      sync.Mutex
	rooms   map[string]*room
	closing bool

	registrations chan struct{} // has room for those that are under way

	ctx    context.Context
	cancel context.CancelFunc
	done   sync.WaitGroup
	leave  func() // the people topic
}

// NewHub returns a running hub; Close stops it.
func NewHub(store Store, bus Bus, log *slog.Logger) *Hub {
	ctx, cancel := context.WithCancel(context.Background())
	h := &Hub{
		Stats: newStats(), store: store, bus: bus, log: log, node: auth.NewID("n"), rooms: map[string]*room{},
		claims: rate.NewLimiter(rate.Every(10*time.Second), 10), registrations: make(chan struct{}, maxRegistrations),
		ctx: ctx, cancel: cancel,
	}
	h.leave = bus.Subscribe(peopleTopic, h.hearPeople, func() {})
	h.done.Go(h.watchPositions)
	return h
}

// acquire returns the board's room, opened if need be, and holds it until release.
func (h *Hub) acquire(board string) (*room, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closing {
		return nil, ErrClosing
	}
	r := h.rooms[board]
	if r == nil {
		r = newRoom(h, board)
		h.rooms[board] = r
		h.Stats.Rooms.Add(1)
		h.done.Go(r.run)
	}
	r.holds++
	r.idle.Stop()
	return r, nil
}

// release gives a room back; one that nobody holds closes after a while.
func (h *Hub) release(r *room) {
	h.mu.Lock()
	defer h.mu.Unlock()
	r.holds--
	if r.holds == 0 && !h.closing {
		r.idle.Reset(linger)
	}
}

// retire closes a room that has been idle, unless somebody came in meanwhile.
func (h *Hub) retire(r *room) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if r.holds > 0 || h.closing || h.rooms[r.id] != r {
		return
	}
	h.forget(r)
	close(r.stop)
}

func (h *Hub) forget(r *room) {
	delete(h.rooms, r.id)
	h.Stats.Rooms.Add(-1)
}

// live returns the rooms of now.
func (h *Hub) live() []*room {
	h.mu.Lock()
	defer h.mu.Unlock()
	all := make([]*room, 0, len(h.rooms))
	for _, r := range h.rooms {
		all = append(all, r)
	}
	return all
}

// Submit commits edits of a principal by THE write path and returns their acks,
// in order. The client id names the request: the same id with the same edits
// has one effect and gets the same answer, however often it is sent. Edits of
// one call share a transaction, but only a notes.Batch is all or nothing.
// Errors: ErrNotFound, ErrUnavailable (send it again), ErrClosing.
func (h *Hub) Submit(ctx context.Context, grant Grant, client string, edits []notes.Edit) ([]Ack, error) {
	r, err := h.acquire(grant.Board)
	if err != nil {
		return nil, err
	}
	defer h.release(r)
	e, err := h.store.Enter(ctx, grant.Board, client, Visitor{Principal: grant.Principal})
	if err != nil {
		return nil, fmt.Errorf("begin a submission: %w", err)
	}
	turn := Turn{Grant: grant, Client: client, Gen: e.Client.Gen}
	for i, e := range edits {
		mid := int64(i) + 1
		turn.Ops = append(turn.Ops, Submission{Mid: mid, Op: notes.Op{Mid: mid, Edit: e}})
	}
	return r.submitAndWait(ctx, turn, &e.Client)
}

// Document returns the board's document and head as Postgres has them now. The
// document is the caller's own.
func (h *Hub) Document(ctx context.Context, board string) (*notes.Document, Head, error) {
	r, err := h.acquire(board)
	if err != nil {
		return nil, Head{}, err
	}
	defer h.release(r)
	var doc *notes.Document
	var head Head
	if err := r.upToDate(ctx, func() bool { return false }, func() { doc, head = r.doc.Clone(), r.head }); err != nil {
		return nil, Head{}, err // the room may yet write what nobody waits for
	}
	return doc, head, nil
}

// Recheck makes every node evaluate again who may be on the board. It is to be
// called after a change of rights was committed.
func (h *Hub) Recheck(board string) {
	h.bus.Publish(boardTopic(board), news{Node: h.node, Recheck: true}.encode())
	h.mu.Lock()
	r := h.rooms[board]
	h.mu.Unlock()
	if r != nil {
		r.do(r.rightsChanged)
	}
}

// RecheckUser makes every node look again at a person's name, colour and rights.
func (h *Hub) RecheckUser(user string) {
	h.bus.Publish(peopleTopic, encode(peopleNews{Node: h.node, User: user}).Text())
	h.recheckUser(user)
}

// RecheckMember does so for one board, after the person was given rights on it.
func (h *Hub) RecheckMember(board, user string) {
	h.bus.Publish(peopleTopic, encode(peopleNews{Node: h.node, User: user, Board: board}).Text())
	h.recheckMember(board, user)
}

func (h *Hub) recheckMember(board, user string) {
	h.mu.Lock()
	r := h.rooms[board]
	h.mu.Unlock()
	if r != nil {
		r.do(func() { r.recheckUser(user) })
	}
}

func (h *Hub) recheckUser(user string) {
	for _, r := range h.live() {
		r.do(func() { r.recheckUser(user) })
	}
}

func (h *Hub) hearPeople(payload []byte) {
	var n peopleNews
	if err := json.Unmarshal(payload, &n); err != nil {
		h.log.Warn("news of a person cannot be read", "error", err)
		return
	}
	switch {
	case n.Node == h.node:
	case n.Board != "":
		h.recheckMember(n.Board, n.User)
	default:
		h.recheckUser(n.User)
	}
}

// watchPositions compares the live boards with the database, so that an event
// whose news got lost is found even when nothing follows it; more often while
// the bus brings no news at all.
func (h *Hub) watchPositions() {
	tick := time.NewTicker(blindEvery)
	defer tick.Stop()
	var last time.Time
	for {
		select {
		case <-h.ctx.Done():
			return
		case now := <-tick.C:
			if h.bus.Healthy() && now.Sub(last) < positionEvery-blindEvery/2 { // ticks are not exact
				continue
			}
			last = now
			h.comparePositions()
		}
	}
}

func (h *Hub) comparePositions() {
	rooms := h.live()
	if len(rooms) == 0 {
		return
	}
	ids := make([]string, len(rooms))
	for i, r := range rooms {
		ids[i] = r.id
	}
	ctx, cancel := context.WithTimeout(h.ctx, storeTimeout)
	defer cancel()
	heads, err := h.store.Heads(ctx, ids)
	if err != nil {
		h.log.Warn("the positions of live boards cannot be read", "error", err)
		return
	}
	for _, r := range rooms {
		head, exists := heads[r.id]
		r.do(func() { r.compare(head, exists) })
	}
}

// Drain tells every socket to go elsewhere at a moment of chance, and serves on
// until they have gone, or the time that they were given or ctx is over.
func (h *Hub) Drain(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, drainWithin)
	defer cancel()
	for _, r := range h.live() {
		r.do(func() { r.broadcast(drainFrame) })
	}
	look := time.NewTicker(drainWithin / 100)
	defer look.Stop()
	for h.Stats.Sessions.Load() > 0 {
		select {
		case <-look.C:
		case <-ctx.Done():
			return
		}
	}
}

// Close tells every socket to come back elsewhere, lets what is being committed
// end and be answered, and closes the rooms. It returns when all is quiet or
// ctx is over.
func (h *Hub) Close(ctx context.Context) {
	h.mu.Lock()
	h.closing = true
	h.mu.Unlock()
	var quiet sync.WaitGroup
	for _, r := range h.live() {
		quiet.Go(func() { r.drain(ctx) })
	}
	quiet.Wait()
	h.leave()
	h.cancel()
	h.mu.Lock()
	for _, r := range h.rooms {
		h.forget(r)
		close(r.stop)
	}
	h.mu.Unlock()
	h.done.Wait()
}
