package board_test

import (
	"bytes"
	"cmp"
	"errors"
	"maps"
	"slices"
	"sync"
	"time"
)

// simBus carries news from node to node when the scheduler says so, as often as
// it says, in any order, or not at all.
type simBus struct {
	gate *gate

	mu          sync.Mutex
	down        bool
	sent        int64 // counts what was published, for the order within one node
	subscribers []*subscriber
	mail        []*simMail
	kept        map[string]map[string][]byte
	changes     []change
}

type subscriber struct {
	node     *simNode
	topic    string
	deliver  func([]byte)
	restored func()
}

// simMail is one message on its way to one subscriber.
type simMail struct {
	step    int64
	number  int64
	from    string
	to      *subscriber
	payload []byte
}

// change is of a kept value; nil drops it.
type change struct {
	set, member string
	value       []byte
}

// nodeBus is the bus as one node sees it.
type nodeBus struct {
	*simBus
	node *simNode
}

var errBusDown = errors.New("the bus is down")

func newSimBus(g *gate) *simBus { return &simBus{gate: g, kept: map[string]map[string][]byte{}} }

func (b *nodeBus) Publish(topic string, payload []byte) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.down || b.node.dead.Load() {
		return
	}
	b.sent++
	for _, s := range b.subscribers {
		if s.topic == topic && s.node != b.node {
			b.mail = append(b.mail, &simMail{b.gate.now.Load(), b.sent, b.node.name, s, bytes.Clone(payload)})
		}
	}
}

func (b *nodeBus) Subscribe(topic string, deliver func([]byte), restored func()) (cancel func()) {
	s := &subscriber{b.node, topic, deliver, restored}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.subscribers = append(b.subscribers, s)
	return func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.subscribers = slices.DeleteFunc(b.subscribers, func(o *subscriber) bool { return o == s })
		b.mail = slices.DeleteFunc(b.mail, func(m *simMail) bool { return m.to == s })
	}
}

func (b *nodeBus) Keep(set, member string, value []byte, _ time.Duration) error {
	return b.change(change{set, member, bytes.Clone(value)})
}

func (b *nodeBus) Drop(set, member string) error { return b.change(change{set, member, nil}) }

// change takes a change, for later: what is kept changes between the steps, so
// that it does not matter which of two nodes writes or reads first within one.
func (b *nodeBus) change(c change) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.down || b.node.dead.Load() {
		return errBusDown
	}
	b.changes = append(b.changes, c)
	return nil
}

func (b *nodeBus) Kept(set string) (map[string][]byte, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.down {
		return nil, errBusDown
	}
	return maps.Clone(b.kept[set]), nil
}

func (b *simBus) Healthy() bool { return !b.isDown() }

func (b *simBus) isDown() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.down
}

// settle makes the changes of the last step. A node writes its own value only.
func (b *simBus) settle() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, c := range b.changes {
		if b.kept[c.set] == nil {
			b.kept[c.set] = map[string][]byte{}
		}
		b.kept[c.set][c.member] = c.value
		if c.value == nil {
			delete(b.kept[c.set], c.member)
		}
	}
	b.changes = nil
}

// waiting lists what is on its way, in an order that no goroutine decides.
func (b *simBus) waiting() []*simMail {
	b.mu.Lock()
	defer b.mu.Unlock()
	slices.SortFunc(b.mail, func(x, y *simMail) int {
		return cmp.Or(cmp.Compare(x.step, y.step), cmp.Compare(x.from, y.from), cmp.Compare(x.number, y.number),
			cmp.Compare(x.to.node.name, y.to.node.name))
	})
	return slices.Clone(b.mail)
}

func (b *simBus) take(m *simMail) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.mail = slices.DeleteFunc(b.mail, func(o *simMail) bool { return o == m })
}

// turn takes the bus down, or brings it back and then tells the subscribers, in
// the order of their nodes.
func (b *simBus) turn(down bool) {
	b.mu.Lock()
	b.down = down
	subscribers := slices.Clone(b.subscribers)
	b.mu.Unlock()
	if down {
		return
	}
	slices.SortStableFunc(subscribers, func(x, y *subscriber) int {
		return cmp.Or(cmp.Compare(x.topic, y.topic), cmp.Compare(x.node.name, y.node.name))
	})
	for _, s := range subscribers {
		s.restored()
	}
}
