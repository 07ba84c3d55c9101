package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"corkboard/board"
	"corkboard/notes"
)

// Grant evaluates a principal's role on a board now; board.ErrNotFound when it
// has none. A board in the trash is found by its owner alone.
func (s *Store) Grant(ctx context.Context, p board.Principal, id string) (board.Grant, error) {
	g, err := evaluate(ctx, s.db, p, id, s.time())
	return g, outcome("evaluate a grant on board "+id, err)
}

// right is what the database says of a principal and a board.
type right struct {
	PermVersion int64          `db:"perm_version"`
	Trashed     bool           `db:"trashed"`
	Owner       bool           `db:"owner"`
	Role        sql.NullString `db:"role"`  // of a member, a link or a key
	Opened      pq.StringArray `db:"roles"` // of the links that the user opened
	Until       sql.NullTime   `db:"until"` // when the first of those links runs out
	Name        string         `db:"name"`
	Color       int            `db:"color"`
}

const (
	userRight = `
		SELECT b.perm_version,
		       b.trashed_at IS NOT NULL AS trashed,
		       COALESCE(b.owner_id = u.id, false) AS owner,
		       m.role,
		       opened.roles,
		       opened.until,
		       u.name,
		       u.color
		  FROM boards b
		 CROSS JOIN users u
		 CROSS JOIN LATERAL (
		           SELECT array_agg(l.role) AS roles,
		                  min(l.expires_at) AS until
		             FROM link_opens o
		             JOIN share_links l
		               ON l.id = o.link_id
		            WHERE o.user_id = u.id
		              AND l.board_id = b.id
		              AND l.revoked_at IS NULL
		              AND (l.expires_at IS NULL OR l.expires_at > $3)
		       ) AS opened
		  LEFT JOIN members m
		    ON m.board_id = b.id
		   AND m.user_id = u.id
		 WHERE b.id = $1
		   AND u.id = $2`
	linkRight = `
		SELECT b.perm_version,
		       b.trashed_at IS NOT NULL AS trashed,
		       l.role,
		       l.expires_at AS until
		  FROM boards b
		  JOIN share_links l
		    ON l.board_id = b.id
		 WHERE b.id = $1
		   AND l.id = $2
		   AND l.revoked_at IS NULL
		   AND (l.expires_at IS NULL OR l.expires_at > $3)`
	keyRight = `
		SELECT b.perm_version,
		       b.trashed_at IS NOT NULL AS trashed,
		       k.role,
		       'API' AS name
		  FROM boards b
		  JOIN api_keys k
		    ON k.board_id = b.id
		 WHERE b.id = $1
		   AND k.id = $2
		   AND k.revoked_at IS NULL`
	consoleRight = `
		SELECT perm_version,
		       trashed_at IS NOT NULL AS trashed,
		       true AS owner,
		       'Console' AS name
		  FROM boards
		 WHERE id = $1`
)

// evaluate answers from one statement, and so from one moment.
func evaluate(ctx context.Context, q sqlx.QueryerContext, p board.Principal, id string, at time.Time) (board.Grant, error) {
	var query string
	var args []any
	switch p.Kind {
	case board.ByUser:
		query, args = userRight, []any{id, p.ID, at}
	case board.ByLink:
		query, args = linkRight, []any{id, p.ID, at}
	case board.ByKey:
		query, args = keyRight, []any{id, p.ID}
	case board.ByConsole:
		query, args = consoleRight, []any{id}
	default:
		return board.Grant{}, fmt.Errorf("there is no principal of kind %q", p.Kind)
	}
	var r right
	if err := sqlx.GetContext(ctx, q, &r, query, args...); err != nil {
		return board.Grant{}, missing(err, board.ErrNotFound)
	}
	role := r.best()
	if role == "" || r.Trashed && role != board.Owner {
		return board.Grant{}, board.ErrNotFound
	}
	return board.Grant{
		Board: id, Principal: p, Role: role, Actor: actor(p, r.Name), Color: r.Color,
		PermVersion: r.PermVersion, Trashed: r.Trashed, Until: r.until(p),
	}, nil
}

// until is when the role must be looked at again, if it came by a link.
func (r right) until(p board.Principal) time.Time {
	if !r.Until.Valid || p.Kind == board.ByUser && (r.Owner || r.Role.Valid) {
		return time.Time{}
	}
	return r.Until.Time.UTC()
}

// best is the role: the owner's, else the one they were given by name, else the
// best that came by a link.
func (r right) best() board.Role {
	if r.Owner {
		return board.Owner
	}
	if r.Role.Valid {
		return board.Role(r.Role.String)
	}
	var best board.Role
	for _, role := range r.Opened {
		if board.Role(role).Above(best) {
			best = board.Role(role)
		}
	}
	return best
}

// actor is under what name a principal's work is signed.
func actor(p board.Principal, name string) notes.Author {
	a := notes.Author{ID: p.ID, Name: name}
	if p.Kind == board.ByLink || p.Kind == board.ByConsole {
		a.ID = string(p.Kind)
	}
	if a.Name == "" {
		a.Name = "Guest"
	}
	return a
}
