// Package boardtest has what tests of boards stand on: a store in memory and the
// suite that every store passes, the one in memory and the one on Postgres.
package boardtest

import (
	"sync"
	"testing"
	"time"

	"corkboard/auth"
	"corkboard/board"
)

// Stores is all that a store is asked for: boards' contents, boards as things, people.
type Stores interface {
	board.Store
	board.Catalog
	auth.Store
}

// Fixture does to a store what no caller may, and what later or from outside
// happens to it all the same.
type Fixture interface {
	// AddMember gives a user a role on a board by name.
	AddMember(t testing.TB, boardID, user string, role board.Role)
	// ExpireLink lets a link end at a time.
	ExpireLink(t testing.TB, link string, at time.Time)
	// RevokeKey turns an API key off.
	RevokeKey(t testing.TB, key string)
	// Truncate drops a board's events and text edits up to floor and says so in its head.
	Truncate(t testing.TB, boardID string, floor int64)
	// ForgetClient drops what is known of a client, as a crash of the database does
	// with one that has just come, and time with one that stays away.
	ForgetClient(t testing.TB, boardID, client string)
	// Restore gives a board a new epoch, as after a backup was restored.
	Restore(t testing.TB, boardID string)
}

// Clock is a clock that stands still until it is moved. It is safe for
// concurrent use.
type Clock struct {
	mu sync.Mutex
	at time.Time
}

// NewClock returns a clock at a moment of no importance.
func NewClock() *Clock { return &Clock{at: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)} }

// Now is the clock's time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

// Advance moves the clock on.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
}
