package board_test

import (
	"fmt"
	"testing"

	"corkboard/notes"
)

// pings sends a hundred, one of which is answered with a hash.
func pings(s *seat) (hashed []received) {
	before := count(s.conn, "pong")
	for range 100 {
		s.send(`{"type":"ping"}`)
	}
	s.conn.await("100 pongs", func() bool { return countNow(s.conn, "pong") == before+100 })
	s.conn.mu.Lock()
	defer s.conn.mu.Unlock()
	for _, m := range s.conn.got {
		if m.Type == "pong" && m.Hash != "" {
			hashed = append(hashed, m)
		}
	}
	return hashed
}

func count(c *conn, kind string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return countNow(c, kind)
}

// countNow is count under the conn's lock.
func countNow(c *conn, kind string) (n int) {
	for _, m := range c.got {
		if m.Type == kind {
			n++
		}
	}
	return n
}

func TestOnePongInAHundredCarriesTheHash(t *testing.T) { // I8
	t.Parallel()
	w := newWorld(t)
	ana := w.sit(w.node(), w.owner)
	for mid := range int64(3) {
		if mid > 0 {
			ana.send(ana.ops(moveOp(mid+1, noteID, int(mid))))
		} else {
			ana.send(ana.ops(noteOp(1, noteID)))
		}
		ana.conn.expect("ack", nil)
		hashed := pings(ana)
		doc, _, err := w.store.Load(t.Context(), w.id)
		w.must(err)
		if last := hashed[len(hashed)-1]; len(hashed) != int(mid)+1 || last.Seq != doc.Seq || last.Hash != doc.Hash() {
			t.Errorf("%d hashes, the last %+v; the store is at %d with %s", len(hashed), last, doc.Seq, doc.Hash())
		}
	}
}

// A claim is counted when it answers a hash that was told, once; and the client
// that made it is healed by a snapshot.
func TestDivergenceIsCountedAndHealed(t *testing.T) { // I8
	t.Parallel()
	w := newWorld(t)
	node := w.node()
	ana := w.sit(node, w.owner)
	ana.send(ana.ops(noteOp(1, noteID)))
	ana.conn.expect("ack", nil)
	claim := func(seq int64, hash string) {
		ana.send(fmt.Sprintf(`{"type":"diverged","seq":%d,"hash":%q}`, seq, hash))
	}
	found := func(want int64) {
		t.Helper()
		ana.send(ana.ops()) // the room takes what it is sent in order
		ana.conn.expect("error", nil)
		if _, _, err := node.Document(t.Context(), w.id); err != nil {
			t.Fatal(err)
		}
		if n := node.Stats.Divergences.Load(); n != want {
			t.Errorf("%d divergences counted, want %d", n, want)
		}
	}
	const other = "0123456789abcdef"
	claim(1, other) // no hash was told yet
	found(0)
	told := pings(ana)[0]
	claim(told.Seq, told.Hash)
	claim(told.Seq+1, other)
	found(0)
	claim(told.Seq, other)
	claim(told.Seq, other)
	found(1)
	for _, bad := range []string{"", "0123456789ABCDEF", other + "0"} {
		claim(told.Seq, bad)
		if m := ana.conn.expect("error", nil); m.Code != notes.Invalid {
			t.Errorf("a claim of %q: %+v", bad, m)
		}
	}
	ana.send(fmt.Sprintf(`{"type":"hello","board":%q,"client":%q,"epoch":%d,"seq":0,"ticket":""}`, w.id, ana.client, ana.welcome.Epoch))
	welcome := ana.conn.expect("welcome", nil)
	if healed := notes.NewDocument(welcome.Snapshot.Seq, welcome.Snapshot.Board, welcome.Snapshot.Notes); healed.Hash() != told.Hash {
		t.Errorf("the snapshot has %s, the pong said %s", healed.Hash(), told.Hash)
	}
}
