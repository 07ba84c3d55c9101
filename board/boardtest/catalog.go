package boardtest

import (
	"cmp"
	"context"
	"crypto/rand"
	"fmt"
	"slices"
	"time"

	"corkboard/auth"
	"corkboard/board"
	"corkboard/notes"
)

// AddBoard stores a new empty board of owner with its links.
func (s *Store) AddBoard(_ context.Context, b board.Summary, owner string, links []board.Link, tokenHashes [][]byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.users[owner]; !ok && owner != "" {
		return board.ErrNotFound
	}
	if s.boards[b.ID] != nil {
		return fmt.Errorf("there is a board %s already", b.ID)
	}
	b.CreatedAt = cmp.Or(b.CreatedAt, s.time())
	b.ModifiedAt = cmp.Or(b.ModifiedAt, s.time())
	b.NoteCount, b.TrashedAt = 0, nil
	s.boards[b.ID] = &shelf{
		summary: b, owner: owner, head: board.Head{Epoch: 1, PermVersion: 1},
		doc:    notes.NewDocument(0, notes.Board{Name: b.Name}, nil),
		deltas: map[string][]edit{}, clients: map[string]*board.ClientState{}, members: map[string]board.Role{},
	}
	for i, l := range links {
		l.Board = b.ID
		s.addLink(l, tokenHashes[i])
	}
	return nil
}

func (s *Store) addLink(l board.Link, hash []byte) {
	s.links[l.ID] = &link{Link: l, hash: string(hash)}
	s.boards[l.Board].linked = append(s.boards[l.Board].linked, l.ID)
}

// AddKey stores an API key for a board, with the role it acts in.
func (s *Store) AddKey(_ context.Context, id, boardID string, role board.Role, _ string, hash []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.boards[boardID] == nil {
		return board.ErrNotFound
	}
	s.keys[id] = &key{Key: auth.Key{ID: id, Board: boardID}, role: role, hash: string(hash)}
	return nil
}

// BoardsOf lists a user's own boards, last modified first: the trash, or all others.
func (s *Store) BoardsOf(_ context.Context, user string, trash bool, limit int) ([]board.Summary, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := []board.Summary{}
	for _, b := range s.boards {
		if b.owner == user && user != "" && b.head.Trashed == trash {
			list = append(list, b.summary)
		}
	}
	slices.SortFunc(list, func(a, b board.Summary) int {
		return cmp.Or(b.ModifiedAt.Compare(a.ModifiedAt), cmp.Compare(a.ID, b.ID))
	})
	return list[:min(limit, len(list))], nil
}

// Summary reads one board; board.ErrNotFound.
func (s *Store) Summary(_ context.Context, id string) (board.Summary, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := s.boards[id]
	if b == nil {
		return board.Summary{}, board.ErrNotFound
	}
	return b.summary, nil
}

// SetTrashed moves a board to the trash or back, under a new perm version.
func (s *Store) SetTrashed(_ context.Context, id string, trashed bool, at time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := s.boards[id]
	if b == nil {
		return board.ErrNotFound
	}
	b.head.Trashed, b.summary.TrashedAt = trashed, nil
	if trashed {
		b.summary.TrashedAt = &at
	}
	b.head.PermVersion++
	return nil
}

// Links lists a board's links that are not revoked.
func (s *Store) Links(_ context.Context, id string) ([]board.Link, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := []board.Link{}
	if b := s.boards[id]; b != nil {
		for _, l := range b.linked {
			if !s.links[l].revoked {
				list = append(list, s.links[l].Link)
			}
		}
	}
	return list, nil
}

// ReplaceLink revokes the board's links of link.Role and stores link instead.
func (s *Store) ReplaceLink(_ context.Context, l board.Link, tokenHash []byte, _ time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := s.boards[l.Board]
	if b == nil {
		return board.ErrNotFound
	}
	for _, id := range b.linked {
		if s.links[id].Role == l.Role {
			s.links[id].revoked = true
		}
	}
	b.head.PermVersion++
	s.addLink(l, tokenHash)
	return nil
}

// LinkByToken finds a link that lives, on a board that is not in the trash.
func (s *Store) LinkByToken(_ context.Context, tokenHash []byte) (board.Link, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, l := range s.links {
		if l.hash == string(tokenHash) && l.lives(s.time()) && !s.boards[l.Board].head.Trashed {
			return l.Link, nil
		}
	}
	return board.Link{}, board.ErrNotFound
}

// OpenLink remembers that the user came by the link.
func (s *Store) OpenLink(_ context.Context, user string, l board.Link) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.users[user]; !ok || s.links[l.ID] == nil {
		return board.ErrNotFound
	}
	s.opens[opening{user, l.ID}] = true
	return nil
}

// ServerKey returns the installation's own random key.
func (s *Store) ServerKey(context.Context) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.secret == nil {
		s.secret = make([]byte, 32)
		rand.Read(s.secret)
	}
	return s.secret, nil
}
