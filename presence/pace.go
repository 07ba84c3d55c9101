package presence

import "time"

// Pace spaces frames: the first change after a pause leaves at once, further
// ones wait until the pause is over, so that a pointer that never rests is
// still seen.
type Pace struct {
	last time.Time
}

// Wait is how long a change that came at now must wait for the last frame to be
// a pause ago; 0 means now.
func (p *Pace) Wait(now time.Time, pause time.Duration) time.Duration {
	return max(0, pause-now.Sub(p.last))
}

// Sent notes that a frame left at now.
func (p *Pace) Sent(now time.Time) { p.last = now }
