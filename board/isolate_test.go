package board_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"corkboard/board"
	"corkboard/notes"
)

// pickyStore refuses whatever holds the word poison, as a constraint would.
type pickyStore struct{ board.Store }

func (s pickyStore) Commit(ctx context.Context, p board.Proposal) (board.Outcome, error) {
	for _, t := range p.Turns {
		for _, sub := range t.Ops {
			if c, ok := sub.Op.Edit.(*notes.Create); ok && c.Text == "poison" {
				return board.Outcome{}, fmt.Errorf("check constraint: %w", board.ErrRefused)
			}
		}
	}
	return s.Store.Commit(ctx, p)
}

func poison(op string) string { return strings.Replace(op, `"hi"`, `"poison"`, 1) }

// One op that the database will not keep comes back to its author; what shared
// its transaction, and its frame, lands (I12).
func TestWhatTheDatabaseRefusesIsIsolated(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.store.Store = pickyStore{w.store.Store}
	node := w.node()
	first, ana, ben, cleo := w.sit(node, w.owner), w.sit(node, w.owner), w.sit(node, w.editor), w.sit(node, w.editor)
	release := w.store.hold()
	first.send(first.ops(noteOp(1, "note-first")))
	w.store.awaitHeld(t)
	ana.send(ana.ops(noteOp(1, "note-ana1")))
	ben.send(ben.ops(poison(noteOp(1, "note-ben1"))))
	cleo.send(cleo.ops(noteOp(1, "note-cle1"), poison(noteOp(2, "note-cle2")), noteOp(3, "note-cle3")))
	release()
	for who, want := range map[*seat]string{
		first: "ok", ana: "ok", ben: "rejected invalid", cleo: "ok, rejected invalid, ok",
	} {
		if got := statuses(who.conn.expect("ack", nil).Acks); got != want {
			t.Errorf("acked %s, want %s", got, want)
		}
	}
	ben.send(ben.ops(noteOp(2, "note-ben2")))
	if got := statuses(ben.conn.expect("ack", nil).Acks); got != "ok" {
		t.Errorf("the next op: %s", got)
	}
	w.sameEverywhere(5)
}

func statuses(acks []board.Ack) string {
	var all []string
	for _, a := range acks {
		all = append(all, strings.TrimSpace(string(a.Status)+" "+string(a.Code)))
	}
	return strings.Join(all, ", ")
}

// A turn that was cut in parts and then fenced off ends as one.
func TestARefusedTurnIsAnsweredOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.store.Store = pickyStore{w.store.Store}
	ana := w.sit(w.node(), w.owner)
	release := w.store.hold()
	ana.send(ana.ops(noteOp(1, "note-ana1"), poison(noteOp(2, "note-ana2"))))
	w.store.awaitHeld(t)
	w.hello(w.node(), w.owner, board.Hello{Client: ana.client})
	release()
	ana.conn.expectClose(board.CloseReplaced)
	ana.conn.never("ack")
	w.sameEverywhere(0)
}
