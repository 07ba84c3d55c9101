package main

import (
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"corkboard/cmd/loadtest/bot"
	"corkboard/store/storetest"
)

// Chaos: real processes, a real Postgres, a real Redis, scripted clients, and on
// each link between them a proxy that can do what networks do. `make test` runs
// the short form, `make chaos CHAOS=10m` the long one, whose storm lasts that
// long. CHAOS_SEED repeats a run's choices; the moments at which real processes
// meet them are their own.

// stormFor is how long the storm lasts; long tells that this is the long form.
func stormFor(t *testing.T) (length time.Duration, long bool) {
	t.Helper()
	set := os.Getenv("CHAOS")
	if set == "" {
		return 8 * time.Second, false
	}
	length, err := time.ParseDuration(set)
	if err != nil {
		t.Fatalf("CHAOS is %q: it should look like 10m", set)
	}
	return length, true
}

// seed is CHAOS_SEED, or one of this run's own, and is printed when the test fails.
var seed = sync.OnceValues(func() (uint64, error) {
	if set := os.Getenv("CHAOS_SEED"); set != "" {
		return strconv.ParseUint(set, 10, 64)
	}
	return rand.Uint64(), nil
})

// chance returns a source of choices that follow from the seed.
func chance(t *testing.T) *rand.Rand {
	t.Helper()
	s, err := seed()
	if err != nil {
		t.Fatalf("CHAOS_SEED: %v", err)
	}
	t.Logf("CHAOS_SEED=%d", s)
	return rand.New(rand.NewPCG(s, 0))
}

// upTo is some time below most.
func upTo(rng *rand.Rand, most time.Duration) time.Duration {
	return time.Duration(rng.Int64N(int64(most)))
}

// cluster is some nodes on one database and one Redis, each with links of its
// own to its clients, to Postgres and to Redis.
type cluster struct {
	t        *testing.T
	database string // not over a link
	redis    string // not over a link
	origin   string
	made     madeBoard
	nodes    []*member
}

// member is a node and its links.
type member struct {
	*node
	clients, postgres, redis *link
	databaseURL, redisURL    string
}

// newCluster starts n nodes, and a board on them.
func newCluster(t *testing.T, n int, database, redis string) *cluster {
	t.Helper()
	c := &cluster{t: t, database: database, redis: redis}
	for range n {
		c.add()
	}
	c.made = makeBoard(t, c.nodes[0].url)
	return c
}

// usualCluster is a cluster on the tests' servers, in a schema of its own.
func usualCluster(t *testing.T, n int) *cluster {
	t.Helper()
	return usualClusterOn(t, n, os.Getenv("TEST_REDIS_URL"))
}

// usualClusterOn is the same on another Redis.
func usualClusterOn(t *testing.T, n int, redis string) *cluster {
	t.Helper()
	return newCluster(t, n, storetest.URL(t), redis)
}

func (c *cluster) add() {
	c.t.Helper()
	m := &member{}
	m.postgres, m.databaseURL = postgresLink(c.t, c.database)
	m.redis, m.redisURL = redisLink(c.t, c.redis)
	m.clients = newLink(c.t, "127.0.0.1:1") // nobody yet
	if c.origin == "" {
		c.origin = "http://" + m.clients.address()
	}
	c.nodes = append(c.nodes, m)
	c.start(m)
}

// start runs the member's process, for the first time or after its end.
func (c *cluster) start(m *member) {
	c.t.Helper()
	m.node = startNodeOn(c.t, m.databaseURL, m.redisURL, c.origin)
	m.clients.lead(strings.TrimPrefix(m.node.url, "http://"))
}

// addresses are where clients reach the nodes, over their links.
func (c *cluster) addresses() []string {
	var all []string
	for _, m := range c.nodes {
		all = append(all, m.front())
	}
	return all
}

// front is where clients reach the node, over its link.
func (m *member) front() string { return "http://" + m.clients.address() }

// crowd returns the people of the cluster's board, nobody yet.
func (c *cluster) crowd() *crowd { return newCrowd(c.t, c.database, c.made) }

// guest is a config for somebody new who has the edit link.
func (c *cluster) guest(nodes ...string) bot.Config {
	c.t.Helper()
	if len(nodes) == 0 {
		nodes = c.addresses()
	}
	return bot.Config{Nodes: nodes, Origin: c.origin, Cookie: guest(c.t, c.nodes[0].url, c.made.EditURL)}
}

// viewer is a config for somebody who may only look.
func (c *cluster) viewer() bot.Config {
	c.t.Helper()
	config := c.guest()
	config.Cookie = guest(c.t, c.nodes[0].url, c.made.ViewURL)
	config.Board = c.made.ID
	return config
}

// count reads a number from a node's /metrics.
func (m *member) count(t *testing.T, name string) float64 {
	t.Helper()
	n, err := strconv.ParseFloat(metric(t, m.url, name), 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// percentile is the value that p of 100 do not pass.
func percentile(all []time.Duration, p int) time.Duration {
	if len(all) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(all))
	return sorted[min(len(sorted)-1, len(sorted)*p/100)]
}
