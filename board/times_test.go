package board_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"corkboard/board"
	"corkboard/notes"
)

// A client's clock is two days off and it says so wherever it can: no message has
// a place for its time, and every time that is kept is the server's (I17).
func TestNoTimeOfAClientCounts(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ana := w.sit(w.node(), w.owner)
	began := time.Now().Add(-time.Millisecond).Truncate(time.Microsecond)
	off := time.Now().AddDate(0, 0, 2).UTC().Format(time.RFC3339)
	for i, field := range []string{"at", "time", "created", "created_at", "modified_at"} {
		op := strings.Replace(noteOp(int64(i)+1, noteID), "{", fmt.Sprintf(`{%q:%q,`, field, off), 1)
		ana.send(ana.ops(op))
		if ack := ana.conn.expect("ack", nil).Acks[0]; ack.Status != board.Rejected || ack.Code != notes.Invalid {
			t.Errorf("an op with %q: %+v", field, ack)
		}
		ana.send(strings.Replace(ana.ops(noteOp(int64(i)+2, noteID)), "{", fmt.Sprintf(`{%q:%q,`, field, off), 1))
		ana.conn.expect("error", nil)
		if _, err := board.ParseHello([]byte(fmt.Sprintf(`{"type":"hello","board":"b","client":"client_01","epoch":0,"seq":0,%q:%q}`, field, off))); err == nil {
			t.Errorf("a hello with %q is taken", field)
		}
	}
	ana.send(ana.ops(noteOp(6, noteID)))
	e := ana.conn.expect("events", nil).Events[0]
	if e.At.Before(began) || e.At.After(time.Now()) {
		t.Errorf("the event is of %s", e.At)
	}
}

// A grant that runs out is looked at under the board's lock, where nobody waits any
// more, and not beforehand.
func TestAnExpiringGrantIsNotForeseen(t *testing.T) { // I11
	t.Parallel()
	now := time.Now()
	client := board.ClientState{Client: "client_01", Principal: "user:u", Gen: 1}
	for until, want := range map[time.Time]bool{{}: true, now.Add(time.Second): false, now: false} {
		grant := board.Grant{Board: "b", Principal: board.Principal{Kind: board.ByUser, ID: "u"}, Role: board.Editor, Until: until}
		name := "x"
		op := notes.Op{Mid: 1, Edit: &notes.SetBoard{Set: notes.BoardValues{Name: &name}}}
		_, ok := board.Foresee(board.Proposal{
			Board: "b", Doc: notes.NewDocument(0, notes.Board{Name: "n"}, nil),
			Turns:   []board.Turn{{Grant: grant, Client: client.Client, Gen: 1, Ops: []board.Submission{{Mid: 1, Op: op}}}},
			Clients: map[string]board.ClientState{client.Client: client},
		}, now)
		if ok != want {
			t.Errorf("until %v: foreseen %v", until, ok)
		}
	}
}
