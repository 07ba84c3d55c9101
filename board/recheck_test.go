package board_test

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"corkboard/auth"
	"corkboard/board"
	"corkboard/presence"
)

// What a room learns of new rights by reading the board must not hide them from
// the sessions that are there.
func TestRightsThatAReadBringsAreTaken(t *testing.T) { // I11
	t.Parallel()
	w := newWorld(t)
	node := w.node()
	ben := w.sit(node, w.editor)
	w.revokeEditLink() // and its news are lost
	if _, _, err := node.Document(t.Context(), w.id); err != nil {
		t.Fatal(err)
	}
	ben.conn.expectClose(board.CloseDenied)
}

// A grant that was looked up before the link was turned off, by a hello that
// arrives after it.
func TestGrantThatEndedDuringTheHello(t *testing.T) { // I11
	t.Parallel()
	w := newWorld(t)
	door := newDoorkeeper(w)
	node := w.node()
	door.shut.Store(true)
	c := newConn(t)
	joined := make(chan error, 1)
	go func() {
		session, err := node.Join(context.Background(), c, visitor(w.editor), board.Hello{Board: w.id, Client: auth.NewID("c")})
		if err == nil {
			t.Cleanup(session.Leave)
		}
		joined <- err
	}()
	<-door.waits
	w.revokeEditLink()
	node.Recheck(w.id)
	close(door.open)
	w.must(<-joined)
	c.expectClose(board.CloseDenied)
}

// forgetful fails to look up the rights of one person, once.
type forgetful struct {
	board.Store
	user   string
	failed atomic.Bool
}

func (s *forgetful) Grants(ctx context.Context, all []board.Principal, id string) (map[board.Principal]board.Grant, error) {
	if slices.ContainsFunc(all, func(p board.Principal) bool { return p.ID == s.user }) && !s.failed.Swap(true) {
		return nil, board.ErrUnavailable
	}
	return s.Store.Grants(ctx, all, id)
}

func TestRightsThatCouldNotBeReadAreReadAgain(t *testing.T) { // I11
	t.Parallel()
	w := newWorld(t)
	store := &forgetful{Store: w.store.Store, user: w.editor.ID}
	store.failed.Store(true)
	w.store.Store = store
	node := w.node()
	ben := w.sit(node, w.editor)
	w.sit(node, w.viewer)
	w.revokeEditLink()
	store.failed.Store(false)
	node.Recheck(w.id)
	ben.conn.expectClose(board.CloseDenied)
}

// asked counts how often rights, and what became of a board, are asked for.
type asked struct {
	board.Store
	grants, heads atomic.Int64
}

func (s *asked) Grant(ctx context.Context, p board.Principal, id string) (board.Grant, error) {
	s.grants.Add(1)
	return s.Store.Grant(ctx, p, id)
}

func (s *asked) Grants(ctx context.Context, all []board.Principal, id string) (map[board.Principal]board.Grant, error) {
	s.grants.Add(1)
	return s.Store.Grants(ctx, all, id)
}

func (s *asked) Heads(ctx context.Context, ids []string) (map[string]board.Head, error) {
	s.heads.Add(1)
	return s.Store.Heads(ctx, ids)
}

// However many are on a board, their rights are asked for by one statement, and so
// is why they must go: edits wait for the same database.
func TestRightsOfACrowdAreAskedForAtOnce(t *testing.T) { // I11
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		store := &asked{Store: w.store.Store}
		w.store.Store = store
		node := w.node()
		var people []*seat
		for range 50 {
			u := auth.User{ID: auth.NewID("u"), Guest: true}
			w.must(w.catalog.(auth.Store).AddGuest(t.Context(), u, auth.Hash(u.ID)))
			w.must(w.catalog.OpenLink(t.Context(), u.ID, w.editLink))
			people = append(people, w.sit(node, u))
		}
		store.grants.Store(0)
		store.heads.Store(0)
		w.revokeEditLink()
		node.Recheck(w.id)
		for _, p := range people {
			p.conn.expectClose(board.CloseDenied)
		}
		synctest.Wait()
		if grants, heads := store.grants.Load(), store.heads.Load(); grants > 2 || heads > 3 {
			t.Errorf("rights of 50 were asked for %d times, what became of the board %d times", grants, heads)
		}
	})
}

// doorkeeper does not tell the next one after it was shut that they have entered,
// until it is opened.
type doorkeeper struct {
	board.Store
	shut        atomic.Bool
	waits, open chan struct{}
}

// newDoorkeeper is to be called before there is a node, which reads w.store.
func newDoorkeeper(w *world) *doorkeeper {
	d := &doorkeeper{Store: w.store.Store, waits: make(chan struct{}), open: make(chan struct{})}
	w.store.Store = d
	return d
}

func (s *doorkeeper) Enter(ctx context.Context, id, client string, v board.Visitor) (board.Entrance, error) {
	e, err := s.Store.Enter(ctx, id, client, v)
	if s.shut.Swap(false) {
		close(s.waits)
		<-s.open
	}
	return e, err
}

// A node that goes down gives no seat to a hello that is under way: nobody
// would ever tell it to come back elsewhere.
func TestNoSeatInARoomThatIsDrained(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	door := newDoorkeeper(w)
	node := w.node()
	other := auth.NewID("b")
	w.must(w.catalog.AddBoard(t.Context(), board.Summary{ID: other, Name: "Other"}, w.owner.ID, nil, nil))
	ana, busy := w.sit(node, w.owner), w.sitOn(node, other, w.owner)
	door.shut.Store(true)
	joined := make(chan error, 1)
	go func() {
		_, err := node.Join(context.Background(), newConn(t), visitor(w.editor), board.Hello{Board: w.id, Client: auth.NewID("c")})
		joined <- err
	}()
	<-door.waits
	release := w.store.hold() // the other board keeps the node from ending
	busy.send(busy.ops(noteOp(1, noteID)))
	w.store.awaitHeld(t)
	closed := make(chan struct{})
	go func() { node.Close(context.Background()); close(closed) }()
	ana.conn.expectClose(board.CloseRestart)
	close(door.open)
	if err := <-joined; !errors.Is(err, board.ErrClosing) {
		t.Errorf("the hello ended with %v", err)
	}
	release()
	<-closed
}

// slowReader answers the next read after it was made slow only when told.
type slowReader struct {
	board.Store
	slow        atomic.Bool
	waits, open chan struct{}
}

func (s *slowReader) Heads(ctx context.Context, ids []string) (map[string]board.Head, error) {
	if s.slow.Swap(false) {
		close(s.waits)
		<-s.open
	}
	return s.Store.Heads(ctx, ids)
}

// Whoever gives up waiting for a document must not share it with the room.
func TestDocumentGivenUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		slow := &slowReader{Store: w.store.Store, waits: make(chan struct{}), open: make(chan struct{})}
		w.store.Store = slow
		node := w.node()
		w.sit(node, w.owner)
		slow.slow.Store(true)
		ctx, cancel := context.WithCancel(t.Context())
		go func() {
			<-slow.waits
			cancel()
			time.Sleep(100 * time.Millisecond) // and not a signal, which would put the two in order
			close(slow.open)
		}()
		if doc, _, err := node.Document(ctx, w.id); err == nil || doc != nil {
			t.Errorf("got %v, %v", doc, err)
		}
		time.Sleep(200 * time.Millisecond) // until the room has it
	})
}

// Every hello costs a write and a snapshot: they are held to a rate, as ops are.
func TestHellosAreHeldToARate(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ana := w.sit(w.node(), w.viewer)
	began := time.Now()
	for range 40 {
		ana.send(`{"type":"hello","board":"` + w.id + `","client":"` + ana.client + `"}`)
	}
	if took := time.Since(began); took < time.Second {
		t.Errorf("40 hellos took %v", took)
	}
}

// Without the bus, people on this node still see the new name.
func TestANewNameNeedsNoBus(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	node := w.node()
	ana := w.sit(node, w.owner)
	w.sit(node, w.editor)
	w.bus.losing.Store(true)
	w.must(w.catalog.(auth.Store).SetProfile(t.Context(), w.editor.ID, "Benjamin", 1))
	node.RecheckUser(w.editor.ID)
	ana.conn.expect("presence", func(m received) bool {
		return slices.ContainsFunc(m.Peers, func(p presence.Peer) bool { return p.Name == "Benjamin" })
	})
}
