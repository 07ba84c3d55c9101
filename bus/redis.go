package bus

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"
)

// callTimeout bounds everything that waits for Redis.
const callTimeout = time.Second

// ErrDown is the answer while Redis does not: nothing was kept, dropped or read.
var ErrDown = errors.New("Redis does not answer")

// Redis is a bus between all processes that name the same Redis and database.
// While Redis is away calls fail at once, what is published is lost, and
// everything heals by itself; every subscription then hears restored.
type Redis struct {
	client    redis.UniversalClient
	channel   func(topic string) string
	down      atomic.Bool // the last attempt to connect failed
	publisher *publisher
	listener  *listener
	ctx       context.Context // ends with Close
	close     func() error
}

// NewRedis connects to the Redis that a URL names: redis://, rediss:// or
// unix://, or the Redis Cluster: redis://host:6379?addr=host2:6379. It waits for the first answer as long as ctx lives, one second at
// most; a Redis that does not answer is logged and found later. An error means
// that the URL cannot be understood.
func NewRedis(ctx context.Context, url string, log *slog.Logger) (*Redis, error) {
	server, err := serverOf(url)
	if err != nil {
		return nil, err
	}
	hushClient(log)
	r := &Redis{client: server.client}
	r.channel = func(topic string) string { return channelOf(server.db, topic) }
	// The bus outlives the start that ctx bounds.
	lifetime, cancel := context.WithCancel(context.WithoutCancel(ctx))
	r.ctx = lifetime
	r.publisher = newPublisher(server.line, &r.down, log)
	r.listener = newListener(r.client, &r.down, log)
	var work sync.WaitGroup
	work.Go(func() { r.publisher.run(lifetime) })
	work.Go(func() { r.listener.run(lifetime) })
	r.close = sync.OnceValue(func() error {
		cancel()
		work.Wait()
		return r.client.Close()
	})
	r.listener.awaitFirst(ctx)
	return r, nil
}

var hushOnce sync.Once

// hushClient sends what the Redis client would print to standard error to the
// log instead, as detail: what matters of it is logged here.
func hushClient(log *slog.Logger) {
	hushOnce.Do(func() { redis.SetLogger(clientLog{log}) })
}

type clientLog struct{ log *slog.Logger }

func (l clientLog) Printf(ctx context.Context, format string, v ...any) {
	l.log.DebugContext(ctx, fmt.Sprintf(format, v...))
}

// Publish sends payload to every subscriber of topic on every node, this one's
// too. It queues a copy and returns; what the queue has no room for, or Redis
// does not take, is logged and lost.
func (r *Redis) Publish(topic string, payload []byte) {
	r.publisher.put(outgoing{channel: r.channel(topic), data: frame(topic, payload)})
}

// Subscribe calls deliver with what is published on topic from now on, and
// restored when something may have been missed: the connection was lost and
// found again, or the subscriber was too slow. Both are called from one
// goroutine, one call at a time, until cancel; they must not change the
// payload. Subscribe waits until Redis has confirmed, one second at most; when
// it confirms later, restored is called. Cancel may be called from within the
// calls and more than once; it does not wait for a call that is under way.
func (r *Redis) Subscribe(topic string, deliver func(payload []byte), restored func()) (cancel func()) {
	return r.listener.subscribe(r.ctx, r.channel(topic), newSubscription(topic, deliver, restored))
}

// Healthy is false while Redis is known to be away: news are neither sent nor
// heard. A Redis that stops answering is known to be away within a second.
func (r *Redis) Healthy() bool {
	return r.ctx.Err() == nil && !r.down.Load() && !r.listener.deaf.Load()
}

// Close sends what is still queued, for a second at most, ends every
// subscription and the connections. It may be called more than once.
func (r *Redis) Close() error {
	if err := r.close(); err != nil {
		return fmt.Errorf("close the bus: %w", err)
	}
	return nil
}
