// Package presence knows who is on a board, where they point, what they have
// selected and which note they edit. It is pure: the caller passes the time and
// moves the bytes. Presence is never stored with the board (I15): newest wins,
// and what is lost is made good by the next change.
package presence

import (
	"encoding/json"
	"errors"
	"fmt"
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
	MaxPointer   = 10_000_000 // |x| and |y| of a pointer, board units
)

// Point is a place on the board in whole board units, [x, y] in JSON.
type Point [2]int

// State is what a peer says of itself.
type State struct {
	Cursor    *Point   `json:"cursor"` // nil: the pointer is elsewhere
	Selection []string `json:"selection"`
	Editing   *string  `json:"editing"` // the note whose text is being edited
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
	if c := s.Cursor; c != nil && (c[0] < -MaxPointer || c[0] > MaxPointer || c[1] < -MaxPointer || c[1] > MaxPointer) {
		return fmt.Errorf("%w: a pointer lies within %d of the middle", ErrState, MaxPointer)
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

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func samePoint(a, b *Point) bool {
	return a == b || a != nil && b != nil && *a == *b
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
