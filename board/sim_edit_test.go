package board_test

import (
	"fmt"
	"slices"

	"corkboard/notes"
)

// What people do, and how often.
var habits = []weighted{
	{"create", 10}, {"text", 42}, {"set", 16}, {"delete", 6}, {"restore", 5}, {"undo", 9}, {"board", 4}, {"batch", 8},
}

// edit adds an edit that was made on what is shown to what is pending.
func (c *simClient) edit(p *pendingEdit) {
	if p == nil {
		return
	}
	c.sim.truth.made++
	c.sim.truth.seen["edit "+string(notes.Op{Edit: p.edit}.Kind())]++
	c.sim.note("  %s: %s", c.name, edited(p.edit))
	c.pending = append(c.pending, p)
}

// make draws an edit of a kind; nil when there is nothing to do it to.
func (c *simClient) make(d *dice, what string) *pendingEdit {
	live := c.workable()
	if what == "restore" {
		if dead := c.visible(false); len(dead) > 0 {
			return &pendingEdit{edit: &notes.Restore{Note: pick(d, dead)}}
		}
	}
	if what == "undo" {
		if p := c.undo(); p != nil {
			return p
		}
	}
	if what == "board" {
		name := fmt.Sprintf("Board %d", d.n(1000))
		return &pendingEdit{edit: &notes.SetBoard{Set: notes.BoardValues{Name: &name}}}
	}
	if len(live) == 0 || what == "create" {
		return c.create(d)
	}
	id := live[min(d.n(len(live)), d.n(len(live)))] // the first ones are busier, so that people meet
	switch what {
	case "text":
		return c.typeOn(d, id)
	case "delete":
		return &pendingEdit{edit: &notes.Delete{Note: id}}
	case "batch":
		return c.batch(d, live)
	}
	return &pendingEdit{edit: &notes.Set{Note: id, Set: drawValues(d)}}
}

func (c *simClient) create(d *dice) *pendingEdit {
	c.notes++
	typed := c.sim.truth.characters(d.n(3))
	return &pendingEdit{typed: typed, edit: &notes.Create{
		Note: fmt.Sprintf("note-%s-%02d", c.name, c.notes), X: float64(d.n(900)), Y: float64(d.n(900)) / 8, W: 200, H: 160,
		Color: pick(d, notes.Colors), Z: notes.Between(fmt.Sprintf("a%d", d.n(9)), ""), Text: string(typed),
	}}
}

// typeOn inserts up to three characters somewhere and erases up to three behind them.
func (c *simClient) typeOn(d *dice, id string) *pendingEdit {
	text := []rune(c.through(id, len(c.pending)))
	at := d.n(len(text) + 1)
	erased := text[at:min(len(text), at+max(0, d.n(6)-2))]
	typed := c.sim.truth.characters(d.n(4))
	if len(typed)+len(erased) == 0 {
		return nil
	}
	c.sim.truth.erase(erased)
	return &pendingEdit{typed: typed, erased: erased, edit: &notes.EditText{Note: id, Delta: compact(
		notes.Part{Keep: at}, notes.Part{Insert: string(typed)}, notes.Part{Delete: len(erased)},
	)}}
}

func compact(parts ...notes.Part) notes.Delta {
	return slices.DeleteFunc(parts, func(p notes.Part) bool { return p == notes.Part{} })
}

// batch moves a few notes together, types on one of them, or deletes one.
func (c *simClient) batch(d *dice, live []string) *pendingEdit {
	var p pendingEdit
	var b notes.Batch
	for _, id := range live[:min(len(live), 1+d.n(3))] {
		b.Ops = append(b.Ops, notes.Op{Edit: &notes.Set{Note: id, Set: drawValues(d)}})
	}
	switch id := pick(d, live); d.n(4) {
	case 0:
		if t := c.typeOn(d, id); t != nil {
			p.typed, p.erased = t.typed, t.erased
			b.Ops = append(b.Ops, notes.Op{Edit: t.edit})
		}
	case 1:
		b.Ops = append(b.Ops, notes.Op{Edit: &notes.Delete{Note: id}})
	case 2:
		made := c.create(d)
		p.typed = made.typed
		b.Ops = append(b.Ops, notes.Op{Edit: made.edit})
	}
	p.edit = &b
	return &p
}

func drawValues(d *dice) notes.Values {
	var v notes.Values
	x, y := float64(d.n(2000)-1000)/4, float64(d.n(2000)-1000)/4
	w := float64(notes.MinSize + d.n(300))
	color, z := pick(d, notes.Colors), notes.Between(fmt.Sprintf("a%d", d.n(9)), "")
	switch d.n(5) {
	case 0:
		v.W, v.H = &w, &w
	case 1:
		v.Color = &color
	case 2:
		v.Z = &z
	default:
		v.X, v.Y = &x, &y
	}
	return v
}

// characters draws ones that nobody ever typed in this run; every fifth is
// outside of the plane that UTF-16 writes with one unit.
func (t *truth) characters(n int) []rune {
	var drawn []rune
	for range n {
		next := len(t.typed)
		r := rune(0x4e00 + next)
		if next%5 == 4 {
			r = rune(0x20000 + next)
		}
		drawn, t.typed = append(drawn, r), append(t.typed, r)
	}
	return drawn
}

func (t *truth) erase(chars []rune) {
	for _, r := range chars {
		t.erased[r] = true
	}
}

// undo is a step that can be taken back: by edits, or by erasing what was typed.
type undo struct {
	edits []notes.Edit
	note  string
	typed string
}

// remember keeps what would take an own event back, with the seq of it as the
// base, so that it never overwrites later work (C2).
func (c *simClient) remember(e notes.Event) {
	var u undo
	for _, effect := range effects(e.Effect) {
		if t, ok := effect.(*notes.TextEdited); ok {
			for _, part := range t.Delta {
				u.note, u.typed = t.Note, u.typed+part.Insert
			}
			continue
		}
		u.edits = append([]notes.Edit{c.inverse(effect, e.Seq)}, u.edits...)
	}
	c.undos = append(c.undos, u)
}

func (c *simClient) inverse(effect notes.Effect, seq int64) notes.Edit {
	switch x := effect.(type) {
	case *notes.Created:
		return &notes.Delete{Note: x.Note.ID, Base: seq}
	case *notes.Restored:
		return &notes.Delete{Note: x.Note.ID, Base: seq}
	case *notes.NoteDeleted:
		return &notes.Restore{Note: x.Note}
	case *notes.BoardSet:
		name := c.doc.Board.Name
		return &notes.SetBoard{Set: notes.BoardValues{Name: &name}, Base: map[notes.Field]int64{notes.FieldName: seq}}
	case *notes.FieldsSet:
		return c.setBack(x, seq)
	}
	panic(fmt.Sprintf("no inverse of %T", effect))
}

func (c *simClient) setBack(x *notes.FieldsSet, seq int64) notes.Edit {
	fields := x.Set.Fields()
	back := notes.Set{Note: x.Note, Set: c.doc.Notes[x.Note].Values(fields...), Base: map[notes.Field]int64{}}
	for _, f := range fields {
		back.Base[f] = seq
	}
	return &back
}

// undo takes the last step back; nil when nothing is left of it.
func (c *simClient) undo() *pendingEdit {
	if len(c.undos) == 0 {
		return nil
	}
	u := c.undos[len(c.undos)-1]
	c.undos = c.undos[:len(c.undos)-1]
	p := &pendingEdit{}
	edits := u.edits
	if t := c.unwrite(u.note, setOf(u.typed)); t != nil {
		p.erased = t.erased
		edits = append(edits, t.edit)
	}
	switch len(edits) {
	case 0:
		return nil
	case 1:
		p.edit = edits[0]
		return p
	}
	var b notes.Batch
	for _, e := range edits {
		b.Ops = append(b.Ops, notes.Op{Edit: e})
	}
	p.edit = &b
	return p
}

// unwrite erases these characters of a note where they still stand.
func (c *simClient) unwrite(id string, chars map[rune]bool) *pendingEdit {
	s := c.show(id, c.pending)
	if !s.live {
		return nil
	}
	var left, erased []rune
	for _, r := range s.text {
		if chars[r] {
			erased = append(erased, r)
		} else {
			left = append(left, r)
		}
	}
	if len(erased) == 0 {
		return nil
	}
	c.sim.truth.erase(erased)
	return &pendingEdit{erased: erased, edit: &notes.EditText{Note: id, Delta: between(s.text, string(left))}}
}
