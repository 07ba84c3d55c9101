package board_test

import (
	"testing"
	"testing/synctest"
	"time"

	"corkboard/board"
)

// What is waiting together is one batch, and each frame's way to its ack is timed.
func TestCommitsAreCountedBySizeAndAcksByTime(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	node := w.node()
	ana := w.sit(node, w.owner)
	ana.send(ana.ops(noteOp(1, noteID)))
	ana.conn.expect("ack", nil)
	ana.send(ana.ops(moveOp(2, noteID, 1), moveOp(3, noteID, 2), moveOp(4, noteID, 3)))
	ana.conn.expect("ack", nil)
	if _, _, err := node.Document(t.Context(), w.id); err != nil { // after what follows the ack
		t.Fatal(err)
	}
	count, sum, upTo := node.Stats.BatchOps.Read()
	if count != 2 || sum != 4 || upTo[1] != 1 || upTo[2] != 1 || upTo[5] != 2 {
		t.Errorf("%d batches of %v ops, %v", count, sum, upTo)
	}
	count, sum, upTo = node.Stats.AckSeconds.Read()
	if count != 2 || sum <= 0 || upTo[10] != 2 {
		t.Errorf("%d acks in %v s, %v", count, sum, upTo)
	}
}

// Whoever sends faster than may be is read more slowly: that is not the time that
// an edit takes, which an operator is to look at.
func TestHoldingBackIsNoPartOfAnAcksTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		node := w.node()
		ana := w.sit(node, w.owner)
		ana.edit(1)
		began, mid := time.Now(), int64(1)
		for range 30 {
			var ops []string
			for range board.MaxOps {
				mid++
				ops = append(ops, moveOp(mid, noteID, int(mid)))
			}
			ana.send(ana.ops(ops...))
			ana.conn.expect("ack", nil)
		}
		if held := time.Since(began); held < 500*time.Millisecond {
			t.Errorf("%d edits were read within %v: nothing was held back", mid, held)
		}
		if count, sum, _ := node.Stats.AckSeconds.Read(); sum > 0.01 {
			t.Errorf("%d acks took %v s", count, sum)
		}
	})
}
