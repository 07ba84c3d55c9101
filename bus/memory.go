package bus

import (
	"bytes"
	"errors"
	"fmt"
	"sync"
	"time"
)

// ErrClosed is the answer of a bus that was closed.
var ErrClosed = errors.New("the bus is closed")

// Memory is a bus within one process. Nodes that are to hear each other, as in
// a test, share one Memory. It loses nothing but what a slow subscriber has no
// room for.
type Memory struct {
	mu          sync.Mutex
	closed      bool
	subscribers subscribers
	kept        map[string]map[string]keptValue
}

type keptValue struct {
	value []byte
	until time.Time
}

// NewMemory returns a bus with no subscribers.
func NewMemory() *Memory {
	return &Memory{subscribers: subscribers{}, kept: map[string]map[string]keptValue{}}
}

// Publish sends payload to every subscriber of topic. It waits for none of them
// and keeps no hold of payload. A closed bus drops it.
func (m *Memory) Publish(topic string, payload []byte) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.subscribers.put(topic, bytes.Clone(payload))
}

// Subscribe calls deliver with what is published on topic from now on, and
// restored when the subscriber was too slow and messages were dropped: both
// from one goroutine, one call at a time, until cancel. They must not change
// the payload. Cancel may be called from within them and more than once; it
// does not wait for a call that is under way.
func (m *Memory) Subscribe(topic string, deliver func(payload []byte), restored func()) (cancel func()) {
	s := newSubscription(topic, deliver, restored)
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		s.end()
		return s.end
	}
	m.subscribers.add(s)
	return func() {
		m.mu.Lock()
		defer m.mu.Unlock()
		s.end()
		m.subscribers.remove(s)
	}
}

// Healthy is false once the bus is closed.
func (m *Memory) Healthy() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return !m.closed
}

// Keep stores a copy of value under (set, member) for ttl, in the place of an
// earlier one. The error is ErrClosed or nil.
func (m *Memory) Keep(set, member string, value []byte, ttl time.Duration) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return fmt.Errorf("keep %s in %s: %w", member, set, ErrClosed)
	}
	if m.kept[set] == nil {
		m.kept[set] = make(map[string]keptValue)
	}
	m.expire(set)
	m.kept[set][member] = keptValue{value: append([]byte{}, value...), until: time.Now().Add(ttl)}
	return nil
}

// Drop forgets a value; one that is not there is no error. The error is
// ErrClosed or nil.
func (m *Memory) Drop(set, member string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return fmt.Errorf("drop %s from %s: %w", member, set, ErrClosed)
	}
	delete(m.kept[set], member)
	if len(m.kept[set]) == 0 {
		delete(m.kept, set)
	}
	return nil
}

// Kept returns copies of the values of set that have not expired, by member.
// The error is ErrClosed or nil.
func (m *Memory) Kept(set string) (map[string][]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return nil, fmt.Errorf("read what %s keeps: %w", set, ErrClosed)
	}
	m.expire(set)
	values := make(map[string][]byte, len(m.kept[set]))
	for member, kept := range m.kept[set] {
		values[member] = append([]byte{}, kept.value...)
	}
	return values, nil
}

// expire forgets what is over, in a set that is looked at; the lock is held.
func (m *Memory) expire(set string) {
	now := time.Now()
	for member, kept := range m.kept[set] {
		if !kept.until.After(now) {
			delete(m.kept[set], member)
		}
	}
}

// Close ends every subscription. It may be called more than once.
func (m *Memory) Close() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.closed = true
	m.subscribers.each((*subscription).end)
	clear(m.subscribers)
	return nil
}
