package web_test

import (
	"context"
	"encoding/json"
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

// TestEverybodyComesBackAtOnce, to boards of 1,000 notes: everybody's connection
// breaks, and they all come at once and need the document. It is packed once for
// each board and seq, all are live within 30 s and soon known to each other,
// nobody is cut, and whoever edits meanwhile is not kept waiting by them.
func TestEverybodyComesBackAtOnce(t *testing.T) {
	for name, boards := range map[string]int{"to one board": 1, "to two boards": 2} {
		t.Run(name, func(t *testing.T) { everybodyComesBack(t, boards) })
	}
}

func everybodyComesBack(t *testing.T, boards int) {
	const notesEach = 1000
	c := newCast(t, func(o *web.Options) { o.Log = slog.New(slog.DiscardHandler) })
	ids := []string{c.board}
	for len(ids) < boards {
		ids = append(ids, c.owner.newBoard())
	}
	for _, id := range ids {
		c.fill(t, id, notesEach)
	}
	packed := c.hub.Stats.Snapshots.Load()
	c.storm(t, ids).leave()
	witness := c.witness(t)
	editing := c.keepEditing(t)
	start := time.Now()
	all := c.storm(t, ids)
	took := time.Since(start)
	witness.await(t, *stormClients/boards+1)
	known := time.Since(start)
	packed = c.hub.Stats.Snapshots.Load() - packed
	slowest := editing()
	cut := all.leave()
	t.Logf("%d were live after %s and known after %s, with %d snapshots; the slowest edit took %s", *stormClients, took, known, packed, slowest)
	if took > 30*time.Second {
		t.Errorf("it took %s until all were live", took)
	}
	if len(cut) > 0 {
		t.Errorf("%d were cut, with the codes %v", len(cut), cut)
	}
	if packed != int64(boards+1) {
		t.Errorf("%d snapshots were packed for %d boards and that of the edits", packed, boards)
	}
	if slowest > 5*time.Second {
		t.Errorf("an edit took %s", slowest)
	}
}

// returned are many who were welcomed, and read what comes.
type returned struct {
	lines   []*line
	reading sync.WaitGroup

	mu   sync.Mutex
	left bool
	cut  []int // close codes, of those who did not leave; 0: without one
}

// read reads a line until it ends.
func (c *returned) read(t *testing.T, l *line) {
	code := l.ends(t)
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.left {
		c.cut = append(c.cut, code)
	}
}

// leave breaks all connections, and returns how those ended that had before.
func (c *returned) leave() (cut []int) {
	c.mu.Lock()
	c.left, cut = true, c.cut
	c.mu.Unlock()
	for _, l := range c.lines {
		l.Close()
	}
	c.reading.Wait()
	return cut
}

// witness is somebody on the cast's board who notes who is there.
type witness struct {
	*line
	here map[string]bool
}

func (c *cast) witness(t *testing.T) *witness {
	t.Helper()
	w := &witness{c.viewer.line(), map[string]bool{}}
	w.send(hello(c.board, "client-witness"))
	w.hear(t)
	return w
}

// hear takes the next frame's news of people.
func (w *witness) hear(t *testing.T) {
	t.Helper()
	_, payload, err := w.read()
	if err != nil {
		t.Fatalf("the witness, who knows of %d: %v", len(w.here), err)
	}
	type named struct{ ID string }
	var news struct {
		Roster, Peers []named
		Gone          []string
	}
	if err := json.Unmarshal(payload, &news); err != nil {
		t.Fatal(err)
	}
	for _, p := range append(news.Roster, news.Peers...) {
		w.here[p.ID] = true
	}
	for _, id := range news.Gone {
		delete(w.here, id)
	}
}

// await returns once the witness knows of so many, itself among them.
func (w *witness) await(t *testing.T, people int) {
	t.Helper()
	for len(w.here) != people {
		w.hear(t)
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
func (c *cast) storm(t *testing.T, boards []string) *returned {
	t.Helper()
	all := &returned{lines: make([]*line, *stormClients)}
	var live sync.WaitGroup
	for i := range all.lines {
		live.Go(func() {
			for all.lines[i] = c.greeted(i, boards); all.lines[i] == nil && t.Context().Err() == nil; all.lines[i] = c.greeted(i, boards) {
				time.Sleep(rand.N(500 * time.Millisecond)) // as clients do: with full jitter
			}
			all.reading.Go(func() { all.read(t, all.lines[i]) })
		})
	}
	live.Wait()
	return all
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
