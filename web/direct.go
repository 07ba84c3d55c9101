package web

import (
	"net"
	"sync"
	"syscall"

	"corkboard/board"
)

// rawOf is the road below a socket on which a write never waits, and the
// descriptor it leads to; nil when there is none, and every frame goes through a
// writer.
func rawOf(line net.Conn) (raw syscall.RawConn, fd int) {
	below, ok := line.(syscall.Conn)
	if !ok {
		return nil, 0
	}
	raw, err := below.SyscallConn()
	if err != nil || raw.Control(func(d uintptr) { fd = int(d) }) != nil {
		return nil, 0 // it has been closed: whoever writes finds that out
	}
	return raw, fd
}

// attempt is one try to write. Attempts are kept, for each brings a closure.
type attempt struct {
	bytes []byte
	n     int
	do    func(fd uintptr) bool
}

var attempts = sync.Pool{New: func() any {
	a := new(attempt)
	a.do = func(fd uintptr) bool {
		a.n, _ = syscall.Write(int(fd), a.bytes) // a writer finds out what was wrong
		return true                              // never waits
	}
	return a
}}

// instant is how many bytes of a frame that is put together for one socket are
// written at once: a larger document would hold up the room.
const instant = 64 << 10

// leaves writes a frame, if nothing is on its way before it, as far as the system
// takes it at once, and tells whether that was all. It spares a socket that reads
// what it gets, which is nearly every one, a writer and its deadline. The lock is
// held.
func (c *conn) leaves(f *board.Frame) bool {
	if c.raw == nil || f.Crowd || c.writing {
		return false
	}
	if !f.Shares() {
		return c.tries(f.Wire(textFrame))
	}
	pieces := c.pieces(f)
	if total(pieces) > instant {
		return false
	}
	buf := gathered.Get().(*[]byte)
	defer gathered.Put(buf)
	*buf = (*buf)[:0]
	for _, piece := range pieces {
		*buf = append(*buf, piece...)
	}
	return c.tries(*buf)
}

// tries writes what begins a queue that is empty, and notes how much has left if
// that was not all.
func (c *conn) tries(wire []byte) bool {
	a := attempts.Get().(*attempt)
	defer attempts.Put(a)
	a.bytes, a.n = wire, 0
	err := c.raw.Write(a.do)
	a.bytes = nil
	switch {
	case err != nil || a.n < 0:
		return false
	case a.n == len(wire):
		return true
	}
	c.skip = a.n
	return false
}
