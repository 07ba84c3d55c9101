package web_test

import (
	"encoding/binary"
	"encoding/json"
	"io"
	"slices"
	"testing"
	"time"
)

// Bits and kinds of frames, RFC 6455, section 5.2.
const (
	fin, rsv1, rsv2, rsv3              = 0x80, 0x40, 0x20, 0x10
	more, text, binaryKind             = 0, 1, 2
	closeKind, pingKind, pongKind      = 8, 9, 10
	masked                        byte = 0x80
)

// frame is a client's frame, masked with a key that changes nothing.
func frame(first byte, payload string) string {
	return string(header(first, masked, uint64(len(payload)))) + "\x00\x00\x00\x00" + payload
}

// header of a frame that says it is size bytes long.
func header(first, mask byte, size uint64) []byte {
	switch {
	case size < 126:
		return []byte{first, mask | byte(size)}
	case size < 1<<16:
		return binary.BigEndian.AppendUint16([]byte{first, mask | 126}, uint16(size))
	}
	return binary.BigEndian.AppendUint64([]byte{first, mask | 127}, size)
}

// send writes a message of text.
func (l *line) send(message string) { l.write(frame(fin|text, message)) }

// write writes bytes as they are; the server may have closed the line by then.
func (l *line) write(bytes string) { _, _ = io.WriteString(l, bytes) }

// read returns the server's next frame, which the one after it overwrites.
func (l *line) read() (first byte, payload []byte, err error) {
	_ = l.SetReadDeadline(time.Now().Add(patience))
	head := make([]byte, 2)
	if _, err := io.ReadFull(l.r, head); err != nil {
		return 0, nil, err
	}
	size := uint64(head[1])
	if extra := map[byte]int{126: 2, 127: 8}[head[1]]; extra > 0 {
		long := make([]byte, 8)
		if _, err := io.ReadFull(l.r, long[8-extra:]); err != nil {
			return 0, nil, err
		}
		size = binary.BigEndian.Uint64(long)
	}
	l.payload = slices.Grow(l.payload[:0], int(size))[:size]
	_, err = io.ReadFull(l.r, l.payload)
	return head[0], l.payload, err
}

// next returns the next message of a type; others are passed over.
func (l *line) next(t *testing.T, kind string) message {
	t.Helper()
	for {
		first, payload, err := l.read()
		if err != nil {
			t.Fatalf("waiting for %s: %v", kind, err)
		}
		var m message
		if first == fin|text && json.Unmarshal(payload, &m) == nil && m.Type == kind {
			return m
		}
	}
}

// ends reads until the close frame, and returns its code; 0 when the line broke
// without one.
func (l *line) ends(t *testing.T) int {
	t.Helper()
	for {
		first, payload, err := l.read()
		switch {
		case err != nil:
			return 0
		case first == fin|closeKind && len(payload) < 2:
			return 1005
		case first == fin|closeKind:
			return int(binary.BigEndian.Uint16(payload))
		}
	}
}
