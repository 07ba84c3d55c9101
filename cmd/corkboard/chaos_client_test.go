package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"corkboard/auth"
	"corkboard/board"
	"corkboard/cmd/loadtest/bot"
	"corkboard/notes"
)

// Two tabs of one person on two nodes are two peers, and neither disturbs the
// other; the same client id on another node is one tab twice, and the older one
// is told not to come back.
func TestChaosTwoTabsAndADuplicatedOne(t *testing.T) { // I3, I4, I5
	t.Parallel()
	c := usualCluster(t, 2)
	people := c.crowd()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	here, there := c.guest(c.nodes[0].front()), c.guest(c.nodes[1].front())
	there.Cookie = here.Cookie
	first, second := people.join(here), people.join(there)
	people.awaitLive(ctx)
	both := func() bool { return len(first.Peers()) == 2 && len(second.Peers()) == 2 }
	awaitThat(ctx, t, "two tabs of one person to be two peers", both)
	users := map[string]bool{}
	for _, p := range first.Peers() {
		users[p.User] = true
	}
	if len(users) != 1 {
		t.Errorf("the tabs of one person are %d people", len(users))
	}
	for range 20 {
		people.saves(ctx, first)
		people.saves(ctx, second)
	}

	copied := there
	copied.Client = first.Client()
	copied.OnAck = nil
	duplicate := people.join(copied)
	if err := duplicate.AwaitLive(ctx); err != nil {
		t.Fatal(err)
	}
	people.saves(ctx, duplicate)
	first.Propose(bot.Create("")) // as the older tab: what it does now has no effect
	if code, err := first.AwaitDenied(ctx); code != board.CloseReplaced {
		t.Errorf("the older of two copies was closed with %d, %v", code, err)
	}
	people.bots = people.bots[1:] // the older one has gone
	for range 20 {
		people.saves(ctx, duplicate)
		people.saves(ctx, second)
	}
	people.check(ctx)
	if r := second.Record(); len(r.Away) > 0 || len(r.Refused) > 0 {
		t.Errorf("the other tab was disturbed: %+v", r)
	}
}

// saves has b make a note, and fails unless that is saved.
func (c *crowd) saves(ctx context.Context, b *bot.Bot) {
	c.t.Helper()
	out, err := c.do(ctx, b, bot.Create(string(c.letter())))
	if err != nil || out.Ack.Status != board.OK {
		c.t.Fatalf("an edit of %s was answered %+v, %v", b.Client(), out.Ack, err)
	}
}

func awaitThat(ctx context.Context, t *testing.T, what string, holds func() bool) {
	t.Helper()
	for !holds() {
		select {
		case <-ctx.Done():
			t.Fatalf("waited in vain for %s", what)
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// Somebody is offline while both sides edit the same and other notes, and one
// note is deleted. All is merged; whose note was deleted gets the text back. How
// long that lasts makes no difference to either side: both only count.
func TestChaosOfflineWhileBothSidesEdit(t *testing.T) { // I7, I8, I9, I12, C3
	t.Parallel()
	c := usualCluster(t, 2)
	people := c.crowd()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	wire := newLink(t, strings.TrimPrefix(c.nodes[0].url, "http://"))
	away, home := people.join(c.guest("http://"+wire.address())), people.join(c.guest(c.nodes[1].front()))
	people.awaitLive(ctx)
	shared, doomed := auth.NewID("n"), auth.NewID("n")
	for _, id := range []string{shared, doomed} {
		people.settles(ctx, board.OK, home.Propose(newNote(id, string(people.letter()))))
	}
	seq, _ := home.Hash()
	if err := away.AwaitSeq(ctx, seq); err != nil {
		t.Fatal(err)
	}

	wire.interrupt()
	awaitThat(ctx, t, "the connection to end", away.Offline)
	var kept []<-chan bot.Outcome
	for range 120 { // more than fit into one frame
		kept = append(kept, away.Propose(typeInto(shared, string(people.letter()))))
		people.settles(ctx, board.OK, home.Propose(typeInto(shared, string(people.letter()))))
	}
	own := auth.NewID("n")
	kept = append(kept, away.Propose(newNote(own, string(people.letter()))))
	people.settles(ctx, board.OK, home.Propose(newNote(auth.NewID("n"), string(people.letter()))))
	words := string([]rune{people.letter(), people.letter(), people.letter()})
	lost := away.Propose(typeInto(doomed, words))
	people.settles(ctx, board.OK, home.Propose(func(*notes.Document) notes.Edit { return &notes.Delete{Note: doomed} }))
	wire.restore()

	for _, outcome := range kept {
		people.settles(ctx, board.OK, outcome)
	}
	out := people.settles(ctx, board.Rejected, lost)
	if out.Ack.Code != notes.Deleted || out.Typed() != words || out.Ack.Note == nil || out.Ack.Note.ID != doomed {
		t.Errorf("whoever typed on a deleted note was answered %+v and has %q", out.Ack, out.Typed())
	}
	people.check(ctx)
	if refused := away.Record().Refused; len(refused) != 1 || refused[0].Typed() != words {
		t.Errorf("%d edits were refused", len(refused))
	}
}

// settles waits for an outcome and fails unless it has the status.
func (c *crowd) settles(ctx context.Context, want board.Status, outcome <-chan bot.Outcome) bot.Outcome {
	c.t.Helper()
	out, err := c.settle(ctx, outcome)
	if err != nil || out.Ack.Status != want {
		c.t.Fatalf("answered %+v, %v, want %s", out.Ack, err, want)
	}
	return out
}

func newNote(id, text string) func(*notes.Document) notes.Edit {
	return func(*notes.Document) notes.Edit {
		return &notes.Create{Note: id, W: notes.DefaultSize, H: notes.DefaultSize, Color: notes.DefaultColor, Z: notes.FirstKey, Text: text}
	}
}

// typeInto puts text before what stands in the note as the bot has it.
func typeInto(id, text string) func(*notes.Document) notes.Edit {
	return func(doc *notes.Document) notes.Edit {
		return &notes.EditText{Note: id, Rev: doc.Notes[id].Rev, Delta: notes.Delta{{Insert: text}}}
	}
}

// A connection that has gone without a word to either side: the server ends it
// when it was silent for 30 s, and its people go.
func TestChaosHalfOpenConnectionIsEnded(t *testing.T) { // I15
	t.Parallel()
	c := usualCluster(t, 1)
	people := c.crowd()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	wire := newLink(t, strings.TrimPrefix(c.nodes[0].url, "http://"))
	watcher := people.join(c.guest())
	config := c.guest("http://" + wire.address())
	config.Ping = time.Minute // it notices nothing: this is about the server's side
	ghost := people.join(config)
	people.awaitLive(ctx)
	awaitThat(ctx, t, "two peers", func() bool { return len(watcher.Peers()) == 2 })
	wire.halfOpen()
	began := time.Now()
	said := ghost.Propose(bot.Create(string(people.letter()))) // into the void
	awaitThat(ctx, t, "the ghost to go", func() bool { return len(watcher.Peers()) == 1 })
	if took := time.Since(began); took > 35*time.Second { // and something for a busy machine
		t.Errorf("the ghost of a half-open connection went after %v, want 30 s", took)
	} else {
		t.Logf("the ghost of a half-open connection went after %v", took)
	}
	wire.heal()
	wire.cut()
	people.settles(ctx, board.OK, said) // what it said is not lost
	people.check(ctx)
}
