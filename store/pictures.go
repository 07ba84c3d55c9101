package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"corkboard/board"
)

const (
	// lookEvery is how often a picture is looked for among its board's notes.
	lookEvery = 24 * time.Hour
	// lookBoards is in how many boards at once.
	lookBoards = 20
	// shelfPatience bounds the deletion of a picture's bytes. It is less than what
	// Postgres gives a silent transaction, which has the picture's row meanwhile.
	shelfPatience = abandoned * 2 / 3
)

// ClaimPicture says that a picture is about to be kept. When it is being thrown
// away just now, it waits until that is over.
func (s *Store) ClaimPicture(ctx context.Context, id string) error {
	const query = `
		INSERT INTO pictures (picture, used_at)
		VALUES ($1, $2)
		ON CONFLICT (picture) DO UPDATE
		   SET used_at = EXCLUDED.used_at`
	_, err := s.affected(ctx, query, id, s.time())
	return outcome("claim a picture", err)
}

// AddPicture gives a board a picture that was claimed and is kept.
func (s *Store) AddPicture(ctx context.Context, id string, p board.PictureInfo) error {
	const query = `
		INSERT INTO board_pictures (board_id, picture, type, width, height, bytes, made_at, used_at, looked_at)
		SELECT $1, $2, $3, $4, $5, $6, $7, $7, $7
		 WHERE (SELECT count(*) FROM board_pictures WHERE board_id = $1 AND picture <> $2) < $8
		ON CONFLICT (board_id, picture) DO UPDATE
		   SET used_at = EXCLUDED.used_at`
	n, err := s.affected(ctx, query, id, p.ID, p.Type, p.Width, p.Height, p.Bytes, s.time(), board.MaxPictures)
	if err == nil && n == 0 {
		return board.ErrManyPictures
	}
	return outcome("give board "+id+" a picture", missing(err, board.ErrNotFound))
}

// CopyPicture gives a board a picture that another one has.
func (s *Store) CopyPicture(ctx context.Context, from, to, id string) error {
	p, err := s.Picture(ctx, from, id)
	if err != nil {
		return err
	}
	return s.AddPicture(ctx, to, p)
}

// Picture reads one of a board's pictures; board.ErrNotFound.
func (s *Store) Picture(ctx context.Context, id, picture string) (board.PictureInfo, error) {
	const query = `
		SELECT picture,
		       type,
		       width,
		       height,
		       bytes,
		       made_at
		  FROM board_pictures
		 WHERE board_id = $1
		   AND picture = $2`
	var p board.PictureInfo
	err := s.db.GetContext(ctx, &p, query, id, picture)
	p.MadeAt = p.MadeAt.UTC()
	return p, outcome("read a picture of board "+id, missing(err, board.ErrNotFound))
}

// LookForPictures finds out which pictures of a few boards their notes show, also
// those that are deleted and could be restored, and which pictures boards have.
// It looks for each once a day, and returns how many it looked for.
func (s *Store) LookForPictures(ctx context.Context) (int64, error) {
	const (
		onBoards = `
			WITH due AS (
			         SELECT DISTINCT board_id
			           FROM board_pictures
			          WHERE looked_at < $2
			          LIMIT $3
			     ),
			     shown AS (
			         SELECT DISTINCT n.board_id,
			                n.more ->> 'picture' AS picture
			           FROM notes n
			           JOIN due USING (board_id)
			          WHERE n.more ->> 'picture' IS NOT NULL
			     ),
			     found AS (
			         SELECT p.board_id,
			                p.picture,
			                s.picture IS NOT NULL AS used
			           FROM board_pictures p
			           JOIN due USING (board_id)
			           LEFT JOIN shown s USING (board_id, picture)
			     )
			UPDATE board_pictures p
			   SET looked_at = $1,
			       used_at = CASE WHEN f.used THEN $1 ELSE p.used_at END
			  FROM found f
			 WHERE p.board_id = f.board_id
			   AND p.picture = f.picture`
		ofBoards = `
			UPDATE pictures
			   SET used_at = $1
			 WHERE picture = ANY (ARRAY (
			           SELECT p.picture
			             FROM pictures p
			            WHERE p.used_at < $2
			              AND EXISTS (SELECT FROM board_pictures b WHERE b.picture = p.picture)
			            LIMIT $3))`
	)
	now := s.time()
	n, err := s.affected(ctx, onBoards, now, now.Add(-lookEvery), lookBoards)
	if err != nil {
		return n, outcome("look for pictures among notes", err)
	}
	m, err := s.affected(ctx, ofBoards, now, now.Add(-lookEvery), batchRows)
	return n + m, outcome("look for pictures on boards", err)
}

// ForgetPictures takes pictures away from boards whose notes have not shown them
// since a time, and returns how many it were: one batch.
func (s *Store) ForgetPictures(ctx context.Context, before time.Time) (int64, error) {
	const query = `
		DELETE FROM board_pictures
		 WHERE ctid = ANY (ARRAY (
		           SELECT p.ctid
		             FROM board_pictures p
		            WHERE p.used_at < $1
		              AND p.looked_at > p.used_at
		              AND NOT EXISTS (
		                      SELECT FROM notes n
		                       WHERE n.board_id = p.board_id
		                         AND n.more ->> 'picture' = p.picture)
		            LIMIT $2))
		   AND used_at < $1`
	n, err := s.affected(ctx, query, before, batchBoards)
	return n, outcome("forget pictures", err)
}

// DeletePicture throws away a picture that no board has had since a time, with
// its bytes, and returns how many it were: one or none.
func (s *Store) DeletePicture(ctx context.Context, before time.Time, bytes func(ctx context.Context, id string) error) (int64, error) {
	const query = `
		DELETE FROM pictures
		 WHERE picture = (
		           SELECT p.picture
		             FROM pictures p
		            WHERE p.used_at < $1
		              AND NOT EXISTS (SELECT FROM board_pictures b WHERE b.picture = p.picture)
		            LIMIT 1
		              FOR UPDATE SKIP LOCKED)
		RETURNING picture`
	var n int64
	err := s.change(ctx, func(ctx context.Context, tx *sqlx.Tx) error {
		n = 0
		var id string
		err := tx.GetContext(ctx, &id, query, before)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("delete a picture's row: %w", err)
		}
		n = 1
		ctx, cancel := context.WithTimeout(ctx, shelfPatience)
		defer cancel()
		return bytes(ctx, id)
	})
	return n, outcome("delete a picture", err)
}
