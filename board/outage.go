package board

import (
	"errors"
	"sync/atomic"
	"time"

	"corkboard/notes"
)

// Outage says why nothing can be saved just now. Each is an ErrUnavailable: the
// same call with the same mids may be made again. docs/protocol.md has the codes.
type Outage struct {
	Code   notes.Code
	Reason string // a sentence for the person whose edit waits
}

// The outages that a Store can tell apart; every other one is Unreachable.
var (
	Unreachable   = &Outage{"unavailable", "The database cannot be reached just now."}
	DiskFull      = &Outage{"disk_full", "The server's disk is full."}
	Overloaded    = &Outage{"overloaded", "The database is overloaded."}
	Restarting    = &Outage{"restarting", "The database is restarting."}
	BrokenStorage = &Outage{"storage", "The database cannot read or write its disk."}
	ReadOnly      = &Outage{"read_only", "The database takes no changes just now."}
)

// Error makes an Outage an error.
func (o *Outage) Error() string { return o.Reason }

// Is makes every outage an ErrUnavailable.
func (o *Outage) Is(target error) bool { return target == ErrUnavailable }

// OutageOf returns the outage that err tells of; nil when it is not an
// ErrUnavailable.
func OutageOf(err error) *Outage {
	var outage *Outage
	switch {
	case errors.As(err, &outage):
		return outage
	case errors.Is(err, ErrUnavailable):
		return Unreachable
	}
	return nil
}

// outageKept is how long an outage is told of after the last commit that failed
// for it: clients whose edits wait try again at least every 10 seconds.
const outageKept = 30 * time.Second

// outages remembers why the last commits of a node failed.
type outages struct {
	last atomic.Pointer[lastOutage]
}

type lastOutage struct {
	outage *Outage
	at     time.Time
}

// note takes the error, or the success, of a commit.
func (o *outages) note(err error) {
	switch outage := OutageOf(err); {
	case outage != nil:
		o.last.Store(&lastOutage{outage, time.Now()})
	case err == nil && o.last.Load() != nil:
		o.last.Store(nil)
	}
}

// Outage returns why commits fail on this node, as an *Outage; nil after one
// went well, and when none has failed for 30 seconds.
func (h *Hub) Outage() error {
	last := h.outages.last.Load()
	if last == nil || time.Since(last.at) > outageKept {
		return nil
	}
	return last.outage
}

// held is the answer to an op that could not be committed: send it again.
func held(mid int64, err error) Ack {
	ack := Ack{Mid: mid, Status: Retry}
	if outage := OutageOf(err); outage != nil {
		ack.Code, ack.Reason = outage.Code, outage.Reason
	}
	return ack
}
