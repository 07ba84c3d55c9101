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
	start, shares := f.Parts()
	switch {
	case len(shares) == 0:
		return net.Buffers{f.Wire(textFrame)}
	case c.deflates:
		return deflated(start, shares)
	}
	all := net.Buffers{append(appendHeader(nil, finalBit|websocket.TextMessage, f.Size()), start...)}
	for _, s := range shares {
		all = append(all, s.Text, s.Then)
	}
	return all
}

func total(pieces net.Buffers) (n int) {
	for _, piece := range pieces {
		n += len(piece)
	}
	return n
}

// after is what is left of pieces of which so many bytes have left.
func after(skip int, pieces net.Buffers) net.Buffers {
	for len(pieces) > 0 && skip >= len(pieces[0]) {
		skip -= len(pieces[0])
		pieces = pieces[1:]
	}
	if skip > 0 {
		pieces[0] = pieces[0][skip:]
	}
	return pieces
}

// deflated is a compressed message around parts that were compressed for all.
// The socket's own parts are stored as they are; the message ends as RFC 7692
// wants it (section 7.2.1), with an empty block whose last four bytes are left out.
func deflated(start []byte, shares []board.Share) net.Buffers {
	first := appendStored(nil, start)
	size := len(first) + 1
	all := net.Buffers{nil}
	for _, s := range shares {
		then := appendStored(nil, s.Then)
		size += len(s.Deflated) + len(then)
		all = append(all, s.Deflated, then)
	}
	all[0] = append(appendHeader(nil, finalBit|compressedBit|websocket.TextMessage, size), first...)
	all[len(all)-1] = append(all[len(all)-1], 0)
	return all
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
