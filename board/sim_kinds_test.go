package board_test

import (
	"fmt"
	"slices"
	"strings"

	"corkboard/notes"
)

// What people do with frames, connectors and what few notes have, and how often.
var arrangements = []weighted{
	{"frame", 4}, {"connect", 8}, {"reconnect", 5}, {"label", 4}, {"disconnect", 3}, {"lock", 8}, {"extras", 10},
}

// arrange makes an edit of that kind; nil when there is nothing to do it to.
func (c *simClient) arrange(d *dice, what string) *pendingEdit {
	notesHere, connectors := c.workable(), c.those(func(s shown) bool { return s.kind == notes.Connector && !s.locked })
	switch what {
	case "frame":
		return c.frame(d)
	case "lock":
		return c.lock(d)
	case "extras":
		if len(notesHere) > 0 {
			return &pendingEdit{edit: &notes.Set{Note: pick(d, notesHere), Set: drawExtras(d)}}
		}
	case "connect":
		if len(notesHere) > 1 {
			return c.connect(d, notesHere)
		}
	case "reconnect":
		if len(notesHere) > 1 && len(connectors) > 0 {
			from, to := two(d, notesHere)
			return &pendingEdit{edit: &notes.Set{Note: pick(d, connectors), Set: notes.Values{From: &from, To: &to}}}
		}
	case "label":
		if len(connectors) > 0 {
			return c.typeOn(d, pick(d, connectors))
		}
	case "disconnect":
		if len(connectors) > 0 {
			return &pendingEdit{edit: &notes.Delete{Note: pick(d, connectors)}}
		}
	}
	return nil
}

// those are the notes shown as live that are so.
func (c *simClient) those(so func(shown) bool) []string {
	return slices.DeleteFunc(c.visible(true), func(id string) bool { return !so(c.show(id, c.pending)) })
}

// workable are the notes that a page lets its person move, type on and delete.
func (c *simClient) workable() []string {
	return c.those(func(s shown) bool { return !s.locked && s.kind != notes.Connector })
}

func (c *simClient) frame(d *dice) *pendingEdit {
	p := c.create(d)
	made := p.edit.(*notes.Create)
	made.As, made.W, made.H = notes.Frame, float64(notes.MaxSize+d.n(9000)), 400
	return p
}

func (c *simClient) connect(d *dice, among []string) *pendingEdit {
	p := c.create(d)
	made := p.edit.(*notes.Create)
	made.As, made.X, made.Y, made.W, made.H = notes.Connector, 0, 0, 0, 0
	made.From, made.To = two(d, among)
	return p
}

func two(d *dice, among []string) (from, to string) {
	i := d.n(len(among))
	return among[i], among[(i+1+d.n(len(among)-1))%len(among)]
}

// lock turns a note's lock, alone or with a field that this allows to change.
func (c *simClient) lock(d *dice) *pendingEdit {
	all := c.visible(true)
	if len(all) == 0 {
		return nil
	}
	id := pick(d, all)
	locked := !c.show(id, c.pending).locked
	set := notes.Values{Locked: &locked}
	if d.one(3) {
		set.Color = &notes.Colors[d.n(len(notes.Colors))]
	}
	return &pendingEdit{edit: &notes.Set{Note: id, Set: set}}
}

func drawExtras(d *dice) (v notes.Values) {
	word := func(words ...string) *string { w := pick(d, words); return &w }
	switch d.n(4) {
	case 0:
		v.Link = word("", "https://example.org/"+fmt.Sprint(d.n(9)), "mailto:ana@example.org")
	case 1:
		v.Group = word("", "group-aa", "group-bb")
	case 2:
		v.Picture, v.Alt = word("", strings.Repeat("a0", 16), strings.Repeat("b1", 32)), word("", "A cat")
	default:
		v.Alt = word("", "A dog\nasleep")
	}
	return v
}

// joins tells whether an edit gives a connector ends: those may be gone by then.
func joins(e notes.Edit) bool {
	switch e := e.(type) {
	case *notes.Create:
		return e.As == notes.Connector
	case *notes.Set:
		return e.Set.From != nil || e.Set.To != nil
	}
	return false
}

// arranged holds an event against locks (C8) and the ends of connectors (C9),
// effect by effect.
func (t *truth) arranged(e notes.Event) {
	doc := t.doc.Clone()
	for _, effect := range effects(e.Effect) {
		if n := doc.Notes[changedBy(effect)]; n != nil && n.Locked && n.Deleted == 0 && !unlocks(effect) {
			t.sim.violate("C8", "seq %d changed %s, which is locked", e.Seq, n.ID)
		}
		for _, end := range endsGiven(effect) {
			if n := doc.Notes[end]; n == nil || n.Deleted != 0 || n.Kind == notes.Connector {
				t.sim.violate("C9", "seq %d joined %s, which no connector can", e.Seq, end)
			}
		}
		if err := doc.ApplyEvent(notes.Event{Seq: doc.Seq + 1, Effect: effect}); err != nil {
			t.sim.violate("I1", "seq %d cannot be replayed: %v", e.Seq, err)
		}
	}
}

// changedBy is the note that an effect changes, "" when it makes or restores one.
func changedBy(effect notes.Effect) string {
	switch x := effect.(type) {
	case *notes.FieldsSet:
		return x.Note
	case *notes.TextEdited:
		return x.Note
	case *notes.NoteDeleted:
		return x.Note
	}
	return ""
}

func unlocks(effect notes.Effect) bool {
	set, ok := effect.(*notes.FieldsSet)
	return ok && set.Set.Locked != nil && (!*set.Set.Locked || len(set.Set.Fields()) == 1)
}

func endsGiven(effect notes.Effect) (ends []string) {
	switch x := effect.(type) {
	case *notes.Created:
		if x.Note.Kind == notes.Connector {
			ends = append(ends, x.Note.From, x.Note.To)
		}
	case *notes.FieldsSet:
		for _, end := range []*string{x.Set.From, x.Set.To} {
			if end != nil {
				ends = append(ends, *end)
			}
		}
	}
	return ends
}
