package board_test

import (
	"context"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"corkboard/board"
)

// stuckReader does not read heads while stuck.
type stuckReader struct {
	board.Store
	stuck atomic.Bool
}

func (s *stuckReader) Heads(ctx context.Context, ids []string) (map[string]board.Head, error) {
	if s.stuck.Load() {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	return s.Store.Heads(ctx, ids)
}

// A socket that has lost its rights closes in time, also when the database does
// not say why.
func TestRevokedSocketsDoNotWaitForTheReason(t *testing.T) { // I11
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		store := &stuckReader{Store: w.store.Store}
		w.store.Store = store
		a, b := w.node(), w.node()
		here, there := w.sit(a, w.editor), w.sit(b, w.editor)
		time.Sleep(time.Second)
		store.stuck.Store(true)
		w.revokeEditLink()
		revoked := time.Now()
		a.Recheck(w.id)
		for _, s := range []*seat{here, there} {
			s.conn.expectClose(board.CloseDenied)
		}
		if took := time.Since(revoked); took > 2*time.Second {
			t.Errorf("closed after %v", took)
		}
		store.stuck.Store(false)
	})
}

// Whoever opens a better link while the board is open has its rights at once, in
// every tab and on every node.
func TestABetterLinkCountsInOpenSockets(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a, b := w.node(), w.node()
	here, there := w.sit(a, w.viewer), w.sit(b, w.viewer)
	library := board.NewLibrary(w.catalog, a, []byte("a key of this installation's own"))
	if _, err := library.Open(t.Context(), w.viewer, "edit"+w.id); err != nil {
		t.Fatal(err)
	}
	for _, s := range []*seat{here, there} {
		if m := s.conn.expect("perm", nil); m.Role != board.Editor {
			t.Errorf("perm %+v", m)
		}
		s.send(s.ops(noteOp(1, "note-"+s.client)))
		if a := s.conn.expect("ack", nil).Acks[0]; a.Status != board.OK {
			t.Errorf("acked %+v", a)
		}
	}
}
