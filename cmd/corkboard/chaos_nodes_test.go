package main

import (
	"context"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// pace spaces a typist's edits.
const pace = 100 * time.Millisecond

// start has every bot of the crowd edit until the returned function is called,
// which waits for what is under way.
func (c *crowd) start(ctx context.Context, rng *rand.Rand, every time.Duration) (stop func()) {
	var over atomic.Bool
	var typing sync.WaitGroup
	for _, b := range c.bots {
		own := rand.New(rand.NewPCG(rng.Uint64(), 0))
		typing.Go(func() {
			c.work(ctx, b, own, func() bool {
				time.Sleep(upTo(own, 2*every)) // people do not type in step
				return over.Load()
			})
		})
	}
	return func() {
		over.Store(true)
		typing.Wait()
	}
}

// A node is killed at a random moment under 50 typists. Every edit that was
// called saved is there; what was not was sent again and is there once.
func TestChaosKilledNodeUnderFiftyTypists(t *testing.T) { // I1, I2, I3, I8, I9
	rng := chance(t)
	c := usualCluster(t, 2)
	people := c.crowd()
	for range 50 {
		people.join(c.guest())
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	people.awaitLive(ctx)
	stop := people.start(ctx, rng, pace)
	time.Sleep(time.Second + upTo(rng, 2*time.Second)) // the random moment
	c.nodes[1].kill()
	time.Sleep(1500 * time.Millisecond) // everybody works on the other one
	stop()
	people.awaitLive(ctx)
	people.check(ctx)
	if others := people.refusals("deleted", "too_long"); len(others) > 0 {
		t.Errorf("%d edits were refused, as %+v", len(others), others[0].Ack)
	}
}

// One of two nodes is asked to go down while people edit. It says that it is not
// ready, sends everybody elsewhere at moments of chance, and nobody sees an error.
func TestChaosDrainedNodeIsLeftUnseen(t *testing.T) { // I2, I3, I12
	t.Parallel()
	rng := chance(t)
	c := usualCluster(t, 2)
	people := c.crowd()
	leaving := c.nodes[1]
	for range 12 {
		people.join(c.guest(leaving.front(), c.nodes[0].front()))
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	people.awaitLive(ctx)
	stop := people.start(ctx, rng, pace)
	time.Sleep(500 * time.Millisecond) // of everyday work
	there := leaving.count(t, "corkboard_sessions")
	if err := leaving.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	answers := readiness(t, leaving.url)
	for answers == "ready\n" {
		answers = readiness(t, leaving.url)
	}
	if answers != "draining\n" {
		t.Errorf("/readyz of a node that goes down says %q", answers)
	}
	if err := leaving.cmd.Wait(); err != nil {
		t.Errorf("the node went down with %v", err)
	}
	stop()
	people.awaitLive(ctx)
	people.check(ctx)
	people.checkUnseen(int(there))
}

// checkUnseen looks at what a drain was like for those who were on the node.
func (c *crowd) checkUnseen(there int) {
	c.t.Helper()
	var away []time.Duration
	drains := 0
	for _, b := range c.bots {
		r := b.Record()
		away = append(away, r.Away...)
		drains += r.Drains
	}
	if there == 0 || drains < there || len(away) < there {
		c.t.Errorf("%d were there, %d were told to leave, %d came back", there, drains, len(away))
	}
	want := 5 * time.Second // beside all other tests
	if _, long := stormFor(c.t); long {
		want = 2 * time.Second
	}
	if p95 := percentile(away, 95); p95 > want {
		c.t.Errorf("95 of 100 were back within %v, want %v", p95, want)
	}
	c.t.Logf("%d were there, away for %v (median) and %v (95 of 100)", there, percentile(away, 50), percentile(away, 95))
	if others := c.refusals("deleted", "too_long"); len(others) > 0 {
		c.t.Errorf("%d edits were refused, as %+v", len(others), others[0].Ack)
	}
}

// All connections of all nodes end, and everybody comes back at once: a hundred
// people on each board, on twenty boards in the long form.
func TestChaosEverybodyReconnectsAtOnce(t *testing.T) { // D3, D4
	boards := 1
	if _, long := stormFor(t); long {
		boards = 20
	}
	c := usualCluster(t, 2)
	ctx, cancel := context.WithTimeout(t.Context(), 3*patience)
	defer cancel()
	all := make([]*crowd, boards)
	for i := range all {
		all[i] = c.hundred(ctx)
	}
	for _, m := range c.nodes {
		m.clients.interrupt()
	}
	for _, m := range c.nodes {
		m.clients.restore()
	}
	began := time.Now()
	for _, people := range all {
		people.awaitReturn(began, 30*time.Second)
	}
	t.Logf("%d clients were back after %v", 100*boards, time.Since(began))
	for _, people := range all {
		people.check(ctx)
	}
}

// hundred is a board with a hundred tabs of somebody, some of which have edited.
func (c *cluster) hundred(ctx context.Context) *crowd {
	c.t.Helper()
	people := newCrowd(c.t, c.database, makeBoard(c.t, c.nodes[0].url))
	config := c.guest()
	config.Cookie = guest(c.t, c.nodes[0].url, people.made.EditURL)
	for range 100 {
		people.join(config)
	}
	people.awaitLive(ctx)
	for i := range 20 {
		people.saves(ctx, people.bots[i])
	}
	return people
}

// awaitReturn waits until every bot was away and is back, and fails when one is
// not some time after began.
func (c *crowd) awaitReturn(began time.Time, within time.Duration) {
	c.t.Helper()
	for _, b := range c.bots {
		for len(b.Record().Away) == 0 {
			if time.Since(began) > within {
				c.t.Fatalf("not everybody is back after %v", within)
			}
			time.Sleep(10 * time.Millisecond)
		}
	}
}
