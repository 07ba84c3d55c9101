package board_test

import (
	"encoding/json"
	"slices"

	"corkboard/board"
	"corkboard/notes"
)

// unknownRev is that of a note whose deletion was not seen: no text has it, so
// that an edit on it is refused rather than merged wrongly.
const unknownRev = 1<<31 - 1

// events moves confirmed on (I6): by the next seq, and by nothing else.
func (c *simClient) events(list []notes.Event) {
	for _, e := range list {
		switch {
		case e.Seq <= c.doc.Seq:
			continue
		case e.Seq > c.doc.Seq+1:
			c.sim.violate("D1", "%s is at seq %d and was sent %d", c.name, c.doc.Seq, e.Seq)
			return
		}
		logged, ok := c.sim.truth.logged(c.epoch, e.Seq)
		if !ok || logged.Client != e.Client || logged.Mid != e.Mid {
			c.sim.violate("I2", "%s was sent seq %d, which is not in the log", c.name, e.Seq)
			return
		}
		c.confirm(e)
	}
	c.compareWithLog()
}

func (c *simClient) confirm(e notes.Event) {
	i := slices.IndexFunc(c.pending, func(p *pendingEdit) bool { return e.Client == c.name && p.mid == e.Mid })
	if i >= 0 {
		c.confirmOwn(e, c.pending[i])
		return
	}
	for _, effect := range effects(e.Effect) {
		switch x := effect.(type) {
		case *notes.TextEdited:
			c.carry(x.Note, x.Delta, 0)
		case *notes.Restored:
			if old := c.doc.Notes[x.Note.ID]; old != nil {
				c.carry(x.Note.ID, between(old.Text, x.Note.Text), 0)
			}
		}
	}
	c.apply(e)
}

// confirmOwn settles an entry by its event. It must land as it was foreseen here (T1).
func (c *simClient) confirmOwn(e notes.Event, p *pendingEdit) {
	foreseen := map[string]string{}
	for _, id := range touched(p.edit) {
		foreseen[id] = c.show(id, []*pendingEdit{p}).text
	}
	c.remember(e)
	c.end(p, "ok")
	c.apply(e)
	for _, id := range touched(p.edit) {
		n := c.doc.Notes[id]
		if n == nil || n.Text == foreseen[id] {
			continue
		}
		if slices.Contains(textNotes(p.edit), id) {
			c.sim.violate("T1", "op %d of %s left %q on note %s, and %q was foreseen", e.Mid, c.name, n.Text, id, foreseen[id])
		}
		c.carry(id, between(foreseen[id], n.Text), 0)
	}
}

func (c *simClient) apply(e notes.Event) {
	if err := c.doc.ApplyEvent(e); err != nil {
		c.sim.violate("D1", "%s: %v", c.name, err)
	}
}

// compareWithLog is I8 at any moment: the same seq means the same document.
func (c *simClient) compareWithLog() {
	t := &c.sim.truth
	if c.epoch == t.epoch && c.doc.Seq == t.doc.Seq && c.doc.Hash() != t.doc.Hash() {
		c.sim.violate("I8", "at seq %d %s has %s, the log makes %s", c.doc.Seq, c.name, c.doc.Hash(), t.doc.Hash())
	}
}

// carry moves pending text from an entry on over an edit that was confirmed before it.
func (c *simClient) carry(note string, patch notes.Delta, from int) {
	if len(patch) == 0 {
		return
	}
	for _, p := range c.pending[from:] {
		p.edit = mapText(p.edit, func(t notes.EditText) notes.EditText {
			if t.Note == note {
				moved := notes.Transform(t.Delta, patch, true)
				patch = notes.Transform(patch, t.Delta, false)
				t.Delta = moved
			}
			return t
		})
	}
}

// withdraw takes an entry's text back out of what is pending behind it.
func (c *simClient) withdraw(p *pendingEdit) {
	at := slices.Index(c.pending, p)
	for _, id := range textNotes(p.edit) {
		c.carry(id, between(c.through(id, at+1), c.through(id, at)), at+1)
	}
}

// refuse ends an entry visibly, or has it go again where it can be saved.
func (c *simClient) refuse(p *pendingEdit, a board.Ack) {
	if a.Code == notes.Stale {
		c.requeue(p)
		return
	}
	if !c.expected(p, a.Code) {
		edit, _ := json.Marshal(p.edit)
		c.sim.violate("I12", "op %d of %s, %s, was refused: %s, %s", p.mid, c.name, edit, a.Code, a.Reason)
	}
	c.withdraw(p)
	c.end(p, "rejected")
}

// requeue lets text on a base that the server has no more go again: it reads by
// now on what is confirmed. Its mid is used up.
func (c *simClient) requeue(p *pendingEdit) {
	c.sim.truth.seen["stale"]++
	c.pending = slices.DeleteFunc(c.pending, func(o *pendingEdit) bool { return o == p })
	delete(c.flying, p)
	p.mid = 0
	at := slices.IndexFunc(c.pending, func(o *pendingEdit) bool { return o.mid == 0 })
	if at < 0 {
		at = len(c.pending)
	}
	c.pending = slices.Insert(c.pending, at, p)
}

// expected tells whether an edit that was made on what this client knew may be
// refused so. The other codes would mean that client and server disagree.
func (c *simClient) expected(p *pendingEdit, code notes.Code) bool {
	switch code {
	case notes.Deleted, notes.Locked, notes.Forbidden:
		return true
	case notes.NotFound:
		return slices.ContainsFunc(touched(p.edit), func(id string) bool { return c.sim.truth.unborn[id] })
	case notes.Invalid: // the note was deleted and restored out of our sight, or an end is gone
		return p.blind || slices.ContainsFunc(singles(p.edit), joins)
	}
	return false
}

// replace puts a snapshot in the place of confirmed. It holds what has landed;
// what is pending behind is carried over to its texts.
func (c *simClient) replace(snap *board.Snapshot, landed []*pendingEdit) {
	known := map[string]string{}
	for id := range c.doc.Notes {
		known[id] = c.through(id, len(landed))
	}
	for _, p := range landed {
		for _, id := range touched(p.edit) {
			known[id] = c.through(id, len(landed))
		}
	}
	for _, p := range landed {
		c.end(p, "ok")
	}
	c.doc = notes.NewDocument(snap.Seq, snap.Board, slices.Concat(snap.Notes, missing(snap, known)))
	for _, n := range snap.Notes {
		if before, ok := known[n.ID]; ok {
			c.carry(n.ID, between(before, n.Text), 0)
		}
	}
	c.compareWithLog()
}

// missing are the notes that a snapshot no longer holds: deleted, not unknown.
// Of them only the last words matter, which pending text reads on.
func missing(snap *board.Snapshot, known map[string]string) []*notes.Note {
	var kept []*notes.Note
	for id, text := range known {
		if !slices.ContainsFunc(snap.Notes, func(n *notes.Note) bool { return n.ID == id }) {
			kept = append(kept, &notes.Note{ID: id, Text: text, Rev: unknownRev, Deleted: max(1, snap.Seq)})
		}
	}
	return kept
}
