package presence

import "time"

// Pace spaces frames: the first change after a pause leaves at once, further
// ones wait until the pause is over, so that a pointer that never rests is
// still seen. Those that wait leave in slots which are the same for every room: a
// server of many rooms wakes once for all whose tick ends within one, and not for
// each.
type Pace struct {
	last time.Time
}

// slot is an eighth of a tick.
const slot = TickMillis * time.Millisecond / 8

// Wait is how long a change that came at now must wait for the last frame to be
// a pause ago; 0 means now. It ends with a slot, and so by less than one too soon
// after a frame that left within one.
func (p *Pace) Wait(now time.Time, pause time.Duration) time.Duration {
	wait := pause - slot - now.Sub(p.last)
	if wait <= 0 {
		return 0
	}
	past := time.Duration(now.Add(wait).UnixNano()) % slot
	return wait + (slot-past)%slot
}

// Sent notes that a frame left at now.
func (p *Pace) Sent(now time.Time) { p.last = now }
