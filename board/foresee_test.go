package board_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"corkboard/board"
)

// watchedStore counts what a database need not be asked for.
type watchedStore struct {
	board.Store
	foreseen chan bool
}

func (s watchedStore) Commit(ctx context.Context, p board.Proposal) (board.Outcome, error) {
	_, ok := board.Foresee(p, time.Now())
	s.foreseen <- ok
	return s.Store.Commit(ctx, p)
}

// A room knows its clients from hello on, and what each answer made of them.
func TestARoomForeseesItsCommits(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) { // in which no comparing of positions comes between
		w := newWorld(t)
		watched := watchedStore{w.store.Store, make(chan bool, 100)}
		w.store.Store = watched
		node := w.node()
		ana, ben := w.sit(node, w.owner), w.sit(node, w.editor)
		edit := func(who *seat, want bool, op string) {
			t.Helper()
			who.send(who.ops(op))
			who.conn.expect("ack", nil)
			if got := <-watched.foreseen; got != want {
				t.Errorf("%s: foreseen %v", op, got)
			}
		}
		edit(ana, true, noteOp(1, noteID))
		edit(ana, true, noteOp(2, noteID)) // refused
		edit(ben, true, moveOp(1, noteID, 3))
		edit(ben, false, moveOp(1, noteID, 3)) // sent again: the database knows the answer
		edit(ben, true, moveOp(2, noteID, 4))
		edit(ana, true, moveOp(3, noteID, 5))
		w.store.loseAnswers.Store(1)
		ana.send(ana.ops(moveOp(4, noteID, 6)))
		ana.conn.expect("ack", nil)
		if first, again := <-watched.foreseen, <-watched.foreseen; !first || again {
			t.Errorf("an unknown outcome: foreseen %v, then %v", first, again)
		}
		edit(ana, true, moveOp(5, noteID, 7))
		w.sameEverywhere(6)
	})
}
