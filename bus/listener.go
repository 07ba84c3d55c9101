package bus

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"
)

// Pauses between attempts to connect; each is shortened by chance, so that the
// nodes do not come back in step.
const (
	firstPause = 50 * time.Millisecond
	maxPause   = time.Second
)

// listener knows who listens to what, and keeps one connection that is
// subscribed to the channels of those topics. A channel is wanted as long as
// any topic on it has a subscriber.
type listener struct {
	client  redis.UniversalClient
	down    *atomic.Bool
	deaf    atomic.Bool // a connection was lost, and there is no other yet
	log     *slog.Logger
	changed chan struct{} // holds a token when the wanted channels changed

	first    chan struct{} // closed by firstTry
	firstTry func()        // the first attempt to connect is over

	mu       sync.Mutex
	over     bool
	channels map[string]subscribers
	link     *link                           // nil while there is no connection
	waiting  map[*subscription]chan struct{} // callers that wait for a confirmation
}

func newListener(client redis.UniversalClient, down *atomic.Bool, log *slog.Logger) *listener {
	first := make(chan struct{})
	return &listener{
		client:   client,
		down:     down,
		log:      log,
		changed:  make(chan struct{}, 1),
		first:    first,
		firstTry: sync.OnceFunc(func() { close(first) }),
		channels: map[string]subscribers{},
		waiting:  map[*subscription]chan struct{}{},
	}
}

// awaitFirst waits for the outcome of the first attempt to connect.
func (l *listener) awaitFirst(ctx context.Context) {
	select {
	case <-l.first:
	case <-ctx.Done():
	}
}

// run connects, listens until the connection is lost, and connects again: at
// once when the connection had held, else after a pause.
func (l *listener) run(ctx context.Context) {
	defer l.end()
	pause := firstPause
	for ctx.Err() == nil {
		if l.once(ctx) > maxPause {
			pause = firstPause
			continue
		}
		sleep(ctx, pause/2+rand.N(pause/2))
		pause = min(2*pause, maxPause)
	}
}

// once is one attempt, and the life of the connection it brings. It returns
// how long that life was.
func (l *listener) once(ctx context.Context) time.Duration {
	link, err := connect(ctx, l.client)
	l.found(ctx, err)
	if err == nil {
		l.attach(link)
	}
	l.firstTry()
	if err != nil {
		return 0
	}
	began := time.Now()
	err = link.listen(ctx, l)
	l.detach()
	if ctx.Err() == nil {
		l.log.Warn("the connection to Redis was lost", "error", err)
	}
	return time.Since(began)
}

// found notes whether Redis answers, and logs when that has changed.
func (l *listener) found(ctx context.Context, err error) {
	if ctx.Err() != nil {
		return
	}
	before := l.down.Swap(err != nil)
	if err != nil && !before {
		l.log.Warn("Redis does not answer: other nodes' news come late until it does", "error", err)
	}
	if err == nil && before {
		l.log.Info("Redis answers again")
	}
}

func sleep(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
}

func (l *listener) attach(link *link) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.link = link
	l.deaf.Store(false)
}

// detach lets nobody wait for a connection that is gone.
func (l *listener) detach() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.link = nil
	l.deaf.Store(true)
	for s := range l.waiting {
		l.release(s)
	}
}

// end is the end of every subscription.
func (l *listener) end() {
	l.firstTry() // when there never was one
	l.mu.Lock()
	defer l.mu.Unlock()
	l.over = true
	for _, subs := range l.channels {
		subs.each((*subscription).end)
	}
	clear(l.channels)
}

func (l *listener) subscribe(ctx context.Context, channel string, s *subscription) (cancel func()) {
	if confirmed := l.add(channel, s); confirmed != nil {
		ctx, stop := context.WithTimeout(ctx, callTimeout)
		defer stop()
		select {
		case <-confirmed:
		case <-ctx.Done():
			l.giveUp(s)
		}
	}
	return func() { l.remove(channel, s) }
}

// add returns what is closed when Redis has confirmed; nil when there is
// nothing to wait for.
func (l *listener) add(channel string, s *subscription) (confirmed <-chan struct{}) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.over {
		s.end()
		return nil
	}
	if l.channels[channel] == nil {
		l.channels[channel] = subscribers{}
		l.poke()
	}
	l.channels[channel].add(s)
	if l.link == nil || l.link.confirmed(channel) {
		return nil
	}
	waiting := make(chan struct{})
	l.waiting[s] = waiting
	return waiting
}

// giveUp: from now on the subscription hears restored when the confirmation comes.
func (l *listener) giveUp(s *subscription) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.release(s)
}

// release lets the caller go who waits for the subscription; the lock is held.
func (l *listener) release(s *subscription) (waited bool) {
	waiting, waited := l.waiting[s]
	if waited {
		close(waiting)
		delete(l.waiting, s)
	}
	return waited
}

func (l *listener) remove(channel string, s *subscription) {
	l.mu.Lock()
	defer l.mu.Unlock()
	s.end()
	subs := l.channels[channel]
	if subs == nil {
		return
	}
	subs.remove(s)
	if len(subs) == 0 {
		delete(l.channels, channel)
		l.poke()
	}
}

// poke wakes the link, which tells Redis what has changed.
func (l *listener) poke() {
	select {
	case l.changed <- struct{}{}:
	default:
	}
}

// deliver hands a message to the subscriptions of its topic.
func (l *listener) deliver(channel string, data []byte) {
	topic, payload, err := unframe(data)
	if err != nil {
		l.log.Warn("a message on our channel was not understood", "channel", channel, "error", err)
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.channels[channel].put(topic, payload)
}
