package boardtest

import (
	"context"
	"encoding/json"
	"fmt"
	"sync/atomic"
	"testing"

	"corkboard/auth"
	"corkboard/board"
	"corkboard/notes"
)

// Open returns an empty store that nobody else uses, whose time is the clock's.
type Open func(t *testing.T, now board.Now) (Stores, Fixture)

// StoreSuite checks what every store must do. Names of the parts say what;
// numbers I1 to I20 are those of the invariants in docs/protocol.md.
func StoreSuite(t *testing.T, open Open) {
	parts := map[string]func(*testing.T, *World){}
	for _, some := range []map[string]func(*testing.T, *World){
		orderParts, answerParts, clientParts, replicaParts, kindParts, foreseenParts, textParts, grantParts, sharingParts, catalogParts, peopleParts,
	} {
		for name, part := range some {
			parts[name] = part
		}
	}
	for name, part := range parts {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			part(t, NewWorld(t, open))
		})
	}
}

// World is a store with what a test needs to work on it: people, boards, seats.
type World struct {
	Stores
	Fixture
	Clock *Clock
}

// NewWorld opens a store.
func NewWorld(t *testing.T, open Open) *World {
	t.Helper()
	w := &World{Clock: NewClock()}
	w.Stores, w.Fixture = open(t, w.Clock.Now)
	return w
}

var serial atomic.Int64

// id returns an id that was not used before, 8 characters or more.
func id(prefix string) string { return fmt.Sprintf("%s_%06d", prefix, serial.Add(1)) }

// User makes a person.
func (w *World) User(t testing.TB, name string) board.Principal {
	t.Helper()
	u := auth.User{ID: id("u"), Name: name, Color: 3, Guest: true}
	must(t, w.AddGuest(t.Context(), u, auth.Hash(u.ID)))
	return board.Principal{Kind: board.ByUser, ID: u.ID}
}

// Board makes a board of owner, with an editor's and a viewer's link, whose
// tokens are their ids.
func (w *World) Board(t testing.TB, owner board.Principal) string {
	t.Helper()
	b := board.Summary{ID: id("board"), Name: "Plans"}
	links := []board.Link{{ID: id("link"), Role: board.Editor}, {ID: id("link"), Role: board.Viewer}}
	must(t, w.AddBoard(t.Context(), b, owner.ID, links, [][]byte{auth.Hash(links[0].ID), auth.Hash(links[1].ID)}))
	return b.ID
}

// Seat is a client at work on a board. Its fields may be changed to make it lie.
type Seat struct {
	Board  string
	Client string
	Grant  board.Grant
	Gen    int64
	Mid    int64 // the last one used
}

// Seat grants and enters with a new client.
func (w *World) Seat(t testing.TB, boardID string, p board.Principal) *Seat {
	t.Helper()
	s := &Seat{Board: boardID, Client: id("client")}
	var err error
	s.Grant, err = w.Grant(t.Context(), p, boardID)
	must(t, err)
	state, err := w.Hello(t.Context(), boardID, s.Client, p)
	must(t, err)
	s.Gen = state.Gen
	return s
}

// Hello enters with a client and returns what is known of it.
func (w *World) Hello(ctx context.Context, boardID, client string, p board.Principal) (board.ClientState, error) {
	e, err := w.Enter(ctx, boardID, client, board.Visitor{Principal: p})
	return e.Client, err
}

// Desk makes an owner, their board and a seat at it.
func (w *World) Desk(t testing.TB) *Seat {
	t.Helper()
	owner := w.User(t, "Ana")
	return w.Seat(t, w.Board(t, owner), owner)
}

// Turn gives edits the seat's next mids.
func (s *Seat) Turn(edits ...notes.Edit) board.Turn {
	turn := board.Turn{Grant: s.Grant, Client: s.Client, Gen: s.Gen}
	for _, e := range edits {
		s.Mid++
		turn.Ops = append(turn.Ops, board.Submission{Mid: s.Mid, Op: notes.Op{Mid: s.Mid, Edit: e}})
	}
	return turn
}

// Propose commits turns without a document of one's own.
func (w *World) Propose(t testing.TB, turns ...board.Turn) board.Outcome {
	t.Helper()
	return w.ProposeOn(t, nil, 0, turns...)
}

// ProposeOn commits turns on a document.
func (w *World) ProposeOn(t testing.TB, doc *notes.Document, epoch int64, turns ...board.Turn) board.Outcome {
	t.Helper()
	out, err := w.Commit(t.Context(), board.Proposal{Board: turns[0].Grant.Board, Doc: doc, Epoch: epoch, Turns: turns})
	must(t, err)
	return out
}

// Do commits edits of one seat and returns the acks, which must be as many.
func (w *World) Do(t testing.TB, s *Seat, edits ...notes.Edit) []board.Ack {
	t.Helper()
	out := w.Propose(t, s.Turn(edits...))
	acks := out.Answers[0].Acks
	if len(acks) != len(edits) {
		t.Fatalf("%d ops got %d acks, fate %d", len(edits), len(acks), out.Answers[0].Fate)
	}
	return acks
}

// NewNote is an edit that makes a note, and its id.
func NewNote(text string) (*notes.Create, string) {
	c := &notes.Create{Note: id("note"), X: 10, Y: 20.25, W: 200, H: 200, Color: "yellow", Z: "a0", Text: text}
	return c, c.Note
}

// Move is an edit that moves a note.
func Move(note string, x, y float64) *notes.Set {
	return &notes.Set{Note: note, Set: notes.Values{X: &x, Y: &y}}
}

// Insert is an edit that types text at a place of a revision.
func Insert(note string, rev int64, at int, text string) *notes.EditText {
	d := notes.Delta{{Insert: text}}
	if at > 0 {
		d = notes.Delta{{Keep: at}, {Insert: text}}
	}
	return &notes.EditText{Note: note, Rev: rev, Delta: d}
}

// Document loads a board.
func (w *World) Document(t testing.TB, boardID string) *notes.Document {
	t.Helper()
	doc, head, err := w.Load(t.Context(), boardID)
	must(t, err)
	if doc.Seq != head.Seq {
		t.Errorf("loaded a document at seq %d under a head at %d", doc.Seq, head.Seq)
	}
	return doc
}

// Check replays the board's whole log, which must have no gap and no mid twice,
// and compares the result with the board as it is loaded (I1, I3, I4, I8).
func (w *World) Check(t testing.TB, boardID string) *notes.Document {
	t.Helper()
	loaded := w.Document(t, boardID)
	events, err := w.Events(t.Context(), boardID, 0)
	must(t, err)
	replayed := notes.NewDocument(0, notes.Board{Name: "Plans"}, nil)
	last := map[string]int64{}
	for _, e := range events {
		must(t, replayed.ApplyEvent(e))
		if e.Mid <= last[e.Client] {
			t.Errorf("seq %d has mid %d of %s after %d", e.Seq, e.Mid, e.Client, last[e.Client])
		}
		last[e.Client] = e.Mid
	}
	if a, b := inFull(t, replayed), inFull(t, loaded); a != b {
		t.Errorf("the log and the tables differ:\nreplayed %s\nloaded   %s", a, b)
	}
	if replayed.Hash() != loaded.Hash() {
		t.Error("the hashes differ")
	}
	return loaded
}

// inFull writes everything that a document holds, deleted notes too.
func inFull(t testing.TB, d *notes.Document) string {
	t.Helper()
	type full struct {
		*notes.Note
		Deleted int64
	}
	all := map[string]full{}
	for id, n := range d.Notes {
		all[id] = full{n, n.Deleted}
	}
	data, err := json.Marshal([]any{d.Seq, d.Board, d.Len(), all})
	must(t, err)
	return string(data)
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func equal[T comparable](t testing.TB, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// background is for goroutines that may outlive the part of the test that made them.
var background = context.Background()
