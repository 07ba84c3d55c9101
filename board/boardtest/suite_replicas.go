package boardtest

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	"corkboard/board"
	"corkboard/notes"
)

// replicaParts: a proposal's document may be behind, absent or of no use.
var replicaParts = map[string]func(*testing.T, *World){
	"replicas/events committed elsewhere are handed over":  missedEvents,
	"replicas/without a document one is loaded":            noDocument,
	"replicas/behind the log's floor one is loaded":        behindTheLog,
	"replicas/of another epoch one is refused":             otherEpoch,
	"replicas/a board gets a new epoch once":               renewedOnce,
	"replicas/ahead of the board one is refused":           aheadOfBoard,
	"replicas/a proposal's document is not changed":        documentIsLeftAlone,
	"replicas/loading sees one moment":                     loadAtOneMoment,
	"replicas/heads and events tell where the board is":    headsAndEvents,
	"replicas/everything that a document holds comes back": everythingComesBack,
}

func missedEvents(t *testing.T, w *World) {
	here := w.Desk(t)
	there := w.Seat(t, here.Board, here.Grant.Principal)
	mine, theirs := w.Document(t, here.Board), w.Document(t, here.Board)
	create, note := NewNote("")
	first := w.ProposeOn(t, theirs, 1, there.Turn(create, Insert(note, 0, 0, "there")))
	out := w.ProposeOn(t, mine, 1, here.Turn(Insert(note, 0, 0, "here ")))
	equal(t, "missed", len(out.Missed), len(first.Events))
	if out.Doc != nil {
		t.Error("a document was loaded though the log reaches back")
	}
	for _, e := range append(out.Missed, out.Events...) {
		must(t, mine.ApplyEvent(e))
	}
	equal(t, "the replica", inFull(t, mine), inFull(t, w.Check(t, here.Board)))
	equal(t, "text", mine.Notes[note].Text, "therehere ")
}

func noDocument(t *testing.T, w *World) {
	seat := w.Desk(t)
	create, note := NewNote("x")
	w.Do(t, seat, create)
	out := w.Propose(t, seat.Turn(Move(note, 1, 1)))
	w.follows(t, seat.Board, out, 1)
}

// follows checks that the outcome's own document, moved on by its events, is the board's.
func (w *World) follows(t testing.TB, boardID string, out board.Outcome, at int64) {
	t.Helper()
	if out.Doc == nil {
		t.Fatal("no document was loaded")
	}
	equal(t, "seq of the loaded document", out.Doc.Seq, at)
	for _, e := range append(out.Missed, out.Events...) {
		must(t, out.Doc.ApplyEvent(e))
	}
	equal(t, "the document", inFull(t, out.Doc), inFull(t, w.Document(t, boardID)))
	equal(t, "head", out.Head.Seq, out.Doc.Seq)
}

func behindTheLog(t *testing.T, w *World) {
	seat := w.Desk(t)
	old := w.Document(t, seat.Board)
	create, note := NewNote("x")
	w.Do(t, seat, create, Move(note, 1, 1), Move(note, 2, 2))
	at2, err := w.Events(t.Context(), seat.Board, 0)
	must(t, err)
	w.Truncate(t, seat.Board, 2)
	if _, err := w.Events(t.Context(), seat.Board, 1); !errors.Is(err, board.ErrTruncated) {
		t.Errorf("events from before the floor: %v", err)
	}
	out := w.ProposeOn(t, old, 1, seat.Turn(Move(note, 3, 3)))
	w.follows(t, seat.Board, out, 3)
	equal(t, "floor", out.Head.LogFloor, 2)
	must(t, old.ApplyEvent(at2[0]))
	must(t, old.ApplyEvent(at2[1]))
	out = w.ProposeOn(t, old, 1, seat.Turn(Move(note, 4, 4)))
	equal(t, "missed from the floor on", len(out.Missed), 2)
}

func otherEpoch(t *testing.T, w *World) {
	seat := w.Desk(t)
	doc := w.Document(t, seat.Board)
	w.Restore(t, seat.Board)
	w.refusesReplica(t, seat, doc, 1)
	_, head, err := w.Load(t.Context(), seat.Board)
	must(t, err)
	create, _ := NewNote("x")
	equal(t, "seq in the new epoch", w.ProposeOn(t, doc, head.Epoch, seat.Turn(create)).Head.Seq, 1)
}

// refusesReplica proposes on a document that is not of the board's log.
func (w *World) refusesReplica(t *testing.T, seat *Seat, doc *notes.Document, epoch int64) {
	t.Helper()
	create, _ := NewNote("x")
	turn := seat.Turn(create)
	_, err := w.Commit(t.Context(), board.Proposal{Board: seat.Board, Doc: doc, Epoch: epoch, Turns: []board.Turn{turn}})
	if !errors.Is(err, board.ErrEpoch) {
		t.Errorf("a proposal on another log: %v", err)
	}
	seat.Mid-- // nothing was done
	equal(t, "seq", w.Check(t, seat.Board).Seq, 0)
}

func renewedOnce(t *testing.T, w *World) {
	seat, other := w.Desk(t), w.Desk(t)
	seen := map[int64]bool{}
	for epoch := int64(1); len(seen) < 3; {
		var wg sync.WaitGroup
		var raised atomic.Int64
		for range 4 {
			wg.Go(func() {
				if did, err := w.Renew(background, seat.Board, epoch); err != nil {
					t.Error(err)
				} else if did {
					raised.Add(1)
				}
			})
		}
		wg.Wait()
		equal(t, "times it was raised", raised.Load(), 1)
		heads, err := w.Heads(t.Context(), []string{seat.Board, other.Board})
		must(t, err)
		epoch = heads[seat.Board].Epoch
		if seen[epoch] || epoch == 1 {
			t.Fatalf("epoch %d is given out again", epoch)
		}
		seen[epoch] = true
		equal(t, "the other board's epoch", heads[other.Board].Epoch, 1)
	}
	if did, err := w.Renew(t.Context(), "board_nowhere", 1); did || err != nil {
		t.Errorf("a board that does not exist: %v, %v", did, err)
	}
}

func aheadOfBoard(t *testing.T, w *World) {
	seat := w.Desk(t)
	w.refusesReplica(t, seat, notes.NewDocument(7, notes.Board{Name: "?"}, nil), 1)
}

func documentIsLeftAlone(t *testing.T, w *World) {
	seat := w.Desk(t)
	create, note := NewNote("x")
	w.Do(t, seat, create)
	doc := w.Document(t, seat.Board)
	before := inFull(t, doc)
	w.Do(t, seat, Move(note, 5, 5))
	w.ProposeOn(t, doc, 1, seat.Turn(Move(note, 6, 6), &notes.Delete{Note: note}))
	equal(t, "the document", inFull(t, doc), before)
}

func loadAtOneMoment(t *testing.T, w *World) {
	seat := w.Desk(t)
	create, note := NewNote("")
	w.Do(t, seat, create)
	const commits = 30
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for range commits {
			if _, err := w.Commit(background, board.Proposal{Board: seat.Board, Turns: []board.Turn{seat.Turn(Move(note, float64(seat.Mid+1), 0))}}); err != nil {
				t.Error(err)
			}
		}
	}()
	for running := true; running; {
		select {
		case <-ended:
			running = false
		default:
		}
		if doc := w.Document(t, seat.Board); doc.Seq > 1 { // each move went to the seq that it got
			equal(t, "x at its seq", doc.Notes[note].X, float64(doc.Seq))
		}
	}
	w.Check(t, seat.Board)
}

func headsAndEvents(t *testing.T, w *World) {
	a, b := w.Desk(t), w.Desk(t)
	create, note := NewNote("")
	w.Do(t, a, create, Move(note, 1, 1))
	heads, err := w.Heads(t.Context(), []string{a.Board, b.Board, "board_none"})
	must(t, err)
	equal(t, "heads", len(heads), 2)
	equal(t, "a", heads[a.Board], board.Head{Epoch: 1, Seq: 2, PermVersion: 1})
	equal(t, "b", heads[b.Board], board.Head{Epoch: 1, PermVersion: 1})
	for after, want := range map[int64]int{0: 2, 1: 1, 2: 0, 9: 0} {
		events, err := w.Events(t.Context(), a.Board, after)
		must(t, err)
		equal(t, "events", len(events), want)
	}
}

func everythingComesBack(t *testing.T, w *World) {
	seat := w.Desk(t)
	create, note := NewNote("\"quotes\", back\\slash, {braces}, NULL, tab\t, line\n, 𝒞𝓸𝓻𝓴 🧷 <b>&amp;")
	create.X, create.Y, create.W, create.H, create.Z = -999999.99, 0.1, 40, 2000, "Zz"
	color, z := "graphite", "b01"
	gone, other := NewNote("")
	wide, high := 1999.99, 40.01
	for _, e := range []notes.Edit{ // each in a commit of its own, so that each changes a row that is there
		create, Insert(note, 0, 1, "NULL\x7f "),
		&notes.Set{Note: note, Set: notes.Values{Color: &color, Z: &z}},
		&notes.Set{Note: note, Set: notes.Values{W: &wide, H: &high}},
		gone, &notes.Delete{Note: other}, &notes.Restore{Note: other}, Move(other, 0, -0.5), &notes.Delete{Note: other},
	} {
		equal(t, "status", w.Do(t, seat, e)[0].Status, board.OK)
		w.Check(t, seat.Board)
	}
	doc := w.Check(t, seat.Board)
	n := doc.Notes[note]
	equal(t, "text", n.Text, "\"NULL\x7f "+create.Text[1:])
	equal(t, "x", n.X, -999999.99)
	equal(t, "author", n.Author, notes.Author{ID: seat.Grant.Principal.ID, Name: "Ana"})
	equal(t, "live", doc.Len(), 1)
}
