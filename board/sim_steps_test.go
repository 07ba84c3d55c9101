package board_test

import (
	"context"
	"maps"
	"slices"
	"testing/synctest"
	"time"

	"corkboard/board"
)

// do takes one step of a plan.
func (s *sim) do(p step) {
	d := dice(p.arg)
	switch p.do {
	case "go":
		s.goOn(&d)
	case "edit":
		if c := pick(&d, s.clients); c.doc != nil && len(c.pending) < 12 {
			c.edit(c.make(&d, draw(&d, habits)))
		}
	case "arrange":
		if c := pick(&d, s.clients); c.doc != nil && len(c.pending) < 12 {
			c.edit(c.arrange(&d, draw(&d, arrangements)))
		}
	case "time":
		s.pass([]int{1, 2, 5, 20}[d.n(4)])
	default:
		s.truth.seen[p.do]++
		s.disturb(p.do, &d)
	}
}

// tick is the grain of the clock. The pauses before a commit is tried again are
// random, and all of them shorter than this: their length decides nothing.
const tick = 300 * time.Millisecond

func (s *sim) pass(ticks int) {
	time.Sleep(time.Duration(ticks) * tick)
	synctest.Wait()
}

// goOn lets one thing happen that is due: a call to the store, a frame, news, a
// client that sends or comes back.
func (s *sim) goOn(d *dice) {
	var can []weighted
	for _, w := range []struct {
		weighted
		possible bool
	}{
		{weighted{"call", 5}, len(s.gate.waiting()) > 0},
		{weighted{"up", 4}, len(s.upward()) > 0},
		{weighted{"down", 5}, len(s.downward()) > 0},
		{weighted{"news", 2}, len(s.bus.waiting()) > 0},
		{weighted{"send", 3}, len(s.senders()) > 0},
		{weighted{"open", 2}, len(s.offline()) > 0},
	} {
		if w.possible {
			can = append(can, w.weighted)
		}
	}
	if len(can) > 0 {
		s.happen(draw(d, can), d)
	}
}

func (s *sim) happen(what string, d *dice) {
	switch what {
	case "call":
		s.release(pick(d, s.gate.waiting()), performed)
	case "up":
		k := pick(d, s.upward())
		s.note("  socket %d: up", k.number)
		k.deliver()
	case "down":
		k := pick(d, s.downward())
		s.note("  socket %d: down", k.number)
		for range 1 + d.n(3) {
			if k.hasNews() {
				k.client.receive(k)
			}
		}
	case "news":
		s.bring(pick(d, s.bus.waiting()), true)
	case "send":
		pick(d, s.senders()).send()
	case "open":
		c, n := pick(d, s.offline()), pick(d, s.nodes)
		s.note("  %s comes to %s", c.name, n.name)
		c.open(n)
	}
}

func (s *sim) release(c *call, v verdict) {
	s.note("  %s: %d", c.key, v)
	s.gate.release(c, v)
}

// bring delivers news; with taken, for the last time.
func (s *sim) bring(l *simMail, taken bool) {
	s.note("  news from %s to %s", l.from, l.to.node.name)
	if taken {
		s.bus.take(l)
	}
	l.to.deliver(l.payload)
}

func (s *sim) upward() []*simSocket   { return only(s.live(), (*simSocket).hasMail) }
func (s *sim) downward() []*simSocket { return only(s.live(), (*simSocket).hasNews) }
func (s *sim) senders() []*simClient  { return only(s.clients, (*simClient).canSend) }
func (s *sim) offline() []*simClient {
	return only(s.clients, func(c *simClient) bool { return c.socket == nil })
}

func only[T any](list []T, which func(T) bool) []T {
	var some []T
	for _, v := range list {
		if which(v) {
			some = append(some, v)
		}
	}
	return some
}

// disturb does something that nobody wants and that happens.
func (s *sim) disturb(what string, d *dice) {
	switch what {
	case "fail":
		s.fail(d)
	case "lose", "repeat":
		s.garble(what, d)
	case "cut", "again", "hello":
		s.trouble(what, d)
	case "crash":
		s.crash(d)
	case "drain":
		s.drain(d)
	case "truncate":
		s.truncate(d)
	case "rights":
		s.changeRights(d)
	case "trash":
		s.setTrashed(!s.isTrashed())
	case "outage":
		s.bus.turn(!s.bus.isDown())
	case "backup":
		s.backUp()
	default:
		s.violate("plan", "there is no step %q", what)
	}
}

func (s *sim) fail(d *dice) {
	if calls := s.gate.waiting(); len(calls) > 0 {
		s.release(pick(d, calls), []verdict{refused, forgotten}[d.n(2)])
	}
}

func (s *sim) garble(how string, d *dice) {
	mail := s.bus.waiting()
	if len(mail) == 0 {
		return
	}
	if l := pick(d, mail); how == "lose" {
		s.bus.take(l)
	} else {
		s.bring(l, false)
	}
}

// trouble comes to somebody's socket: it is cut, or given up unseen by the
// server for a second one with the same client id, or starts over.
func (s *sim) trouble(how string, d *dice) {
	online := only(s.clients, func(c *simClient) bool { return c.socket != nil })
	if len(online) == 0 {
		return
	}
	c := pick(d, online)
	s.note("  %s", c.name)
	switch how {
	case "cut":
		c.drop(d.n(4))
	case "again":
		if c.gen > 0 && len(c.pending) > 0 && d.one(2) && c.canSend() {
			c.send()
		}
		c.open(pick(d, s.nodes))
	case "hello":
		if c.gen > 0 {
			c.sayHello(d.one(3))
		}
	}
}

// crash kills a node, at best between the commit and its ack, and starts another.
func (s *sim) crash(d *dice) {
	n := pick(d, s.nodes)
	s.note("  %s", n.name)
	after := d.one(2)
	n.dead.Store(true)
	for _, c := range s.gate.waiting() {
		if c.node == n && c.commits && after {
			s.release(c, forgotten)
			synctest.Wait()
		}
	}
	s.hangUp(n, true)
	s.kill(n)
	s.replace(n)
}

// hangUp ends a node's sockets, as seen from their clients.
func (s *sim) hangUp(n *simNode, lost bool) {
	for _, k := range s.live() {
		switch {
		case k.node != n:
		case k.client.socket == k:
			k.client.drop(0)
		case lost:
			k.lose()
			k.up, k.hungUp = nil, true
		}
	}
}

func (s *sim) replace(n *simNode) {
	s.nodes = slices.DeleteFunc(s.nodes, func(o *simNode) bool { return o == n })
	s.addNode()
}

// drain takes a node down in good order. The store may be slow meanwhile.
func (s *sim) drain(d *dice) {
	n := pick(d, s.nodes)
	s.note("  %s", n.name)
	s.replace(n)
	s.leaving = append(s.leaving, n)
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		n.hub.Close(ctx)
		n.dead.Store(true)
	}()
}

func (s *sim) truncate(d *dice) {
	head := s.head()
	if floor := head.Seq - int64(d.n(4)); floor > head.LogFloor {
		s.store.Truncate(s.t, simBoard, floor)
	}
}

// changeRights makes somebody an editor, a viewer or nobody; the nodes are told
// two times of three, and find out by themselves otherwise. The first client
// owns the board.
func (s *sim) changeRights(d *dice) {
	c := pick(d, s.clients[1:])
	role := []board.Role{board.Editor, board.Viewer, ""}[d.n(3)]
	s.note("  %s: %q", c.name, role)
	s.store.AddMember(s.t, simBoard, c.user.ID, role)
	if !d.one(3) {
		pick(d, s.nodes).hub.Recheck(simBoard)
	}
}

func (s *sim) head() board.Head {
	heads, err := s.store.Heads(s.t.Context(), []string{simBoard})
	s.must(err)
	return heads[simBoard]
}

func (s *sim) isTrashed() bool { return s.head().Trashed }

func (s *sim) setTrashed(trashed bool) {
	s.must(s.store.SetTrashed(s.t.Context(), simBoard, trashed, time.Now()))
	s.nodes[0].hub.Recheck(simBoard)
}

// backUp makes a backup, or puts the last one back under a new epoch (I14).
func (s *sim) backUp() {
	b := s.backup
	if b == nil {
		s.backup = &simBackup{s.store.Backup(simBoard), s.truth.doc.Seq, maps.Clone(s.truth.gens)}
		return
	}
	s.backup = nil
	s.stopAll()
	b.putBack()
	s.truth.gens = b.gens
	s.truth.restored(s.head().Epoch, b.seq, simName)
	for len(s.nodes) < 2 {
		s.addNode()
	}
}

// stopAll stops every node, as docs/operations.md asks for before a backup is put back.
func (s *sim) stopAll() {
	for _, n := range slices.Concat(s.nodes, s.leaving) {
		n.dead.Store(true)
		s.hangUp(n, true)
		s.kill(n)
	}
	s.nodes, s.leaving = nil, nil
}

// simBackup is a copy of the board, and what was true then.
type simBackup struct {
	putBack func()
	seq     int64
	gens    map[string]int64
}
