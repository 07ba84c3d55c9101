package bus

import "sync/atomic"

// A subscription that does not keep up is cut off here, and told with restored.
const (
	maxWaiting      = 1024    // messages
	maxWaitingBytes = 4 << 20 // their bytes
)

// subscription is one subscriber: its queue, and the goroutine that empties it,
// so that one slow subscriber is nobody else's delay.
type subscription struct {
	topic    string
	deliver  func([]byte)
	restored func()
	queue    *backlog[[]byte]
	missed   atomic.Bool   // restored is due
	ended    chan struct{} // closed by end
	over     atomic.Bool
}

func newSubscription(topic string, deliver func([]byte), restored func()) *subscription {
	s := &subscription{
		topic:    topic,
		deliver:  deliver,
		restored: restored,
		queue:    newBacklog(maxWaiting, maxWaitingBytes, func(p []byte) int { return len(p) }),
		ended:    make(chan struct{}),
	}
	go s.run()
	return s
}

func (s *subscription) run() {
	for {
		select {
		case <-s.ended:
			return
		case <-s.queue.wake:
			s.drain()
		}
	}
}

func (s *subscription) drain() {
	for {
		if s.missed.Swap(false) && !s.over.Load() {
			s.restored()
		}
		next := s.queue.take(1)
		if len(next) == 0 || s.over.Load() {
			return
		}
		s.deliver(next[0])
	}
}

// put queues a message; when the queue is full the message is dropped, and the
// subscriber told. A payload is shared by all subscribers.
func (s *subscription) put(payload []byte) {
	if !s.queue.add(payload) {
		s.miss()
	}
}

// miss makes restored be called, after the delivery that is under way.
func (s *subscription) miss() {
	s.missed.Store(true)
	s.queue.poke()
}

// end lets no further call begin; one that is under way may still be finishing.
func (s *subscription) end() {
	if s.over.CompareAndSwap(false, true) {
		close(s.ended)
	}
}

// subscribers are the subscriptions by topic. The owner guards them by a lock.
type subscribers map[string]map[*subscription]struct{}

func (b subscribers) add(s *subscription) {
	if b[s.topic] == nil {
		b[s.topic] = make(map[*subscription]struct{})
	}
	b[s.topic][s] = struct{}{}
}

func (b subscribers) remove(s *subscription) {
	delete(b[s.topic], s)
	if len(b[s.topic]) == 0 {
		delete(b, s.topic)
	}
}

func (b subscribers) put(topic string, payload []byte) {
	for s := range b[topic] {
		s.put(payload)
	}
}

func (b subscribers) each(visit func(*subscription)) {
	for _, set := range b {
		for s := range set {
			visit(s)
		}
	}
}
