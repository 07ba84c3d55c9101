package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"corkboard/board"
)

type linkRow struct {
	board.Link
	Origins pq.StringArray `db:"embed_origins"`
}

func (r linkRow) link() board.Link {
	r.Link.EmbedOrigins = r.Origins
	return r.Link
}

func addLink(ctx context.Context, tx *sqlx.Tx, l board.Link, tokenHash []byte, at time.Time) error {
	const query = `
		INSERT INTO share_links (id, board_id, role, token_hash, embed_origins, created_at)
		VALUES ($1, $2, $3, $4, COALESCE($5::text[], '{}'), $6)`
	_, err := tx.ExecContext(ctx, query, l.ID, l.Board, l.Role, tokenHash, pq.StringArray(l.EmbedOrigins), at)
	if err != nil {
		return fmt.Errorf("add link %s: %w", l.ID, missing(err, board.ErrNotFound))
	}
	return nil
}

// Links lists a board's links that are not revoked, in the order they were made.
func (s *Store) Links(ctx context.Context, id string) ([]board.Link, error) {
	const query = `
		SELECT id,
		       board_id,
		       role,
		       embed_origins
		  FROM share_links
		 WHERE board_id = $1
		   AND revoked_at IS NULL
		 ORDER BY created_at, id`
	var rows []linkRow
	if err := s.db.SelectContext(ctx, &rows, query, id); err != nil {
		return nil, outcome("list links", err)
	}
	links := make([]board.Link, len(rows))
	for i, r := range rows {
		links[i] = r.link()
	}
	return links, nil
}

// ReplaceLink revokes the board's links of link.Role and stores link instead,
// in one transaction, under a new perm version; board.ErrNotFound. It takes the
// board's row first: two at once follow one another, and a commit that comes
// later evaluates its grants again.
func (s *Store) ReplaceLink(ctx context.Context, link board.Link, tokenHash []byte, at time.Time) error {
	const (
		bump = `
			UPDATE boards
			   SET perm_version = perm_version + 1
			 WHERE id = $1`
		revoke = `
			UPDATE share_links
			   SET revoked_at = $3
			 WHERE board_id = $1
			   AND role = $2
			   AND revoked_at IS NULL`
	)
	err := s.change(ctx, func(ctx context.Context, tx *sqlx.Tx) error {
		result, err := tx.ExecContext(ctx, bump, link.Board)
		if err := touched(result, err, board.ErrNotFound); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, revoke, link.Board, link.Role, at); err != nil {
			return fmt.Errorf("revoke: %w", err)
		}
		return addLink(ctx, tx, link, tokenHash, at)
	})
	return outcome("replace a link of board "+link.Board, err)
}

// LinkByToken finds a link that is not revoked or expired, on a board that is
// not in the trash; board.ErrNotFound.
func (s *Store) LinkByToken(ctx context.Context, tokenHash []byte) (board.Link, error) {
	const query = `
		SELECT l.id,
		       l.board_id,
		       l.role,
		       l.embed_origins
		  FROM share_links l
		  JOIN boards b
		    ON b.id = l.board_id
		 WHERE l.token_hash = $1
		   AND l.revoked_at IS NULL
		   AND (l.expires_at IS NULL OR l.expires_at > $2)
		   AND b.trashed_at IS NULL`
	var row linkRow
	if err := s.db.GetContext(ctx, &row, query, tokenHash, s.time()); err != nil {
		return board.Link{}, outcome("find a link", missing(err, board.ErrNotFound))
	}
	return row.link(), nil
}

// OpenLink remembers that the user came by the link; from then on Grant finds
// it. The error is board.ErrNotFound when there is no such user or link.
func (s *Store) OpenLink(ctx context.Context, user string, link board.Link) error {
	const query = `
		INSERT INTO link_opens (user_id, link_id, opened_at)
		VALUES ($1, $2, $3)
		ON CONFLICT (user_id, link_id) DO UPDATE
		   SET opened_at = EXCLUDED.opened_at`
	_, err := s.db.ExecContext(ctx, query, user, link.ID, s.time())
	return outcome("open link "+link.ID, missing(err, board.ErrNotFound))
}

// AddKey stores an API key for a board, with the role it acts in;
// board.ErrNotFound when there is no such board.
func (s *Store) AddKey(ctx context.Context, id, boardID string, role board.Role, prefix string, hash []byte) error {
	const query = `
		INSERT INTO api_keys (id, board_id, role, prefix, key_hash, created_at)
		VALUES ($1, $2, $3, $4, $5, $6)`
	_, err := s.db.ExecContext(ctx, query, id, boardID, role, prefix, hash, s.time())
	return outcome("add an API key to board "+boardID, missing(err, board.ErrNotFound))
}
