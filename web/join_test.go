package web_test

import (
	"fmt"
	"strings"
	"testing"

	"corkboard/board"
	"corkboard/notes"
)

// A document may be larger than a socket's queue, and what is said right behind
// it must not make its reader a slow one.
func TestALargeBoardIsJoined(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	m := makeBoard(t, s)
	rows := strings.Repeat(fmt.Sprintf(`{"text":%q},`, strings.Repeat("x", notes.MaxText)), 2*board.MaxQueue/notes.MaxText)
	s.program(m.APIKey).call("POST", "/api/v1/boards/"+m.ID+"/notes:import", "["+strings.TrimSuffix(rows, ",")+"]", nil)
	p := s.person()
	p.get(strings.TrimPrefix(m.EditURL, s.url))
	for i := range 5 {
		joined, _ := p.joined(m.ID, fmt.Sprintf("client-%d", i))
		if now := joined.next("presence"); len(now.Peers) == 0 {
			t.Errorf("nobody has arrived: %+v", now)
		}
	}
}
