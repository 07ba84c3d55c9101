package board_test

import (
	"fmt"
	"slices"
	"testing/synctest"

	"corkboard/board"
	"corkboard/notes"
)

// rest ends every fault, lets everything arrive, and asks the oracles. Whoever
// may not see the board any more is offered what they had pending.
func (s *sim) rest() {
	s.heal()
	for round := 0; s.violated() == nil; round++ {
		s.drainAll(s.deaf)
		if round >= 2 && s.settled() {
			break
		}
		if round == 12 {
			s.violate("rest", "it does not come to rest: %s", s.unsettled())
			return
		}
		s.pass(20) // six seconds: positions are compared
	}
	if s.violated() == nil {
		s.checkRest()
	}
}

// heal ends what nobody repairs by itself. What was lost on the bus stays lost.
func (s *sim) heal() {
	s.note("heal")
	if s.isTrashed() {
		s.setTrashed(false)
		synctest.Wait()
	}
	for _, c := range s.clients[1:] {
		if s.rights {
			s.store.AddMember(s.t, simBoard, c.user.ID, board.Editor)
		}
	}
	if s.bus.isDown() {
		s.bus.turn(false)
		synctest.Wait()
	}
	for _, k := range s.live() {
		k.hungUp = k.hungUp || k != k.client.socket
	}
}

// drainAll lets happen whatever can, the oldest first. In a deaf world all news
// are lost: the nodes find out by comparing positions, and by nothing else (D2).
func (s *sim) drainAll(deaf bool) {
	for n := 0; s.violated() == nil; n++ {
		if n == 10_000 {
			s.violate("rest", "there is always something to do")
			return
		}
		s.begin()
		if deaf {
			for _, m := range s.bus.waiting() {
				s.bus.take(m)
			}
		}
		if !s.oldest() {
			return
		}
		synctest.Wait()
	}
}

// oldest does what has waited longest, of the first sort that has anything.
func (s *sim) oldest() bool {
	if calls := s.gate.waiting(); len(calls) > 0 {
		s.release(calls[0], performed)
		return true
	}
	if up := s.upward(); len(up) > 0 {
		s.note("  socket %d: up", up[0].number)
		up[0].deliver()
		return true
	}
	if down := s.downward(); len(down) > 0 {
		s.note("  socket %d: down", down[0].number)
		down[0].client.receive(down[0])
		return true
	}
	if mail := s.bus.waiting(); len(mail) > 0 {
		s.bring(mail[0], true)
		return true
	}
	if senders := s.senders(); len(senders) > 0 {
		senders[0].send()
		return true
	}
	if back := only(s.offline(), s.allowed); len(back) > 0 {
		s.note("  %s comes back", back[0].name)
		back[0].open(s.nodes[back[0].sim.opened%len(s.nodes)])
		return true
	}
	return false
}

// allowed tells whether somebody may see the board.
func (s *sim) allowed(c *simClient) bool {
	_, err := s.store.Grant(s.t.Context(), c.principal(), simBoard)
	return err == nil
}

func (s *sim) settled() bool { return s.unsettled() == "" }

// unsettled names somebody who is not done.
func (s *sim) unsettled() string {
	for _, c := range s.clients {
		switch {
		case !s.allowed(c):
		case c.gen == 0:
			return c.name + " is not welcome"
		case len(c.pending) > 0:
			return fmt.Sprintf("%s has %d edits pending", c.name, len(c.pending))
		case c.epoch != s.truth.epoch || c.doc.Seq != s.truth.doc.Seq:
			return fmt.Sprintf("%s is at seq %d of epoch %d, the board at %d of %d", c.name, c.doc.Seq, c.epoch, s.truth.doc.Seq, s.truth.epoch)
		}
	}
	return ""
}

func (s *sim) checkRest() {
	for _, c := range s.clients {
		if !s.allowed(c) {
			s.turnedAway(c)
		} else if c.doc.Hash() != s.truth.doc.Hash() {
			s.violate("I8", "%s shows %s at rest, the log makes %s", c.name, c.doc.Hash(), s.truth.doc.Hash())
		}
	}
	s.checkStore()
	for _, n := range s.nodes {
		s.checkNode(n)
	}
	s.truth.checkLog()
	s.truth.checkCharacters()
	s.truth.checkEnds()
	s.note("rest at seq %d with %s: %s", s.truth.doc.Seq, s.truth.doc.Hash(), summary(s.truth.ended))
}

// turnedAway holds the end of a right against who lost it (I11), and offers
// them what they had pending.
func (s *sim) turnedAway(c *simClient) {
	if c.socket != nil {
		s.violate("I11", "%s has no right to be here, and a socket", c.name)
	}
	for _, p := range slices.Clone(c.pending) {
		c.end(p, "offered")
	}
}

// checkStore compares what is kept with the log, replayed from nothing.
func (s *sim) checkStore() {
	doc, head, err := s.store.Load(s.t.Context(), simBoard)
	s.must(err)
	if head.Seq != s.truth.doc.Seq || head.Epoch != s.truth.epoch {
		s.violate("I1", "the board is at seq %d of epoch %d, its log ends at %d of %d", head.Seq, head.Epoch, s.truth.doc.Seq, s.truth.epoch)
	}
	s.sameNotes("the store", doc)
	kept, err := s.store.Events(s.t.Context(), simBoard, head.LogFloor)
	s.must(err)
	for i, e := range kept {
		if logged, ok := s.truth.logged(head.Epoch, e.Seq); e.Seq != head.LogFloor+int64(i)+1 || !ok || logged.Client != e.Client || logged.Mid != e.Mid {
			s.violate("I1", "the log has seq %d of %s, where %s committed", e.Seq, e.Client, logged.Client)
		}
	}
}

// checkNode compares what a node would show to somebody new.
func (s *sim) checkNode(n *simNode) {
	var doc *notes.Document
	var err error
	go func() { doc, _, err = n.hub.Document(s.t.Context(), simBoard) }()
	synctest.Wait()
	s.drainAll(false)
	if err != nil || doc == nil {
		s.violate("rest", "%s cannot show the board: %v", n.name, err)
		return
	}
	s.sameNotes(n.name, doc)
}

// sameNotes compares every field, the versions too, deleted notes included.
func (s *sim) sameNotes(where string, doc *notes.Document) {
	if doc.Hash() != s.truth.doc.Hash() {
		s.violate("I8", "%s has %s, the log makes %s", where, doc.Hash(), s.truth.doc.Hash())
	}
	for id, want := range s.truth.doc.Notes {
		got := doc.Notes[id]
		if got == nil || got.Deleted != want.Deleted || got.Version() != want.Version() || got.Text != want.Text || got.Author != want.Author {
			s.violate("I8", "%s has %+v, the log makes %+v", where, got, want)
		}
	}
}
