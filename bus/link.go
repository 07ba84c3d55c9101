package bus

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"
)

// heartbeat is how often a connection is asked whether it lives; one that was
// silent after so many questions is given up. A Redis that hangs is noticed in
// time for other nodes' news to be looked for elsewhere; a node that had no time
// to listen is not taken for one.
const (
	heartbeat = 250 * time.Millisecond
	questions = 2
)

var (
	errSilent      = errors.New("Redis has fallen silent")
	errReconnected = errors.New("the client has reconnected by itself")
)

// link is one connection that listens. It lives from connect to the first
// error and is never mended: go-redis would mend it without a word about what
// was lost in between.
type link struct {
	pubsub *redis.PubSub
	heard  atomic.Bool // anything, since the last heartbeat
	silent int         // heartbeats since; talk's

	// Guarded by the listener's lock.
	told map[string]bool // channels that Redis was last told to subscribe us to
	due  map[string]int  // confirmations that it owes us
}

func connect(ctx context.Context, client redis.UniversalClient) (*link, error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	pubsub := client.Subscribe(ctx)
	if err := greet(ctx, pubsub); err != nil {
		return nil, errors.Join(err, pubsub.Close())
	}
	return &link{pubsub: pubsub, told: map[string]bool{}, due: map[string]int{}}, nil
}

func greet(ctx context.Context, pubsub *redis.PubSub) error {
	if err := pubsub.Ping(ctx); err != nil {
		return fmt.Errorf("connect to Redis: %w", err)
	}
	if _, err := pubsub.ReceiveTimeout(ctx, callTimeout); err != nil {
		return fmt.Errorf("greet Redis: %w", err)
	}
	return nil
}

// confirmed reports whether everything that is published on the channel comes
// to us; the listener's lock is held.
func (k *link) confirmed(channel string) bool {
	return k.told[channel] && k.due[channel] == 0
}

// listen reads until the connection is lost or ctx ends, while a second
// goroutine asks and tells.
func (k *link) listen(ctx context.Context, l *listener) error {
	ctx, cancel := context.WithCancelCause(ctx)
	var talk sync.WaitGroup
	talk.Go(func() {
		cancel(k.talk(ctx, l))
		_ = k.pubsub.Close() // ends the read below; the cause is already known
	})
	err := k.read(l)
	cancel(err)
	talk.Wait()
	return context.Cause(ctx)
}

func (k *link) read(l *listener) error {
	for {
		// Without a timeout: one that strikes amid a reply would tear it. And
		// without the context: closing is what ends the read.
		message, err := k.pubsub.Receive(context.Background())
		if err != nil {
			return fmt.Errorf("listen to Redis: %w", err)
		}
		k.heard.Store(true)
		switch message := message.(type) {
		case *redis.Message:
			l.deliver(message.Channel, []byte(message.Payload))
		case *redis.Subscription:
			if message.Kind == "subscribe" && !l.confirm(k, message.Channel) {
				return errReconnected
			}
		}
	}
}

// talk tells Redis which channels we want, and asks whether it is there.
func (k *link) talk(ctx context.Context, l *listener) error {
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	k.heard.Store(true)
	err := k.tell(ctx, l)
	for err == nil {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-l.changed:
			err = k.tell(ctx, l)
		case <-beat.C:
			err = k.beat(ctx)
		}
	}
	return err
}

func (k *link) beat(ctx context.Context) error {
	if k.silent++; k.heard.Swap(false) {
		k.silent = 0
	}
	if k.silent == questions {
		return errSilent
	}
	if err := k.pubsub.Ping(ctx); err != nil {
		return fmt.Errorf("ping Redis: %w", err)
	}
	return nil
}

func (k *link) tell(ctx context.Context, l *listener) error {
	subscribe, unsubscribe := l.changes(k)
	if len(unsubscribe) > 0 {
		if err := k.pubsub.Unsubscribe(ctx, unsubscribe...); err != nil {
			return fmt.Errorf("unsubscribe: %w", err)
		}
	}
	if len(subscribe) > 0 {
		if err := k.pubsub.Subscribe(ctx, subscribe...); err != nil {
			return fmt.Errorf("subscribe: %w", err)
		}
	}
	return nil
}

// changes lists what Redis must be told so that it knows what is wanted, and
// notes it as told: talk, which alone calls it, tells it in this order.
func (l *listener) changes(k *link) (subscribe, unsubscribe []string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for channel := range l.channels {
		if !k.told[channel] {
			k.told[channel] = true
			k.due[channel]++
			subscribe = append(subscribe, channel)
		}
	}
	for channel := range k.told {
		if l.channels[channel] == nil {
			delete(k.told, channel)
			unsubscribe = append(unsubscribe, channel)
		}
	}
	return subscribe, unsubscribe
}

// confirm notes that Redis has subscribed us to a channel. Those who wait for
// it go on; those who have been listening longer hear that something may have
// been missed. It reports false for a confirmation that nobody asked for.
func (l *listener) confirm(k *link, channel string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if k.due[channel] == 0 {
		return false
	}
	if k.due[channel]--; !k.confirmed(channel) {
		return true
	}
	delete(k.due, channel)
	l.channels[channel].each(func(s *subscription) {
		if !l.release(s) {
			s.miss()
		}
	})
	return true
}
