package board_test

import (
	"testing"
	"time"

	"corkboard/board"
	"corkboard/board/boardtest"
)

// A link that runs out takes its people's sockets with it at that moment, on every
// node, and leaves those who came by something else (I11).
func TestExpiredLinkClosesItsSockets(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a, b := w.node(), w.node()
	at := time.Now().Add(300 * time.Millisecond)
	w.store.Store.(*boardtest.Store).ExpireLink(t, w.editLink.ID, at)
	owner, here, there := w.sit(a, w.owner), w.sit(a, w.editor), w.sit(b, w.editor)
	here.send(here.ops(noteOp(1, noteID)))
	if ack := here.conn.expect("ack", nil).Acks[0]; ack.Status != board.OK {
		t.Errorf("before that: %+v", ack)
	}
	here.conn.expectClose(board.CloseDenied)
	there.conn.expectClose(board.CloseDenied)
	if late := time.Since(at); late < 0 || late > 2*time.Second {
		t.Errorf("the sockets were closed %s after the end", late)
	}
	owner.send(owner.ops(moveOp(1, noteID, 4)))
	if ack := owner.conn.expect("ack", nil).Acks[0]; ack.Status != board.OK {
		t.Errorf("the owner: %+v", ack)
	}
}
