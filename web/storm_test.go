package web_test

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"corkboard/board"
	"corkboard/notes"
	"corkboard/web"
)

var stormClients = flag.Int("storm", 300, "how many clients come back at once in TestEverybodyComesBackAtOnce")

// TestEverybodyComesBackAtOnce: two boards of 1,000 notes; everybody's
// connection breaks, and they all come at once and need the document. It is
// packed once for each board and seq, all are live within 30 s, and whoever edits
// meanwhile is not kept waiting by them.
func TestEverybodyComesBackAtOnce(t *testing.T) {
	const notesEach = 1000
	c := newCast(t, func(o *web.Options) { o.Log = slog.New(slog.DiscardHandler) })
	boards := []string{c.board, c.owner.newBoard()}
	for _, id := range boards {
		c.fill(t, id, notesEach)
	}
	packed := c.hub.Stats.Snapshots.Load()
	lines := c.storm(t, boards)
	for _, l := range lines {
		l.Close()
	}
	editing := c.keepEditing(t)
	start := time.Now()
	c.storm(t, boards)
	took := time.Since(start)
	packed = c.hub.Stats.Snapshots.Load() - packed
	slowest := editing()
	t.Logf("%d were live after %s with %d snapshots; the slowest edit took %s", *stormClients, took, packed, slowest)
	if took > 30*time.Second {
		t.Errorf("it took %s until all were live", took)
	}
	if packed != int64(len(boards)+1) {
		t.Errorf("%d snapshots were packed for %d boards and that of the edits", packed, len(boards))
	}
	if slowest > 5*time.Second {
		t.Errorf("an edit took %s", slowest)
	}
}

// fill puts notes on a board of the owner's.
func (c *cast) fill(t *testing.T, id string, n int) {
	t.Helper()
	grant, err := c.store.Grant(t.Context(), c.principal(t, c.owner), id)
	if err != nil {
		t.Fatal(err)
	}
	edits := make([]notes.Edit, n)
	for i := range edits {
		edits[i] = &notes.Create{Note: fmt.Sprintf("note-%05d", i), X: float64(i), Y: 2, W: 200, H: 200, Color: "sky", Z: notes.FirstKey, Text: fmt.Sprintf("Idea %d: sleep over it", i)}
	}
	if _, err := c.hub.Submit(t.Context(), grant, "client-fill-"+id[2:8], edits); err != nil {
		t.Fatal(err)
	}
}

// principal is who a person's cookie stands for.
func (c *cast) principal(t *testing.T, p *person) board.Principal {
	t.Helper()
	u, err := c.store.SessionUser(t.Context(), hash(p.cookie().Value))
	if err != nil {
		t.Fatal(err)
	}
	return board.Principal{Kind: board.ByUser, ID: u.ID}
}

// storm has everybody say hello at once, and returns once all are live.
func (c *cast) storm(t *testing.T, boards []string) []*line {
	t.Helper()
	lines := make([]*line, *stormClients)
	var live sync.WaitGroup
	for i := range lines {
		live.Go(func() {
			for lines[i] = c.greeted(i, boards); lines[i] == nil && t.Context().Err() == nil; lines[i] = c.greeted(i, boards) {
				time.Sleep(rand.N(500 * time.Millisecond)) // as clients do: with full jitter
			}
		})
	}
	live.Wait()
	return lines
}

// greeted is a line that was welcomed, nil when it was sent away.
func (c *cast) greeted(i int, boards []string) *line {
	l := c.owner.line(offer)
	l.send(hello(boards[i%len(boards)], fmt.Sprintf("client-%05d", i)))
	first, payload, err := l.read()
	if first != fin|rsv1|text || err != nil || !strings.Contains(string(payload), `{"type":"welcome"`) {
		l.Close()
		return nil
	}
	return l
}

// keepEditing edits a board of its own until it is called, and returns how long
// the slowest edit took.
func (c *cast) keepEditing(t *testing.T) (slowest func() time.Duration) {
	t.Helper()
	id := c.owner.newBoard()
	ctx, stop := context.WithCancel(t.Context())
	l := c.owner.line()
	l.send(hello(id, "client-editing"))
	gen := l.next(t, "welcome").Gen
	done := make(chan []time.Duration)
	go func() {
		var took []time.Duration
		for mid := 1; ctx.Err() == nil; mid++ {
			start := time.Now()
			l.send(ops(gen, createOp(mid, fmt.Sprintf("note-%05d", mid), `"x"`)))
			l.next(t, "ack")
			took = append(took, time.Since(start))
		}
		done <- took
	}()
	return func() time.Duration {
		stop()
		return slices.Max(<-done)
	}
}
