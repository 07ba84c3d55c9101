package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"

	"corkboard/board"
	"corkboard/notes"
)

// eventRow is an event; all of it but Head is null when a board has none to show.
type eventRow struct {
	Head   int64          `db:"head"`
	Floor  int64          `db:"log_floor"`
	Seq    sql.NullInt64  `db:"seq"`
	Client sql.NullString `db:"client_id"`
	Mid    sql.NullInt64  `db:"mid"`
	Actor  []byte         `db:"actor"`
	Kind   sql.NullString `db:"kind"`
	Effect []byte         `db:"effect"`
	At     sql.NullTime   `db:"at"`
}

// Events reads the events after seq, in order, without a gap. The error is
// board.ErrTruncated when the log does not hold all of them, board.ErrNotFound
// when there is no such board.
func (s *Store) Events(ctx context.Context, id string, after int64) ([]notes.Event, error) {
	events, err := eventsAfter(ctx, s.db, id, after)
	var gap *unreadableEvent
	if errors.As(err, &gap) {
		s.cutOff(ctx, id, gap)
	}
	return events, outcome("read the events of board "+id, err)
}

// eventsAfter reads head and events in one statement, which sees them at one moment.
func eventsAfter(ctx context.Context, q sqlx.QueryerContext, id string, after int64) ([]notes.Event, error) {
	const query = `
		SELECT b.seq AS head,
		       b.log_floor,
		       e.seq,
		       e.client_id,
		       e.mid,
		       e.actor,
		       e.kind,
		       e.effect,
		       e.at
		  FROM boards b
		  LEFT JOIN events e
		    ON e.board_id = b.id
		   AND e.seq > $2
		   AND e.seq <= b.seq
		 WHERE b.id = $1
		 ORDER BY e.seq`
	var rows []eventRow
	if err := sqlx.SelectContext(ctx, q, &rows, query, id, after); err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return nil, board.ErrNotFound
	}
	head, floor := rows[0].Head, rows[0].Floor
	if after < floor { // rows below it may still be there
		return nil, fmt.Errorf("%w: it begins after %d", board.ErrTruncated, floor)
	}
	if !rows[0].Seq.Valid {
		rows = nil
	}
	return sequence(rows, after, head)
}

// sequence decodes the rows and refuses a gap between after and head, at its
// start where the log was cut off too: what is missing must be read from the
// notes. Seqs are unique, so counting finds a gap.
func sequence(rows []eventRow, after, head int64) ([]notes.Event, error) {
	if last := after + int64(len(rows)); last < head {
		return nil, fmt.Errorf("%w: %d of the events up to %d are missing", board.ErrTruncated, head-last, head)
	}
	events := make([]notes.Event, len(rows))
	for i, r := range rows {
		var err error
		if events[i], err = r.event(); err != nil {
			return nil, &unreadableEvent{r.Seq.Int64, err}
		}
	}
	return events, nil
}

func (r eventRow) event() (notes.Event, error) {
	e := notes.Event{Seq: r.Seq.Int64, Client: r.Client.String, Mid: r.Mid.Int64, At: r.At.Time.UTC()}
	if err := json.Unmarshal(r.Actor, &e.Actor); err != nil {
		return e, fmt.Errorf("the actor of seq %d: %w", e.Seq, err)
	}
	var err error
	if e.Effect, err = notes.DecodeEffect(notes.Kind(r.Kind.String), r.Effect); err != nil {
		return e, fmt.Errorf("seq %d: %w", e.Seq, err)
	}
	return e, nil
}
