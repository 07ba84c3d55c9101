package board_test

import (
	"context"
	"log/slog"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"corkboard/board"
	"corkboard/board/boardtest"
)

// A link that runs out takes its people's sockets with it at that moment, on every
// node, and leaves those who came by something else (I11).
func TestExpiredLinkClosesItsSockets(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
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
		if late := time.Since(at); late < 0 || late > atOnce {
			t.Errorf("the sockets were closed %s after the end", late)
		}
		owner.send(owner.ops(moveOp(1, noteID, 4)))
		if ack := owner.conn.expect("ack", nil).Acks[0]; ack.Status != board.OK {
			t.Errorf("the owner: %+v", ack)
		}
	})
}

// mute cannot say who may do what, as often as it is told.
type mute struct {
	board.Store
	left atomic.Int64
}

func (m *mute) Grants(ctx context.Context, all []board.Principal, id string) (map[board.Principal]board.Grant, error) {
	if m.left.Add(-1) >= 0 {
		return nil, board.ErrUnavailable
	}
	return m.Store.Grants(ctx, all, id)
}

// A link that runs out while the database cannot be asked closes its sockets once
// it can be: nothing else tells of that moment (I11).
func TestExpiryOutlivesAnOutage(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		store := &mute{Store: w.store}
		node := board.NewHub(store, w.bus, slog.New(slog.DiscardHandler))
		defer node.Close(t.Context())
		at := time.Now().Add(time.Minute)
		w.store.Store.(*boardtest.Store).ExpireLink(t, w.editLink.ID, at)
		ben := w.sit(node, w.editor)
		time.Sleep(50 * time.Second)
		store.left.Store(2)
		ben.conn.patience = time.Minute
		ben.conn.expectClose(board.CloseDenied)
		if late := time.Since(at); late > 11*time.Second {
			t.Errorf("closed %v after the end", late)
		}
	})
}
