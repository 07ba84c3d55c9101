package board_test

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"corkboard/auth"
	"corkboard/board"
	"corkboard/board/boardtest"
	"corkboard/bus"
)

// world is a board with an owner, an editor and a viewer, in one store, and as
// many nodes as a test asks for on one bus.
type world struct {
	t        *testing.T
	store    *faultyStore
	catalog  board.Catalog
	bus      *lossyBus
	id       string
	owner    auth.User
	editor   auth.User
	viewer   auth.User
	editLink board.Link
	viewLink board.Link
}

func newWorld(t *testing.T) *world {
	t.Helper()
	fake := boardtest.NewStore(time.Now)
	w := &world{
		t: t, store: &faultyStore{Store: fake}, catalog: fake, bus: &lossyBus{Bus: bus.NewMemory()}, id: auth.NewID("b"),
		owner: auth.User{ID: auth.NewID("u"), Name: "Ana"}, editor: auth.User{ID: auth.NewID("u"), Name: "Ben"}, viewer: auth.User{ID: auth.NewID("u"), Name: "Vera"},
	}
	w.editLink = board.Link{ID: auth.NewID("l"), Board: w.id, Role: board.Editor}
	w.viewLink = board.Link{ID: auth.NewID("l"), Board: w.id, Role: board.Viewer}
	for _, u := range []auth.User{w.owner, w.editor, w.viewer} {
		w.must(fake.AddGuest(t.Context(), u, auth.Hash(u.ID)))
	}
	w.must(fake.AddBoard(t.Context(), board.Summary{ID: w.id, Name: "Retro", CreatedAt: time.Now(), ModifiedAt: time.Now()}, w.owner.ID,
		[]board.Link{w.editLink, w.viewLink}, [][]byte{auth.Hash("edit" + w.id), auth.Hash("view" + w.id)}))
	w.must(fake.OpenLink(t.Context(), w.editor.ID, w.editLink))
	w.must(fake.OpenLink(t.Context(), w.viewer.ID, w.viewLink))
	return w
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// node is one more server.
func (w *world) node() *board.Hub { return w.nodeOn(w.bus) }

func (w *world) nodeOn(b board.Bus) *board.Hub {
	h := board.NewHub(w.store, b, slog.New(slog.DiscardHandler))
	w.t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		h.Close(ctx)
	})
	return h
}

// visitor is the person, whoever looks.
func visitor(u auth.User) board.Visitor {
	return board.Visitor{Principal: board.Principal{Kind: board.ByUser, ID: u.ID}}
}

func (w *world) grant(u auth.User) board.Grant {
	w.t.Helper()
	g, err := w.store.Grant(w.t.Context(), board.Principal{Kind: board.ByUser, ID: u.ID}, w.id)
	w.must(err)
	return g
}

// revokeEditLink turns off the link by which the editor came.
func (w *world) revokeEditLink() {
	w.t.Helper()
	fresh := board.Link{ID: auth.NewID("l"), Board: w.id, Role: board.Editor}
	w.must(w.catalog.ReplaceLink(w.t.Context(), fresh, auth.Hash(fresh.ID), time.Now()))
}

// sameEverywhere compares what every node would show with the store.
func (w *world) sameEverywhere(seq int64) {
	w.t.Helper()
	doc, head, err := w.store.Load(w.t.Context(), w.id)
	w.must(err)
	if head.Seq != seq {
		w.t.Errorf("the board is at %d, want %d", head.Seq, seq)
	}
	shown, _, err := w.node().Document(w.t.Context(), w.id)
	w.must(err)
	if shown.Hash() != doc.Hash() {
		w.t.Errorf("a node shows %s, the store holds %s", shown.Hash(), doc.Hash())
	}
}

// seat is somebody on the board.
type seat struct {
	conn    *conn
	session *board.Session
	client  string
	welcome received
}

func (w *world) sit(h *board.Hub, u auth.User) *seat {
	w.t.Helper()
	return w.hello(h, u, board.Hello{Client: auth.NewID("c")})
}

func (w *world) hello(h *board.Hub, u auth.User, hello board.Hello) *seat {
	w.t.Helper()
	return w.helloAs(h, board.Principal{Kind: board.ByUser, ID: u.ID}, hello)
}

// sitOn is sit for another board than the world's.
func (w *world) sitOn(h *board.Hub, id string, u auth.User) *seat {
	w.t.Helper()
	return w.helloAs(h, board.Principal{Kind: board.ByUser, ID: u.ID}, board.Hello{Board: id, Client: auth.NewID("c")})
}

func (w *world) helloAs(h *board.Hub, p board.Principal, hello board.Hello) *seat {
	w.t.Helper()
	if hello.Board == "" {
		hello.Board = w.id
	}
	s := &seat{conn: newConn(w.t), client: hello.Client}
	var err error
	s.session, err = h.Join(w.t.Context(), s.conn, board.Visitor{Principal: p}, hello)
	w.must(err)
	w.t.Cleanup(s.session.Leave)
	s.welcome = s.conn.expect("welcome", nil)
	if first := s.conn.first(); first.Type != "welcome" { // no news may come before it
		w.t.Errorf("the first message is %+v", first)
	}
	return s
}

func (s *seat) send(frame string) { s.session.Receive([]byte(frame)) }

func (s *seat) ops(ops ...string) string {
	return fmt.Sprintf(`{"type":"ops","gen":%d,"ops":[%s]}`, s.welcome.Gen, strings.Join(ops, ","))
}

// faultyStore holds commits back or loses their answers on demand.
type faultyStore struct {
	board.Store
	loseAnswers atomic.Int64 // how many more commits end with an unknown outcome

	mu   sync.Mutex
	gate chan struct{} // closed to let the held commits go
	held chan struct{} // closed when a commit waits
}

// hold makes commits wait until release.
func (s *faultyStore) hold() (release func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	gate := make(chan struct{})
	s.gate, s.held = gate, make(chan struct{})
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.gate = nil
		close(gate)
	}
}

func (s *faultyStore) awaitHeld(t *testing.T) {
	t.Helper()
	s.mu.Lock()
	held := s.held
	s.mu.Unlock()
	select {
	case <-held:
	case <-time.After(patience):
		t.Fatal("no commit came")
	}
}

func (s *faultyStore) Commit(ctx context.Context, p board.Proposal) (board.Outcome, error) {
	s.mu.Lock()
	gate := s.gate
	if gate != nil {
		close(s.held)
	}
	s.mu.Unlock()
	if gate != nil {
		<-gate
	}
	out, err := s.Store.Commit(ctx, p)
	if s.loseAnswers.Load() > 0 {
		s.loseAnswers.Add(-1)
		return board.Outcome{}, board.ErrUnavailable
	}
	return out, err
}

// lossyBus loses what is published on demand.
type lossyBus struct {
	board.Bus
	losing atomic.Bool
	down   atomic.Bool // it knows that it brings nothing
}

func (b *lossyBus) Healthy() bool { return !b.down.Load() }

func (b *lossyBus) Publish(topic string, payload []byte) {
	if !b.losing.Load() && !b.down.Load() {
		b.Bus.Publish(topic, payload)
	}
}
