package load

import (
	"sync"
	"time"
)

// Progress is what a run says of itself once a second.
type Progress struct {
	Phase     string        // "boards", "connect", "warm-up", "measure", "check"
	Live      int           // sockets
	Delivered float64       // cursors a second, since it last spoke
	P99       time.Duration // of cursors, since the warm-up or the measurement began
	Lost      int64         // sockets
}

// teller tells of a run's progress once a second and at each new phase.
type teller struct {
	run  *run
	tell func(Progress)

	mu      sync.Mutex
	current string
	last    time.Time
	seen    int64 // receipts when it last spoke

	done chan struct{}
}

// newTeller begins to tell; a nil tell is never called.
func newTeller(r *run, tell func(Progress)) *teller {
	t := &teller{run: r, tell: tell, last: time.Now(), done: make(chan struct{})}
	if tell != nil {
		go t.repeat()
	}
	return t
}

func (t *teller) stop() { close(t.done) }

func (t *teller) repeat() {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-t.done:
			return
		case <-tick.C:
			t.mu.Lock()
			t.speak()
			t.mu.Unlock()
		}
	}
}

func (t *teller) phase(name string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.current = name
	t.speak()
}

// speak is called with the lock held.
func (t *teller) speak() {
	if t.tell == nil {
		return
	}
	now, receipts := time.Now(), t.run.count.receipts.Load()
	p := Progress{Phase: t.current, P99: t.run.count.cursorLate.percentile(99)}
	if since := now.Sub(t.last).Seconds(); receipts > t.seen && since > 0 {
		p.Delivered = float64(receipts-t.seen) / since
	}
	t.run.mu.Lock()
	p.Live, p.Lost = len(t.run.all), t.run.lost
	t.run.mu.Unlock()
	t.last, t.seen = now, receipts
	t.tell(p)
}
