package board_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"corkboard/auth"
	"corkboard/board"
	"corkboard/board/boardtest"
	"corkboard/notes"
)

const (
	simBoard = "board-of-the-simulation"
	simName  = "Simulation"
)

// sim is one run: real hubs, rooms, sessions and transactions, of which several
// nodes share a store and a bus in memory. One scheduler, which is the test's
// own goroutine, lets one thing happen at a time and waits until all is quiet.
type sim struct {
	t       *testing.T
	store   *boardtest.Store
	bus     *simBus
	gate    gate
	nodes   []*simNode // those that take sockets
	leaving []*simNode // those that go down in good order
	clients []*simClient
	sockets []*simSocket // in the order of their opening
	opened  int          // sockets, ever
	lives   int          // nodes, ever
	backup  *simBackup   // nil: none was made
	rights  bool         // whether all may edit again before the end
	deaf    bool         // whether the bus loses the last news
	truth   truth

	tracing bool
	trace   strings.Builder

	mu     sync.Mutex
	broken *violation // the first
}

// simNode is one server, from its start to its crash.
type simNode struct {
	name  string
	hub   *board.Hub
	store *nodeStore
	dead  atomic.Bool
}

func newSim(t *testing.T, setup uint32, tracing bool) *sim {
	d := dice(setup)
	s := &sim{t: t, store: boardtest.NewStore(time.Now), tracing: tracing, rights: d.one(2)}
	s.bus = newSimBus(&s.gate)
	s.truth = newTruth(s, simName)
	for i := range 2 + d.n(3) {
		s.addClient(i)
	}
	s.must(s.store.AddBoard(t.Context(), board.Summary{ID: simBoard, Name: simName}, s.clients[0].user.ID, nil, nil))
	for _, c := range s.clients[1:] {
		s.store.AddMember(t, simBoard, c.user.ID, board.Editor)
	}
	for range 2 + d.n(2) {
		s.addNode()
	}
	s.deaf = d.one(2)
	synctest.Wait()
	for i, c := range s.clients {
		c.open(s.nodes[i%len(s.nodes)])
	}
	synctest.Wait()
	return s
}

func (s *sim) must(err error) {
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *sim) addClient(i int) {
	name := string(rune('a' + i))
	c := &simClient{sim: s, name: "client-" + name, user: auth.User{ID: "user-" + name, Name: strings.ToUpper(name)}, nextMid: 1}
	s.must(s.store.AddGuest(s.t.Context(), c.user, []byte(name)))
	s.clients = append(s.clients, c)
}

func (s *sim) addNode() *simNode {
	s.lives++
	n := &simNode{name: fmt.Sprintf("node %03d", s.lives)}
	n.store = &nodeStore{Store: s.store, sim: s, node: n}
	n.hub = board.NewHub(n.store, &nodeBus{s.bus, n}, slog.New(slog.DiscardHandler))
	s.nodes = append(s.nodes, n)
	return n
}

// violate notes that a rule did not hold; the first is what the run ends with.
func (s *sim) violate(rule, format string, args ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.broken == nil {
		s.broken = &violation{rule, fmt.Sprintf(format, args...)}
	}
}

func (s *sim) violated() *violation {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.broken
}

// note writes a line of the trace.
func (s *sim) note(format string, args ...any) {
	if s.tracing {
		fmt.Fprintf(&s.trace, format+"\n", args...)
	}
}

// result is what a run ended with.
type result struct {
	broken *violation
	trace  string
	seen   map[string]int
}

// simulate runs a plan, in a bubble of its own with a clock of its own.
func simulate(t *testing.T, p plan, tracing bool) (r result) {
	synctest.Test(t, func(t *testing.T) {
		s := newSim(t, p[0].arg, tracing)
		for _, step := range p[1:] {
			if s.violated() != nil {
				break
			}
			s.begin()
			s.note("%s/%d", step.do, step.arg)
			s.do(step)
			synctest.Wait()
		}
		s.rest()
		s.stop()
		r = result{s.violated(), s.trace.String(), s.truth.seen}
	})
	return r
}

// begin starts a step.
func (s *sim) begin() {
	s.gate.now.Add(1)
	s.bus.settle()
}

// stop ends every goroutine of the run, whatever state it is in.
func (s *sim) stop() {
	for _, n := range slices.Concat(s.nodes, s.leaving) {
		s.kill(n)
	}
	for _, k := range s.sockets {
		if !k.arrived {
			close(k.inbox)
		}
	}
	time.Sleep(time.Minute) // for the longest of all timeouts
}

// kill ends a node at once: nothing of it is heard any more.
func (s *sim) kill(n *simNode) {
	n.dead.Store(true)
	for _, c := range s.gate.waiting() {
		if c.node == n {
			s.gate.release(c, refused)
		}
	}
	over, cancel := context.WithCancel(context.Background())
	cancel()
	go n.hub.Close(over)
	synctest.Wait()
}

// live are the sockets of which something may still arrive somewhere.
func (s *sim) live() []*simSocket {
	s.sockets = slices.DeleteFunc(s.sockets, func(k *simSocket) bool { return k.arrived && !k.hasNews() })
	return s.sockets
}

func edited(e notes.Edit) string {
	data, err := json.Marshal(notes.Op{Edit: e})
	if err != nil {
		return err.Error()
	}
	return string(data)
}
