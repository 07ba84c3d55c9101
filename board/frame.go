package board

// Limits of the socket protocol.
const (
	MaxFrame    = 64 << 10 // bytes of one frame from a client
	MaxOps      = 50       // ops in one frame
	MaxQueue    = 1 << 20  // bytes queued for one socket (I16)
	MaxSessions = 2500     // sockets on one board and node
	maxWaiting  = 4        // frames of ops that one session may have waiting
	maxStrikes  = 20       // refused frames before the socket is closed
)

// Frame is one message to a socket, encoded once for a whole room. It is never
// changed after it was made.
type Frame struct {
	Data []byte
	// Droppable frames may be left out when the socket is behind: the next one
	// of their sort makes them good.
	Droppable bool
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
