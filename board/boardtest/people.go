package boardtest

import (
	"context"

	"corkboard/auth"
)

// AddGuest stores a guest and the hash of their session's token.
func (s *Store) AddGuest(_ context.Context, u auth.User, tokenHash []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.users[u.ID] = u
	s.sessions[string(tokenHash)] = &session{user: u.ID, seen: s.time()}
	return nil
}

// SessionUser finds the session's user and notes that it was used; auth.ErrUnknown.
func (s *Store) SessionUser(_ context.Context, tokenHash []byte) (auth.User, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sessionUser(tokenHash)
}

func (s *Store) sessionUser(tokenHash []byte) (auth.User, error) {
	at := s.sessions[string(tokenHash)]
	if at == nil || !at.seen.Add(auth.SessionLife).After(s.time()) {
		return auth.User{}, auth.ErrUnknown
	}
	at.seen = s.time()
	return s.users[at.user], nil
}

// SetProfile changes the name and the colour; auth.ErrUnknown.
func (s *Store) SetProfile(_ context.Context, user, name string, color int) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	u, ok := s.users[user]
	if !ok {
		return auth.ErrUnknown
	}
	u.Name, u.Color = name, color
	s.users[user] = u
	return nil
}

// KeyByHash finds an API key and notes that it was used; auth.ErrUnknown.
func (s *Store) KeyByHash(_ context.Context, hash []byte) (auth.Key, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, k := range s.keys {
		if k.hash == string(hash) && !k.revoked {
			return k.Key, nil
		}
	}
	return auth.Key{}, auth.ErrUnknown
}
