package board

import "sync"

// Limits of the socket protocol.
const (
	MaxFrame    = 64 << 10 // bytes of one frame from a client
	MaxOps      = 50       // ops in one frame
	MaxQueue    = 1 << 20  // bytes queued for one socket (I16)
	MaxSessions = 2500     // sockets on one board and node
	maxWaiting  = 4        // frames of ops that one session may have waiting
	maxStrikes  = 20       // refused frames before the socket is closed
	crowd       = 400      // sockets that a room does not write to itself: it would take longer than 4 ms
)

// Frame is one message to a socket, encoded once for a whole room. It is never
// changed after it was made.
type Frame struct {
	// Droppable frames may be left out when the socket is behind: the next one
	// of their sort makes them good.
	Droppable bool
	// Crowd frames go to so many sockets that writing to one after the other
	// would hold up the room.
	Crowd bool

	start  []byte // the message, or what comes before the first shared part
	shares []Share

	once sync.Once
	wire []byte
}

// Share is a part of a message that other messages have, too, and what comes
// after it, up to the next.
type Share struct {
	*Packed
	Then []byte
}

// NewFrame returns a frame with a message, which it then owns.
func NewFrame(text []byte) *Frame { return &Frame{start: text} }

// with returns the frame of an object with one more field, whose value is shared,
// or copied where it is short. The frame that it was is not to be used any more.
func (f *Frame) with(field string, value *Packed) *Frame {
	last := &f.start
	if n := len(f.shares); n > 0 {
		last = &f.shares[n-1].Then
	}
	*last = append((*last)[:len(*last)-len("}")], `,"`+field+`":`...)
	if value.Deflated == nil {
		*last = append(append(*last, value.Text...), '}')
		return f
	}
	return &Frame{start: f.start, shares: append(f.shares, Share{value, []byte("}")})}
}

// forCrowd is the same message to many sockets.
func (f *Frame) forCrowd() *Frame {
	return &Frame{Droppable: f.Droppable, Crowd: true, start: f.start, shares: f.shares}
}

// Shares tells whether a part of the message is shared with other frames.
func (f *Frame) Shares() bool { return len(f.shares) > 0 }

// Parts returns the message in pieces: what is this frame's own, and after that
// the parts that it shares with others. Most frames have a start alone.
func (f *Frame) Parts() (start []byte, shares []Share) { return f.start, f.shares }

// Text returns the message. It is not to be changed.
func (f *Frame) Text() []byte {
	if !f.Shares() {
		return f.start
	}
	whole := append(make([]byte, 0, f.Size()), f.start...)
	for _, s := range f.shares {
		whole = append(append(whole, s.Text...), s.Then...)
	}
	return whole
}

// Size is the number of bytes of the message.
func (f *Frame) Size() int {
	n := len(f.start)
	for _, s := range f.shares {
		n += len(s.Text) + len(s.Then)
	}
	return n
}

// Own is the number of bytes that this frame alone holds.
func (f *Frame) Own() int {
	n := len(f.start)
	for _, s := range f.shares {
		n += len(s.Then)
	}
	return n
}

// Wire returns what make made of the message for the wire. It is made once, by
// the first socket that asks, and written by every other as it is.
func (f *Frame) Wire(make func(text []byte) []byte) []byte {
	f.once.Do(func() { f.wire = make(f.Text()) })
	return f.wire
}

// Conn is all that a room knows of a socket.
type Conn interface {
	// Send queues a frame and never blocks. A socket on which more than MaxQueue
	// bytes were waiting already closes itself with CloseSlow; one large frame
	// on an empty queue is no fault of the reader's.
	Send(f *Frame)
	// Close sends what is queued, then the code and the reason, and ends the socket.
	Close(code CloseCode, reason string)
}
