package store

import (
	"encoding/json"
	"fmt"

	"github.com/lib/pq"

	"corkboard/board"
	"corkboard/notes"
)

// rows are what a decision writes, by table, with what is encoded.
type rows struct {
	clients []clientChange
	events  []loggedEvent
	notes   []changedNote
	deltas  []loggedDelta
}

type clientChange struct {
	board.Advance
	unlogged string
}

type loggedEvent struct {
	notes.Event
	actor, effect string
}

type changedNote struct {
	*notes.Note
	versions string
	more     string // "" when it has nothing of that
	newMore  bool   // and the database does not know it yet
}

type loggedDelta struct {
	*notes.TextEdited
	seq   int64
	delta string
}

// rowsOf takes from a decision what the database does not have, which is at seq.
func rowsOf(d board.Decision, seq int64) (r rows, err error) {
	for _, c := range d.Clients {
		acks, err := encodeAcks(c.Unlogged())
		if err != nil {
			return rows{}, fmt.Errorf("encode the answers of client %s: %w", c.Client, err)
		}
		r.clients = append(r.clients, clientChange{c, acks})
	}
	for _, e := range d.Events {
		actor, err := json.Marshal(e.Actor)
		if err != nil {
			return rows{}, fmt.Errorf("encode the actor of seq %d: %w", e.Seq, err)
		}
		effect, err := json.Marshal(e.Effect)
		if err != nil {
			return rows{}, fmt.Errorf("encode the effect of seq %d: %w", e.Seq, err)
		}
		r.events = append(r.events, loggedEvent{e, string(actor), string(effect)})
	}
	for n := range d.Draft.Changed {
		if n.Version() <= seq {
			continue // somebody else's work, which the draft only took over
		}
		changed, err := changedOf(n, seq)
		if err != nil {
			return rows{}, fmt.Errorf("note %s: %w", n.ID, err)
		}
		r.notes = append(r.notes, changed)
	}
	for seq, t := range board.TextEdits(d.Events) {
		delta, err := t.Delta.MarshalJSON()
		if err != nil {
			return rows{}, fmt.Errorf("a text edit of note %s: %w", t.Note, err)
		}
		r.deltas = append(r.deltas, loggedDelta{t, seq, string(delta)})
	}
	return r, nil
}

// changedOf encodes a note of which the database has what was there at seq.
func changedOf(n *notes.Note, seq int64) (c changedNote, err error) {
	c = changedNote{Note: n, newMore: n.ExtrasChanged(seq)}
	if c.versions, err = encodeVersions(n.Versions); err != nil {
		return c, err
	}
	c.more, err = encodeMore(n)
	return c, err
}

// more is what few notes have, as the database keeps it.
type more struct {
	Kind notes.NoteKind `json:"kind,omitempty"`
	notes.Extras
}

func encodeMore(n *notes.Note) (string, error) {
	m := more{n.Kind, n.Extras}
	if m == (more{}) {
		return "", nil
	}
	data, err := json.Marshal(m)
	return string(data), err
}

const noAcks = "[]"

// encodeAcks writes what recall cannot find in the log: most clients have
// nothing of the kind, and their rows stay small.
func encodeAcks(acks []board.Ack) (string, error) {
	if len(acks) == 0 {
		return noAcks, nil
	}
	data, err := json.Marshal(acks)
	return string(data), err
}

// shape is the plainest that fits.
func (r rows) shape() shape {
	s := shape{events: len(r.events) > 0, notes: len(r.notes) > 0, deltas: len(r.deltas) > 0}
	s.many = max(len(r.clients), len(r.events), len(r.notes), len(r.deltas)) > 1
	for _, c := range r.clients {
		s.unlogged = s.unlogged || c.unlogged != noAcks
	}
	for _, n := range r.notes {
		s.more = s.more || n.newMore
	}
	return s
}

// parts are those of a statement of that shape, with the values of the rows.
func (r rows) parts(s shape) []part {
	parts := append(make([]part, 0, 4), clientsPart(s, r.clients))
	if s.events {
		parts = append(parts, eventsPart(s, r.events))
	}
	if s.notes {
		parts = append(parts, notesPart(s, r.notes))
	}
	if s.deltas {
		parts = append(parts, deltasPart(s, r.deltas))
	}
	return parts
}

func clientsPart(s shape, rows []clientChange) part {
	p := part{writeClients, "k", []column{
		col(s, rows, "client_id", text, func(c clientChange) string { return c.Client }),
		col(s, rows, "principal", text, func(c clientChange) string { return c.Principal }),
		col(s, rows, "gen", bigint, func(c clientChange) int64 { return c.Gen }),
		col(s, rows, "from_mid", bigint, func(c clientChange) int64 { return c.From }),
		col(s, rows, "last_mid", bigint, func(c clientChange) int64 { return c.LastMid }),
	}}
	if s.unlogged {
		p.step = writeAnsweredClients
		p.columns = append(p.columns,
			col(s, rows, "unlogged", text, func(c clientChange) string { return c.unlogged }),
			col(s, rows, "forgotten", bigint, func(c clientChange) int64 { return c.LastMid - board.KeptResults }),
		)
	}
	return p
}

func eventsPart(s shape, rows []loggedEvent) part {
	return part{writeEvents, "e", []column{
		col(s, rows, "seq", bigint, func(e loggedEvent) int64 { return e.Seq }),
		col(s, rows, "client_id", text, func(e loggedEvent) string { return e.Client }),
		col(s, rows, "mid", bigint, func(e loggedEvent) int64 { return e.Mid }),
		col(s, rows, "actor", text, func(e loggedEvent) string { return e.actor }),
		col(s, rows, "kind", text, func(e loggedEvent) string { return string(e.Kind()) }),
		col(s, rows, "effect", text, func(e loggedEvent) string { return e.effect }),
	}}
}

func notesPart(s shape, rows []changedNote) part {
	p := part{writeNotes, "n", []column{
		col(s, rows, "id", text, func(n changedNote) string { return n.ID }),
		col(s, rows, "x", float8, func(n changedNote) float64 { return n.X }),
		col(s, rows, "y", float8, func(n changedNote) float64 { return n.Y }),
		col(s, rows, "w", float8, func(n changedNote) float64 { return n.W }),
		col(s, rows, "h", float8, func(n changedNote) float64 { return n.H }),
		col(s, rows, "color", text, func(n changedNote) string { return n.Color }),
		col(s, rows, "z", text, func(n changedNote) string { return n.Z }),
		col(s, rows, "text", text, func(n changedNote) string { return n.Text }),
		col(s, rows, "text_rev", bigint, func(n changedNote) int64 { return n.Rev }),
		col(s, rows, "field_versions", text, func(n changedNote) string { return n.versions }),
		col(s, rows, "author_id", text, func(n changedNote) string { return n.Author.ID }),
		col(s, rows, "author_name", text, func(n changedNote) string { return n.Author.Name }),
		col(s, rows, "created_seq", bigint, func(n changedNote) int64 { return n.Created }),
		col(s, rows, "deleted_seq", bigint, func(n changedNote) int64 { return n.Deleted }),
	}}
	if s.more {
		p.step = writeNotesMore
		p.columns = append(p.columns, col(s, rows, "more", text, func(n changedNote) string { return n.more }))
	}
	return p
}

func deltasPart(s shape, rows []loggedDelta) part {
	return part{writeDeltas, "t", []column{
		col(s, rows, "note_id", text, func(d loggedDelta) string { return d.Note }),
		col(s, rows, "rev", bigint, func(d loggedDelta) int64 { return d.Rev }),
		col(s, rows, "seq", bigint, func(d loggedDelta) int64 { return d.seq }),
		col(s, rows, "delta", text, func(d loggedDelta) string { return d.delta }),
	}}
}

// col is a column of a part in a statement of that shape.
func col[R, T any](s shape, rows []R, name, kind string, value func(R) T) column {
	c := column{name: name, kind: kind}
	if s.many {
		values := make([]T, len(rows))
		for i, r := range rows {
			values[i] = value(r)
		}
		c.values = pq.Array(values)
	} else if len(rows) == 1 {
		c.values = value(rows[0])
	}
	return c
}
