package board

import (
	"math"
	"slices"
	"sync/atomic"
)

// Stats counts what a hub did since it was made.
type Stats struct {
	Rooms, Sessions    atomic.Int64 // now
	Commits, Committed atomic.Int64 // transactions, and events in them
	FailedCommits      atomic.Int64 // transactions that rooms gave up, to be tried again
	GapRepairs         atomic.Int64 // times a room read events that the bus did not bring
	NewEpochs          atomic.Int64 // boards whose log was found to have gone back
	Delivered          atomic.Int64 // frames of events, times sessions
	Divergences        atomic.Int64 // clients that had another document at the same seq: never, unless something is wrong
	Snapshots          atomic.Int64 // documents that were encoded for those who join
	BatchOps           *Histogram   // ops in a transaction
	AckSeconds         *Histogram   // from a frame of ops, once its rate lets it in, to its acks being queued for the socket
}

func newStats() Stats {
	return Stats{
		BatchOps:   newHistogram(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000),
		AckSeconds: newHistogram(.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10),
	}
}

// commit counts a transaction.
func (s *Stats) commit(out Outcome) {
	ops := 0
	for _, a := range out.Answers {
		ops += len(a.Acks)
	}
	s.BatchOps.observe(float64(ops))
	if len(out.Events) > 0 {
		s.Commits.Add(1)
		s.Committed.Add(int64(len(out.Events)))
	}
}

// Histogram counts values by their size.
type Histogram struct {
	bounds []float64
	counts []atomic.Uint64 // of values up to the bound of the same index, and of greater ones
	sum    atomic.Uint64   // its bits
}

func newHistogram(bounds ...float64) *Histogram {
	return &Histogram{bounds: bounds, counts: make([]atomic.Uint64, len(bounds)+1)}
}

func (h *Histogram) observe(v float64) {
	i, _ := slices.BinarySearch(h.bounds, v)
	h.counts[i].Add(1)
	for {
		old := h.sum.Load()
		if h.sum.CompareAndSwap(old, math.Float64bits(math.Float64frombits(old)+v)) {
			return
		}
	}
}

// Read returns how many values there were, their sum, and how many of them were
// at most as large as each bound.
func (h *Histogram) Read() (count uint64, sum float64, upTo map[float64]uint64) {
	upTo = make(map[float64]uint64, len(h.bounds))
	for i, bound := range h.bounds {
		count += h.counts[i].Load()
		upTo[bound] = count
	}
	return count + h.counts[len(h.bounds)].Load(), math.Float64frombits(h.sum.Load()), upTo
}
