package store

import (
	"context"
	"fmt"
	"slices"

	"github.com/lib/pq"

	"corkboard/board"
)

// damage is a note that cannot be read.
type damage struct {
	note string
	why  error
}

type damaged []damage

func (d damaged) ids() pq.StringArray {
	ids := pq.StringArray{}
	for _, one := range d {
		ids = append(ids, one.note)
	}
	slices.Sort(ids)
	return ids
}

// differ tells whether other notes are damaged than those that the row knows of.
func (d damaged) differ(row boardRow) bool { return !slices.Equal(d.ids(), row.Unreadable) }

// mark keeps which notes of the board cannot be read, under a new epoch: a node
// that has read them while they were whole shows placeholders too, and all show
// the same (I8). Of several nodes that find it out one marks it, and says so in
// its log. It tells whether the board has to be loaded again; a database that
// takes no changes is no reason not to show the board.
func (s *Store) mark(ctx context.Context, id string, bad damaged) bool {
	query := `
		UPDATE boards
		   SET unreadable = $2,
		       epoch = ` + nextEpoch + `
		 WHERE id = $1
		   AND unreadable <> $2`
	ctx, cancel := detach(ctx)
	defer cancel()
	n, err := s.affected(ctx, query, id, bad.ids())
	if err != nil {
		s.log.Error("it cannot be kept which notes of a board cannot be read", "board", id, "error", err)
		return false
	}
	if n > 0 {
		for _, one := range bad {
			s.UnreadableNotes.Add(1)
			s.log.Error("a note cannot be read: a placeholder stands in its place, its row is left as it is",
				"board", id, "note", one.note, "error", one.why)
		}
	}
	return true
}

// unreadableEvent is a gap in the log: what it did must be read from the notes.
type unreadableEvent struct {
	seq int64
	why error
}

func (e *unreadableEvent) Error() string {
	return fmt.Sprintf("%s: seq %d cannot be read: %s", board.ErrTruncated, e.seq, e.why)
}

func (e *unreadableEvent) Unwrap() error { return board.ErrTruncated }

// cutOff raises the log's floor to an event that cannot be read, so that nobody
// tries again. The rows stay until they are compacted away.
func (s *Store) cutOff(ctx context.Context, id string, e *unreadableEvent) {
	const query = `
		UPDATE boards
		   SET log_floor = $2
		 WHERE id = $1
		   AND log_floor < $2
		   AND seq >= $2`
	ctx, cancel := detach(ctx)
	defer cancel()
	n, err := s.affected(ctx, query, id, e.seq)
	if n == 0 && err == nil {
		return // somebody else has
	}
	s.UnreadableEvents.Add(1)
	s.log.Error("an event cannot be read: the log begins after it now", "board", id, "seq", e.seq, "why", e.why, "error", err)
}
