package board_test

import (
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"corkboard/board"
	"corkboard/presence"
)

func TestPresenceTravels(t *testing.T) { // I15
	t.Parallel()
	w := newWorld(t)
	a, b := w.node(), w.node()
	ana, ben, cleo := w.sit(a, w.owner), w.sit(a, w.editor), w.sit(b, w.editor)
	knows := func(id string) func(received) bool {
		return func(m received) bool { return has(m.Peers, id) || has(m.Roster, id) }
	}
	ana.conn.await("Ben and Cleo", func() bool {
		return anyOf(ana.conn, knows(ben.welcome.Peer)) && anyOf(ana.conn, knows(cleo.welcome.Peer))
	})
	cleo.conn.await("Ana", func() bool { return anyOf(cleo.conn, knows(ana.welcome.Peer)) })

	ana.send(`{"type":"presence","cursor":[12,-34],"selection":[],"editing":null}`)
	for _, p := range []*seat{ben, cleo} {
		p.conn.await("Ana's cursor", func() bool { return pointed(p.conn, ana.welcome.Peer, presence.Point{12, -34}) })
	}
	ana.send(`{"type":"presence","cursor":null,"selection":["note-aaaa"],"editing":"note-aaaa"}`)
	cleo.conn.expect("presence", func(m received) bool {
		return slices.ContainsFunc(m.Peers, func(p presence.Peer) bool { return p.Editing != nil && *p.Editing == noteID })
	})
	ana.session.Leave()
	for _, p := range []*seat{ben, cleo} {
		p.conn.expect("presence", func(m received) bool { return len(m.Gone) == 1 && m.Gone[0] == ana.welcome.Peer })
	}
}

// pointed tells whether a peer was shown to point there, in news of its pointer
// or, when it has only just come, with itself; the conn's lock is held.
func pointed(c *conn, peer string, at presence.Point) bool {
	return anyOf(c, func(m received) bool {
		return slices.ContainsFunc(m.Cursors, func(c presence.Cursor) bool { return c.ID == peer && c.At != nil && *c.At == at }) ||
			slices.ContainsFunc(m.Peers, func(p presence.Peer) bool { return p.ID == peer && p.Cursor != nil && *p.Cursor == at })
	})
}

func anyOf(c *conn, look func(received) bool) bool {
	for _, m := range c.got {
		if look(m) {
			return true
		}
	}
	return false
}

func has(peers []presence.Peer, id string) bool {
	for _, p := range peers {
		if p.ID == id {
			return true
		}
	}
	return false
}

func TestEmbedsWatchUnseen(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	node := w.node()
	embed := w.helloAs(node, board.Principal{Kind: board.ByLink, ID: w.viewLink.ID}, board.Hello{Client: "embed-client"})
	if embed.welcome.Peer != "" || embed.welcome.Role != board.Viewer {
		t.Errorf("welcome %+v", embed.welcome)
	}
	ana := w.sit(node, w.owner)
	if len(ana.welcome.Roster) != 1 {
		t.Errorf("the roster shows %+v", ana.welcome.Roster)
	}
	ana.send(ana.ops(noteOp(1, noteID)))
	embed.conn.expect("events", nil)
}

// TestNobodyIsToldOfTheirOwnPointer while it is the only news.
func TestNobodyIsToldOfTheirOwnPointer(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		node := w.node()
		ana, ben := w.sit(node, w.owner), w.sit(node, w.editor)
		time.Sleep(time.Second) // until it is told that they came
		pointsAt := func(x int) func(received) bool {
			return func(m received) bool { return len(m.Cursors) == 1 && m.Cursors[0].At != nil && m.Cursors[0].At[0] == x }
		}
		for x := range 3 {
			ana.send(fmt.Sprintf(`{"type":"presence","cursor":[%d,0],"selection":[],"editing":null}`, x))
			ben.conn.expect("presence", pointsAt(x))
		}
		ben.send(`{"type":"presence","cursor":[7,0],"selection":[],"editing":null}`)
		ana.conn.expect("presence", pointsAt(7))
		ana.conn.mu.Lock()
		defer ana.conn.mu.Unlock()
		if anyOf(ana.conn, func(m received) bool {
			return len(m.Peers) == 0 && len(m.Cursors) == 1 && m.Cursors[0].ID == ana.welcome.Peer
		}) {
			t.Error("Ana was told where she points herself")
		}
	})
}

// When many come at once they are told of together: each frame of news goes to
// all of them. What somebody says of themselves does not wait for that, and on a
// small board nobody does.
func TestManyWhoComeAreToldTogether(t *testing.T) { // I15
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const many = 200
		w := newWorld(t)
		node := w.node()
		ana := w.sit(node, w.owner)
		told := func() (frames int) {
			ana.conn.mu.Lock()
			defer ana.conn.mu.Unlock()
			for _, m := range ana.conn.got {
				if m.Type == "presence" {
					frames++
				}
			}
			return frames
		}
		for range 5 {
			time.Sleep(40 * time.Millisecond)
			w.sit(node, w.editor)
			synctest.Wait()
		}
		if n := told(); n < 5 {
			t.Errorf("of five who came to a small board, %d frames told", n)
		}
		var ben *seat
		for range many {
			ben = w.sit(node, w.editor)
		}
		time.Sleep(time.Second)
		before := told()
		for range 10 {
			w.sit(node, w.editor)
			time.Sleep(40 * time.Millisecond)
		}
		if n := told() - before; n < 2 || n > 4 {
			t.Errorf("of ten who came within 400 ms to a crowd, %d frames told", n)
		}
		w.sit(node, w.editor)
		ben.send(`{"type":"presence","cursor":[1,2],"selection":[],"editing":null}`)
		time.Sleep(35 * time.Millisecond)
		synctest.Wait()
		if !anyOf(ana.conn, func(m received) bool { return len(m.Cursors) == 1 && m.Cursors[0].ID == ben.welcome.Peer }) {
			t.Error("a pointer waited for those who come")
		}
		w.sit(node, w.editor)
		time.Sleep(250 * time.Millisecond)
		w.sit(node, w.editor).session.Leave()
		time.Sleep(250 * time.Millisecond)
		synctest.Wait()
		here := map[string]bool{}
		for _, m := range ana.conn.got {
			for _, p := range append(m.Roster, m.Peers...) {
				here[p.ID] = true
			}
			for _, id := range m.Gone {
				delete(here, id)
			}
		}
		if want := 1 + 5 + many + 10 + 2; len(here) != want {
			t.Errorf("Ana knows of %d people, and %d are there", len(here), want)
		}
	})
}
