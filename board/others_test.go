package board_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"corkboard/board"
	"corkboard/notes"
)

// A post is one node's end of a bus. It keeps what the node tells of boards, and
// holds it back on demand.
type post struct {
	board.Bus
	mu      sync.Mutex
	holding bool
	held    []letter
	sent    []letter
}

type letter struct {
	topic   string
	payload []byte
}

func (p *post) Publish(topic string, payload []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if strings.HasPrefix(topic, "board:") {
		p.sent = append(p.sent, letter{topic, payload})
	}
	if p.holding {
		p.held = append(p.held, letter{topic, payload})
		return
	}
	p.Bus.Publish(topic, payload)
}

func (p *post) hold() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.holding = true
}

// letGo sends what was held; lose forgets it.
func (p *post) letGo() {
	for _, l := range p.lose() {
		p.Bus.Publish(l.topic, l.payload)
	}
}

func (p *post) lose() (held []letter) {
	p.mu.Lock()
	defer p.mu.Unlock()
	held, p.held, p.holding = p.held, nil, false
	return held
}

// told returns how many messages, and events in them, were published since the
// last call, once all that is under way has been: the author's ack comes before.
func (p *post) told(t *testing.T) (messages, events int) {
	t.Helper()
	synctest.Wait()
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, l := range p.sent {
		var n struct{ Events []json.RawMessage }
		if err := json.Unmarshal(l.payload, &n); err != nil {
			t.Fatal(err)
		}
		messages, events = messages+1, events+len(n.Events)
	}
	p.sent = nil
	return messages, events
}

// pair is two nodes of one world on buses of their own, in a bubble of time.
type pair struct {
	*world
	a, b         *board.Hub
	postA, postB *post
}

func inPair(t *testing.T, test func(p pair)) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		p := pair{world: w, postA: &post{Bus: w.bus}, postB: &post{Bus: w.bus}}
		p.a, p.b = w.nodeOn(p.postA), w.nodeOn(p.postB)
		test(p)
	})
}

// edit makes the note, or moves it, and waits for the ack.
func (s *seat) edit(mid int64) {
	if mid == 1 {
		s.send(s.ops(noteOp(1, noteID)))
	} else {
		s.send(s.ops(moveOp(mid, noteID, int(mid))))
	}
	s.conn.expect("ack", nil)
}

// sees waits until the seq came, and tells how long that took.
func (s *seat) sees(seq int64) time.Duration {
	began := time.Now()
	s.conn.await("seq", func() bool { return seen(s.conn, seq) || s.welcome.Seq >= seq })
	return time.Since(began)
}

// atOnce is for what the bus brings, in a time that passes only when all wait.
const atOnce = 50 * time.Millisecond

func TestNothingIsToldWhileNobodyElseWatches(t *testing.T) { // D2
	inPair(t, func(p pair) {
		ana := p.sit(p.a, p.owner)
		ana.edit(1)
		if _, events := p.postA.told(p.t); events != 1 {
			p.t.Errorf("%d events told while others may be there, want 1", events)
		}
		time.Sleep(2 * time.Second)
		p.postA.told(p.t)
		for mid := range int64(10) {
			ana.edit(mid + 2)
		}
		time.Sleep(30 * time.Second)
		if messages, _ := p.postA.told(p.t); messages != 0 {
			p.t.Errorf("%d messages told to nobody", messages)
		}
		ben := p.sit(p.b, p.editor)
		if ben.welcome.Seq != 11 {
			p.t.Errorf("welcomed at %d", ben.welcome.Seq)
		}
		ana.edit(12)
		if took := ben.sees(12); took > atOnce {
			p.t.Errorf("the first event took %v", took)
		}
		ben.session.Leave()
		time.Sleep(15 * time.Second)
		p.postA.told(p.t)
		ana.edit(13)
		if messages, _ := p.postA.told(p.t); messages != 0 {
			p.t.Errorf("%d messages told after the other node had left", messages)
		}
	})
}

// What is committed after the newcomer read the board and before it is heard of
// is told to nobody; the answer to its hello shows the gap.
func TestCommitBeforeTheHelloIsHeard(t *testing.T) { // D1, D2
	inPair(t, func(p pair) {
		ana := p.sit(p.a, p.owner)
		ana.edit(1)
		time.Sleep(2 * time.Second)
		p.postB.hold()
		ben := p.sit(p.b, p.editor)
		p.postA.told(p.t)
		ana.edit(2)
		if messages, _ := p.postA.told(p.t); messages != 0 {
			p.t.Fatal("it was told, and so proves nothing")
		}
		p.postB.letGo()
		if took := ben.sees(2); took > atOnce {
			p.t.Errorf("seen after %v", took)
		}
		p.sameEverywhere(2)
	})
}

// A hello that is lost: positions show what was not told, and who finds such a
// gap says hello again.
func TestLostHelloIsMadeGood(t *testing.T) { // D2
	inPair(t, func(p pair) {
		ana := p.sit(p.a, p.owner)
		ana.edit(1)
		time.Sleep(2 * time.Second)
		p.postB.hold()
		ben := p.sit(p.b, p.editor)
		time.Sleep(3 * time.Millisecond)
		p.postB.lose()
		ana.edit(2)
		if took := ben.sees(2); took > 6*time.Second {
			p.t.Errorf("found after %v", took)
		}
		time.Sleep(time.Second)
		ana.edit(3)
		if took := ben.sees(3); took > atOnce {
			p.t.Errorf("the next one took %v", took)
		}
	})
}

// A hello that is lost while nobody edits: what the bus keeps shows who is there,
// and each sees where the other points.
func TestLostHelloHidesNoPointers(t *testing.T) { // I15
	inPair(t, func(p pair) {
		ana := p.sit(p.a, p.owner)
		time.Sleep(2 * time.Second)
		p.postB.hold()
		ben := p.sit(p.b, p.editor)
		time.Sleep(3 * time.Millisecond)
		p.postB.lose()
		time.Sleep(2 * time.Second)
		ana.send(`{"type":"presence","cursor":[12,-34],"selection":[],"editing":null}`)
		ben.conn.expect("presence", func(m received) bool { return len(m.Cursors) == 1 && m.Cursors[0].ID == ana.welcome.Peer })
		ben.send(`{"type":"presence","cursor":[56,78],"selection":[],"editing":null}`)
		ana.conn.expect("presence", func(m received) bool { return len(m.Cursors) == 1 && m.Cursors[0].ID == ben.welcome.Peer })
	})
}

// Watchers of an embed are on no roster; they are told all the same, however
// long they watch.
func TestEmbedsOnAnotherNodeAreTold(t *testing.T) {
	inPair(t, func(p pair) {
		ana := p.sit(p.a, p.owner)
		ana.edit(1)
		embed := p.helloAs(p.b, board.Principal{Kind: board.ByLink, ID: p.viewLink.ID}, board.Hello{Client: "embed-client"})
		for mid := range int64(4) {
			time.Sleep(25 * time.Second)
			ana.edit(mid + 2)
			if took := embed.sees(mid + 2); took > atOnce {
				p.t.Errorf("seq %d took %v", mid+2, took)
			}
		}
	})
}

// A node on which nobody watches does not know who does elsewhere: it tells.
func TestSubmissionsAreTold(t *testing.T) {
	inPair(t, func(p pair) {
		ana := p.sit(p.a, p.owner)
		time.Sleep(2 * time.Second)
		for i := range int64(3) {
			create := &notes.Create{Note: noteID + string(rune('a'+i)), W: 100, H: 100, Color: "sky", Z: "a0"}
			if _, err := p.b.Submit(p.t.Context(), p.grant(p.editor), "request-"+create.Note, []notes.Edit{create}); err != nil {
				p.t.Fatal(err)
			}
			if took := ana.sees(i + 1); took > atOnce {
				p.t.Errorf("seq %d took %v", i+1, took)
			}
			time.Sleep(11 * time.Second)
		}
	})
}

// A node on which rights were changed need not have anybody on the board.
func TestWhoChangesRightsIsNotTold(t *testing.T) { // D2
	inPair(t, func(p pair) {
		ana := p.sit(p.a, p.owner)
		time.Sleep(2 * time.Second)
		p.b.Recheck(p.id)
		time.Sleep(time.Second)
		p.postA.told(p.t)
		ana.edit(1)
		if messages, _ := p.postA.told(p.t); messages != 0 {
			p.t.Errorf("%d messages told to nobody", messages)
		}
	})
}

// More than a room keeps of its last events is told by the position, and read.
func TestMuchIsToldAtOnce(t *testing.T) { // D2
	inPair(t, func(p pair) {
		ana := p.sit(p.a, p.owner)
		time.Sleep(2 * time.Second)
		var edits []notes.Edit
		for i := range 2 {
			batch := &notes.Batch{}
			for j := range 60 {
				id := fmt.Sprintf("%s_%d_%d", noteID, i, j)
				create := &notes.Create{Note: id, W: 100, H: 100, Color: "sky", Z: "a0", Text: strings.Repeat("x", notes.MaxText)}
				batch.Ops = append(batch.Ops, notes.Op{Edit: create})
			}
			edits = append(edits, batch)
		}
		if _, err := p.b.Submit(p.t.Context(), p.grant(p.editor), "request_much", edits); err != nil {
			p.t.Fatal(err)
		}
		if took := ana.sees(2); took > atOnce {
			p.t.Errorf("it took %v", took)
		}
	})
}

// While the bus is known to bring nothing the other node lags by a second and a
// half at most, and all is as before once it is back.
func TestLagWithoutTheBus(t *testing.T) { // D2
	inPair(t, func(p pair) {
		ana, ben := p.sit(p.a, p.owner), p.sit(p.b, p.editor)
		ana.edit(1)
		ben.sees(1)
		p.bus.down.Store(true)
		for mid := range int64(10) {
			ana.edit(mid + 2)
			if took := ben.sees(mid + 2); took > 1500*time.Millisecond {
				p.t.Errorf("seq %d took %v", mid+2, took)
			}
			time.Sleep(700 * time.Millisecond)
		}
		p.bus.down.Store(false)
		ana.edit(12)
		if took := ben.sees(12); took > atOnce {
			p.t.Errorf("with the bus back it took %v", took)
		}
	})
}
