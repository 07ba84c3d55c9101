package board_test

import (
	"maps"
	"slices"
	"unicode/utf8"

	"corkboard/notes"
)

// singles are the edits of a batch, or the edit itself.
func singles(e notes.Edit) []notes.Edit {
	b, ok := e.(*notes.Batch)
	if !ok {
		return []notes.Edit{e}
	}
	var all []notes.Edit
	for _, op := range b.Ops {
		all = append(all, op.Edit)
	}
	return all
}

// effects are those of a batch, or the effect itself.
func effects(e notes.Effect) []notes.Effect {
	if b, ok := e.(*notes.BatchDone); ok {
		return b.Effects
	}
	return []notes.Effect{e}
}

// mapText replaces the text edits within an edit; others stay the same.
func mapText(e notes.Edit, change func(notes.EditText) notes.EditText) notes.Edit {
	switch e := e.(type) {
	case *notes.EditText:
		t := change(*e)
		return &t
	case *notes.Batch:
		b := notes.Batch{Ops: make([]notes.Op, len(e.Ops))}
		for i, op := range e.Ops {
			b.Ops[i].Edit = mapText(op.Edit, change)
		}
		return &b
	}
	return e
}

// noteOf is the note that a single edit is about; "" is the board.
func noteOf(e notes.Edit) string {
	switch e := e.(type) {
	case *notes.Create:
		return e.Note
	case *notes.Set:
		return e.Note
	case *notes.EditText:
		return e.Note
	case *notes.Delete:
		return e.Note
	case *notes.Restore:
		return e.Note
	}
	return ""
}

// touched are the notes that an edit is about.
func touched(e notes.Edit) []string {
	var ids []string
	for _, one := range singles(e) {
		if id := noteOf(one); id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// textNotes are the notes whose text an edit changes.
func textNotes(e notes.Edit) []string {
	var ids []string
	for _, one := range singles(e) {
		if t, ok := one.(*notes.EditText); ok {
			ids = append(ids, t.Note)
		}
	}
	return ids
}

// brought are the notes that an edit brings back.
func brought(e notes.Edit) []string {
	var ids []string
	for _, one := range singles(e) {
		if r, ok := one.(*notes.Restore); ok {
			ids = append(ids, r.Note)
		}
	}
	return ids
}

// shown is a note as the page shows it.
type shown struct {
	known, live, locked bool
	kind                notes.NoteKind
	text                string
}

// take does a pending edit to a note. Text is carried along on a deleted note
// too: it may come back, and until then the words are not lost.
func (s *shown) take(id string, e notes.Edit) {
	if noteOf(e) != id {
		return
	}
	switch e := e.(type) {
	case *notes.Create:
		*s = shown{known: true, live: true, locked: e.Locked, kind: e.As, text: e.Text}
	case *notes.EditText:
		if after, err := e.Delta.Apply(s.text); err == nil && s.known {
			s.text = after
		}
	case *notes.Set:
		if e.Set.Locked != nil {
			s.locked = *e.Set.Locked
		}
	case *notes.Delete:
		s.live = s.live && e.Base > 0
	case *notes.Restore:
		s.live = s.known
	}
}

// show is a note with pending entries on top of what is confirmed.
func (c *simClient) show(id string, entries []*pendingEdit) shown {
	var s shown
	if note := c.doc.Notes[id]; note != nil {
		s = shown{known: true, live: note.Deleted == 0, locked: note.Locked, kind: note.Kind, text: note.Text}
	}
	for _, p := range entries {
		for _, e := range singles(p.edit) {
			s.take(id, e)
		}
	}
	return s
}

// through is its text with the first n entries.
func (c *simClient) through(id string, n int) string { return c.show(id, c.pending[:n]).text }

// visible are the ids of the notes that are shown as live, or as deleted, in order.
func (c *simClient) visible(live bool) []string {
	ids := map[string]bool{}
	for id := range c.doc.Notes {
		ids[id] = true
	}
	for _, p := range c.pending {
		for _, id := range touched(p.edit) {
			ids[id] = true
		}
	}
	return slices.DeleteFunc(slices.Sorted(maps.Keys(ids)), func(id string) bool {
		s := c.show(id, c.pending)
		return !s.known || s.live != live
	})
}

// between is the delta from one text to another. Every character of a run is
// another one and none moves, so it is exact.
func between(before, after string) notes.Delta {
	was, is := setOf(before), setOf(after)
	var parts []notes.Part
	rest := []rune(after)
	for _, r := range before {
		for is[r] && len(rest) > 0 && rest[0] != r && !was[rest[0]] {
			parts, rest = append(parts, notes.Part{Insert: string(rest[0])}), rest[1:]
		}
		if is[r] && len(rest) > 0 && rest[0] == r {
			parts, rest = append(parts, notes.Part{Keep: 1}), rest[1:]
		} else {
			parts = append(parts, notes.Part{Delete: 1})
		}
	}
	for _, r := range rest {
		parts = append(parts, notes.Part{Insert: string(r)})
	}
	// Composing with nothing merges what stands side by side.
	return notes.Compose(notes.Delta{}, parts)
}

func setOf(text string) map[rune]bool {
	set := make(map[rune]bool, utf8.RuneCountInString(text))
	for _, r := range text {
		set[r] = true
	}
	return set
}
