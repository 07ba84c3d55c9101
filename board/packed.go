package board

import (
	"bytes"
	"fmt"
	"sync"

	"github.com/klauspost/compress/flate"
)

// Packed is a large part of messages that goes to many sockets: it is encoded
// and compressed once for all of them.
type Packed struct {
	Text []byte
	// Deflated is Text in blocks of DEFLATE (RFC 1951). They refer to nothing
	// before them, none is marked as the last, and they end on a whole byte: so
	// they can stand anywhere in a message that is compressed (RFC 7692). nil: the
	// text is shorter than worthPacking.
	Deflated []byte
}

// worthPacking is from how many bytes on a text is compressed and shared: with a
// shorter one, such as the roster of a few people, it takes longer than sending it.
const worthPacking = 2 << 10

// packLevel of the compressor: the higher ones take twice as long for a tenth.
const packLevel = 3

var packers = sync.Pool{New: func() any {
	w, err := flate.NewWriter(nil, packLevel)
	if err != nil {
		panic(err) // the level is a constant
	}
	return w
}}

// pack compresses a text, which it then owns, if that is worth it.
func pack(text []byte) *Packed {
	if len(text) < worthPacking {
		return &Packed{Text: text}
	}
	w := packers.Get().(*flate.Writer)
	defer packers.Put(w)
	var out bytes.Buffer
	out.Grow(len(text)/3 + 64)
	w.Reset(&out)
	_, err := w.Write(text)
	if err == nil {
		err = w.Flush() // ends the block on a whole byte, and is not the end
	}
	if err != nil {
		panic(fmt.Sprintf("board: a buffer cannot be written to: %v", err))
	}
	w.Reset(nil)
	return &Packed{Text: text, Deflated: out.Bytes()}
}
