package load

import (
	"net"
	"testing"
	"time"
)

// A document that comes in pieces is read whole before any of it is handed on;
// what is little is handed on as it comes.
func TestMeterReadsALargeMessageWhole(t *testing.T) {
	t.Parallel()
	here, there := net.Pipe()
	m := &meter{Conn: here, born: time.Now()}
	go func() {
		for _, piece := range []string{"HTTP/1.1 101 Welcome\r\n\r\n", "\xc1\x7f\x00\x00\x00\x00\x00\x01\x11\x70", string(make([]byte, 70_000)), "\x81\x02hi"} {
			_, _ = there.Write([]byte(piece)) // the reader tells
		}
		there.Close()
	}()
	buffer := make([]byte, visitBuffer)
	for i, want := range []int{24, 70_010, 4} {
		n, err := m.Read(buffer)
		if n != want || err != nil {
			t.Errorf("read %d brought %d bytes, not %d: %v", i, n, want, err)
		}
	}
	if n, err := m.Read(buffer); n != 0 || err == nil {
		t.Errorf("behind the end there are %d bytes: %v", n, err)
	}
	if m.bytes.Load() != 24+70_010+4 {
		t.Errorf("counted %d bytes", m.bytes.Load())
	}
}
