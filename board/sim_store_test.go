package board_test

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"corkboard/board"
	"corkboard/board/boardtest"
	"corkboard/notes"
)

// gate is where every call to the store waits until the scheduler lets it go.
type gate struct {
	now atomic.Int64 // the scheduler's step

	mu    sync.Mutex
	calls []*call
}

// call is one call to the store that has not happened yet.
type call struct {
	step    int64 // in which it came
	key     string
	node    *simNode
	commits bool
	verdict chan verdict
}

// verdict says how a call ends.
type verdict int

const (
	performed verdict = iota
	refused           // nothing happened, and the caller cannot know
	forgotten         // it happened, and the caller cannot know
)

// waiting lists the calls: by when they came, and those of one step by what they
// are, since the order in which goroutines arrive is nobody's.
func (g *gate) waiting() []*call {
	g.mu.Lock()
	defer g.mu.Unlock()
	slices.SortFunc(g.calls, func(a, b *call) int {
		return cmp.Or(cmp.Compare(a.step, b.step), cmp.Compare(a.key, b.key))
	})
	return slices.Clone(g.calls)
}

// release lets a call go on, and its twins with it: which of those came first is
// nobody's either.
func (g *gate) release(c *call, v verdict) {
	isTwin := func(o *call) bool { return o.step == c.step && o.key == c.key }
	g.mu.Lock()
	var twins []*call
	for _, o := range g.calls {
		if isTwin(o) {
			twins = append(twins, o)
		}
	}
	g.calls = slices.DeleteFunc(g.calls, isTwin)
	g.mu.Unlock()
	for _, o := range twins {
		o.verdict <- v
	}
}

// pass waits for the scheduler's verdict.
func (g *gate) pass(node *simNode, key string, commits bool) verdict {
	c := &call{step: g.now.Load(), key: node.name + " " + key, node: node, commits: commits, verdict: make(chan verdict)}
	g.mu.Lock()
	if node.dead.Load() {
		g.mu.Unlock()
		return refused
	}
	g.calls = append(g.calls, c)
	g.mu.Unlock()
	return <-c.verdict
}

// nodeStore is the one store as one node sees it.
type nodeStore struct {
	*boardtest.Store
	sim  *sim
	node *simNode
}

var errGate = fmt.Errorf("refused by the simulation: %w", board.ErrUnavailable)

// through performs a call when the scheduler says so.
func through[T any](s *nodeStore, key string, do func() (T, error)) (result T, err error) {
	switch s.sim.gate.pass(s.node, key, false) {
	case refused:
		return result, errGate
	case forgotten:
		if _, err := do(); err != nil {
			return result, err
		}
		return result, errGate
	}
	return do()
}

func (s *nodeStore) Grant(ctx context.Context, p board.Principal, id string) (board.Grant, error) {
	return through(s, "grant "+p.ID, func() (board.Grant, error) { return s.Store.Grant(ctx, p, id) })
}

func (s *nodeStore) Grants(ctx context.Context, all []board.Principal, id string) (map[board.Principal]board.Grant, error) {
	key := "grants"
	for _, p := range slices.SortedFunc(slices.Values(all), func(a, b board.Principal) int { return cmp.Compare(a.String(), b.String()) }) {
		key += " " + p.ID
	}
	return through(s, key, func() (map[board.Principal]board.Grant, error) { return s.Store.Grants(ctx, all, id) })
}

func (s *nodeStore) Load(ctx context.Context, id string) (*notes.Document, board.Head, error) {
	type loaded struct {
		doc  *notes.Document
		head board.Head
	}
	l, err := through(s, "load", func() (l loaded, err error) {
		l.doc, l.head, err = s.Store.Load(ctx, id)
		return l, err
	})
	return l.doc, l.head, err
}

func (s *nodeStore) Events(ctx context.Context, id string, after int64) ([]notes.Event, error) {
	return through(s, fmt.Sprintf("events %06d", after), func() ([]notes.Event, error) { return s.Store.Events(ctx, id, after) })
}

func (s *nodeStore) Heads(ctx context.Context, ids []string) (map[string]board.Head, error) {
	return through(s, "heads", func() (map[string]board.Head, error) { return s.Store.Heads(ctx, ids) })
}

func (s *nodeStore) Enter(ctx context.Context, id, client string, v board.Visitor) (board.Entrance, error) {
	return through(s, "enter "+client, func() (board.Entrance, error) {
		e, err := s.Store.Enter(ctx, id, client, v)
		if err == nil {
			s.sim.truth.gens[client] = e.Client.Gen
		}
		return e, err
	})
}

func (s *nodeStore) Renew(ctx context.Context, id string, epoch int64) (bool, error) {
	return through(s, "renew", func() (bool, error) {
		did, err := s.Store.Renew(ctx, id, epoch)
		if did {
			s.sim.violate("I14", "%s gave a new epoch to a board whose log had not gone back unseen", s.node.name)
		}
		return did, err
	})
}

func (s *nodeStore) Commit(ctx context.Context, p board.Proposal) (board.Outcome, error) {
	v := s.sim.gate.pass(s.node, "commit", true)
	if v == refused {
		return board.Outcome{}, errGate
	}
	rights := s.rights(ctx, p)
	out, err := s.Store.Commit(ctx, p)
	if err == nil {
		s.sim.truth.committed(p, out, rights)
	}
	if v == forgotten && err == nil {
		return board.Outcome{}, errGate
	}
	return out, err
}

// rights are those of a proposal's clients at the moment of its commit, as the
// store itself has them: nothing here was carried along by a session (I10).
func (s *nodeStore) rights(ctx context.Context, p board.Proposal) map[string]board.Grant {
	rights := map[string]board.Grant{}
	for _, t := range p.Turns {
		if g, err := s.Store.Grant(ctx, t.Grant.Principal, p.Board); err == nil {
			rights[t.Client] = g
		}
	}
	return rights
}
