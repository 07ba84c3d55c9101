package boardtest

import (
	"context"
	"time"

	"corkboard/board"
	"corkboard/notes"
)

// Grant evaluates a principal's role on a board now; board.ErrNotFound.
func (s *Store) Grant(_ context.Context, p board.Principal, id string) (board.Grant, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.evaluate(p, id, s.time())
}

// Grants does so for many at once; those that have none are left out.
func (s *Store) Grants(ctx context.Context, all []board.Principal, id string) (map[board.Principal]board.Grant, error) {
	grants := map[board.Principal]board.Grant{}
	for _, p := range all {
		if g, err := s.Grant(ctx, p, id); err == nil { // else it has none
			grants[p] = g
		}
	}
	return grants, nil
}

func (s *Store) evaluate(p board.Principal, id string, at time.Time) (board.Grant, error) {
	b := s.boards[id]
	if b == nil {
		return board.Grant{}, board.ErrNotFound
	}
	g := board.Grant{Board: id, Principal: p, PermVersion: b.head.PermVersion, Trashed: b.head.Trashed}
	switch p.Kind {
	case board.ByUser:
		u, known := s.users[p.ID]
		if known {
			g.Role, g.Until = s.roleOf(b, id, p.ID, at)
			g.Color = u.Color
		}
		g.Actor = notes.Author{ID: p.ID, Name: u.Name}
	case board.ByLink:
		if l := s.links[p.ID]; l != nil && l.Board == id && l.lives(at) {
			g.Role, g.Until = l.Role, l.expires
		}
		g.Actor = notes.Author{ID: "link"}
	case board.ByKey:
		if k := s.keys[p.ID]; k != nil && k.Board == id && !k.revoked {
			g.Role = k.role
		}
		g.Actor = notes.Author{ID: p.ID, Name: "API"}
	case board.ByConsole:
		g.Role, g.Actor = board.Owner, notes.Author{ID: "console", Name: "Console"}
	}
	if g.Actor.Name == "" {
		g.Actor.Name = "Guest"
	}
	if g.Role == "" || g.Trashed && g.Role != board.Owner {
		return board.Grant{}, board.ErrNotFound
	}
	return g, nil
}

// roleOf is a user's role, and when the first of the links that it came by runs out.
func (s *Store) roleOf(b *shelf, id, user string, at time.Time) (best board.Role, until time.Time) {
	if b.owner == user {
		return board.Owner, until
	}
	if role, ok := b.members[user]; ok {
		return role, until
	}
	for o := range s.opens {
		l := s.links[o.link]
		if o.user != user || l.Board != id || !l.lives(at) {
			continue
		}
		if l.Role.Above(best) {
			best = l.Role
		}
		if !l.expires.IsZero() && (until.IsZero() || l.expires.Before(until)) {
			until = l.expires.UTC()
		}
	}
	return best, until
}

func (l *link) lives(at time.Time) bool {
	return !l.revoked && (l.expires.IsZero() || l.expires.After(at))
}
