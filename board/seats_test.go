package board_test

import (
	"fmt"
	"testing"
	"testing/synctest"

	"corkboard/board"
	"corkboard/presence"
)

// goneNow tells whether the peer was said to be gone; the conn's lock is held.
func goneNow(c *conn, peer string) bool {
	return anyOf(c, func(m received) bool {
		for _, id := range m.Gone {
			if id == peer {
				return true
			}
		}
		return false
	})
}

func TestTwoTabsOfOneUser(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	node := w.node()
	one, two, ben := w.sit(node, w.owner), w.sit(node, w.owner), w.sit(node, w.editor)
	if one.welcome.Peer == two.welcome.Peer || len(ben.welcome.Roster) != 3 {
		t.Errorf("peers %s and %s, on a roster of %d", one.welcome.Peer, two.welcome.Peer, len(ben.welcome.Roster))
	}
	one.edit(1)
	two.send(two.ops(moveOp(1, noteID, 5))) // its mids are its own
	if a := two.conn.expect("ack", nil).Acks[0]; a.Seq != 2 {
		t.Errorf("acked %+v", a)
	}
	one.sees(2)
	two.session.Leave()
	ben.conn.await("the second tab's end", func() bool { return goneNow(ben.conn, two.welcome.Peer) })
	one.send(one.ops(moveOp(2, noteID, 6)))
	one.conn.expect("ack", nil)
	ben.conn.mu.Lock()
	defer ben.conn.mu.Unlock()
	if goneNow(ben.conn, one.welcome.Peer) || one.conn.code != 0 {
		t.Errorf("the first tab went with the second: closed with %d", one.conn.code)
	}
}

// A socket that is replaced while its hello waits takes nothing from the newer one.
func TestHelloOfAReplacedSocket(t *testing.T) { // I5
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		node := w.nodeOn(w.bus)
		old := w.sit(node, w.owner)
		again := fmt.Sprintf(`{"type":"hello","board":%q,"client":%q,"epoch":0,"seq":0}`, w.id, old.client)
		for range 20 { // what may be said at once
			old.send(again)
		}
		heard := make(chan struct{})
		go func() { defer close(heard); old.send(again) }()
		synctest.Wait()
		fresh := w.hello(node, w.owner, board.Hello{Client: old.client})
		old.conn.expectClose(board.CloseReplaced)
		<-heard
		fresh.edit(1)
	})
}

// A tab that was duplicated has the same client id: the newer socket wins.
func TestDuplicatedTab(t *testing.T) { // I5
	t.Parallel()
	w := newWorld(t)
	node := w.node()
	old, ben := w.sit(node, w.owner), w.sit(node, w.editor)
	old.edit(1)
	copied := w.hello(node, w.owner, board.Hello{Client: old.client})
	old.conn.expectClose(board.CloseReplaced)
	if copied.welcome.LastMid != 1 || copied.welcome.Gen <= old.welcome.Gen {
		t.Errorf("welcomed %+v", copied.welcome)
	}
	old.send(old.ops(moveOp(2, noteID, 7))) // was on its way
	copied.send(copied.ops(moveOp(2, noteID, 8)))
	if a := copied.conn.expect("ack", nil).Acks[0]; a.Seq != 2 {
		t.Errorf("acked %+v", a)
	}
	ben.conn.await("the old tab's end", func() bool { return goneNow(ben.conn, old.welcome.Peer) })
	if n := node.Stats.Sessions.Load(); n != 2 {
		t.Errorf("%d seats are taken, want 2", n)
	}
	w.sameEverywhere(2)
}

func TestLateCloseOfAReplacedSocket(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	node := w.node()
	old, ben := w.sit(node, w.owner), w.sit(node, w.editor)
	fresh := w.hello(node, w.owner, board.Hello{Client: old.client})
	old.conn.expectClose(board.CloseReplaced)
	ben.conn.await("the old socket's end", func() bool { return goneNow(ben.conn, old.welcome.Peer) })
	old.send(`{"type":"presence","cursor":[1,1],"selection":[],"editing":null}`)
	old.session.Leave()
	fresh.edit(1)
	ben.moves(t)
	fresh.sees(2)
	fresh.send(`{"type":"presence","cursor":[2,3],"selection":[],"editing":null}`)
	ben.conn.await("its pointer", func() bool { return pointed(ben.conn, fresh.welcome.Peer, presence.Point{2, 3}) })
	if again := w.hello(node, w.owner, board.Hello{Client: old.client}); again.welcome.LastMid != 1 {
		t.Errorf("the client is remembered with mid %d", again.welcome.LastMid)
	}
	fresh.conn.expectClose(board.CloseReplaced) // so it still held the client's seat
	ben.conn.never("error")
}

// moves makes a first edit of somebody else's note.
func (s *seat) moves(t *testing.T) {
	t.Helper()
	s.send(s.ops(moveOp(1, noteID, 9)))
	if a := s.conn.expect("ack", nil).Acks[0]; a.Status != board.OK {
		t.Errorf("acked %+v", a)
	}
}

func TestFirstSubscriberLeaves(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a, b := w.node(), w.node()
	first, ben, there := w.sit(a, w.owner), w.sit(a, w.editor), w.sit(b, w.editor)
	first.edit(1)
	ben.sees(1)
	there.sees(1)
	first.session.Leave()
	first.session.Leave() // twice is once
	ben.conn.await("the first one's end", func() bool { return goneNow(ben.conn, first.welcome.Peer) })
	there.send(there.ops(moveOp(1, noteID, 3))) // from the other node
	ben.sees(2)
	ben.send(ben.ops(moveOp(1, noteID, 4)))
	there.sees(3)
	if rooms, seats := a.Stats.Rooms.Load(), a.Stats.Sessions.Load(); rooms != 1 || seats != 1 {
		t.Errorf("%d rooms with %d seats, want 1 with 1", rooms, seats)
	}
	w.sit(a, w.owner).sees(3)
	w.sameEverywhere(3)
}
