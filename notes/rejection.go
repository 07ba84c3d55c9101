package notes

import "fmt"

// Code says why an op was refused, for programs.
type Code string

// The codes of docs/protocol.md. Those that only the rooms above can know
// (forbidden, limit) stand here too, so that one list is the whole.
const (
	Invalid    Code = "invalid"    // an argument is out of range or malformed
	NotFound   Code = "not_found"  // no such note on this board
	Exists     Code = "exists"     // the id of a new note is taken
	Deleted    Code = "deleted"    // the note was deleted meanwhile
	Locked     Code = "locked"     // the note is locked
	TooLong    Code = "too_long"   // the text would pass MaxText
	TooMany    Code = "too_many"   // the board would pass MaxNotes
	Stale      Code = "stale"      // the base revision is older than the log
	Unreadable Code = "unreadable" // what is stored of the note cannot be read
	UnknownOp  Code = "unknown_op" // no such kind
	Forbidden  Code = "forbidden"  // the role does not allow it
	Limit      Code = "limit"      // too fast or too large
)

// Rejection is the refusal of an op: nothing of it was applied.
type Rejection struct {
	Code   Code
	Reason string // a sentence for the person whose op it was
	Note   *Note  // the note as it is now, where there is one
	Index  int    // the op inside a batch, otherwise 0
}

// Error makes a Rejection an error.
func (r *Rejection) Error() string { return string(r.Code) + ": " + r.Reason }

func reject(code Code, format string, args ...any) *Rejection {
	return &Rejection{Code: code, Reason: fmt.Sprintf(format, args...)}
}

func (r *Rejection) with(n *Note) *Rejection {
	r.Note = n
	return r
}
