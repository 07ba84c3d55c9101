package board_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"corkboard/board"
	"corkboard/notes"
)

func noteOp(mid int64, id string) string {
	return fmt.Sprintf(`{"mid":%d,"kind":"note.create","note":%q,"x":1,"y":2,"w":200,"h":200,"color":"yellow","z":"a0","text":"hi"}`, mid, id)
}

func moveOp(mid int64, id string, x int) string {
	return fmt.Sprintf(`{"mid":%d,"kind":"note.set","note":%q,"set":{"x":%d}}`, mid, id, x)
}

const noteID = "note-aaaa"

func TestEditReachesEverybodyThenIsAcked(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	node := w.node()
	ana, ben := w.sit(node, w.owner), w.sit(node, w.editor)
	ana.send(ana.ops(noteOp(1, noteID)))
	ack := ana.conn.expect("ack", nil)
	if ack.Acks[0].Status != board.OK || ack.Acks[0].Seq != 1 {
		t.Fatalf("acked %+v", ack.Acks)
	}
	ana.conn.mu.Lock()
	last := ana.conn.got[ana.conn.next-2]
	ana.conn.mu.Unlock()
	if last.Type != "events" { // the author sees the event before the ack
		t.Errorf("before the ack came %s", last.Type)
	}
	e := ben.conn.expect("events", nil).Events[0]
	if e.Seq != 1 || e.Client != ana.client || e.Actor.ID != w.owner.ID || e.At.IsZero() {
		t.Errorf("the event is %+v", e)
	}
}

// The author waits for the ack, and so is not kept waiting for the others'
// sockets, of which there may be many.
func TestTheAuthorIsAnsweredFirst(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	node := w.node()
	ana := w.sit(node, w.owner)
	others := make([]*seat, 10)
	for i := range others {
		others[i] = w.sit(node, w.editor)
	}
	ana.conn.mu.Lock()
	ana.conn.heard = func(m received) {
		for _, o := range others {
			if m.Type == "ack" {
				o.conn.never("events")
			}
		}
	}
	ana.conn.mu.Unlock()
	ana.send(ana.ops(noteOp(1, noteID)))
	ana.conn.expect("ack", nil)
	for _, o := range others {
		o.conn.expect("events", nil)
	}
}

// What waits while a commit runs goes into the next one together.
func TestGroupCommit(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	node := w.node()
	people := make([]*seat, 10)
	for i := range people {
		people[i] = w.sit(node, w.editor)
	}
	people[0].send(people[0].ops(noteOp(1, noteID)))
	people[0].conn.expect("ack", nil)
	before := node.Stats.Commits.Load()
	release := w.store.hold()
	people[0].send(people[0].ops(moveOp(2, noteID, 1)))
	w.store.awaitHeld(t)
	for i, p := range people[1:] {
		p.send(p.ops(moveOp(1, noteID, i)))
	}
	release()
	for _, p := range people {
		p.conn.expect("ack", nil)
	}
	if n := node.Stats.Commits.Load() - before; n != 2 {
		t.Errorf("ten edits took %d commits, want 2", n)
	}
}

func TestResendGetsTheStoredAnswer(t *testing.T) { // I3
	t.Parallel()
	w := newWorld(t)
	ana := w.sit(w.node(), w.owner)
	for range 2 {
		ana.send(ana.ops(noteOp(1, noteID)))
		if a := ana.conn.expect("ack", nil).Acks[0]; a.Status != board.OK || a.Seq != 1 {
			t.Fatalf("acked %+v", a)
		}
	}
	w.sameEverywhere(1)
}

func TestBadOpUsesItsMidAndTheOthersStand(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ana := w.sit(w.node(), w.owner)
	ana.send(ana.ops(noteOp(1, noteID), `{"mid":2,"kind":"note.fly"}`, moveOp(3, noteID, 7)))
	acks := ana.conn.expect("ack", nil).Acks
	if len(acks) != 3 || acks[1].Code != notes.UnknownOp || acks[1].Reason == "" || acks[2].Seq != 2 {
		t.Errorf("acked %+v", acks)
	}
}

func TestSkippedMidClosesForResync(t *testing.T) { // I4
	t.Parallel()
	w := newWorld(t)
	ana := w.sit(w.node(), w.owner)
	ana.send(ana.ops(noteOp(2, noteID)))
	ana.conn.expectClose(board.CloseResync)
	w.sameEverywhere(0)
}

func TestViewerChangesNothing(t *testing.T) { // I18
	t.Parallel()
	w := newWorld(t)
	viewer := w.sit(w.node(), w.viewer)
	viewer.send(viewer.ops(noteOp(1, noteID)))
	if a := viewer.conn.expect("ack", nil).Acks[0]; a.Code != notes.Forbidden {
		t.Errorf("acked %+v", a)
	}
	viewer.conn.never("events")
	w.sameEverywhere(0)
}

func TestBadFramesAreRefusedAndTheSocketStays(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ana := w.sit(w.node(), w.owner)
	for _, frame := range []string{
		`{`, `[]`, `{"type":"fly"}`, `{"type":"ops","gen":1,"gen":1,"ops":[]}`, `{"type":"ops","gen":1,"ops":[],"cursor":null}`,
		`{"type":"ops","gen":1,"ops":[{"kind":"note.delete","note":"note-aaaa"}]}`,
		`{"type":"presence","cursor":[1e12,0],"selection":[],"editing":null}`,
		`{"type":"presence","cursor":[NaN,0]}`, "{\"type\":\"\xff\"}",
	} {
		ana.send(frame)
		if m := ana.conn.expect("error", nil); m.Code != notes.Invalid || m.Reason == "" {
			t.Errorf("%s: %+v", frame, m)
		}
	}
	ana.send(ana.ops(noteOp(1, noteID)))
	ana.conn.expect("ack", nil)
	for range 20 {
		ana.send(`{"type":"fly"}`)
	}
	ana.conn.expectClose(board.CloseBad)
}

func TestOtherNodeHearsTheNews(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ana, ben := w.sit(w.node(), w.owner), w.sit(w.node(), w.editor)
	ana.send(ana.ops(noteOp(1, noteID)))
	ben.conn.expect("events", func(m received) bool { return m.Events[0].Seq == 1 })
	ben.send(ben.ops(moveOp(1, noteID, 5)))
	ana.conn.expect("events", func(m received) bool { return m.Events[0].Seq == 2 })
	w.sameEverywhere(2)
}

// D1, D2: an event that the bus lost is read from the log, when the next one
// shows the gap or when the positions are compared.
func TestLostNewsAreRepaired(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a, b := w.node(), w.node()
	ana, ben := w.sit(a, w.owner), w.sit(b, w.editor)
	ana.send(ana.ops(noteOp(1, noteID)))
	ana.conn.expect("ack", nil)
	ben.conn.expect("events", nil)

	w.bus.losing.Store(true)
	ana.send(ana.ops(moveOp(2, noteID, 5)))
	ana.conn.expect("ack", nil)
	if _, _, err := a.Document(t.Context(), w.id); err != nil { // after what follows the ack: it is told, and lost
		t.Fatal(err)
	}
	w.bus.losing.Store(false)
	ana.send(ana.ops(moveOp(3, noteID, 6)))
	ben.conn.expect("events", func(m received) bool { return m.Events[0].Seq == 2 })
	ben.conn.await("seq 3", func() bool { return seen(ben.conn, 3) })

	w.bus.losing.Store(true)
	ana.send(ana.ops(moveOp(4, noteID, 7)))
	ana.conn.expect("ack", nil)
	ben.conn.await("seq 4 by comparing positions", func() bool { return seen(ben.conn, 4) })
	if b.Stats.GapRepairs.Load() < 2 {
		t.Errorf("%d repairs counted", b.Stats.GapRepairs.Load())
	}
}

// seen tells whether an event came; the conn's lock is held.
func seen(c *conn, seq int64) bool {
	for _, m := range c.got {
		for _, e := range m.Events {
			if e.Seq == seq {
				return true
			}
		}
	}
	return false
}

func TestUnknownOutcomeIsTriedAgain(t *testing.T) { // I2
	t.Parallel()
	w := newWorld(t)
	ana := w.sit(w.node(), w.owner)
	w.store.loseAnswers.Store(2) // committed, and the answer was lost
	ana.send(ana.ops(noteOp(1, noteID)))
	if a := ana.conn.expect("ack", nil).Acks[0]; a.Status != board.OK || a.Seq != 1 {
		t.Errorf("acked %+v", a)
	}
	w.store.loseAnswers.Store(100)
	ana.send(ana.ops(moveOp(2, noteID, 4)))
	if a := ana.conn.expect("ack", nil).Acks[0]; a.Status != board.Retry {
		t.Errorf("acked %+v", a)
	}
	w.store.loseAnswers.Store(0)
	ana.send(ana.ops(moveOp(2, noteID, 4)))
	if a := ana.conn.expect("ack", nil).Acks[0]; a.Status != board.OK || a.Seq != 2 {
		t.Errorf("acked %+v", a)
	}
	w.sameEverywhere(2)
}

func TestRevokedLinkClosesItsSocketsOnEveryNode(t *testing.T) { // I11
	t.Parallel()
	w := newWorld(t)
	a, b := w.node(), w.node()
	owner, here, there := w.sit(a, w.owner), w.sit(a, w.editor), w.sit(b, w.editor)
	w.revokeEditLink()
	a.Recheck(w.id)
	here.conn.expectClose(board.CloseDenied)
	there.conn.expectClose(board.CloseDenied)
	owner.send(owner.ops(noteOp(1, noteID)))
	owner.conn.expect("ack", nil)
}

// An op that was sent before the sockets were told still has no effect.
func TestRevokedGrantCommitsNothing(t *testing.T) { // I10, I11
	t.Parallel()
	w := newWorld(t)
	ben := w.sit(w.node(), w.editor)
	w.revokeEditLink()
	ben.send(ben.ops(noteOp(1, noteID)))
	ben.conn.expectClose(board.CloseDenied)
	ben.conn.never("events")
	w.sameEverywhere(0)
}

func TestTrashedBoardSaysSo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	node := w.node()
	owner, ben := w.sit(node, w.owner), w.sit(node, w.editor)
	if err := w.catalog.SetTrashed(t.Context(), w.id, true, time.Now()); err != nil {
		t.Fatal(err)
	}
	node.Recheck(w.id)
	ben.conn.expectClose(board.CloseTrashed)
	owner.conn.expectClose(board.CloseTrashed)
	grant := w.grant(w.owner) // which finds the board, for it can be restored
	acks, err := node.Submit(t.Context(), grant, "late-client", []notes.Edit{&notes.Delete{Note: noteID}})
	if err != nil || acks[0].Code != notes.Forbidden {
		t.Errorf("acked %+v, %v", acks, err)
	}
}

func TestPongCarriesTheSeq(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ana := w.sit(w.node(), w.owner)
	ana.send(ana.ops(noteOp(1, noteID)))
	ana.conn.expect("ack", nil)
	ana.send(`{"type":"ping"}`)
	if m := ana.conn.expect("pong", nil); m.Seq != 1 {
		t.Errorf("pong %+v", m)
	}
}

func TestCloseSendsEverybodyElsewhere(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	node := w.node()
	ana := w.sit(node, w.owner)
	release := w.store.hold()
	ana.send(ana.ops(noteOp(1, noteID)))
	w.store.awaitHeld(t)
	closed := make(chan struct{})
	go func() {
		defer close(closed)
		node.Close(t.Context())
	}()
	ana.conn.expect("drain", nil)
	release()
	ana.conn.expect("ack", nil) // what was being committed is answered first
	ana.conn.expectClose(board.CloseRestart)
	ana.session.Leave()
	<-closed
	if _, err := node.Submit(t.Context(), board.Grant{Board: w.id}, "late-client", nil); !errors.Is(err, board.ErrClosing) {
		t.Errorf("after Close: %v", err)
	}
}

func TestSubmitIsTheSameWritePath(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	node := w.node()
	ana := w.sit(node, w.owner)
	grant := w.grant(w.editor)
	edit := &notes.Batch{Ops: []notes.Op{{Edit: &notes.Create{Note: noteID, W: 100, H: 100, Color: "sky", Z: "a0"}}}}
	for range 2 { // the same request twice: one effect, one answer
		acks, err := node.Submit(t.Context(), grant, "request-1", []notes.Edit{edit})
		if err != nil || len(acks) != 1 || acks[0].Status != board.OK || acks[0].Seq != 1 {
			t.Fatalf("%+v, %v", acks, err)
		}
	}
	ana.conn.expect("events", nil)
	doc, head, err := node.Document(t.Context(), w.id)
	if err != nil || doc.Len() != 1 || head.Seq != 1 {
		t.Errorf("%+v, %v", head, err)
	}
}

func TestUnknownBoard(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, err := w.node().Join(t.Context(), newConn(t), visitor(w.owner), board.Hello{Board: "nowhere", Client: "some-client"})
	if !errors.Is(err, board.ErrNotFound) {
		t.Errorf("joined: %v", err)
	}
}

func FuzzFrames(f *testing.F) {
	f.Add([]byte(`{"type":"ops","gen":1,"ops":[` + noteOp(1, noteID) + `]}`))
	f.Add([]byte(`{"type":"presence","cursor":[1,2],"selection":["a"],"editing":null}`))
	f.Fuzz(func(t *testing.T, frame []byte) {
		if h, err := board.ParseHello(frame); err == nil {
			if _, err := json.Marshal(h); err != nil {
				t.Error(err)
			}
		}
	})
}
