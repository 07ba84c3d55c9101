package notes

// KindDelete deletes a note; KindRestore brings it back.
const (
	KindDelete  Kind = "note.delete"
	KindRestore Kind = "note.restore"
)

// FieldLive is the version of being there at all: the seq of the last deletion
// or restoration.
const FieldLive Field = "live"

func init() {
	register(func() Edit { return new(Delete) }, func() Effect { return new(NoteDeleted) })
	register(func() Edit { return new(Restore) }, func() Effect { return new(Restored) })
}

// Delete deletes a note, unless Base is given and the note has changed after it.
type Delete struct {
	Note string `json:"note"`
	Base int64  `json:"base,omitempty"`
}

// NoteDeleted takes a note off the board.
type NoteDeleted struct {
	Note string `json:"note"`
}

func (*Delete) kind() Kind      { return KindDelete }
func (*NoteDeleted) kind() Kind { return KindDelete }

func (e *Delete) decide(d *Draft) (Effect, error) {
	n := d.note(e.Note)
	switch {
	case n == nil:
		return nil, reject(NotFound, "There is no note %q on this board.", e.Note)
	case n.Unreadable:
		return nil, unreadable(n)
	case n.Deleted != 0, e.Base > 0 && n.Version() > e.Base:
		return nil, nil
	case n.Locked:
		return nil, locked(n)
	}
	return &NoteDeleted{e.Note}, nil
}

func (e *NoteDeleted) apply(r replica, seq int64) {
	old := r.note(e.Note)
	if old == nil {
		return
	}
	n := old.change(seq, FieldLive)
	n.Deleted = seq
	r.put(n)
}

// Restore brings a deleted note back as it was.
type Restore struct {
	Note string `json:"note"`
}

// Restored puts a whole note back on the board: replicas that joined after the
// deletion never had it.
type Restored struct {
	Note *Note `json:"note"`
}

func (*Restore) kind() Kind  { return KindRestore }
func (*Restored) kind() Kind { return KindRestore }

func (e *Restore) decide(d *Draft) (Effect, error) {
	n := d.note(e.Note)
	switch {
	case n == nil:
		return nil, reject(NotFound, "There is no note %q on this board.", e.Note)
	case n.Unreadable:
		return nil, unreadable(n)
	case n.Deleted == 0:
		return nil, nil
	case d.live >= MaxNotes:
		return nil, reject(TooMany, "The board is full: it holds %d notes.", MaxNotes).with(n)
	}
	back := n.change(d.seq, FieldLive)
	back.Deleted = 0
	return &Restored{back}, nil
}

func (e *Restored) carried() *Note { return e.Note }

func (e *Restored) apply(r replica, _ int64) {
	n := *e.Note
	if old := r.note(n.ID); old != nil {
		n.deltas = old.deltas
	}
	r.put(&n)
}
