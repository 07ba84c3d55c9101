package board_test

import (
	"flag"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

var (
	simSeeds  = flag.Uint64("sim.seeds", 2000, "how many seeds the simulation runs")
	simFrom   = flag.Uint64("sim.from", 1, "the first of them")
	simShrink = flag.Bool("sim.shrink", true, "search for the shortest plan that fails in the same way")
)

// shards is how many parts the seeds are split into, to run beside each other.
const shards = 8

// The engine under every fault that there is, for thousands of seeds: see
// docs/protocol.md, "The proof".
func TestSimulation(t *testing.T) {
	t.Parallel()
	var failed atomic.Bool
	var done atomic.Uint64
	start := time.Now()
	for shard := range uint64(shards) {
		t.Run(fmt.Sprintf("shard %d", shard), func(t *testing.T) {
			t.Parallel()
			for seed := *simFrom + shard; seed < *simFrom+*simSeeds && !failed.Load(); seed += shards {
				runSeed(t, seed, &failed)
				progress(done.Add(1), start)
			}
		})
	}
}

func runSeed(t *testing.T, seed uint64, failed *atomic.Bool) {
	p := drawPlan(seed)
	r := simulate(t, p, false)
	if r.broken == nil || failed.Swap(true) {
		return
	}
	if *simShrink {
		p = shrink(t, p, r.broken.rule)
	}
	r = simulate(t, p, true)
	t.Errorf("seed %d: %s\n%s\nThe plan, to be named among the regressions:\n%s", seed, r.broken, r.trace, p)
}

// progress tells how far a long run has come.
func progress(done uint64, start time.Time) {
	if done%20_000 == 0 {
		fmt.Printf("%d of %d seeds, %.0f a second\n", done, *simSeeds, float64(done)/time.Since(start).Seconds())
	}
}

// The same plan, step for step, makes the same run: nothing but the plan decides.
func TestSimulationRepeatsItself(t *testing.T) {
	t.Parallel()
	for seed := range uint64(200) {
		p := drawPlan(seed)
		first := strings.Split(simulate(t, p, true).trace, "\n")
		second := strings.Split(simulate(t, p, true).trace, "\n")
		for i, line := range first {
			if i == len(second) || line != second[i] {
				t.Fatalf("seed %d: two runs differ at\n%s\nwhere the other has\n%s", seed,
					strings.Join(first[max(0, i-12):i+1], "\n"), strings.Join(second[i:min(i+1, len(second))], "\n"))
			}
		}
	}
}
