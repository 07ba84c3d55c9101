package store

import (
	"context"
	"crypto/rand"
	"time"

	"corkboard/auth"
)

// sighting is how exactly it is kept when a session or a key was last used: not
// every request must write.
const sighting = time.Minute

// AddGuest stores a guest and the hash of their session's token.
func (s *Store) AddGuest(ctx context.Context, u auth.User, tokenHash []byte) error {
	const query = `
		WITH guest AS (
		    INSERT INTO users (id, name, color, guest, created_at)
		    VALUES ($1, $2, $3, $4, $5)
		)
		INSERT INTO sessions (token_hash, user_id, created_at, seen_at)
		VALUES ($6, $1, $5, $5)`
	_, err := s.db.ExecContext(ctx, query, u.ID, u.Name, u.Color, u.Guest, s.time(), tokenHash)
	return outcome("add a guest", err)
}

// SessionUser finds the session's user and notes that it was used;
// auth.ErrUnknown.
func (s *Store) SessionUser(ctx context.Context, tokenHash []byte) (auth.User, error) {
	const query = `
		WITH seen AS (
		    UPDATE sessions
		       SET seen_at = $2
		     WHERE token_hash = $1
		       AND seen_at > $3
		       AND seen_at < $4
		)
		SELECT u.id,
		       u.name,
		       u.color,
		       u.guest
		  FROM sessions s
		  JOIN users u
		    ON u.id = s.user_id
		 WHERE s.token_hash = $1
		   AND s.seen_at > $3`
	now := s.time()
	var u auth.User
	err := s.db.GetContext(ctx, &u, query, tokenHash, now, now.Add(-auth.SessionLife), now.Add(-sighting))
	return u, outcome("find a session", missing(err, auth.ErrUnknown))
}

// SetProfile changes the name and the colour; auth.ErrUnknown.
func (s *Store) SetProfile(ctx context.Context, user, name string, color int) error {
	const query = `
		UPDATE users
		   SET name = $2,
		       color = $3
		 WHERE id = $1`
	result, err := s.db.ExecContext(ctx, query, user, name, color)
	return outcome("change a profile", touched(result, err, auth.ErrUnknown))
}

// KeyByHash finds an API key and notes that it was used; auth.ErrUnknown.
func (s *Store) KeyByHash(ctx context.Context, hash []byte) (auth.Key, error) {
	const query = `
		WITH used AS (
		    UPDATE api_keys
		       SET used_at = $2
		     WHERE key_hash = $1
		       AND revoked_at IS NULL
		       AND (used_at IS NULL OR used_at < $3)
		)
		SELECT id,
		       board_id
		  FROM api_keys
		 WHERE key_hash = $1
		   AND revoked_at IS NULL`
	now := s.time()
	var k auth.Key
	err := s.db.GetContext(ctx, &k, query, hash, now, now.Add(-sighting))
	return k, outcome("find an API key", missing(err, auth.ErrUnknown))
}

// newKey is 32 random bytes.
func newKey() []byte {
	key := make([]byte, 32)
	rand.Read(key) // never fails, see crypto/rand
	return key
}
