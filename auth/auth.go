// Package auth answers who is asking: a person by a session cookie, or a
// program by an API key. What they may do is the board room's business.
//
// Secrets (session tokens, API keys, share tokens) are random, at least 128
// bits, and only their SHA-256 is stored: random secrets need no slow hash.
package auth

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// ErrUnknown says that a token or key belongs to nobody, or no longer does.
var ErrUnknown = errors.New("unknown or revoked credentials")

// User is a person. A guest has a session and nothing else to come back with.
type User struct {
	ID    string `db:"id"`
	Name  string `db:"name"`  // "" until they were asked
	Color int    `db:"color"` // 0..Colors-1, the person's colour everywhere
	Guest bool   `db:"guest"`
}

// Colors is the size of the palette for people.
const Colors = 12

// MaxName bounds a person's name, in code points.
const MaxName = 60

// SessionLife is how long a session lasts after its last use.
const SessionLife = 400 * 24 * time.Hour

// Key is an API key's identity: it acts on one board.
type Key struct {
	ID    string `db:"id"`
	Board string `db:"board_id"`
}

// Store keeps people, sessions and keys.
type Store interface {
	// AddGuest stores a guest and the hash of their session's token.
	AddGuest(ctx context.Context, u User, tokenHash []byte) error
	// SessionUser finds the session's user and notes that it was used; ErrUnknown.
	SessionUser(ctx context.Context, tokenHash []byte) (User, error)
	// SetProfile changes the name and the colour.
	SetProfile(ctx context.Context, user, name string, color int) error
	// KeyByHash finds an API key and notes that it was used; ErrUnknown.
	KeyByHash(ctx context.Context, hash []byte) (Key, error)
}

// Service makes guests and knows people and programs again by their secrets. It
// is safe for concurrent use.
type Service struct{ store Store }

// New returns a service on store.
func New(store Store) *Service { return &Service{store} }

// NewGuest makes a guest and returns them with the token of their session,
// which is shown to nobody but them.
func (s *Service) NewGuest(ctx context.Context) (User, string, error) {
	u := User{ID: NewID("u"), Guest: true, Color: randomColor()}
	token := NewToken("")
	if err := s.store.AddGuest(ctx, u, Hash(token)); err != nil {
		return User{}, "", fmt.Errorf("start a guest session: %w", err)
	}
	return u, token, nil
}

// Session returns the user whose session has this token; ErrUnknown.
func (s *Service) Session(ctx context.Context, token string) (User, error) {
	if token == "" {
		return User{}, ErrUnknown
	}
	u, err := s.store.SessionUser(ctx, Hash(token))
	if err != nil {
		return User{}, fmt.Errorf("look up a session: %w", err)
	}
	return u, nil
}

// Key returns the API key's identity; ErrUnknown.
func (s *Service) Key(ctx context.Context, key string) (Key, error) {
	if !strings.HasPrefix(key, KeyPrefix) {
		return Key{}, ErrUnknown
	}
	k, err := s.store.KeyByHash(ctx, Hash(key))
	if err != nil {
		return Key{}, fmt.Errorf("look up an API key: %w", err)
	}
	return k, nil
}

// ErrProfile is wrapped by SetProfile's refusals; the text is for the person.
var ErrProfile = errors.New("profile")

// SetProfile changes a person's name (1 to MaxName code points, one line) and
// colour.
func (s *Service) SetProfile(ctx context.Context, user, name string, color int) error {
	name = strings.TrimSpace(name)
	if n := utf8.RuneCountInString(name); n == 0 || n > MaxName || !utf8.ValidString(name) || hasControl(name) {
		return fmt.Errorf("%w: a name has 1 to %d characters on one line", ErrProfile, MaxName)
	}
	if color < 0 || color >= Colors {
		return fmt.Errorf("%w: a colour is a number from 0 to %d", ErrProfile, Colors-1)
	}
	if err := s.store.SetProfile(ctx, user, name, color); err != nil {
		return fmt.Errorf("change a profile: %w", err)
	}
	return nil
}

func hasControl(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r < 0x20 || r == 0x7f })
}

// KeyPrefix starts every API key, so that a leaked one is recognised.
const KeyPrefix = "ck_"

// NewToken returns a random 256-bit secret after prefix, safe in URLs.
func NewToken(prefix string) string {
	var b [32]byte
	rand.Read(b[:]) // never fails, see crypto/rand
	return prefix + base64.RawURLEncoding.EncodeToString(b[:])
}

// NewID returns a random public identifier, "u_" and 16 characters for prefix u.
func NewID(prefix string) string {
	var b [12]byte
	rand.Read(b[:])
	return prefix + "_" + base64.RawURLEncoding.EncodeToString(b[:])
}

// Hash returns the 32 bytes of SHA-256 by which a secret is stored and found.
func Hash(secret string) []byte {
	h := sha256.Sum256([]byte(secret))
	return h[:]
}

// Derive returns a secret that can be made again from key and name: 192 bits,
// safe in URLs.
func Derive(key []byte, name string) string {
	m := hmac.New(sha256.New, key)
	m.Write([]byte(name))
	return base64.RawURLEncoding.EncodeToString(m.Sum(nil)[:24])
}

func randomColor() int {
	var b [1]byte
	rand.Read(b[:])
	return int(b[0]) % Colors
}
