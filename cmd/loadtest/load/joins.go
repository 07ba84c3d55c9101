package load

import (
	"context"
	"encoding/binary"
	"net"
	"sync/atomic"
	"time"
)

// visitBuffer takes a whole document from the kernel at once, so that unpacking
// what has come does not hold back what is coming.
const visitBuffer = 1 << 20

// meter counts what is read from a connection, and when the last of it came.
type meter struct {
	net.Conn
	bytes atomic.Int64
	last  atomic.Int64 // of time.Since(born)
	born  time.Time
}

// Read reads on until a message that has begun is whole, or p is full.
func (m *meter) Read(p []byte) (n int, err error) {
	for err == nil && (n == 0 || n < len(p) && !whole(p[:n])) {
		var more int
		more, err = m.Conn.Read(p[n:])
		n += more
		m.bytes.Add(int64(more))
		m.last.Store(int64(time.Since(m.born)))
	}
	if n > 0 {
		err = nil // it comes again
	}
	return n, err
}

// whole tells whether a large message of the server's ends here (RFC 6455, 5.2).
// All else that comes is little, and comes at once.
func whole(message []byte) bool {
	const text, compressed, longest = 0x81, 0xc1, 127
	if len(message) < 10 || message[0] != text && message[0] != compressed || message[1] != longest {
		return true
	}
	return uint64(len(message)-10) >= binary.BigEndian.Uint64(message[2:])
}

// visit has a client join, take the document, and go.
func (r *run) visit(ctx context.Context, rm *room) error {
	var m *meter
	t := &target{url: r.target.url, origin: r.target.origin, cookie: r.target.cookie, dialer: r.target.dialer}
	t.dialer.ReadBufferSize = visitBuffer
	t.dialer.EnableCompression = true // as every browser offers it
	born := time.Now()
	t.dialer.NetDialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := new(net.Dialer).DialContext(ctx, network, address)
		if err != nil {
			return nil, err
		}
		m = &meter{Conn: conn, born: born}
		return m, nil
	}
	c, err := t.open(ctx, rm, -1)
	if err != nil {
		return err
	}
	r.count.joined.Add(1)
	r.count.joinBytes.Add(m.bytes.Load())
	r.count.joinLate.add(time.Duration(m.last.Load()))
	return c.ws.Close()
}
