package notes

import (
	"sort"
	"time"
)

// Field names a part of a note or of a board that has its own version.
type Field string

// The fields of a note; Name is the board's.
const (
	FieldX     Field = "x"
	FieldY     Field = "y"
	FieldW     Field = "w"
	FieldH     Field = "h"
	FieldColor Field = "color"
	FieldZ     Field = "z"
	FieldText  Field = "text"
	FieldName  Field = "name"

	FieldLocked  Field = "locked"
	FieldLink    Field = "link"
	FieldGroup   Field = "group"
	FieldPicture Field = "picture"
	FieldAlt     Field = "alt"
	FieldFrom    Field = "from"
	FieldTo      Field = "to"
)

// Author is who made a note or an edit. The server alone sets it (I17).
type Author struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Note is one sticky note, or a frame or a connector. A Note that stands in a Document is never changed
// in place: an edit puts a new one there, so that readers may keep theirs.
type Note struct {
	ID   string   `json:"id"`
	Kind NoteKind `json:"kind,omitempty"`

	X     float64 `json:"x"` // left edge, board units
	Y     float64 `json:"y"` // top edge, board units, growing downwards
	W     float64 `json:"w"`
	H     float64 `json:"h"`
	Color string  `json:"color"`
	Z     string  `json:"z"` // order key, see Between
	Text  string  `json:"text"`
	Extras
	Rev    int64     `json:"rev"` // accepted text deltas since creation
	Author Author    `json:"author"`
	At     time.Time `json:"at,omitzero"` // when it was made, where that is known; the server sets it (I17)

	Created int64 `json:"created"` // the seq that made it
	Deleted int64 `json:"-"`       // the seq that deleted it; 0 while it lives

	// Versions holds the seq of the last change of each field that was
	// changed after the note was made.
	Versions map[Field]int64 `json:"versions,omitempty"`

	Unreadable bool `json:"-"` // a placeholder: what is stored cannot be read

	deltas []Delta // the last accepted deltas; deltas[len-1] led to Rev
}

// FieldVersion is the seq of the last change of f.
func (n *Note) FieldVersion(f Field) int64 {
	if v, ok := n.Versions[f]; ok {
		return v
	}
	return n.Created
}

// Version is the seq of the note's last change.
func (n *Note) Version() int64 {
	v := max(n.Created, n.Deleted)
	for _, fv := range n.Versions {
		v = max(v, fv)
	}
	return v
}

// change returns a copy of n whose fields are about to change at seq.
func (n *Note) change(seq int64, fields ...Field) *Note {
	c := *n
	c.Versions = make(map[Field]int64, len(n.Versions)+len(fields))
	for f, v := range n.Versions {
		c.Versions[f] = v
	}
	for _, f := range fields {
		c.Versions[f] = seq
	}
	return &c
}

// Board holds the fields of the board itself.
type Board struct {
	Name     string          `json:"name"`
	Versions map[Field]int64 `json:"versions,omitempty"`
}

// Document is a board's whole content at Seq. Deleted notes stay in Notes with
// Deleted set, so that they can be restored and their ids are not used again.
type Document struct {
	Seq   int64
	Board Board
	Notes map[string]*Note
	tally
}

// tally counts what is on a board.
type tally struct{ live, stickies int }

// Len is the number of live notes of all kinds.
func (t tally) Len() int { return t.live }

// Stickies is the number of live notes without frames and connectors: what
// people call notes.
func (t tally) Stickies() int { return t.stickies }

// replace counts n in the place of old, each of which may be nil.
func (t *tally) replace(old, n *Note) {
	t.add(old, -1)
	t.add(n, 1)
}

func (t *tally) add(n *Note, by int) {
	if n == nil || n.Deleted != 0 {
		return
	}
	t.live += by
	if n.Kind == Sticky {
		t.stickies += by
	}
}

// NewDocument returns the document of a board named name at seq with notes
// (which the document then owns).
func NewDocument(seq int64, board Board, all []*Note) *Document {
	d := &Document{Seq: seq, Board: board, Notes: make(map[string]*Note, len(all))}
	for _, n := range all {
		d.put(n)
	}
	return d
}

func (d *Document) put(n *Note) {
	d.replace(d.Notes[n.ID], n)
	d.Notes[n.ID] = n
}

// Live returns the live notes from the bottom to the top.
func (d *Document) Live() []*Note {
	all := make([]*Note, 0, d.live)
	for _, n := range d.Notes {
		if n.Deleted == 0 {
			all = append(all, n)
		}
	}
	sort.Slice(all, func(i, j int) bool { return below(all[i], all[j]) })
	return all
}

// below orders notes by z key; equal keys by id, so that everyone agrees.
func below(a, b *Note) bool {
	if a.Z != b.Z {
		return a.Z < b.Z
	}
	return a.ID < b.ID
}

// Clone returns a document that can be moved on without touching d.
func (d *Document) Clone() *Document {
	c := *d
	c.Notes = make(map[string]*Note, len(d.Notes))
	for id, n := range d.Notes {
		c.Notes[id] = n
	}
	return &c
}
