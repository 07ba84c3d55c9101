package board_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"corkboard/auth"
	"corkboard/board"
	"corkboard/notes"
)

func TestComingBackCatchesUp(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	node := w.node()
	ana := w.sit(node, w.owner)
	ana.send(ana.ops(noteOp(1, noteID), moveOp(2, noteID, 3)))
	ana.conn.expect("ack", nil)
	ana.session.Leave()

	back := w.hello(node, w.owner, board.Hello{Client: ana.client, Epoch: ana.welcome.Epoch, Seq: 1})
	m := back.welcome
	if m.Snapshot != nil || len(m.Events) != 1 || m.Events[0].Seq != 2 || m.LastMid != 2 || len(m.Results) != 2 || m.Gen != ana.welcome.Gen+1 {
		t.Errorf("welcome %+v", m)
	}
	// Another room has no tail: the events come from the log.
	if m := w.hello(w.node(), w.owner, board.Hello{Client: "other-client", Epoch: ana.welcome.Epoch, Seq: 1}).welcome; m.Snapshot != nil || len(m.Events) != 1 {
		t.Errorf("from the log: %+v", m)
	}
	for _, h := range []board.Hello{{Epoch: 99, Seq: 1}, {Epoch: ana.welcome.Epoch, Seq: 77}, {}} {
		h.Client = auth.NewID("c")
		seat := w.hello(node, w.owner, h)
		m := seat.welcome
		if m.Snapshot == nil || m.Snapshot.Seq != m.Seq || len(m.Events) != 0 {
			t.Fatalf("%+v: a snapshot must come, got %+v", h, m)
		}
		// The one that was packed for Ana serves, with the events since.
		doc := notes.NewDocument(m.Snapshot.Seq, m.Snapshot.Board, m.Snapshot.Notes)
		for _, e := range seat.conn.expect("events", nil).Events {
			w.must(doc.ApplyEvent(e))
		}
		if doc.Seq != 2 || doc.Len() != 1 {
			t.Errorf("%+v: brought to seq %d, %d notes", h, doc.Seq, doc.Len())
		}
	}
	if n := node.Stats.Snapshots.Load(); n != 1 {
		t.Errorf("%d snapshots were packed", n)
	}
}

// TestASnapshotHoldsWhatTheClientWasTold (I7): whoever has seen an edit of
// theirs confirmed gets it with the snapshot, and not after it.
func TestASnapshotHoldsWhatTheClientWasTold(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	node := w.node()
	ana := w.sit(node, w.owner) // has a snapshot packed, of seq 0
	ana.send(ana.ops(noteOp(1, noteID)))
	ana.conn.expect("ack", nil)
	m := w.hello(node, w.owner, board.Hello{Client: ana.client}).welcome
	if m.Snapshot == nil || m.Snapshot.Seq != 1 || m.LastMid != 1 {
		t.Errorf("welcome %+v", m)
	}
}

// TestManyWhoJoinAtOnceShareOneSnapshot: it is encoded and compressed once,
// whoever asks, and is the same compressed as it is in plain words.
func TestManyWhoJoinAtOnceShareOneSnapshot(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ana := w.sit(w.node(), w.owner)
	ana.send(ana.ops(noteOp(1, noteID)))
	ana.conn.expect("ack", nil)
	node := w.node()
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			s, err := node.Join(t.Context(), newConn(t), visitor(w.owner), board.Hello{Board: w.id, Client: auth.NewID("c")})
			if err != nil {
				t.Error(err)
				return
			}
			s.Leave()
		})
	}
	all.Wait()
	if n := node.Stats.Snapshots.Load(); n != 1 {
		t.Errorf("%d snapshots were packed for one seq", n)
	}
}

func TestReplacedSocketIsFencedAndItsLateCloseHarmsNobody(t *testing.T) { // I5
	t.Parallel()
	w := newWorld(t)
	a, b := w.node(), w.node()
	old := w.sit(a, w.owner)
	same := w.hello(a, w.owner, board.Hello{Client: old.client})
	old.conn.expectClose(board.CloseReplaced)
	old.session.Leave()
	same.send(same.ops(noteOp(1, noteID)))
	same.conn.expect("ack", nil)

	elsewhere := w.hello(b, w.owner, board.Hello{Client: old.client})
	same.send(same.ops(moveOp(2, noteID, 9)))
	same.conn.expectClose(board.CloseReplaced)
	elsewhere.send(elsewhere.ops(moveOp(2, noteID, 10)))
	if acks := elsewhere.conn.expect("ack", nil).Acks; acks[0].Status != board.OK || acks[0].Seq != 2 {
		t.Errorf("acked %+v", acks)
	}
	w.sameEverywhere(2)
}

func TestHelloAgainOnTheSameSocket(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ana := w.sit(w.node(), w.owner)
	ana.send(fmt.Sprintf(`{"type":"hello","board":%q,"client":%q,"epoch":0,"seq":0,"ticket":""}`, w.id, ana.client))
	m := ana.conn.expect("welcome", nil)
	if m.Gen != ana.welcome.Gen+1 || m.Peer != ana.welcome.Peer {
		t.Fatalf("welcome %+v after %+v", m, ana.welcome)
	}
	ana.welcome = m
	ana.send(ana.ops(noteOp(1, noteID)))
	ana.conn.expect("ack", nil)
}

// A client that starts over has made its pending edits on what it was sent: the
// snapshot must not lead it back behind that.
func TestHelloAgainNeverLeadsBack(t *testing.T) { // I6
	t.Parallel()
	w := newWorld(t)
	node := w.node()
	ana, ben := w.sit(node, w.owner), w.sit(node, w.editor) // for whom a snapshot was packed
	ana.send(ana.ops(noteOp(1, noteID)))
	ben.conn.expect("events", nil)
	ben.send(fmt.Sprintf(`{"type":"hello","board":%q,"client":%q,"epoch":%d,"seq":0}`, w.id, ben.client, ben.welcome.Epoch))
	if m := ben.conn.expect("welcome", nil); m.Snapshot == nil || m.Snapshot.Seq != 1 {
		t.Errorf("welcome %+v", m)
	}
}

// What a refusal quotes of an op is kept with the client and sent with every
// welcome: it must not be as long as the op.
func TestReasonsAreShort(t *testing.T) { // I16
	t.Parallel()
	w := newWorld(t)
	node := w.node()
	ana := w.sit(node, w.owner)
	ana.send(ana.ops(`{"mid":1,"kind":"` + strings.Repeat("é", 20000) + `"}`))
	ack := ana.conn.expect("ack", nil).Acks[0]
	if ack.Code != notes.UnknownOp || len(ack.Reason) > 300 || !utf8.ValidString(ack.Reason) {
		t.Errorf("acked with %s and %d bytes of reason", ack.Code, len(ack.Reason))
	}
	again := w.hello(node, w.owner, board.Hello{Client: ana.client})
	if r := again.welcome.Results; len(r) != 1 || r[0].Reason != ack.Reason {
		t.Errorf("the welcome repeats %+v", r)
	}
}

// A hello that its socket gave up on must not leave a dead seat behind.
func TestGivenUpHelloTakesNoSeat(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	door := newDoorkeeper(w)
	node, other := w.node(), w.node()
	ana, ben := w.sit(node, w.owner), w.sit(other, w.editor)
	door.shut.Store(true)
	w.bus.losing.Store(true)
	ben.send(ben.ops(noteOp(1, "note_of_ben"))) // which the hello will find, and the node has not heard of
	ben.conn.expect("ack", nil)
	release := w.store.hold()
	ana.send(ana.ops(noteOp(1, noteID))) // behind which the node reads on
	w.store.awaitHeld(t)
	ctx, giveUp := context.WithCancel(t.Context())
	result := make(chan error)
	go func() {
		_, err := node.Join(ctx, newConn(t), visitor(w.editor), board.Hello{Board: w.id, Client: "given-up-client"})
		result <- err
	}()
	<-door.waits
	giveUp()
	close(door.open)
	if err := <-result; !errors.Is(err, context.Canceled) {
		t.Errorf("joined: %v", err)
	}
	release()
	ana.conn.expect("ack", nil)
	if _, _, err := node.Document(t.Context(), w.id); err != nil { // whatever was queued has run
		t.Fatal(err)
	}
	if n := node.Stats.Sessions.Load(); n != 1 {
		t.Errorf("%d sessions, want Ana's alone", n)
	}
}

func TestParseHello(t *testing.T) {
	t.Parallel()
	good := `{"type":"hello","board":"b_1","client":"client-1","epoch":1,"seq":0}`
	if _, err := board.ParseHello([]byte(good)); err != nil {
		t.Error(err)
	}
	for _, bad := range []string{
		`{}`, `{"type":"ops"}`, `{"type":"hello","board":"","client":"client-1"}`, `{"type":"hello","board":"b","client":"x"}`,
		`{"type":"hello","board":"b","client":"client-1","seq":-1}`, `{"type":"hello","board":"b","client":"client-1","wings":1}`,
	} {
		if _, err := board.ParseHello([]byte(bad)); !errors.Is(err, board.ErrProtocol) {
			t.Errorf("%s: %v", bad, err)
		}
	}
}
