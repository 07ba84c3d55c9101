package board

import (
	"encoding/json"
	"time"

	"corkboard/presence"
)

// askFor is how long the answers to a room's question may take, before what the
// bus keeps is taken for all the nodes that there are.
const askFor = time.Second

// lookAlone is how many heartbeats pass before a room that is certainly alone
// looks for others all the same: whoever comes says so, and that may get lost.
const lookAlone = 3

// others are the nodes on which somebody watches the board. News are not told
// while there are certainly none: each costs Redis and every node. Whoever is
// missed here all the same finds what it lacks by its position.
type others struct {
	heard  map[string]time.Time // by node
	asking int                  // how often the room has asked who there is
	sure   bool                 // the last question was answered: all are in heard
}

// ask begins anew to find out; until then every other node may be there.
func (o *others) ask() {
	o.asking++
	o.sure = false
}

// none tells whether certainly nobody else wants to hear of the board.
func (o *others) none() bool { return o.sure && len(o.heard) == 0 }

// hear notes who tells something, and reports whether it was known.
func (o *others) hear(n news, now time.Time) (known bool) {
	_, known = o.heard[n.Node]
	if n.Idle {
		delete(o.heard, n.Node)
	} else {
		o.heard[n.Node] = now
	}
	return known
}

// listed takes the nodes that the bus keeps, as an answer to the question of that
// number, and reports whether there is one among them that was never heard: its
// hello was lost. One that is not listed may be new, or have gone.
func (o *others) listed(kept map[string][]byte, asking int, now time.Time) (missed bool) {
	for name, at := range o.heard {
		if _, there := kept[name]; !there && now.Sub(at) > keepFor {
			delete(o.heard, name)
		}
	}
	for name := range kept {
		_, known := o.heard[name]
		missed = missed || !known
		o.heard[name] = now
	}
	o.sure = asking == o.asking
	return missed
}

// open begins to listen: the other nodes are told that somebody watches the
// board here, and answer with their people and their position.
func (r *room) open() {
	r.listening = true
	r.announce()
}

// announce has the other nodes tell what there is to know, and tells them what
// they may have missed of us. Their positions show what was committed between
// our reading of the board and their hearing of us.
func (r *room) announce() {
	if !r.listening {
		return
	}
	r.others.ask()
	r.beat.Reset(askFor)
	r.tell(r.whole(news{Hello: true}))
}

// fold ends the listening: nobody has watched here for a while. A room that
// nobody watches reads the board before it answers, and needs no news. It
// lingers for longer than a heartbeat, so a room that retires has folded.
func (r *room) fold() {
	r.listening = false
	clear(r.others.heard)
	r.others.ask()
	r.people.forgetOthers()
	r.tell(news{})
}

// heartbeat renews what is kept of us and looks for the others; a room in which
// nobody has been since the last one stops listening.
func (r *room) heartbeat() {
	if len(r.sessions) == 0 {
		r.fold()
		return
	}
	r.beat.Reset(presence.HeartbeatEvery * time.Second)
	r.beats++
	r.people.beat(!r.others.none() || r.beats%lookAlone == 0)
}

// leave is the room's end.
func (r *room) leave() {
	r.beat.Stop()
	if r.listening {
		r.fold()
	}
	r.people.close()
}

// tell publishes news of ours to the board's rooms on other nodes.
func (r *room) tell(n news) {
	n.Node, n.Idle = r.hub.node, !r.listening
	r.hub.bus.Publish(boardTopic(r.id), n.encode())
}

// whole adds our people and our position.
func (r *room) whole(n news) news {
	if peers := r.people.local.All(); len(peers) > 0 {
		n.Presence = &presence.Changes{Peers: peers}
	}
	if r.doc != nil {
		n.Epoch, n.Seq = r.head.Epoch, r.doc.Seq
	}
	return n
}

// tellEvents publishes what was committed here, if somebody may want it. A room
// that does not listen does not know, and tells. Without the events, of which
// there were more than a tail keeps, the position tells of them.
func (r *room) tellEvents(raw []json.RawMessage) {
	switch {
	case r.others.none():
	case len(raw) > 0:
		r.tell(news{Epoch: r.head.Epoch, Events: raw})
	default:
		r.tell(news{Epoch: r.head.Epoch, Seq: r.doc.Seq})
	}
}

// hearOf takes who it is that tells, and answers where an answer is due: with
// our people, and with our position, for the events that it was not told.
func (r *room) hearOf(n news) {
	known := r.others.hear(n, time.Now())
	if n.Hello || !known && !n.Idle && r.listening {
		r.tell(r.whole(news{}))
	}
	if r.listening && r.doc != nil && n.Seq > 0 && (n.Epoch != r.head.Epoch || n.Seq > r.doc.Seq) {
		r.behind = true
		r.next()
	}
}
