package auth_test

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"corkboard/auth"
)

// people is a store in memory, by hash.
type people struct {
	mu       sync.Mutex
	sessions map[string]auth.User
	keys     map[string]auth.Key
	broken   error
}

func newPeople() *people {
	return &people{sessions: map[string]auth.User{}, keys: map[string]auth.Key{}}
}

func (p *people) AddGuest(_ context.Context, u auth.User, hash []byte) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sessions[string(hash)] = u
	return p.broken
}

func (p *people) SessionUser(_ context.Context, hash []byte) (auth.User, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	u, ok := p.sessions[string(hash)]
	if !ok {
		return u, auth.ErrUnknown
	}
	return u, p.broken
}

func (p *people) SetProfile(_ context.Context, user, name string, color int) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	for hash, u := range p.sessions {
		if u.ID == user {
			u.Name, u.Color = name, color
			p.sessions[hash] = u
		}
	}
	return p.broken
}

func (p *people) KeyByHash(_ context.Context, hash []byte) (auth.Key, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	k, ok := p.keys[string(hash)]
	if !ok {
		return k, auth.ErrUnknown
	}
	return k, p.broken
}

func TestGuestComesBackByTheirToken(t *testing.T) {
	t.Parallel()
	store := newPeople()
	s := auth.New(store)
	u, token, err := s.NewGuest(t.Context())
	if err != nil || !u.Guest || u.Name != "" || u.Color < 0 || u.Color >= auth.Colors {
		t.Fatalf("%+v, %v", u, err)
	}
	back, err := s.Session(t.Context(), token)
	if err != nil || back.ID != u.ID {
		t.Errorf("came back as %+v, %v", back, err)
	}
	for hash := range store.sessions {
		if strings.Contains(hash, token) || len(hash) != 32 {
			t.Error("the store got the token itself")
		}
	}
	for _, wrong := range []string{"", token + "x", strings.ToUpper(token)} {
		if _, err := s.Session(t.Context(), wrong); !errors.Is(err, auth.ErrUnknown) {
			t.Errorf("%q opened a session: %v", wrong, err)
		}
	}
}

func TestProfile(t *testing.T) {
	t.Parallel()
	store := newPeople()
	s := auth.New(store)
	u, token, err := s.NewGuest(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name  string
		color int
		taken bool
	}{
		{"Ana", 3, true},
		{"  José de la 🌊 ", 0, true},
		{strings.Repeat("é", auth.MaxName), auth.Colors - 1, true},
		{strings.Repeat("é", auth.MaxName+1), 0, false},
		{"", 0, false},
		{" \t ", 0, false},
		{"two\nlines", 0, false},
		{"nul\x00", 0, false},
		{"broken\xff", 0, false},
		{"Ana", -1, false},
		{"Ana", auth.Colors, false},
	} {
		before, _ := s.Session(t.Context(), token)
		err := s.SetProfile(t.Context(), u.ID, c.name, c.color)
		after, _ := s.Session(t.Context(), token)
		switch {
		case c.taken && (err != nil || after.Name != strings.TrimSpace(c.name) || after.Color != c.color):
			t.Errorf("%q, %d: %+v, %v", c.name, c.color, after, err)
		case !c.taken && (!errors.Is(err, auth.ErrProfile) || after != before):
			t.Errorf("%q, %d was taken: %+v, %v", c.name, c.color, after, err)
		}
	}
}

func TestKey(t *testing.T) {
	t.Parallel()
	store := newPeople()
	s := auth.New(store)
	key := auth.NewToken(auth.KeyPrefix)
	store.keys[string(auth.Hash(key))] = auth.Key{ID: "k_1", Board: "b_1"}
	if k, err := s.Key(t.Context(), key); err != nil || k.Board != "b_1" {
		t.Errorf("%+v, %v", k, err)
	}
	for _, wrong := range []string{"", key[3:], key + "x", "ck_"} {
		if _, err := s.Key(t.Context(), wrong); !errors.Is(err, auth.ErrUnknown) {
			t.Errorf("%q is a key: %v", wrong, err)
		}
	}
}

func TestABrokenStoreIsNotAnUnknownPerson(t *testing.T) {
	t.Parallel()
	store := newPeople()
	s := auth.New(store)
	_, token, err := s.NewGuest(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	store.broken = fmt.Errorf("the disk is full")
	if _, err := s.Session(t.Context(), token); err == nil || errors.Is(err, auth.ErrUnknown) {
		t.Errorf("the session: %v", err)
	}
	if _, _, err := s.NewGuest(t.Context()); !errors.Is(err, store.broken) {
		t.Errorf("a guest: %v", err)
	}
	if err := s.SetProfile(t.Context(), "u_1", "Ana", 1); !errors.Is(err, store.broken) {
		t.Errorf("a profile: %v", err)
	}
}

func TestSecretsAreLongAndDiffer(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for range 1000 {
		token, id := auth.NewToken("ck_"), auth.NewID("u")
		raw, err := base64.RawURLEncoding.DecodeString(strings.TrimPrefix(token, "ck_"))
		if err != nil || len(raw) != 32 || seen[token] || seen[id] || len(id) != 18 {
			t.Fatalf("%q, %q", token, id)
		}
		seen[token], seen[id] = true, true
	}
}

func TestDerive(t *testing.T) {
	t.Parallel()
	key, other := []byte("0123456789abcdef0123456789abcdef"), []byte("1123456789abcdef0123456789abcdef")
	a := auth.Derive(key, "link.1")
	if a != auth.Derive(key, "link.1") || len(a) != 32 {
		t.Errorf("%q is not the same again", a)
	}
	if a == auth.Derive(key, "link.2") || a == auth.Derive(other, "link.1") {
		t.Error("another name or key gives the same secret")
	}
}
