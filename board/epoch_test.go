package board_test

import (
	"testing"

	"corkboard/auth"
	"corkboard/board"
	"corkboard/board/boardtest"
)

// Somebody who says to have more than there is gets a snapshot; nobody else
// notices (I14).
func TestAClaimRenewsNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	node := w.node()
	ana := w.sit(node, w.owner)
	ana.send(ana.ops(noteOp(1, noteID)))
	ana.conn.expect("ack", nil)
	liar := w.hello(node, w.editor, board.Hello{Client: auth.NewID("c"), Epoch: ana.welcome.Epoch, Seq: 1000})
	if m := liar.welcome; m.Snapshot == nil || !m.Ahead || m.Epoch != ana.welcome.Epoch {
		t.Errorf("welcome %+v", m)
	}
	ana.send(ana.ops(moveOp(2, noteID, 5)))
	ana.conn.expect("ack", nil)
	ana.conn.never("resync")
	if n := node.Stats.NewEpochs.Load(); n != 0 {
		t.Errorf("%d epochs were raised", n)
	}
}

// What was sent in an epoch that has ended has no effect, whether it is being
// committed then, waits, or is on its way; its sender starts over (I14).
func TestOpsOfAnEndedEpochHaveNoEffect(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	node := w.node()
	ana, ben := w.sit(node, w.owner), w.sit(node, w.editor)
	release := w.store.hold()
	ana.send(ana.ops(noteOp(1, noteID)))
	w.store.awaitHeld(t)
	ben.send(ben.ops(noteOp(1, "note_of_ben")))
	w.store.Store.(*boardtest.Store).Restore(t, w.id)
	release()
	for _, s := range []*seat{ana, ben} {
		s.conn.expect("resync", nil)
		s.send(s.ops(noteOp(1, "note_too_late")))
		s.conn.never("ack")
	}
	back := w.hello(node, w.owner, board.Hello{Client: ana.client, Epoch: ana.welcome.Epoch})
	if m := back.welcome; m.Epoch == ana.welcome.Epoch || m.LastMid != 0 || m.Snapshot == nil {
		t.Errorf("welcome %+v", m)
	}
	w.sameEverywhere(0)
	back.send(back.ops(noteOp(1, noteID)))
	if a := back.conn.expect("ack", nil).Acks[0]; a.Status != board.OK {
		t.Errorf("acked %+v", a)
	}
}
