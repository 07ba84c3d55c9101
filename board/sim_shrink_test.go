package board_test

import (
	"slices"
	"testing"
	"time"
)

// shrinkFor bounds the search for a shorter plan.
const shrinkFor = 20 * time.Second

// shrink leaves out steps for as long as the same oracle still fails: first
// halves, then ever smaller parts, then one by one (delta debugging, Zeller and
// Hildebrandt, "Simplifying and isolating failure-inducing input", IEEE TSE 2002).
func shrink(t *testing.T, p plan, rule string) plan {
	deadline := time.Now().Add(shrinkFor)
	fails := func(p plan) bool {
		r := simulate(t, p, false)
		return r.broken != nil && r.broken.rule == rule
	}
	for size := len(p) / 2; size > 0; {
		smaller, found := without(p, size, func(p plan) bool { return time.Now().Before(deadline) && fails(p) })
		p = smaller
		if !found || size > len(p) {
			size /= 2
		}
	}
	return p
}

// without leaves out as many parts of a size as it can. The first step sets the
// world up and stays.
func without(p plan, size int, fails func(plan) bool) (smaller plan, found bool) {
	for at := 1; at < len(p); {
		trial := slices.Delete(slices.Clone(p), at, min(at+size, len(p)))
		if fails(trial) {
			p, found = trial, true
		} else {
			at += size
		}
	}
	return p, found
}
