package board_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"testing"
	"time"

	"corkboard/auth"
	"corkboard/board"
	"corkboard/board/boardtest"
	"corkboard/bus"
	"corkboard/notes"
)

// fuzzedBoard is a board with an editor, on one node that lives as long as f.
func fuzzedBoard(f *testing.F) (*board.Hub, *boardtest.Store, board.Grant) {
	f.Helper()
	store := boardtest.NewStore(time.Now)
	user := auth.User{ID: auth.NewID("u"), Name: "Ana"}
	id := auth.NewID("b")
	if err := store.AddGuest(f.Context(), user, auth.Hash(user.ID)); err != nil {
		f.Fatal(err)
	}
	about := board.Summary{ID: id, Name: "Retro", CreatedAt: time.Now(), ModifiedAt: time.Now()}
	if err := store.AddBoard(f.Context(), about, user.ID, nil, nil); err != nil {
		f.Fatal(err)
	}
	grant, err := store.Grant(f.Context(), board.Principal{Kind: board.ByUser, ID: user.ID}, id)
	if err != nil {
		f.Fatal(err)
	}
	hub := board.NewHub(store, bus.NewMemory(), slog.New(slog.DiscardHandler))
	f.Cleanup(func() { hub.Close(f.Context()) })
	return hub, store, grant
}

// FuzzReceive: whatever a socket says after its welcome, the session answers or
// ends it with a code, and the room goes on with what it holds in the database.
func FuzzReceive(f *testing.F) {
	for _, s := range []string{
		`{"type":"ping"}`, `{"type":"ops","gen":1,"ops":[{"mid":1,"kind":"note.create","note":"note-aaaa","x":1,"y":2,"w":200,"h":200,"color":"yellow","z":"a0","text":"hi"}]}`,
		`{"type":"ops","gen":1,"ops":[{"mid":2,"kind":"note.delete","note":"note-aaaa"}]}`, `{"type":"ops","gen":9,"ops":[{"mid":1,"kind":"note.delete","note":"note-aaaa"}]}`,
		`{"type":"ops","gen":1,"ops":[{"mid":1,"kind":"dance"},{"mid":2,"kind":"board.set","set":{"name":"Plan"}}]}`,
		`{"type":"presence","cursor":[1,2],"selection":[],"editing":null}`, `{"type":"hello","board":"b","client":"c_AAAAAAAA"}`, `{`, ``,
	} {
		f.Add([]byte(s))
	}
	hub, store, grant := fuzzedBoard(f)
	f.Fuzz(func(t *testing.T, frame []byte) {
		c := newConn(t)
		session, err := hub.Join(t.Context(), c, board.Visitor{Principal: grant.Principal}, board.Hello{Board: grant.Board, Client: auth.NewID("c")})
		if err != nil {
			t.Fatal(err)
		}
		defer session.Leave()
		gen := fmt.Appendf(nil, `"gen":%d,`, c.expect("welcome", nil).Gen)
		session.Receive(bytes.ReplaceAll(frame, []byte(`"gen":1,`), gen))
		settled(t, hub, store, grant)
		before := c.count()
		session.Receive([]byte(`{"type":"ping"}`))
		c.await("an answer", func() bool { return c.code != 0 || slices.ContainsFunc(c.got[before:], isPong) })
	})
}

func isPong(m received) bool { return m.Type == "pong" }

// settled commits an edit behind what was received, and compares.
func settled(t *testing.T, hub *board.Hub, store *boardtest.Store, grant board.Grant) {
	t.Helper()
	name := auth.NewID("x")
	edit := &notes.SetBoard{Set: notes.BoardValues{Name: &name}}
	acks, err := hub.Submit(t.Context(), grant, auth.NewID("c"), []notes.Edit{edit})
	if err != nil || acks[0].Status != board.OK {
		t.Fatalf("the board takes no edits any more: %+v, %v", acks, err)
	}
	doc, _, err := hub.Document(t.Context(), grant.Board)
	if err != nil {
		t.Fatal(err)
	}
	kept, _, err := store.Load(t.Context(), grant.Board)
	if err != nil || kept.Hash() != doc.Hash() {
		t.Fatalf("the room shows %s, the store holds %s, %v", doc.Hash(), kept.Hash(), err)
	}
	if _, err := json.Marshal(board.SnapshotOf(doc)); err != nil {
		t.Fatal(err)
	}
}
