package notes

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
	"unicode/utf8"
)

// Delta is an edit of a text: walk it from the left, keeping, deleting or
// inserting. Counts are Unicode code points. In JSON it is an array in which a
// positive number keeps, a negative one deletes and a string inserts:
// [5,"abc",-2]. What follows the last part is kept.
//
// A canonical delta has no empty parts, no two neighbours of one sort, no
// insertion after a deletion at the same place, and keeps nothing at its end.
// Every function here returns canonical deltas.
type Delta []Part

// Part is one step of a Delta: exactly one of its fields is set.
type Part struct {
	Keep   int
	Delete int
	Insert string
}

// ErrDelta is wrapped by every error of this file.
var ErrDelta = errors.New("text delta")

func (p Part) empty() bool { return p.Keep == 0 && p.Delete == 0 && p.Insert == "" }

// span is how much of the text before the edit the part covers.
func (p Part) span() int { return p.Keep + p.Delete }

// MarshalJSON writes the compact array form.
func (d Delta) MarshalJSON() ([]byte, error) {
	parts := make([]any, len(d))
	for i, p := range d {
		switch {
		case p.Insert != "":
			parts[i] = p.Insert
		case p.Delete > 0:
			parts[i] = -p.Delete
		default:
			parts[i] = p.Keep
		}
	}
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(parts); err != nil {
		return nil, fmt.Errorf("encode %w: %w", ErrDelta, err)
	}
	return bytes.TrimRight(buf.Bytes(), "\n"), nil
}

// UnmarshalJSON reads the compact array form and makes it canonical. A part
// that is neither a whole number other than 0 nor a non-empty string is an
// error, and so are counts that add up to more than an int32 holds.
func (d *Delta) UnmarshalJSON(data []byte) error {
	var raw []json.RawMessage
	if err := json.Unmarshal(data, &raw); err != nil {
		return fmt.Errorf("%w: it must be an array of numbers and strings", ErrDelta)
	}
	var b builder
	walked := 0
	for i, r := range raw {
		p, err := decodePart(r)
		if err != nil {
			return fmt.Errorf("part %d: %w", i, err)
		}
		if walked += p.span(); walked > math.MaxInt32 {
			return fmt.Errorf("part %d: %w: no text is that long", i, ErrDelta)
		}
		b.add(p)
	}
	*d = b.done()
	return nil
}

func decodePart(r json.RawMessage) (Part, error) {
	if len(r) > 0 && r[0] == '"' {
		var s string
		if err := json.Unmarshal(r, &s); err != nil || s == "" {
			return Part{}, fmt.Errorf("%w: an insertion must be a non-empty string", ErrDelta)
		}
		return Part{Insert: s}, nil
	}
	var n int32
	if err := json.Unmarshal(r, &n); err != nil || n == 0 || string(r) == "null" {
		return Part{}, fmt.Errorf("%w: a count must be a whole number other than 0", ErrDelta)
	}
	if n < 0 {
		return Part{Delete: -int(n)}, nil
	}
	return Part{Keep: int(n)}, nil
}

// Apply edits text. It fails when the delta walks past the text's end.
func (d Delta) Apply(text string) (string, error) {
	var out strings.Builder
	rest := text
	for _, p := range d {
		if p.Insert != "" {
			out.WriteString(p.Insert)
			continue
		}
		head, tail, ok := cut(rest, p.span())
		if !ok {
			return "", fmt.Errorf("%w walks past the end of a text of %d characters", ErrDelta, utf8.RuneCountInString(text))
		}
		if p.Keep > 0 {
			out.WriteString(head)
		}
		rest = tail
	}
	out.WriteString(rest)
	return out.String(), nil
}

// Invert returns the delta that undoes d; text is the text before d.
func (d Delta) Invert(text string) (Delta, error) {
	var b builder
	rest := text
	for _, p := range d {
		if p.Insert != "" {
			b.add(Part{Delete: utf8.RuneCountInString(p.Insert)})
			continue
		}
		head, tail, ok := cut(rest, p.span())
		if !ok {
			return nil, fmt.Errorf("%w walks past the end of a text of %d characters", ErrDelta, utf8.RuneCountInString(text))
		}
		if p.Delete > 0 {
			b.add(Part{Insert: head})
		} else {
			b.add(p)
		}
		rest = tail
	}
	return b.done(), nil
}

// cut splits s after n code points; ok is false when s is shorter.
func cut(s string, n int) (head, tail string, ok bool) {
	i := 0
	for ; n > 0; n-- {
		if i >= len(s) {
			return "", "", false
		}
		_, size := utf8.DecodeRuneInString(s[i:])
		i += size
	}
	return s[:i], s[i:], true
}

// builder gathers parts into a canonical delta.
type builder struct{ parts Delta }

func (b *builder) add(p Part) {
	if p.empty() {
		return
	}
	last := len(b.parts) - 1
	if last < 0 {
		b.parts = append(b.parts, p)
		return
	}
	switch l := &b.parts[last]; {
	case p.Keep > 0 && l.Keep > 0:
		l.Keep += p.Keep
	case p.Delete > 0 && l.Delete > 0:
		l.Delete += p.Delete
	case p.Insert != "" && l.Insert != "":
		l.Insert += p.Insert
	case p.Insert != "" && l.Delete > 0:
		b.insertBeforeDelete(p)
	default:
		b.parts = append(b.parts, p)
	}
}

// insertBeforeDelete keeps the one spelling of a replacement: insert, then delete.
func (b *builder) insertBeforeDelete(p Part) {
	last := len(b.parts) - 1
	if last > 0 && b.parts[last-1].Insert != "" {
		b.parts[last-1].Insert += p.Insert
		return
	}
	b.parts = append(b.parts, b.parts[last])
	b.parts[last] = p
}

func (b *builder) done() Delta {
	if n := len(b.parts); n > 0 && b.parts[n-1].Keep > 0 {
		b.parts = b.parts[:n-1]
	}
	if b.parts == nil {
		return Delta{}
	}
	return b.parts
}

// walker hands out a delta's parts in pieces of a chosen length. Past the end
// it keeps for ever.
type walker struct {
	d    Delta
	i    int
	used int // of the current part
}

func (w *walker) more() bool { return w.i < len(w.d) }

func (w *walker) peek() Part {
	if !w.more() {
		return Part{Keep: int(^uint(0) >> 1)}
	}
	p := w.d[w.i]
	switch {
	case p.Insert != "":
		_, p.Insert, _ = cut(p.Insert, w.used)
	case p.Delete > 0:
		p.Delete -= w.used
	default:
		p.Keep -= w.used
	}
	return p
}

// take consumes n code points of the current part, which must have as many.
func (w *walker) take(n int) Part {
	p := w.peek()
	whole := p.span()
	switch {
	case p.Insert != "":
		whole = utf8.RuneCountInString(p.Insert)
		p.Insert, _, _ = cut(p.Insert, n)
	case p.Delete > 0:
		p.Delete = n
	default:
		p.Keep = n
	}
	if w.more() {
		if n == whole {
			w.i, w.used = w.i+1, 0
		} else {
			w.used += n
		}
	}
	return p
}

// rest consumes the whole current part.
func (w *walker) rest() Part {
	p := w.peek()
	if p.Insert != "" {
		return w.take(utf8.RuneCountInString(p.Insert))
	}
	return w.take(p.span())
}
