// Package presence knows who is on a board, where they point, what they have
// selected and which note they edit. It is pure: the caller passes the time and
// moves the bytes. Presence is never stored with the board (I15): newest wins,
// and what is lost is made good by the next change.
package presence

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// Times of the presence lane.
const (
	// TTL is how long a peer stays after it was last heard of, in seconds.
	TTL = 30
	// HeartbeatEvery is how often a quiet peer says that it is there, in seconds.
	HeartbeatEvery = 10
	// TickMillis is the shortest time between two frames to one room.
	TickMillis = 33
)

// Limits of what one peer may say.
const (
	MaxSelection = 200
	MaxPointer   = 10_000_000 // |x| and |y| of a pointer or a view, board units
	MaxView      = 1_000_000  // width and height of a view, board units
)

// Point is a place on the board in whole board units, [x, y] in JSON.
type Point [2]int

// View is the part of the board that a peer has in sight, [x, y, w, h] in whole
// board units.
type View [4]int

// State is what a peer says of itself.
type State struct {
	Cursor    *Point   `json:"cursor"` // nil: the pointer is elsewhere
	Selection []string `json:"selection"`
	Editing   *string  `json:"editing"`             // the note whose text is being edited
	View      *View    `json:"view,omitempty"`      // told only while somebody follows
	Following *string  `json:"following,omitempty"` // the peer whose view is followed
	Away      bool     `json:"away,omitempty"`      // nobody looks, or nobody has moved a hand for long
	Holding   bool     `json:"holding,omitempty"`   // what is selected is in a hand that moves it
}

// Peer is one session's presence. Two tabs are two peers of one user.
type Peer struct {
	ID    string `json:"id"`
	User  string `json:"user"`
	Name  string `json:"name"`
	Color int    `json:"color"`
	Role  string `json:"role"`
	State
}

// ErrState is wrapped by Check; the text says what is wrong.
var ErrState = errors.New("presence")

// Check refuses a state that is out of bounds.
func (s State) Check() error {
	if c := s.Cursor; c != nil && !isNear(c[0], c[1]) {
		return fmt.Errorf("%w: a pointer lies within %d of the middle", ErrState, MaxPointer)
	}
	if v := s.View; v != nil && (!isNear(v[0], v[1]) || v[2] < 1 || v[2] > MaxView || v[3] < 1 || v[3] > MaxView) {
		return fmt.Errorf("%w: a view lies within %d of the middle and is 1 to %d wide and high", ErrState, MaxPointer, MaxView)
	}
	if len(deref(s.Following)) > 32 {
		return fmt.Errorf("%w: a peer's id has at most 32 characters", ErrState)
	}
	if len(s.Selection) > MaxSelection {
		return fmt.Errorf("%w: at most %d selected notes are told", ErrState, MaxSelection)
	}
	for _, id := range append([]string{deref(s.Editing)}, s.Selection...) {
		if len(id) > 32 {
			return fmt.Errorf("%w: a note's id has at most 32 characters", ErrState)
		}
	}
	return nil
}

// isNear tells whether a place lies where pointers may be.
func isNear(x, y int) bool {
	return x >= -MaxPointer && x <= MaxPointer && y >= -MaxPointer && y <= MaxPointer
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func same[T comparable](a, b *T) bool {
	return a == b || a != nil && b != nil && *a == *b
}

// differs tells whether more than the pointer is another.
func (s *State) differs(from *State) bool {
	return deref(s.Editing) != deref(from.Editing) || !slices.Equal(s.Selection, from.Selection) ||
		!same(s.View, from.View) || deref(s.Following) != deref(from.Following) || s.Away != from.Away || s.Holding != from.Holding
}

// Cursor is a peer's pointer alone: ["k3f9",12,34] in JSON, ["k3f9"] when the
// pointer has left.
type Cursor struct {
	ID string
	At *Point
}

// UnmarshalJSON reads what MarshalJSON writes.
func (c *Cursor) UnmarshalJSON(data []byte) error {
	var parts []json.RawMessage
	if err := json.Unmarshal(data, &parts); err != nil || (len(parts) != 1 && len(parts) != 3) {
		return fmt.Errorf("%w: a cursor is [id] or [id, x, y]", ErrState)
	}
	if err := json.Unmarshal(parts[0], &c.ID); err != nil {
		return fmt.Errorf("%w: a cursor starts with a peer's id", ErrState)
	}
	if len(parts) == 1 {
		c.At = nil
		return nil
	}
	c.At = new(Point)
	if json.Unmarshal(parts[1], &c.At[0]) != nil || json.Unmarshal(parts[2], &c.At[1]) != nil {
		return fmt.Errorf("%w: a cursor's place is two whole numbers", ErrState)
	}
	return nil
}
