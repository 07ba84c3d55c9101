package board

// CloseCode is a WebSocket close code of ours. Each says "come back" or "don't".
type CloseCode int

// The codes: 40xx come back, 41xx don't. docs/protocol.md has the table.
const (
	CloseRestart  CloseCode = 4000 // the node goes down: come back at a random moment
	CloseSlow     CloseCode = 4001 // the socket did not read fast enough
	CloseResync   CloseCode = 4002 // the order of messages was lost: say hello again
	CloseReplaced CloseCode = 4100 // the same client id said hello elsewhere
	CloseDenied   CloseCode = 4101 // no right to be here, or not any more
	CloseGone     CloseCode = 4102 // there is no such board
	CloseTrashed  CloseCode = 4103 // the board was moved to the trash
	CloseOutdated CloseCode = 4104 // another protocol version: load the page again
	CloseBad      CloseCode = 4105 // too many messages that could not be understood
	CloseFull     CloseCode = 4106 // the board has no seat left
)

// ComesBack tells whether the client should connect again by itself.
func (c CloseCode) ComesBack() bool { return c < CloseReplaced }

// Reasons that are given in more than one place.
const (
	whyRestart  = "This server restarts. Your changes are kept."
	whyReplaced = "This board was opened again with the same identity."
	whyGone     = "This board does not exist any more."
	whyTrashed  = "This board was moved to the trash by its owner."
)
