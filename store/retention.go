package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"corkboard/auth"
)

const (
	// batchRows is how many rows one batch deletes. A log is cut under its board's
	// lock, which commits wait for: this many take a few milliseconds.
	batchRows = 500
	// batchBoards is how many boards are looked up at once.
	batchBoards = 100
	// boardPatience bounds the deletion of a whole board.
	boardPatience = 5 * time.Minute
)

// Alone calls do while no other node is in it, and returns false when another one
// is. Postgres gives the lock up by itself when this node dies.
func (s *Store) Alone(ctx context.Context, do func(context.Context) error) (bool, error) {
	const name = `hashtextextended('corkboard jobs in ' || current_schema(), 0)`
	conn, err := s.db.Connx(ctx)
	if err != nil {
		return false, outcome("do the jobs", err)
	}
	defer conn.Close()
	var alone bool
	if err := conn.GetContext(ctx, &alone, "SELECT pg_try_advisory_lock("+name+")"); err != nil || !alone {
		return false, outcome("take the lock of the jobs", err)
	}
	defer func() {
		ctx, cancel := detach(ctx)
		defer cancel()
		_, _ = conn.ExecContext(ctx, "SELECT pg_advisory_unlock("+name+")") // a lost connection gave it up
	}()
	return true, do(ctx)
}

// OldLogs lists boards whose oldest event is from before a time and is none of
// the last keep ones, in the order of ids after one.
func (s *Store) OldLogs(ctx context.Context, before time.Time, keep int64, after string) ([]string, error) {
	const query = `
		SELECT b.id
		  FROM boards b
		 WHERE b.id > $3
		   AND b.seq - b.log_floor > $2
		   AND (
		           SELECT e.at
		             FROM events e
		            WHERE e.board_id = b.id
		            ORDER BY e.seq
		            LIMIT 1
		       ) < $1
		 ORDER BY b.id
		 LIMIT $4`
	var ids []string
	err := s.db.SelectContext(ctx, &ids, query, before, keep, after, batchBoards)
	return ids, outcome("look for old logs", err)
}

// CutLog throws away the oldest of a board's events from before a time, but none
// of the last keep ones, and raises the log's floor with them. It returns how many
// it were: one batch.
func (s *Store) CutLog(ctx context.Context, id string, before time.Time, keep int64) (int64, error) {
	const (
		raise = `
			UPDATE boards AS b
			   SET log_floor = GREATEST(b.log_floor, (
			           SELECT max(old.seq)
			             FROM (
			                 SELECT e.seq,
			                        e.at
			                   FROM events e
			                  WHERE e.board_id = b.id
			                    AND e.seq <= b.seq - $3
			                  ORDER BY e.seq
			                  LIMIT $4
			             ) AS old
			            WHERE old.at < $2))
			 WHERE b.id = $1`
		cut = `
			DELETE FROM events
			 WHERE board_id = $1
			   AND seq <= (SELECT log_floor FROM boards WHERE id = $1)`
	)
	var n int64
	err := s.change(ctx, func(ctx context.Context, tx *sqlx.Tx) error {
		if _, err := tx.ExecContext(ctx, raise, id, before, keep, batchRows); err != nil {
			return fmt.Errorf("raise the floor: %w", err)
		}
		result, err := tx.ExecContext(ctx, cut, id)
		if err != nil {
			return fmt.Errorf("delete events: %w", err)
		}
		n, err = result.RowsAffected()
		return err
	})
	return n, outcome("cut the log of board "+id, err)
}

// CutDeltas throws away a batch of the text edits whose events the board's log has
// no more. It takes no lock: an edit on a revision from then is refused as stale
// whether all of them are gone or some.
func (s *Store) CutDeltas(ctx context.Context, id string) (int64, error) {
	const query = `
		DELETE FROM note_deltas
		 WHERE ctid = ANY (ARRAY (
		           SELECT d.ctid
		             FROM note_deltas d
		             JOIN boards b
		               ON b.id = d.board_id
		            WHERE d.board_id = $1
		              AND d.seq <= b.log_floor
		            LIMIT $2))`
	n, err := s.affected(ctx, query, id, 10*batchRows)
	return n, outcome("cut the text edits of board "+id, err)
}

// ForgetClients forgets a batch of the clients that were not seen since a time and
// of which the log tells nothing any more: the mids that stand there cannot be used
// again. One that comes back is as new, and its page knows what that means for
// what it had sent: see docs/protocol.md, D7.
func (s *Store) ForgetClients(ctx context.Context, before time.Time) (int64, error) {
	const query = `
		DELETE FROM sync_clients
		 WHERE ctid = ANY (ARRAY (
		           SELECT c.ctid
		             FROM sync_clients c
		            WHERE c.seen_at < $1
		              AND NOT EXISTS (
		                      SELECT FROM events e
		                       WHERE e.board_id = c.board_id
		                         AND e.client_id = c.client_id)
		            LIMIT $2))
		   AND seen_at < $1`
	n, err := s.affected(ctx, query, before, batchRows)
	return n, outcome("forget clients", err)
}

// EmptyTrash deletes for good one board that went to the trash before a time, with
// all that belongs to it. What was there before anybody was told that boards do
// not stay for ever is as if it had come then.
func (s *Store) EmptyTrash(ctx context.Context, before time.Time) (int64, error) {
	const query = `
		DELETE FROM boards
		 WHERE id = (
		           SELECT id
		             FROM boards
		            WHERE trashed_at < $1
		              AND $1 > (SELECT convert_from(value, 'UTF8')::timestamptz FROM settings WHERE name = 'trash_since')
		            LIMIT 1)
		   AND trashed_at < $1`
	ctx, cancel := context.WithTimeout(ctx, boardPatience)
	defer cancel()
	n, err := s.affected(ctx, query, before)
	return n, outcome("empty the trash", err)
}

// EndSessions deletes a batch of the sessions that have run out.
func (s *Store) EndSessions(ctx context.Context) (int64, error) {
	const query = `
		DELETE FROM sessions
		 WHERE token_hash = ANY (ARRAY (
		           SELECT token_hash
		             FROM sessions
		            WHERE seen_at <= $1
		            LIMIT $2))`
	n, err := s.affected(ctx, query, s.time().Add(-auth.SessionLife), batchRows)
	return n, outcome("end sessions", err)
}

// ForgetGuests deletes a batch of the guests who can never come back, for they
// have no session, and who own no board and are nobody's member. What they wrote
// keeps their name.
func (s *Store) ForgetGuests(ctx context.Context) (int64, error) {
	const query = `
		DELETE FROM users
		 WHERE id = ANY (ARRAY (
		           SELECT u.id
		             FROM users u
		            WHERE u.guest
		              AND u.created_at < $1
		              AND NOT EXISTS (SELECT FROM sessions s WHERE s.user_id = u.id)
		              AND NOT EXISTS (SELECT FROM members m WHERE m.user_id = u.id)
		              AND NOT EXISTS (SELECT FROM boards b WHERE b.owner_id = u.id)
		            LIMIT $2))`
	n, err := s.affected(ctx, query, s.time().Add(-auth.SessionLife), batchRows)
	return n, outcome("forget guests", err)
}
