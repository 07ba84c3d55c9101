package board_test

import (
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
