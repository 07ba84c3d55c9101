package main

import (
	"encoding/json"
	"log/slog"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"corkboard/auth"
	"corkboard/board"
	"corkboard/bus"
	"corkboard/notes"
	"corkboard/store"
	"corkboard/store/storetest"
)

// leakyBus is a real bus that loses what is published while leaking.
type leakyBus struct {
	board.Bus
	leaking atomic.Bool
	lost    atomic.Int64
}

func (b *leakyBus) Publish(topic string, payload []byte) {
	if b.leaking.Load() {
		b.lost.Add(1)
		return
	}
	b.Bus.Publish(topic, payload)
}

// watcher is a socket that notes when each seq came.
type watcher struct {
	mu   sync.Mutex
	seqs map[int64]time.Time
	news chan struct{}
}

func (w *watcher) Send(f *board.Frame) {
	var m struct {
		Events []notes.Event `json:"events"`
	}
	if json.Unmarshal(f.Text(), &m) != nil {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, e := range m.Events {
		w.seqs[e.Seq] = time.Now()
	}
	select {
	case w.news <- struct{}{}:
	default:
	}
}

func (w *watcher) Close(board.CloseCode, string) {}

// await returns when the seq came.
func (w *watcher) await(t *testing.T, seq int64) time.Time {
	t.Helper()
	for deadline := time.After(patience); ; {
		w.mu.Lock()
		at, ok := w.seqs[seq]
		w.mu.Unlock()
		if ok {
			return at
		}
		select {
		case <-w.news:
		case <-deadline:
			t.Fatalf("seq %d never came", seq)
		}
	}
}

// An event is lost on the bus and nothing follows it: the other node finds it
// in Postgres within 6 seconds (D2), or on a busy machine with its next look.
func TestDroppedEventIsReadFromPostgres(t *testing.T) {
	t.Parallel()
	s := storetest.New(t)
	owner := auth.User{ID: auth.NewID("u"), Name: "Ana", Guest: true}
	id := addBoard(t, s, owner)
	here, leaky := newHub(t, s)
	there, _ := newHub(t, s)
	grant, err := s.Grant(t.Context(), board.Principal{Kind: board.ByUser, ID: owner.ID}, id)
	if err != nil {
		t.Fatal(err)
	}
	w := &watcher{seqs: map[int64]time.Time{}, news: make(chan struct{}, 1)}
	session, err := there.Join(t.Context(), w, board.Visitor{Principal: grant.Principal}, board.Hello{Board: id, Client: auth.NewID("c")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(session.Leave)

	submit(t, here, grant)
	w.await(t, 1) // with the bus whole it comes by itself
	leaky.leaking.Store(true)
	submit(t, here, grant)
	committed := time.Now()
	if took := w.await(t, 2).Sub(committed); took > 9*time.Second {
		t.Errorf("the lost event was found after %v", took)
	}
	if leaky.lost.Load() == 0 {
		t.Error("no event was lost, so nothing was repaired")
	}
}

func addBoard(t *testing.T, s *store.Store, owner auth.User) string {
	t.Helper()
	id, now := auth.NewID("b"), time.Now()
	if err := s.AddGuest(t.Context(), owner, auth.Hash(owner.ID)); err != nil {
		t.Fatal(err)
	}
	if err := s.AddBoard(t.Context(), board.Summary{ID: id, Name: "Drop", CreatedAt: now, ModifiedAt: now}, owner.ID, nil, nil); err != nil {
		t.Fatal(err)
	}
	return id
}

// newHub is a node with a Redis connection of its own.
func newHub(t *testing.T, s *store.Store) (*board.Hub, *leakyBus) {
	t.Helper()
	log := slog.New(slog.DiscardHandler)
	redis, err := bus.NewRedis(t.Context(), os.Getenv("TEST_REDIS_URL"), log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { redis.Close() })
	leaky := &leakyBus{Bus: redis}
	hub := board.NewHub(s, leaky, log)
	t.Cleanup(func() { hub.Close(t.Context()) })
	return hub, leaky
}

func submit(t *testing.T, hub *board.Hub, grant board.Grant) {
	t.Helper()
	edit := &notes.Create{Note: auth.NewID("n"), W: 200, H: 200, Color: notes.DefaultColor, Z: notes.FirstKey}
	acks, err := hub.Submit(t.Context(), grant, auth.NewID("c"), []notes.Edit{edit})
	if err != nil || acks[0].Status != board.OK {
		t.Fatalf("%+v, %v", acks, err)
	}
}
