package web

import (
	"encoding/binary"
	"net"

	"github.com/gorilla/websocket"

	"corkboard/board"
)

// Bits of a frame's first byte (RFC 6455, section 5.2; RFC 7692, section 6).
const (
	finalBit      = 0x80
	compressedBit = 0x40
)

// maxStored is how many bytes a block of DEFLATE holds that is not compressed.
const maxStored = 1<<16 - 1

// appendHeader begins a frame of the server's: they are never masked.
func appendHeader(b []byte, first byte, size int) []byte {
	switch {
	case size < 126:
		return append(b, first, byte(size))
	case size < 1<<16:
		return binary.BigEndian.AppendUint16(append(b, first, 126), uint16(size))
	}
	return binary.BigEndian.AppendUint64(append(b, first, 127), uint64(size))
}

// textFrame is a whole message as it goes over the wire.
func textFrame(text []byte) []byte {
	b := make([]byte, 0, len(text)+10)
	return append(appendHeader(b, finalBit|websocket.TextMessage, len(text)), text...)
}

// pieces is a frame as it goes over the wire. What it shares with others is not
// copied.
func (c *conn) pieces(f *board.Frame) net.Buffers {
	start, share, end := f.Parts()
	switch {
	case share == nil:
		return net.Buffers{f.Wire(textFrame)}
	case c.deflates:
		return deflated(start, share, end)
	}
	header := appendHeader(nil, finalBit|websocket.TextMessage, f.Size())
	return net.Buffers{append(header, start...), share.Text, end}
}

// deflated is a compressed message around a part that was compressed for all.
// The socket's own part is stored as it is; the message ends as RFC 7692 wants
// it (section 7.2.1), with an empty block whose last four bytes are left out.
func deflated(start []byte, share *board.Packed, end []byte) net.Buffers {
	before := appendStored(nil, start)
	after := append(appendStored(nil, end), 0)
	header := appendHeader(nil, finalBit|compressedBit|websocket.TextMessage, len(before)+len(share.Deflated)+len(after))
	return net.Buffers{append(header, before...), share.Deflated, after}
}

// appendStored writes text in blocks that are not compressed (RFC 1951, section
// 3.2.4).
func appendStored(b, text []byte) []byte {
	for len(text) > 0 {
		n := min(len(text), maxStored)
		b = append(b, 0)
		b = binary.LittleEndian.AppendUint16(b, uint16(n))
		b = binary.LittleEndian.AppendUint16(b, ^uint16(n))
		b = append(b, text[:n]...)
		text = text[n:]
	}
	return b
}
