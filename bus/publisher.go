package bus

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"

	"github.com/redis/go-redis/v9"
)

const (
	maxOutgoing      = 8192     // messages that wait for Redis
	maxOutgoingBytes = 16 << 20 // their bytes
	maxPipeline      = 256      // messages in one round trip
)

var errBacklog = errors.New("Redis takes news more slowly than they come")

type outgoing struct {
	channel string
	data    []byte
}

// publisher sends what was published, in order, many messages in one round trip.
type publisher struct {
	line  func(context.Context) (redis.Cmdable, error)
	down  *atomic.Bool
	queue *backlog[outgoing]
	lost  *quiet
}

func newPublisher(line func(context.Context) (redis.Cmdable, error), down *atomic.Bool, log *slog.Logger) *publisher {
	return &publisher{
		line:  line,
		down:  down,
		queue: newBacklog(maxOutgoing, maxOutgoingBytes, func(o outgoing) int { return len(o.data) }),
		lost:  &quiet{log: log, message: "news between nodes were lost"},
	}
}

func (p *publisher) put(o outgoing) {
	if !p.queue.add(o) {
		p.lost.warn(1, errBacklog)
	}
}

func (p *publisher) run(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			last, cancel := context.WithTimeout(context.WithoutCancel(ctx), callTimeout)
			p.flush(last)
			cancel()
			return
		case <-p.queue.wake:
			p.flush(ctx)
		}
	}
}

// flush sends what waits, until ctx ends.
func (p *publisher) flush(ctx context.Context) {
	for ctx.Err() == nil {
		batch := p.queue.take(maxPipeline)
		if len(batch) == 0 {
			return
		}
		if err := p.send(ctx, batch); err != nil {
			p.lost.warn(len(batch), err)
		}
	}
}

// send is not torn by the end of ctx: the batch is on its way already.
func (p *publisher) send(ctx context.Context, batch []outgoing) error {
	if p.down.Load() {
		return ErrDown
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), callTimeout)
	defer cancel()
	line, err := p.line(ctx)
	if err != nil {
		return err
	}
	pipe := line.Pipeline()
	for _, o := range batch {
		pipe.Publish(ctx, o.channel, o.data)
	}
	_, err = pipe.Exec(ctx)
	return err
}
