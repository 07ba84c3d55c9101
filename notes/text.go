package notes

import (
	"errors"
	"unicode/utf8"
)

// KindText edits a note's text.
const KindText Kind = "note.text"

// remembered is how many of its last deltas a note keeps in memory; older ones
// are read from the log.
const remembered = 32

func init() { register(func() Edit { return new(EditText) }, func() Effect { return new(TextEdited) }) }

// EditText edits the text as it was at revision Rev.
type EditText struct {
	Note  string `json:"note"`
	Rev   int64  `json:"rev"`
	Delta Delta  `json:"delta"`
}

// TextEdited edits the text as it is and leads to revision Rev.
type TextEdited struct {
	Note  string `json:"note"`
	Rev   int64  `json:"rev"`
	Delta Delta  `json:"delta"`
}

func (*EditText) kind() Kind   { return KindText }
func (*TextEdited) kind() Kind { return KindText }

func (e *EditText) decide(d *Draft) (Effect, error) {
	n, r := d.alive(e.Note)
	if r != nil {
		return nil, r
	}
	if n.Locked {
		return nil, locked(n)
	}
	if e.Rev < 0 || e.Rev > n.Rev {
		return nil, reject(Invalid, "The note has no revision %d yet.", e.Rev).with(n)
	}
	for _, p := range e.Delta {
		if r := checkText(p.Insert); r != nil {
			return nil, r.with(n)
		}
	}
	delta, err := e.onto(d, n)
	if err != nil {
		return nil, err
	}
	if len(delta) == 0 {
		return nil, nil
	}
	text, err := delta.Apply(n.Text)
	if err != nil {
		return nil, reject(Invalid, "The edit does not fit the text of revision %d.", e.Rev).with(n)
	}
	if utf8.RuneCountInString(text) > MaxText {
		return nil, reject(TooLong, "A note holds at most %d characters.", MaxText).with(n)
	}
	return &TextEdited{e.Note, n.Rev + 1, delta}, nil
}

// onto transforms the delta over everything accepted since its revision.
func (e *EditText) onto(d *Draft, n *Note) (Delta, error) {
	since, err := d.deltasSince(n, e.Rev)
	if errors.Is(err, ErrHistory) {
		return nil, reject(Stale, "The edit was made on a text that is too old to merge with.").with(n)
	}
	if err != nil {
		return nil, err
	}
	delta := e.Delta
	for _, earlier := range since {
		delta = Transform(delta, earlier, true)
	}
	return delta, nil
}

// deltasSince returns the deltas that led from rev to n's revision.
func (d *Draft) deltasSince(n *Note, rev int64) ([]Delta, error) {
	first := n.Rev - int64(len(n.deltas))
	if rev >= first {
		return n.deltas[rev-first:], nil
	}
	if d.history == nil {
		return nil, ErrHistory
	}
	older, err := d.history(n.ID, rev, first)
	if err != nil {
		return nil, err
	}
	return append(older, n.deltas...), nil
}

func (e *TextEdited) apply(r replica, seq int64) {
	old := r.note(e.Note)
	if old == nil {
		return
	}
	text, err := e.Delta.Apply(old.Text)
	if err != nil {
		return // a committed delta fits; a replica that lost its way shows in the hash
	}
	n := old.change(seq, FieldText)
	n.Text, n.Rev = text, e.Rev
	keep := old.deltas[max(0, len(old.deltas)+1-remembered):]
	n.deltas = append(append(make([]Delta, 0, len(keep)+1), keep...), e.Delta)
	r.put(n)
}
