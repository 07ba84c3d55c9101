package presence

import "time"

// Pace spaces frames: the first change after a pause leaves at once, further
// ones wait until a tick has passed, so that a pointer that never rests is
// still seen.
type Pace struct {
	Every time.Duration
	last  time.Time
}

// Wait is how long a change that came at now must wait; 0 means now.
func (p *Pace) Wait(now time.Time) time.Duration {
	return max(0, p.Every-now.Sub(p.last))
}

// Sent notes that a frame left at now.
func (p *Pace) Sent(now time.Time) { p.last = now }
