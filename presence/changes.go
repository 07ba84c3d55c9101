package presence

import (
	"encoding/json"
	"fmt"
	"strconv"
)

// Changes is what happened in a roster since it was last asked: the news of one
// tick. A peer stands in one of the lists only.
type Changes struct {
	Peers   []Peer   `json:"peers,omitempty"`   // new, or changed in more than the pointer
	Cursors []Cursor `json:"cursors,omitempty"` // moved the pointer, nothing else
	Gone    []string `json:"gone,omitempty"`
}

// Empty tells whether there is no news.
func (c Changes) Empty() bool { return len(c.Peers)+len(c.Cursors)+len(c.Gone) == 0 }

// OnlyCursors tells whether the news may be lost: the next move makes it good.
func (c Changes) OnlyCursors() bool { return len(c.Peers)+len(c.Gone) == 0 }

// cursorSize is about how many bytes a cursor takes in JSON.
const cursorSize = 24

// AppendFrame appends the news as a message: an object with a type and the
// fields of Changes. It writes what encoding/json would, without its price: a
// room sends one each tick.
func (c Changes) AppendFrame(b []byte) []byte {
	if b == nil {
		b = make([]byte, 0, 48+cursorSize*len(c.Cursors))
	}
	b = append(b, `{"type":"presence"`...)
	if len(c.Peers) > 0 {
		b = append(append(b, `,"peers":`...), encoded(c.Peers)...)
	}
	for i, cursor := range c.Cursors {
		if i == 0 {
			b = append(b, `,"cursors":[`...)
		} else {
			b = append(b, ',')
		}
		b = cursor.append(b)
	}
	if len(c.Cursors) > 0 {
		b = append(b, ']')
	}
	if len(c.Gone) > 0 {
		b = append(append(b, `,"gone":`...), encoded(c.Gone)...)
	}
	return append(b, '}')
}

func (c Cursor) append(b []byte) []byte {
	b = append(b, '[')
	if plain(c.ID) {
		b = append(append(append(b, '"'), c.ID...), '"')
	} else {
		b = append(b, encoded(c.ID)...)
	}
	if c.At != nil {
		b = strconv.AppendInt(append(b, ','), int64(c.At[0]), 10)
		b = strconv.AppendInt(append(b, ','), int64(c.At[1]), 10)
	}
	return append(b, ']')
}

// MarshalJSON writes the short array.
func (c Cursor) MarshalJSON() ([]byte, error) { return c.append(nil), nil }

// plain tells whether a string stands in JSON as it is.
func plain(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && c != '_' && c != '-' {
			return false
		}
	}
	return true
}

func encoded(v any) []byte {
	data, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("presence: news cannot be encoded: %v", err))
	}
	return data
}
