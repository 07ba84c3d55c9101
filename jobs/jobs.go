package jobs

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"sync/atomic"
	"time"
)

// Keep says how long is kept what is not on the boards; no time is for ever.
type Keep struct {
	Log      time.Duration // events, from which clients that were away catch up
	Events   int64         // how many of each board's, however old
	Clients  time.Duration // what a client had sent, after it was seen last; at least as long as the log tells of it
	Trash    time.Duration // boards in the trash
	Pictures time.Duration // pictures that no note shows any more, not even a deleted one
}

// Store is what the jobs ask of the database. Each of them does one small batch
// and returns how many rows it threw away; 0: there is nothing left to do.
type Store interface {
	// Alone calls do while no other node is in it; false when another one is.
	Alone(ctx context.Context, do func(context.Context) error) (bool, error)
	// OldLogs lists boards whose log can be cut, in the order of ids after one.
	OldLogs(ctx context.Context, before time.Time, keep int64, after string) ([]string, error)
	// CutLog throws away a board's events from before a time, but for the last ones.
	CutLog(ctx context.Context, board string, before time.Time, keep int64) (int64, error)
	// CutDeltas throws away the text edits of events that a board's log has no more.
	CutDeltas(ctx context.Context, board string) (int64, error)
	// ForgetClients forgets clients that were not seen since a time and that no log tells of.
	ForgetClients(ctx context.Context, before time.Time) (int64, error)
	// EmptyTrash deletes a board for good that has lain in the trash since before.
	EmptyTrash(ctx context.Context, before time.Time) (int64, error)
	// LookForPictures finds out which pictures notes show, of those that it has not
	// looked for today.
	LookForPictures(ctx context.Context) (int64, error)
	// ForgetPictures takes pictures away from boards that have not shown them since a time.
	ForgetPictures(ctx context.Context, before time.Time) (int64, error)
	// DeletePicture throws away a picture that no board has had since a time, with
	// its bytes.
	DeletePicture(ctx context.Context, before time.Time, bytes func(ctx context.Context, id string) error) (int64, error)
	// EndSessions deletes sessions that have run out.
	EndSessions(ctx context.Context) (int64, error)
	// ForgetGuests deletes guests who have neither a session nor a board.
	ForgetGuests(ctx context.Context) (int64, error)
}

// Shelf is where the bytes of pictures lie.
type Shelf interface {
	Delete(ctx context.Context, id string) error
}

// Stats counts what the jobs of this node threw away since it started.
type Stats struct {
	Events, Clients, Boards, Pictures, Sessions, Guests, Failures atomic.Int64
}

// Jobs does the work again and again until Close.
type Jobs struct {
	Stats Stats

	store Store
	shelf Shelf
	keep  Keep
	log   *slog.Logger
	now   func() time.Time
	stop  context.CancelFunc
	ended chan struct{}
}

// Times of the jobs. Nodes that start together do not all ask at once.
const (
	every     = time.Hour
	firstTime = time.Minute
	// A batch is followed by a pause as long as it took, and this long at least:
	// people's commits come first.
	pause = 5 * time.Millisecond
)

// maxFailed is after how many boards that fail a run leaves the others.
const maxFailed = 10

// New returns jobs that do not run yet; see Start and Once.
func New(store Store, shelf Shelf, keep Keep, log *slog.Logger) *Jobs {
	return &Jobs{store: store, shelf: shelf, keep: keep, log: log, now: time.Now, ended: make(chan struct{})}
}

// Start runs the jobs once an hour, until Close.
func (j *Jobs) Start() {
	ctx, cancel := context.WithCancel(context.Background())
	j.stop = cancel
	go func() {
		defer close(j.ended)
		for wait := rand.N(firstTime); ; wait = every + rand.N(firstTime) {
			select {
			case <-ctx.Done():
				return
			case <-time.After(wait):
			}
			if _, err := j.Once(ctx); err != nil && ctx.Err() == nil {
				j.Stats.Failures.Add(1)
				j.log.Error("a background job failed; the next run goes on from there", "error", err)
			}
		}
	}()
}

// Close ends the jobs after the batch that is under way.
func (j *Jobs) Close() {
	j.stop()
	<-j.ended
}

// Once does all jobs now, unless another node is at it: then it returns false.
// One that fails does not keep the others from being done.
func (j *Jobs) Once(ctx context.Context) (bool, error) {
	return j.store.Alone(ctx, func(ctx context.Context) error {
		return errors.Join(
			j.cutLogs(ctx),
			j.older(ctx, j.keep.Clients, &j.Stats.Clients, "clients were forgotten", j.store.ForgetClients),
			j.older(ctx, j.keep.Trash, &j.Stats.Boards, "boards in the trash were deleted for good", j.store.EmptyTrash),
			j.dropPictures(ctx),
			j.drain(ctx, &j.Stats.Sessions, "sessions ran out", j.store.EndSessions),
			j.drain(ctx, &j.Stats.Guests, "guests were forgotten", j.store.ForgetGuests),
		)
	})
}

// older throws away what is older than kept.
func (j *Jobs) older(ctx context.Context, kept time.Duration, count *atomic.Int64, what string,
	batch func(context.Context, time.Time) (int64, error)) error {
	if kept == 0 {
		return nil
	}
	before := j.now().Add(-kept)
	return j.drain(ctx, count, what, func(ctx context.Context) (int64, error) { return batch(ctx, before) })
}

// dropPictures throws away what no note shows: first from the boards, and what no
// board has any more as long after that, so that a backup of the database that is
// restored finds its pictures.
func (j *Jobs) dropPictures(ctx context.Context) error {
	if j.keep.Pictures == 0 {
		return nil
	}
	var looked, taken atomic.Int64
	if err := j.drain(ctx, &looked, "pictures were looked for", j.store.LookForPictures); err != nil {
		return err
	}
	return errors.Join(
		j.older(ctx, j.keep.Pictures, &taken, "pictures were taken from boards that do not show them", j.store.ForgetPictures),
		j.older(ctx, j.keep.Pictures, &j.Stats.Pictures, "pictures were deleted for good", func(ctx context.Context, before time.Time) (int64, error) {
			return j.store.DeletePicture(ctx, before, j.shelf.Delete)
		}),
	)
}

// cutLogs goes on when the log of a board cannot be cut: that may be for the board
// alone. After many it is not.
func (j *Jobs) cutLogs(ctx context.Context) error {
	if j.keep.Log == 0 {
		return nil
	}
	var failed []error
	before := j.now().Add(-j.keep.Log)
	for after := ""; ; {
		boards, err := j.store.OldLogs(ctx, before, j.keep.Events, after)
		if err != nil || len(boards) == 0 {
			return errors.Join(append(failed, err)...)
		}
		for _, after = range boards {
			if err := j.cutLog(ctx, after, before); err != nil {
				failed = append(failed, err)
			}
			if len(failed) == maxFailed {
				return errors.Join(failed...)
			}
		}
	}
}

func (j *Jobs) cutLog(ctx context.Context, id string, before time.Time) error {
	err := j.drain(ctx, &j.Stats.Events, "old events were thrown away", func(ctx context.Context) (int64, error) {
		return j.store.CutLog(ctx, id, before, j.keep.Events)
	}, "board", id)
	var deltas atomic.Int64
	return errors.Join(err, j.drain(ctx, &deltas, "old text edits were thrown away", func(ctx context.Context) (int64, error) {
		return j.store.CutDeltas(ctx, id)
	}, "board", id))
}

// drain does batches until nothing is left, and says how much it was.
func (j *Jobs) drain(ctx context.Context, count *atomic.Int64, what string,
	batch func(context.Context) (int64, error), about ...any) error {
	var total int64
	defer func() {
		if total > 0 {
			j.log.Info(what, append(about, "count", total)...)
		}
	}()
	for {
		start := time.Now()
		n, err := batch(ctx)
		if err != nil || n == 0 {
			return err
		}
		total += n
		count.Add(n)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(max(pause, time.Since(start))):
		}
	}
}
