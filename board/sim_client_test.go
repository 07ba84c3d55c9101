package board_test

import (
	"bytes"
	"encoding/json"
	"slices"

	"corkboard/auth"
	"corkboard/board"
	"corkboard/notes"
)

// simClient is a model of what a page does: it shows confirmed + pending, sends
// one frame at a time, and brings every edit to an end that its person sees.
type simClient struct {
	sim    *sim
	name   string // its client id
	user   auth.User
	socket *simSocket // nil: offline

	doc     *notes.Document // confirmed; nil before the first welcome
	epoch   int64
	pending []*pendingEdit // what was sent first, then what waits
	flying  map[*pendingEdit]bool
	nextMid int64
	gen     int64 // 0: not welcome (any more)
	turned  board.CloseCode
	undos   []undo
	notes   int // made so far, for their ids
}

// pendingEdit is an edit that has not ended.
type pendingEdit struct {
	mid    int64 // 0: never sent
	edit   notes.Edit
	typed  []rune
	erased []rune
	blind  bool // it was sent on a text whose revision is not known
}

func (c *simClient) principal() board.Principal {
	return board.Principal{Kind: board.ByUser, ID: c.user.ID}
}

// open dials a node and says hello. An older socket stays as it is: the server
// may not have heard of its end, or it is a tab of the same identity.
func (c *simClient) open(n *simNode) {
	k := &simSocket{sim: c.sim, number: c.sim.opened, client: c, node: n, inbox: make(chan []byte, socketBuffer)}
	c.sim.opened++
	c.sim.sockets = append(c.sim.sockets, k)
	c.socket, c.turned = k, 0
	c.sayHello(false)
	go k.serve()
}

// sayHello starts over; until the welcome nothing else counts.
func (c *simClient) sayHello(fromNothing bool) {
	hello := board.Hello{Type: "hello", Board: simBoard, Client: c.name}
	if c.doc != nil {
		hello.Epoch, hello.Seq = c.epoch, c.doc.Seq
	}
	if fromNothing {
		hello.Seq = 0
	}
	c.gen, c.flying = 0, map[*pendingEdit]bool{}
	c.transmit(hello)
}

func (c *simClient) transmit(message any) {
	data, err := json.Marshal(message)
	if err != nil {
		c.sim.violate("model", "a message cannot be encoded: %v", err)
	}
	c.socket.up = append(c.socket.up, data)
}

// drop ends the client's half of its socket. What was on its way there is lost;
// of what it sent, the server may still read the first few frames.
func (c *simClient) drop(stillRead int) {
	k := c.socket
	k.lose()
	k.up = k.up[:min(stillRead, len(k.up))]
	k.hungUp = true
	c.socket, c.gen, c.flying = nil, 0, map[*pendingEdit]bool{}
}

// canSend tells whether a frame could leave now.
func (c *simClient) canSend() bool {
	return c.socket != nil && c.gen > 0 && len(c.flying) == 0 && len(c.pending) > 0
}

const simFrame = 6 // ops

// send puts what is pending into one frame. One text delta of a note is in
// flight (T2), and none behind its restoration: what it reads on is not known yet.
func (c *simClient) send() {
	var ops []notes.Op
	typed := map[string]bool{}
	for _, p := range c.pending {
		ids := textNotes(p.edit)
		p.blind = slices.ContainsFunc(ids, c.isBlind)
		if len(ops) == simFrame || slices.ContainsFunc(ids, func(id string) bool { return typed[id] }) {
			break
		}
		for _, id := range append(ids, brought(p.edit)...) {
			typed[id] = true
		}
		if p.mid == 0 {
			p.mid = c.nextMid
			c.nextMid++
		}
		c.flying[p] = true
		op := notes.Op{Mid: p.mid, Edit: c.onWire(p.edit)}
		c.sim.truth.sent[opName(c.name, p.mid)+edited(op.Edit)] = c.epoch
		ops = append(ops, op)
	}
	c.sim.note("  %s sends %d ops from %d", c.name, len(ops), ops[0].Mid)
	c.transmit(map[string]any{"type": "ops", "gen": c.gen, "ops": ops})
}

// isBlind tells whether the revision of a note's text is not known, because it
// was deleted out of our sight.
func (c *simClient) isBlind(id string) bool {
	n := c.doc.Notes[id]
	return n != nil && n.Rev == unknownRev
}

// onWire names the revision that text reads on.
func (c *simClient) onWire(e notes.Edit) notes.Edit {
	return mapText(e, func(t notes.EditText) notes.EditText {
		if n := c.doc.Notes[t.Note]; n != nil {
			t.Rev = n.Rev
		}
		return t
	})
}

// receive takes the next frame, or the close, that came on a socket.
func (c *simClient) receive(k *simSocket) {
	m := k.next()
	if k != c.socket { // a socket that was given up: its frames concern nobody
		k.hungUp = k.hungUp || m.close != 0
		return
	}
	if m.close != 0 {
		c.sim.note("  %s is closed with %d", c.name, m.close)
		c.drop(socketBuffer)
		c.turned = m.close
		return
	}
	if bytes.HasPrefix(m.frame, []byte(`{"type":"presence"`)) {
		return
	}
	var r received
	if err := json.Unmarshal(m.frame, &r); err != nil {
		c.sim.violate("frame", "%s: %v", m.frame, err)
		return
	}
	c.take(r)
}

func (c *simClient) take(r received) {
	if c.gen == 0 && r.Type != "welcome" {
		return // belongs to the time before the hello
	}
	switch r.Type {
	case "welcome":
		c.welcome(r)
	case "events":
		c.events(r.Events)
	case "ack":
		c.acks(r.Acks)
	case "resync":
		c.sayHello(true)
	case "drain":
		c.drop(socketBuffer)
	case "error":
		c.sim.violate("frame", "a frame of %s was refused: %s", c.name, r.Reason)
	}
}

func (c *simClient) welcome(r received) {
	c.sim.note("  %s is welcome: gen %d, seq %d, mid %d, snapshot %t", c.name, r.Gen, r.Seq, r.LastMid, r.Snapshot != nil)
	c.flying = map[*pendingEdit]bool{}
	c.gen = r.Gen
	switch {
	case c.doc != nil && r.Epoch == c.epoch:
		c.catchUp(r)
	case r.Snapshot == nil:
		c.sim.violate("D4", "%s has nothing of epoch %d, and got no snapshot", c.name, r.Epoch)
		return
	default:
		c.startOver(r)
	}
	if c.doc.Seq != r.Seq {
		c.sim.violate("D3", "the welcome of %s leads to seq %d, and says %d", c.name, c.doc.Seq, r.Seq)
	}
	c.number(r.LastMid)
}

// number checks that what was sent and not settled follows without a hole (I4).
func (c *simClient) number(last int64) {
	c.nextMid = last + 1
	for _, p := range c.pending {
		if p.mid == 0 {
			continue
		}
		if p.mid != c.nextMid {
			c.sim.violate("I4", "%s has op %d pending where %d should follow", c.name, p.mid, c.nextMid)
		}
		c.nextMid = p.mid + 1
	}
}

// startOver takes the snapshot of another epoch: what is pending is offered, not replayed (I14).
func (c *simClient) startOver(r received) {
	for _, p := range slices.Clone(c.pending) {
		c.end(p, "offered")
	}
	c.undos = nil
	c.epoch = r.Epoch
	c.doc = notes.NewDocument(r.Snapshot.Seq, r.Snapshot.Board, r.Snapshot.Notes)
	c.compareWithLog()
}

// catchUp is a welcome in the same epoch: mids up to last_mid are settled.
func (c *simClient) catchUp(r received) {
	answers := map[int64]board.Ack{}
	for _, a := range r.Results {
		answers[a.Mid] = a
	}
	if r.Snapshot == nil {
		c.events(r.Events)
		c.answer(r.LastMid, answers, board.OK, board.Noop, board.Rejected)
		return
	}
	c.answer(r.LastMid, answers, board.Noop, board.Rejected)
	var landed []*pendingEdit
	for _, p := range c.pending {
		if p.mid > 0 && p.mid <= r.LastMid {
			landed = append(landed, p)
		}
	}
	c.replace(r.Snapshot, landed)
}

// answer ends the entries that the server has settled, where the answer is one of these.
func (c *simClient) answer(last int64, answers map[int64]board.Ack, which ...board.Status) {
	for _, p := range slices.Clone(c.pending) {
		if p.mid == 0 || p.mid > last {
			continue
		}
		a, known := answers[p.mid]
		if !known {
			c.sim.violate("I3", "op %d of %s was settled, and its answer is not in the welcome", p.mid, c.name)
			return
		}
		if slices.Contains(which, a.Status) {
			c.settle(p, a)
		}
	}
}

func (c *simClient) acks(acks []board.Ack) {
	for _, a := range acks {
		i := slices.IndexFunc(c.pending, func(p *pendingEdit) bool { return p.mid == a.Mid })
		switch {
		case a.Status == board.Retry:
			c.flying = map[*pendingEdit]bool{}
		case i >= 0:
			c.settle(c.pending[i], a)
		}
	}
}

// settle ends an entry as the server says.
func (c *simClient) settle(p *pendingEdit, a board.Ack) {
	c.sim.note("  %s op %d: %s %s", c.name, a.Mid, a.Status, a.Code)
	switch a.Status {
	case board.OK:
		c.landed(p, a)
	case board.Noop:
		c.withdraw(p)
		c.end(p, "noop")
	case board.Rejected:
		c.refuse(p, a)
	}
}

// landed checks what the promise is about: what is called saved is in the log (I2).
func (c *simClient) landed(p *pendingEdit, a board.Ack) {
	e, ok := c.sim.truth.logged(c.epoch, a.Seq)
	switch {
	case !ok || e.Client != c.name || e.Mid != a.Mid:
		c.sim.violate("I2", "op %d of %s was called saved at seq %d, which is not in the log", a.Mid, c.name, a.Seq)
	case a.Seq > c.doc.Seq:
		c.sim.violate("ack", "op %d of %s was called saved before its event came", a.Mid, c.name)
	}
	c.end(p, "ok")
}

// end lets go of an entry.
func (c *simClient) end(p *pendingEdit, how string) {
	t := &c.sim.truth
	t.ended[how]++
	for _, r := range p.typed {
		t.excused[r] = t.excused[r] || how == "rejected" || how == "offered"
	}
	for _, r := range p.erased {
		t.gone[r] = t.gone[r] || how == "ok"
	}
	if how == "rejected" || how == "offered" {
		for _, e := range singles(p.edit) {
			if made, ok := e.(*notes.Create); ok {
				t.unborn[made.Note] = true
			}
		}
	}
	c.pending = slices.DeleteFunc(c.pending, func(o *pendingEdit) bool { return o == p })
	delete(c.flying, p)
}
