package board_test

import (
	"fmt"
	"testing"

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
		p.conn.await("Ana's cursor", func() bool {
			return anyOf(p.conn, func(m received) bool {
				for _, c := range m.Cursors {
					if c.ID == ana.welcome.Peer && c.At != nil && *c.At == (presence.Point{12, -34}) {
						return true
					}
				}
				return false
			})
		})
	}
	ana.send(`{"type":"presence","cursor":null,"selection":["note-aaaa"],"editing":"note-aaaa"}`)
	cleo.conn.expect("presence", func(m received) bool {
		return len(m.Peers) == 1 && m.Peers[0].Editing != nil && *m.Peers[0].Editing == noteID
	})
	ana.session.Leave()
	for _, p := range []*seat{ben, cleo} {
		p.conn.expect("presence", func(m received) bool { return len(m.Gone) == 1 && m.Gone[0] == ana.welcome.Peer })
	}
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
	w := newWorld(t)
	node := w.node()
	ana, ben := w.sit(node, w.owner), w.sit(node, w.editor)
	pointsAt := func(x int) func(received) bool {
		return func(m received) bool { return len(m.Cursors) == 1 && m.Cursors[0].At != nil && m.Cursors[0].At[0] == x }
	}
	for x := range 3 {
		ana.send(fmt.Sprintf(`{"type":"presence","cursor":[%d,0],"selection":[],"editing":null}`, x))
		ben.conn.expect("presence", pointsAt(x))
	}
	ben.send(`{"type":"presence","cursor":[7,0],"selection":[],"editing":null}`)
	ana.conn.expect("presence", pointsAt(7))
	ana.conn.await("nothing of her own", func() bool {
		return !anyOf(ana.conn, func(m received) bool {
			return len(m.Peers) == 0 && len(m.Cursors) == 1 && m.Cursors[0].ID == ana.welcome.Peer
		})
	})
}
