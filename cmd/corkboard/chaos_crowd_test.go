package main

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"

	"corkboard/board"
	"corkboard/cmd/loadtest/bot"
	"corkboard/notes"
)

// crowd is everybody who works on one board, and what they were told. Each
// letter that is typed is another code point, so that none can be mistaken.
type crowd struct {
	t        *testing.T
	database string // not over a link
	made     madeBoard
	told     *acks
	bots     []*bot.Bot

	last atomic.Int32 // letter

	mu    sync.Mutex
	typed map[rune]board.Status // what became of each letter
}

// firstLetter begins the planes beyond the first: a million code points, of
// which none is a control character or half of a pair.
const firstLetter = 0x10000

func newCrowd(t *testing.T, database string, made madeBoard) *crowd {
	c := &crowd{t: t, database: database, made: made, typed: map[rune]board.Status{}}
	c.told = &acks{told: map[string]map[int64]int64{}}
	c.last.Store(firstLetter)
	return c
}

// join adds a bot that goes to the nodes, as somebody whom the edit link let in.
func (c *crowd) join(config bot.Config) *bot.Bot {
	c.t.Helper()
	config.Board = c.made.ID
	b := c.told.newBot(config)
	c.t.Cleanup(b.Close)
	c.bots = append(c.bots, b)
	return b
}

func (c *crowd) letter() rune { return rune(c.last.Add(1)) }

// do makes an edit, waits for its outcome and keeps what became of its letter.
func (c *crowd) do(ctx context.Context, b *bot.Bot, edit func(*notes.Document) notes.Edit) (bot.Outcome, error) {
	if err := b.AwaitLive(ctx); err != nil {
		return bot.Outcome{}, err
	}
	return c.settle(ctx, b.Propose(edit))
}

func (c *crowd) settle(ctx context.Context, outcome <-chan bot.Outcome) (bot.Outcome, error) {
	select {
	case out := <-outcome:
		c.mu.Lock()
		defer c.mu.Unlock()
		for _, r := range out.Typed() {
			c.typed[r] = out.Ack.Status
		}
		return out, nil
	case <-ctx.Done():
		return bot.Outcome{}, ctx.Err()
	}
}

// edit is something that people do, mostly typing.
func (c *crowd) edit(rng *rand.Rand) func(*notes.Document) notes.Edit {
	letter := string(c.letter())
	switch n := rng.IntN(100); {
	case n < 65:
		return bot.Type(letter)
	case n < 75:
		return bot.Create(letter)
	case n < 94:
		return bot.Move()
	case n < 96:
		return bot.Delete()
	case n < 98:
		return bot.Restore()
	}
	return bot.MoveAll()
}

// work makes edits until enough says so. What is refused is no error here: it
// is kept with its text, and looked at in the end.
func (c *crowd) work(ctx context.Context, b *bot.Bot, rng *rand.Rand, enough func() bool) {
	for !enough() {
		if _, err := c.do(ctx, b, c.edit(rng)); err != nil {
			c.t.Errorf("an edit of %s: %v", b.Client(), err)
			return
		}
	}
}

// check holds the outcome against what everybody was told: each op that was
// called saved is in the log once, the log replays to the notes, every replica
// is alike, each letter that was called saved stands on the board once (in a
// note that was deleted, too), and no other does (I1 to I4, I8, I9, I12).
func (c *crowd) check(ctx context.Context) {
	c.t.Helper()
	checkNothingLost(ctx, c.t, c.database, c.made.ID, c.bots, c.told)
	doc, events := checkLog(ctx, c.t, c.database, c.made.ID)
	c.checkLetters(doc)
	for _, b := range c.bots {
		r := b.Record()
		if r.Errors > 0 || r.Divergences > 0 {
			c.t.Errorf("%s was told %d errors and found %d divergences", b.Client(), r.Errors, r.Divergences)
		}
	}
	c.checkAuthors(events)
}

func (c *crowd) checkLetters(doc *notes.Document) {
	c.t.Helper()
	stands := map[rune]int{}
	for _, n := range doc.Notes {
		for _, r := range n.Text {
			stands[r]++
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for r, status := range c.typed {
		want := 0
		if status == board.OK {
			want = 1
		}
		if stands[r] != want {
			c.t.Errorf("letter %U was answered %q and stands %d times", r, status, stands[r])
		}
		delete(stands, r)
	}
	if len(stands) > 0 {
		c.t.Errorf("%d letters stand that nobody knows the outcome of", len(stands))
	}
}

// checkAuthors fails when the log holds an op of somebody who may not edit (I10).
func (c *crowd) checkAuthors(events []notes.Event) {
	c.t.Helper()
	ours := map[string]bool{}
	for _, b := range c.bots {
		ours[b.Client()] = true
	}
	for _, e := range events {
		if !ours[e.Client] {
			c.t.Errorf("seq %d is by %s, who has no right to edit", e.Seq, e.Client)
		}
	}
}

// refusals are what the bots' people were shown, and forgets those with a code
// that the test expects.
func (c *crowd) refusals(expected ...notes.Code) (others []bot.Outcome) {
	for _, b := range c.bots {
		for _, out := range b.Record().Refused {
			known := false
			for _, code := range expected {
				known = known || out.Ack.Code == code
			}
			if !known {
				others = append(others, out)
			}
		}
	}
	return others
}

// awaitLive fails when one of the bots does not come back.
func (c *crowd) awaitLive(ctx context.Context) {
	c.t.Helper()
	var errs []error
	for _, b := range c.bots {
		errs = append(errs, b.AwaitLive(ctx))
	}
	if err := errors.Join(errs...); err != nil {
		c.t.Fatalf("not everybody is back: %v", err)
	}
}
