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
	// they can stand anywhere in a message that is compressed (RFC 7692).
	Deflated []byte
}

// packLevel of the compressor: the higher ones take twice as long for a tenth.
const packLevel = 3

var packers = sync.Pool{New: func() any {
	w, err := flate.NewWriter(nil, packLevel)
	if err != nil {
		panic(err) // the level is a constant
	}
	return w
}}

// pack compresses a text, which it then owns.
func pack(text []byte) *Packed {
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
