package main

import (
	"context"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"corkboard/board"
	"corkboard/cmd/loadtest/bot"
)

// storm does harm to a cluster, one thing after the other, by chance.
type storm struct {
	*cluster
	rng  *rand.Rand
	ill  map[*link]time.Time // until when
	dead map[*member]time.Time
	toll map[string]int
}

// Delays, jitter, thin and sliced links everywhere, cuts, interruptions, links
// that swallow everything, and nodes that are killed and come back, while people
// of all kinds work. After it nothing is lost, nothing is there twice, and all
// replicas, nodes and the database are alike.
func TestChaosStorm(t *testing.T) { // I1 to I5, I8 to I10, I12, D1, D2
	length, long := stormFor(t)
	typists := 16
	if long {
		typists = 30
	}
	rng := chance(t)
	c := usualCluster(t, 3)
	people := c.crowd()
	for range typists {
		config := c.guest()
		config.Ping = time.Second // so that swallowed connections are left soon
		people.join(config)
	}
	ctx, cancel := context.WithTimeout(t.Context(), length+2*patience)
	defer cancel()
	people.awaitLive(ctx)
	watcher := c.viewer()
	watcher.Ping = time.Second
	stopViewer := people.trespass(ctx, bot.New(watcher))
	stop := people.start(ctx, rng, pace)

	s := &storm{cluster: c, rng: rng, ill: map[*link]time.Time{}, dead: map[*member]time.Time{}, toll: map[string]int{}}
	s.rage(length)
	stop()
	stopViewer()
	for _, m := range c.nodes { // each shows what it holds to somebody new
		people.join(c.guest(m.front()))
	}
	people.awaitLive(ctx)
	people.check(ctx)
	for _, m := range c.nodes {
		if n := m.count(t, "corkboard_divergence_total"); n > 0 {
			t.Errorf("a node was told of %v divergences", n)
		}
	}
	if others := people.refusals("deleted", "too_long", "too_many", "stale"); len(others) > 0 {
		t.Errorf("%d edits were refused, as %+v", len(others), others[0].Ack)
	}
	t.Logf("%v: %d edits were called saved, %d connections were replaced by late hellos; harm done: %v",
		length, people.told.sent, people.replaced(), s.toll)
}

// replaced counts the connections that ended because an earlier hello came late.
func (c *crowd) replaced() (n int) {
	for _, b := range c.bots {
		n += b.Record().Replaced
	}
	return n
}

// trespass has somebody who may only look try to edit all the time, until the
// returned function is called.
func (c *crowd) trespass(ctx context.Context, viewer *bot.Bot) (stop func()) {
	over := make(chan struct{})
	var trying sync.WaitGroup
	trying.Go(func() {
		defer viewer.Close()
		for tries := 0; ; tries++ {
			ack, err := viewer.Do(ctx, bot.Create("?"))
			if err != nil || ack.Status != board.Rejected || ack.Code != "forbidden" {
				c.t.Errorf("somebody who may not edit was answered %+v, %v", ack, err)
				return
			}
			select {
			case <-over:
				return
			case <-time.After(pace):
			}
		}
	})
	return func() {
		close(over)
		trying.Wait()
	}
}

// rage does harm for a time, and then makes all good again.
func (s *storm) rage(length time.Duration) {
	for over := time.Now().Add(length); time.Now().Before(over); time.Sleep(upTo(s.rng, 150*time.Millisecond)) {
		s.recover(time.Now())
		s.harm()
	}
	s.recover(time.Now().Add(time.Hour))
}

// recover heals what has been ill for long enough.
func (s *storm) recover(now time.Time) {
	for l, until := range s.ill {
		if now.After(until) {
			l.heal()
			l.restore()
			delete(s.ill, l)
		}
	}
	for m, until := range s.dead {
		if now.After(until) {
			s.revive(m)
			delete(s.dead, m)
		}
	}
}

// revive starts a node again. It cannot start while its links are down.
func (s *storm) revive(m *member) {
	for _, l := range []*link{m.postgres, m.redis} {
		l.heal()
		l.restore()
		delete(s.ill, l)
	}
	s.start(m)
}

func (s *storm) harm() {
	m := s.nodes[s.rng.IntN(len(s.nodes))]
	links := map[string]*link{"clients": m.clients, "postgres": m.postgres, "redis": m.redis}
	name := []string{"clients", "postgres", "redis"}[s.rng.IntN(3)]
	l := links[name]
	if _, already := s.ill[l]; already {
		return
	}
	switch what := s.rng.IntN(20); {
	case what < 10:
		s.poison(l)
		name = "ill " + name
	case what < 14:
		l.cut()
		name = "cut " + name
	case what < 17:
		l.interrupt()
		s.ill[l] = time.Now().Add(upTo(s.rng, 800*time.Millisecond))
		name = "interrupted " + name
	case what < 18:
		l.halfOpen()
		s.ill[l] = time.Now().Add(upTo(s.rng, time.Second))
		name = "half-open " + name
	case len(s.dead) > 0:
		return
	default:
		m.kill()
		s.dead[m] = time.Now().Add(upTo(s.rng, time.Second))
		name = "killed node"
	}
	s.toll[name]++
}

// poison makes a link slow, thin and shaky for a while, each way on its own.
func (s *storm) poison(l *link) {
	for _, way := range strings.Fields("upstream downstream") {
		for _, t := range []toxic{
			{"latency", way, map[string]any{"latency": s.rng.IntN(80), "jitter": s.rng.IntN(80)}},
			{"bandwidth", way, map[string]any{"rate": 20 + s.rng.IntN(200)}}, // KB a second
			{"slicer", way, map[string]any{"average_size": 64 + s.rng.IntN(400), "size_variation": 32, "delay": s.rng.IntN(500)}},
		} {
			if s.rng.IntN(2) == 0 {
				l.poison(t)
			}
		}
	}
	s.ill[l] = time.Now().Add(upTo(s.rng, 1500*time.Millisecond))
}
