package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"corkboard/board"
)

// AddBoard stores a new empty board of owner with its links; tokenHashes are in
// the order of links. An empty owner is nobody: a board made by a program. Times
// that b does not name are now. The error is board.ErrNotFound when there is no
// such owner.
func (s *Store) AddBoard(ctx context.Context, b board.Summary, owner string, links []board.Link, tokenHashes [][]byte) error {
	const query = `
		INSERT INTO boards (id, owner_id, name, created_at, modified_at)
		VALUES ($1, NULLIF($2, ''), $3, $4, $5)`
	created, modified := orNow(b.CreatedAt, s.time()), orNow(b.ModifiedAt, s.time())
	err := s.change(ctx, func(ctx context.Context, tx *sqlx.Tx) error {
		if _, err := tx.ExecContext(ctx, query, b.ID, owner, b.Name, created, modified); err != nil {
			return missing(err, board.ErrNotFound)
		}
		for i, l := range links {
			l.Board = b.ID
			if err := addLink(ctx, tx, l, tokenHashes[i], created); err != nil {
				return err
			}
		}
		return nil
	})
	return outcome("add board "+b.ID, err)
}

func orNow(t, now time.Time) time.Time {
	if t.IsZero() {
		return now
	}
	return t
}

const summaryColumns = `
	SELECT id,
	       name,
	       note_count,
	       created_at,
	       modified_at,
	       trashed_at
	  FROM boards`

// listQuery lists a user's boards by an index that holds them in this order.
func listQuery(trash bool) string {
	which := "trashed_at IS NULL"
	if trash {
		which = "trashed_at IS NOT NULL"
	}
	return summaryColumns + `
	 WHERE owner_id = $1
	   AND ` + which + `
	 ORDER BY modified_at DESC, id
	 LIMIT $2`
}

// BoardsOf lists a user's own boards, last modified first: the trash, or all others.
func (s *Store) BoardsOf(ctx context.Context, user string, trash bool, limit int) ([]board.Summary, error) {
	list := []board.Summary{}
	if err := s.db.SelectContext(ctx, &list, listQuery(trash), user, limit); err != nil {
		return nil, outcome("list boards", err)
	}
	for i := range list {
		inUTC(&list[i])
	}
	return list, nil
}

// Summary reads one board; board.ErrNotFound.
func (s *Store) Summary(ctx context.Context, id string) (board.Summary, error) {
	var b board.Summary
	err := s.db.GetContext(ctx, &b, summaryColumns+" WHERE id = $1", id)
	inUTC(&b)
	return b, outcome("read board "+id, missing(err, board.ErrNotFound))
}

func inUTC(b *board.Summary) {
	b.CreatedAt, b.ModifiedAt = b.CreatedAt.UTC(), b.ModifiedAt.UTC()
	if b.TrashedAt != nil {
		at := b.TrashedAt.UTC()
		b.TrashedAt = &at
	}
}

// SetTrashed moves a board to the trash or back, under a new perm version;
// board.ErrNotFound.
func (s *Store) SetTrashed(ctx context.Context, id string, trashed bool, at time.Time) error {
	const query = `
		UPDATE boards
		   SET trashed_at = CASE WHEN $2 THEN $3::timestamptz END,
		       perm_version = perm_version + 1
		 WHERE id = $1`
	err := s.change(ctx, func(ctx context.Context, tx *sqlx.Tx) error {
		result, err := tx.ExecContext(ctx, query, id, trashed, at)
		return touched(result, err, board.ErrNotFound)
	})
	return outcome("move board "+id, err)
}

// ServerKey returns the installation's own random key (32 bytes), made on first
// use; it is the same on every node.
func (s *Store) ServerKey(ctx context.Context) ([]byte, error) {
	const name = "server_key"
	var key []byte
	err := s.change(ctx, func(ctx context.Context, tx *sqlx.Tx) error {
		if _, err := tx.ExecContext(ctx, `
			INSERT INTO settings (name, value)
			VALUES ($1, $2)
			ON CONFLICT (name) DO NOTHING`, name, newKey()); err != nil {
			return fmt.Errorf("keep a new key: %w", err)
		}
		return tx.GetContext(ctx, &key, "SELECT value FROM settings WHERE name = $1", name)
	})
	return key, outcome("read the server's key", err)
}
