package bus

import (
	"log/slog"
	"sync"
	"time"
)

// quietFor is how long a fault that repeats is only counted.
const quietFor = 10 * time.Second

// quiet logs a fault that may come many times a second: the first at once, then
// their number at most once in quietFor.
type quiet struct {
	log     *slog.Logger
	message string

	mu    sync.Mutex
	last  time.Time
	count int
}

// warn counts n more and logs when it is time to.
func (q *quiet) warn(n int, err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.count += n
	now := time.Now()
	if !q.last.IsZero() && now.Sub(q.last) < quietFor {
		return
	}
	q.log.Warn(q.message, "count", q.count, "error", err)
	q.last, q.count = now, 0
}
