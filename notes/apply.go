package notes

import (
	"errors"
	"fmt"
	"time"
)

// History reads the accepted deltas of a note that led from revision from to
// revision to, oldest first, from the log. It returns ErrHistory when the log
// does not reach back so far.
type History func(note string, from, to int64) ([]Delta, error)

// ErrHistory says that the log no longer holds what was asked for.
var ErrHistory = errors.New("the log does not reach back so far")

// Draft applies ops on top of a document and leaves the document as it is.
// It is not safe for concurrent use.
type Draft struct {
	base    replica
	history History
	notes   map[string]*Note
	fields  *Board
	tally

	seq   int64 // of the op being applied
	actor Author
	at    time.Time
}

// Begin returns a draft on top of doc. A nil history reaches back as far as
// the document itself remembers.
func Begin(doc *Document, history History) *Draft {
	return &Draft{base: doc, history: history, notes: map[string]*Note{}, tally: doc.tally, seq: doc.Seq}
}

// Seq is the seq of the last event the draft made or took.
func (d *Draft) Seq() int64 { return d.seq }

// Apply decides one op of actor. It returns its event, or nil when the op
// changes nothing, or a *Rejection. Another error comes from the history, and
// the draft must be thrown away.
func (d *Draft) Apply(op Op, client string, actor Author, at time.Time) (*Event, error) {
	d.seq++
	d.actor, d.at = actor, at.UTC().Truncate(time.Millisecond)
	effect, err := op.Edit.decide(d)
	if err != nil || effect == nil {
		d.seq--
		return nil, err
	}
	effect.apply(d, d.seq)
	return &Event{Seq: d.seq, Client: client, Mid: op.Mid, Actor: actor, At: at, Effect: effect}, nil
}

// Take moves the draft on by an event that somebody else committed. The error
// tells of a gap.
func (d *Draft) Take(e Event) error {
	return follow(d, &d.seq, e)
}

// Changed calls yield for each note that the draft made or changed, deleted
// ones too.
func (d *Draft) Changed(yield func(*Note) bool) {
	for _, n := range d.notes {
		if !yield(n) {
			return
		}
	}
}

// Fields returns the board's fields as they are now, and whether the draft changed them.
func (d *Draft) Fields() (Board, bool) { return d.board(), d.fields != nil }

func (d *Draft) note(id string) *Note {
	if n, ok := d.notes[id]; ok {
		return n
	}
	return d.base.note(id)
}

func (d *Draft) put(n *Note) {
	d.replace(d.note(n.ID), n)
	d.notes[n.ID] = n
}

func (d *Draft) board() Board {
	if d.fields != nil {
		return *d.fields
	}
	return d.base.board()
}

func (d *Draft) setBoard(b Board) { d.fields = &b }

// nested returns a draft on top of d, for a batch that may fail half-way.
func (d *Draft) nested() *Draft {
	return &Draft{base: d, history: d.history, notes: map[string]*Note{}, tally: d.tally, seq: d.seq, actor: d.actor, at: d.at}
}

// alive returns the live note, or why an op on it is refused.
func (d *Draft) alive(id string) (*Note, *Rejection) {
	n := d.note(id)
	switch {
	case n == nil:
		return nil, reject(NotFound, "There is no note %q on this board.", id)
	case n.Unreadable:
		return nil, unreadable(n)
	case n.Deleted != 0:
		return nil, reject(Deleted, "The note was deleted meanwhile.").with(n)
	}
	return n, nil
}

func (d *Document) note(id string) *Note { return d.Notes[id] }
func (d *Document) board() Board         { return d.Board }
func (d *Document) setBoard(b Board)     { d.Board = b }

// ApplyEvent moves the document on by the next event. The error tells of a gap;
// the document is then unchanged.
func (d *Document) ApplyEvent(e Event) error {
	return follow(d, &d.Seq, e)
}

// follow moves a replica that is at seq on by the next event.
func follow(r replica, seq *int64, e Event) error {
	if e.Seq != *seq+1 {
		return fmt.Errorf("event %d does not follow %d", e.Seq, *seq)
	}
	e.Effect.apply(r, e.Seq)
	*seq = e.Seq
	return nil
}
