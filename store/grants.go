package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
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

// Grants evaluates the roles of many principals; those that have none are left out.
func (s *Store) Grants(ctx context.Context, all []board.Principal, id string) (map[board.Principal]board.Grant, error) {
	grants, at := make(map[board.Principal]board.Grant, len(all)), s.time()
	var people []string
	for _, p := range all {
		if p.Kind == board.ByUser {
			people = append(people, p.ID)
			continue
		}
		g, err := evaluate(ctx, s.db, p, id, at)
		switch {
		case err == nil:
			grants[p] = g
		case !errors.Is(err, board.ErrNotFound):
			return nil, outcome("evaluate grants on board "+id, err)
		}
	}
	return grants, outcome("evaluate grants on board "+id, s.addPeoples(ctx, grants, people, id, at))
}

// addPeoples adds the grants of people, whom it asks for by one statement.
func (s *Store) addPeoples(ctx context.Context, grants map[board.Principal]board.Grant, people []string, id string, at time.Time) error {
	if len(people) == 0 {
		return nil
	}
	var rights []right
	if err := s.db.SelectContext(ctx, &rights, peoplesRights, id, pq.Array(people), at); err != nil {
		return err
	}
	for _, r := range rights {
		p := board.Principal{Kind: board.ByUser, ID: strings.TrimPrefix(r.Principal, string(board.ByUser)+":")}
		if g, err := r.grant(p, id); err == nil { // else they have none
			grants[p] = g
		}
	}
	return nil
}

// right is what the database says of a principal and a board.
type right struct {
	board.Head
	Principal string         `db:"principal"`
	Owner     bool           `db:"owner"`
	Role      sql.NullString `db:"role"`  // of a member, a link or a key
	Opened    pq.StringArray `db:"roles"` // of the links that the user opened
	Until     sql.NullTime   `db:"until"` // when the first of those links runs out
	Name      string         `db:"name"`
	Color     int            `db:"color"`
}

// The statements below answer with a right, for the board $1, whom $2 names and
// the time $3.
const (
	headOfBoard = `
		SELECT b.epoch,
		       b.seq,
		       b.log_floor,
		       b.perm_version,
		       b.trashed_at IS NOT NULL AS trashed,`
	rightOfPerson = headOfBoard + `
		       'user:' || u.id AS principal,
		       COALESCE(b.owner_id = u.id, false) AS owner,
		       m.role,
		       opened.roles,
		       opened.until,
		       u.name,
		       u.color
		  FROM boards b
		 CROSS JOIN person u
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
		 WHERE b.id = $1`
	userRight = `
		WITH person AS (SELECT * FROM users WHERE id = $2)` + rightOfPerson
	peoplesRights = `
		WITH person AS (SELECT * FROM users WHERE id = ANY($2))` + rightOfPerson
	linkRight = headOfBoard + `
		       'link:' || l.id AS principal,
		       false AS owner,
		       l.role,
		       NULL::text[] AS roles,
		       l.expires_at AS until,
		       '' AS name,
		       0 AS color
		  FROM boards b
		  JOIN share_links l
		    ON l.board_id = b.id
		 WHERE b.id = $1
		   AND l.id = $2
		   AND l.revoked_at IS NULL
		   AND (l.expires_at IS NULL OR l.expires_at > $3)`
	keyRight = headOfBoard + `
		       'key:' || k.id AS principal,
		       false AS owner,
		       k.role,
		       NULL::text[] AS roles,
		       NULL::timestamptz AS until,
		       'API' AS name,
		       0 AS color
		  FROM boards b
		  JOIN api_keys k
		    ON k.board_id = b.id
		 WHERE b.id = $1
		   AND k.id = $2
		   AND k.revoked_at IS NULL
		   AND $3::timestamptz IS NOT NULL`
	consoleRight = headOfBoard + `
		       'console:' || $2::text AS principal,
		       true AS owner,
		       NULL AS role,
		       NULL::text[] AS roles,
		       NULL::timestamptz AS until,
		       'Console' AS name,
		       0 AS color
		  FROM boards b
		 WHERE b.id = $1
		   AND $3::timestamptz IS NOT NULL`
)

var rightBy = map[board.PrincipalKind]string{
	board.ByUser: userRight, board.ByLink: linkRight, board.ByKey: keyRight, board.ByConsole: consoleRight,
}

// evaluate answers from one statement, and so from one moment.
func evaluate(ctx context.Context, q sqlx.QueryerContext, p board.Principal, id string, at time.Time) (board.Grant, error) {
	query, ok := rightBy[p.Kind]
	if !ok {
		return board.Grant{}, fmt.Errorf("there is no principal of kind %q", p.Kind)
	}
	var r right
	if err := sqlx.GetContext(ctx, q, &r, query, id, p.ID, at); err != nil {
		return board.Grant{}, missing(err, board.ErrNotFound)
	}
	return r.grant(p, id)
}

// grant is the proof of a right; board.ErrNotFound when there is none.
func (r right) grant(p board.Principal, id string) (board.Grant, error) {
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
