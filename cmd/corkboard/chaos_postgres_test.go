package main

import (
	"bytes"
	"context"
	"database/sql"
	"log/slog"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"corkboard/cmd/child"
	"corkboard/store/storetest"
)

// healsWithin is how long after Postgres is back edits may still wait.
const healsWithin = 10 * time.Second

// privatePostgres is a Postgres that the test may restart.
type privatePostgres struct {
	t      *testing.T
	folder string
	*child.Postgres
}

func newPostgres(t *testing.T) *privatePostgres {
	t.Helper()
	folder, err := os.MkdirTemp("/tmp", "corkboard-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	if err := os.Chmod(folder, 0o755); err != nil { // Postgres's own user passes through
		t.Fatal(err)
	}
	p := &privatePostgres{t: t, folder: filepath.Join(folder, "data")}
	p.start()
	t.Cleanup(func() { _ = p.Stop() })
	return p
}

func (p *privatePostgres) start() {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	var err error
	log := slog.New(slog.DiscardHandler)
	if p.Postgres, err = child.StartPostgres(ctx, p.folder, log, child.Volatile()); err != nil {
		p.t.Fatal(err)
	}
}

func (p *privatePostgres) target() string {
	u, err := url.Parse(p.URL())
	if err != nil {
		p.t.Fatal(err)
	}
	return postgresTarget(u)
}

// Postgres is restarted under typists. Nothing is lost, and edits are saved
// again soon after it is back.
func TestChaosPostgresRestart(t *testing.T) { // I2, I3, I12
	t.Parallel()
	rng := chance(t)
	pg := newPostgres(t)
	c := newCluster(t, 2, pg.URL(), os.Getenv("TEST_REDIS_URL"))
	people := c.crowd()
	for range 8 {
		people.join(c.guest())
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	people.awaitLive(ctx)
	stop := people.start(ctx, rng, pace)
	time.Sleep(time.Second)
	if err := pg.Stop(); err != nil {
		t.Fatal(err)
	}
	pg.start()
	for _, m := range c.nodes { // its socket may have moved
		m.postgres.lead(pg.target())
	}
	people.expectSaved(ctx, time.Now())
	stop()
	people.database = pg.URL()
	people.awaitLive(ctx)
	people.check(ctx)
}

// expectSaved waits until each bot's edits are saved again, and fails when that
// takes longer from since than the pool may take to heal.
func (c *crowd) expectSaved(ctx context.Context, since time.Time) {
	c.t.Helper()
	before := c.told.counts()
	for healed := false; !healed; time.Sleep(10 * time.Millisecond) {
		healed = true
		now := c.told.counts()
		for _, b := range c.bots {
			healed = healed && now[b.Client()] > before[b.Client()]
		}
		if ctx.Err() != nil {
			c.t.Fatal("not everybody's edits are saved again")
		}
	}
	if took := time.Since(since); took > healsWithin {
		c.t.Errorf("edits were saved again after %v, want %v", took, healsWithin)
	} else {
		c.t.Logf("everybody's edits were saved again after %v", took)
	}
}

// counts is how many edits of each client were called saved.
func (a *acks) counts() map[string]int {
	a.mu.Lock()
	defer a.mu.Unlock()
	n := map[string]int{}
	for client, mids := range a.told {
		n[client] = len(mids)
	}
	return n
}

// All connections to Postgres are ended, again and again.
func TestChaosPostgresConnectionsTerminated(t *testing.T) { // I2, I3
	t.Parallel()
	rng := chance(t)
	address := storetest.With(t, storetest.URL(t), "log_min_messages", "panic") // to be ended is no news here
	c := newCluster(t, 2, address, os.Getenv("TEST_REDIS_URL"))
	people := c.crowd()
	for range 6 {
		people.join(c.guest())
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	people.awaitLive(ctx)
	stop := people.start(ctx, rng, pace)
	admin, err := sql.Open("postgres", address)
	if err != nil {
		t.Fatal(err)
	}
	defer admin.Close()
	ended := 0 // a round may find a server that has not come back yet
	for round := 0; round < 15 || ended < 15; round++ {
		time.Sleep(upTo(rng, 200*time.Millisecond))
		var n int
		const query = `
			SELECT count(pg_terminate_backend(a.pid))
			  FROM pg_stat_activity a
			 WHERE a.application_name = current_setting('application_name')
			   AND a.pid <> pg_backend_pid()`
		if err := admin.QueryRowContext(ctx, query).Scan(&n); err != nil {
			t.Fatal(err)
		}
		ended += n
	}
	people.expectSaved(ctx, time.Now())
	stop()
	people.awaitLive(ctx)
	people.check(ctx)
}

// commitsSomething tells whether a request to Postgres commits: the one statement
// that does a whole transaction, which alone carries the kinds of events (and, in
// the steps that are gone where that is not possible, comes before COMMIT), or COMMIT.
func commitsSomething(request []byte) bool {
	return bytes.Contains(request, []byte("note.")) || bytes.Contains(request, []byte("COMMIT"))
}

// The link to Postgres is cut exactly during a commit, 200 times: half of them
// before Postgres has read it, half after it has answered.
func TestChaosCutDuringCommit(t *testing.T) { // I2, I3
	t.Parallel()
	const cuts = 200
	c := usualCluster(t, 1)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	var crowds []*crowd
	for range 8 { // boards, whose commits do not wait for one another
		people := newCrowd(t, c.database, makeBoard(t, c.nodes[0].url))
		config := c.guest()
		config.Cookie = guest(t, c.nodes[0].url, people.made.EditURL)
		people.join(config)
		people.awaitLive(ctx)
		crowds = append(crowds, people)
	}
	var commits, done atomic.Int64
	verdicts := [...]verdict{cutBefore, pass, cutAfter, pass}
	c.nodes[0].postgres.watch(func(request []byte) verdict {
		if !commitsSomething(request) {
			return pass
		}
		v := verdicts[commits.Add(1)%int64(len(verdicts))]
		if v != pass && done.Add(1) > cuts {
			return pass
		}
		return v
	})
	rng := chance(t)
	var typing sync.WaitGroup
	for _, people := range crowds {
		own := rand.New(rand.NewPCG(rng.Uint64(), 0))
		typing.Go(func() { people.work(ctx, people.bots[0], own, func() bool { return done.Load() >= cuts }) })
	}
	typing.Wait()
	if done.Load() < cuts {
		t.Fatalf("%d cuts, want %d", done.Load(), cuts)
	}
	retries := 0
	for _, people := range crowds {
		if _, err := people.do(ctx, people.bots[0], people.edit(rng)); err != nil {
			t.Fatal(err)
		}
		retries += people.bots[0].Record().Retries
		people.check(ctx)
	}
	t.Logf("%d commits, of which %d were cut; %d frames were answered with retry", commits.Load(), cuts, retries)
}
