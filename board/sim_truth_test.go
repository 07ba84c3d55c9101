package board_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"corkboard/board"
	"corkboard/notes"
)

// truth is what the oracles know, apart from everything under test: the log as
// it was committed, kept whole, and what became of every character that was
// ever typed. Goroutines touch it one at a time: they come through the gate.
type truth struct {
	sim   *sim
	epoch int64
	logs  map[int64][]notes.Event // by epoch, each from seq 1
	doc   *notes.Document         // the log of now, replayed
	gens  map[string]int64        // of the last hello of each client
	sent  map[string]int64        // the epoch in which an op was last sent, by its name and content

	typed   []rune          // in the order of typing
	erased  map[rune]bool   // somebody asked for it to be deleted
	gone    map[rune]bool   // and that was committed
	excused map[rune]bool   // its edit was refused, offered back, or lost with an epoch
	unborn  map[string]bool // notes whose creation was refused, offered back, or lost with an epoch

	made  int            // edits
	ended map[string]int // edits, by how they ended
	seen  map[string]int // everything that happened, for the summary of a run
}

func newTruth(s *sim, name string) truth {
	return truth{
		sim: s, epoch: 1, logs: map[int64][]notes.Event{}, gens: map[string]int64{}, sent: map[string]int64{},
		doc:    notes.NewDocument(0, notes.Board{Name: name}, nil),
		erased: map[rune]bool{}, gone: map[rune]bool{}, excused: map[rune]bool{}, unborn: map[string]bool{},
		ended: map[string]int{}, seen: map[string]int{},
	}
}

// violation is a rule that did not hold.
type violation struct {
	rule string
	what string
}

func (v *violation) String() string { return "ORACLE " + v.rule + ": " + v.what }

// committed checks one commit while it happens.
func (t *truth) committed(p board.Proposal, out board.Outcome, rights map[string]board.Grant) {
	ops := map[string]notes.Edit{}
	for i, turn := range p.Turns {
		for _, o := range turn.Ops {
			ops[opName(turn.Client, o.Mid)] = o.Op.Edit
		}
		if fate := out.Answers[i].Fate; turn.Gen < t.gens[turn.Client] && fate == board.Lives {
			t.sim.violate("I5", "ops of %s were taken in generation %d, and generation %d had said hello", turn.Client, turn.Gen, t.gens[turn.Client])
		}
	}
	for _, e := range out.Events {
		t.event(e, ops[opName(e.Client, e.Mid)], rights[e.Client])
	}
}

func opName(client string, mid int64) string { return fmt.Sprintf("%s/%d", client, mid) }

func (t *truth) event(e notes.Event, asked notes.Edit, grant board.Grant) {
	switch {
	case e.Seq != t.doc.Seq+1:
		t.sim.violate("I1", "seq %d was committed after %d", e.Seq, t.doc.Seq)
		return
	case !grant.Role.CanEdit() || grant.Trashed:
		t.sim.violate("I10", "seq %d of %s was committed in the role %q", e.Seq, e.Client, grant.Role)
	case grant.Actor != e.Actor:
		t.sim.violate("I17", "seq %d of %s is signed %+v", e.Seq, e.Client, e.Actor)
	}
	if made := t.sent[opName(e.Client, e.Mid)+edited(asked)]; made != t.epoch {
		t.sim.violate("I14", "op %d of %s was made in epoch %d and committed in %d", e.Mid, e.Client, made, t.epoch)
	}
	t.guarded(e, asked)
	t.arranged(e)
	t.logs[t.epoch] = append(t.logs[t.epoch], e)
	if err := t.doc.ApplyEvent(e); err != nil {
		t.sim.violate("I1", "seq %d cannot be replayed: %v", e.Seq, err)
	}
}

// guarded holds an undo against the later work of others (C2).
func (t *truth) guarded(e notes.Event, asked notes.Edit) {
	set, isSet := asked.(*notes.Set)
	effect, changed := e.Effect.(*notes.FieldsSet)
	if !isSet || !changed {
		return
	}
	for field, base := range set.Base {
		if n := t.doc.Notes[set.Note]; n != nil && n.FieldVersion(field) > base && slices.Contains(effect.Set.Fields(), field) {
			t.sim.violate("C2", "seq %d undid %s of %s over the later seq %d", e.Seq, field, set.Note, n.FieldVersion(field))
		}
	}
}

// logged is the event of a seq in an epoch, if there is one.
func (t *truth) logged(epoch, seq int64) (notes.Event, bool) {
	log := t.logs[epoch]
	if seq < 1 || seq > int64(len(log)) {
		return notes.Event{}, false
	}
	return log[seq-1], true
}

// restored is told that the board was put back to seq, in a new epoch.
func (t *truth) restored(epoch, seq int64, name string) {
	log := t.logs[t.epoch][:seq]
	t.epoch = epoch
	t.logs[epoch] = slices.Clone(log)
	t.doc = notes.NewDocument(0, notes.Board{Name: name}, nil)
	for _, e := range log {
		if err := t.doc.ApplyEvent(e); err != nil {
			t.sim.violate("I1", "the log of the backup cannot be replayed: %v", err)
		}
	}
	kept := t.counted()
	for _, c := range t.typed {
		if kept[c] == 0 {
			t.excused[c] = true
		}
	}
	t.gone = map[rune]bool{}
}

// counted tells how often each character stands on the board, in deleted notes too.
func (t *truth) counted() map[rune]int {
	count := map[rune]int{}
	for _, n := range t.doc.Notes {
		for _, c := range n.Text {
			count[c]++
		}
	}
	return count
}

// checkCharacters is I9 at rest: each one that was typed stands on the board
// exactly once, unless somebody erased it or its typist was told.
func (t *truth) checkCharacters() {
	count := t.counted()
	for _, c := range t.typed {
		switch n := count[c]; {
		case n > 1:
			t.sim.violate("I9", "%q stands %d times on the board", c, n)
		case n == 1 && t.gone[c]:
			t.sim.violate("I9", "%q was erased, and stands on the board", c)
		case n == 0 && !t.erased[c] && !t.excused[c]:
			t.sim.violate("I9", "%q was typed, and is lost", c)
		}
	}
}

// checkLog is I3 and I4 over the whole log: one client's mids come in order, each once.
func (t *truth) checkLog() {
	last := map[string]int64{}
	for _, e := range t.logs[t.epoch] {
		switch {
		case e.Mid == last[e.Client]:
			t.sim.violate("I3", "op %d of %s was committed twice", e.Mid, e.Client)
		case e.Mid < last[e.Client]:
			t.sim.violate("I4", "op %d of %s was committed after op %d", e.Mid, e.Client, last[e.Client])
		}
		last[e.Client] = e.Mid
	}
}

// checkEnds is I12: no edit is left without an end.
func (t *truth) checkEnds() {
	sum := 0
	for _, n := range t.ended {
		sum += n
	}
	if sum != t.made {
		t.sim.violate("I12", "%d edits were made, %d have ended: %s", t.made, sum, summary(t.ended))
	}
}

func summary(counts map[string]int) string {
	var out []string
	for _, what := range slices.Sorted(maps.Keys(counts)) {
		out = append(out, fmt.Sprintf("%s %d", what, counts[what]))
	}
	return strings.Join(out, ", ")
}
