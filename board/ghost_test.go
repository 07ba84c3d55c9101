package board_test

import (
	"encoding/json"
	"testing"
	"testing/synctest"
	"time"

	"corkboard/presence"
)

// A node that is killed cannot say goodbye: what it kept of its people expires,
// and within 30 s of that nobody sees them any more (I15).
func TestGhostsOfAKilledNodeGo(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		ghosts, err := json.Marshal([]presence.Peer{{ID: "ghost", Name: "Gil", State: presence.State{Selection: []string{}}}})
		w.must(err)
		w.must(w.bus.Keep("presence:"+w.id, "n_killed", ghosts, (presence.TTL-presence.HeartbeatEvery)*time.Second))
		killed := time.Now()
		ana := w.sit(w.node(), w.owner)
		ana.conn.patience = time.Minute
		ana.conn.await("the ghost", func() bool {
			return anyOf(ana.conn, func(m received) bool { return has(m.Peers, "ghost") || has(m.Roster, "ghost") })
		})
		ana.conn.expect("presence", func(m received) bool { return len(m.Gone) == 1 && m.Gone[0] == "ghost" })
		if took := time.Since(killed); took > presence.TTL*time.Second {
			t.Errorf("the ghost went after %v", took)
		}
	})
}
