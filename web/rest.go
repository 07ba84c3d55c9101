package web

import (
	"sync"
	"sync/atomic"
	"time"
)

// spareWorkers is how many workers wait for something to do. They keep the stacks
// that dealing with frames has made them need, so it is not many.
const spareWorkers = 32

// restAfter is how long nothing must have come before a frame after which a socket
// is laid to rest: one in use keeps its reader, which costs less for each frame.
const restAfter = 2 * time.Second

// night looks after sockets at rest: those on which nothing comes in. None of them
// has a goroutine, whose stack would be the largest part of what such a socket
// takes; the system is asked about all of them at once, and a worker reads what
// has come. There is one for the process, as there is one poller in Go's runtime.
type night struct {
	poll  poller
	after time.Duration // restAfter
	work  chan func()   // to workers that wait
	idle  atomic.Int32

	mu    sync.Mutex
	byFD  []*conn
	first *conn // of those at rest, in the order in which they went there
	last  *conn
	alarm *time.Timer // for the first
}

// bed is a socket's place in the night; under the night's lock.
type bed struct {
	fd            int
	resting       bool
	since         time.Duration
	before, after *conn
}

var theNight = sync.OnceValue(newNight)

// newNight is nil where the system has no such poller.
func newNight() *night {
	poll, err := newPoller()
	if err != nil {
		return nil
	}
	n := &night{poll: poll, after: restAfter, work: make(chan func())}
	n.alarm = time.AfterFunc(time.Hour, n.endSilent)
	n.alarm.Stop()
	go poll.run(n.stirred)
	return n
}

// rest lays a socket to rest of which nothing had been heard for a while, if that
// can be; its reader has to end at once then.
func (n *night) rest(c *conn, quiet time.Duration) bool {
	if n == nil || quiet < n.after || c.raw == nil || c.in == nil || c.in.Buffered() > 0 {
		return false
	}
	n.lay(c)
	if n.poll.watch(c.raw, c.bed.fd) == nil {
		return true
	}
	return !n.take(c) // it has been closed; who closed it may have woken it already
}

func (n *night) lay(c *conn) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for len(n.byFD) <= c.bed.fd {
		n.byFD = append(n.byFD, nil)
	}
	n.byFD[c.bed.fd] = c
	c.bed.resting, c.bed.since, c.bed.before = true, uptime(), n.last
	if n.last != nil {
		n.last.bed.after = c
	} else {
		n.first = c
		n.alarm.Reset(readPatience)
	}
	n.last = c
}

// take gets a socket up; false when it was not at rest.
func (n *night) take(c *conn) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	b := &c.bed
	if !b.resting {
		return false
	}
	if b.before != nil {
		b.before.bed.after = b.after
	} else {
		n.first = b.after
	}
	if b.after != nil {
		b.after.bed.before = b.before
	} else {
		n.last = b.before
	}
	b.resting, b.before, b.after = false, nil, nil
	return true
}

// wake has a socket at rest read: something has come, or it was closed.
func (n *night) wake(c *conn) {
	if n != nil && n.take(c) {
		n.have(c.listen)
	}
}

// have gives a worker something to do, a new one if none waits.
func (n *night) have(do func()) {
	if n == nil {
		go do()
		return
	}
	select {
	case n.work <- do:
	default:
		go n.worker(do)
	}
}

func (n *night) worker(do func()) {
	for {
		do()
		if n.idle.Add(1) > spareWorkers {
			n.idle.Add(-1)
			return
		}
		do = <-n.work
		n.idle.Add(-1)
	}
}

// stirred wakes the socket of a descriptor. One that has just been given to
// another socket does no harm: who is woken for nothing waits on its own.
func (n *night) stirred(fd int) {
	n.mu.Lock()
	var c *conn
	if fd < len(n.byFD) {
		c = n.byFD[fd]
	}
	n.mu.Unlock()
	if c != nil {
		n.wake(c)
	}
}

// endSilent wakes those of which nothing was heard for too long: their time to
// read is over.
func (n *night) endSilent() {
	for {
		n.mu.Lock()
		c := n.first
		if c == nil {
			n.mu.Unlock()
			return
		}
		if left := c.bed.since + readPatience - uptime(); left > 0 {
			n.alarm.Reset(left)
			n.mu.Unlock()
			return
		}
		n.mu.Unlock()
		n.wake(c)
	}
}

// forget is called before a socket's descriptor is given back.
func (n *night) forget(c *conn) {
	if n == nil {
		return
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if c.bed.fd < len(n.byFD) && n.byFD[c.bed.fd] == c {
		n.byFD[c.bed.fd] = nil
	}
}
