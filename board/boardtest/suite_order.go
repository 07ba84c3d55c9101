package boardtest

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"corkboard/board"
	"corkboard/notes"
)

// orderParts: commits from many sides come into one order (I1, I4).
var orderParts = map[string]func(*testing.T, *World){
	"order/seq has no gap under concurrent commits":       concurrentCommits,
	"order/boards do not wait for or touch each other":    twoBoards,
	"order/a batch is one event with one seq":             batchIsOne,
	"order/turns of one proposal follow each other":       turnsInOrder,
	"order/the time of a commit is one and is kept":       timeIsKept,
	"order/a commit to no board is refused":               noBoard,
	"order/the board's own fields move with the document": renaming,
}

func concurrentCommits(t *testing.T, w *World) {
	const rooms, commits = 6, 12
	first := w.Desk(t)
	var wg sync.WaitGroup
	for range rooms {
		seat := w.Seat(t, first.Board, first.Grant.Principal)
		wg.Go(func() { // each a room with its own replica that falls behind and catches up
			doc, epoch := w.Document(t, first.Board), int64(1)
			for range commits {
				create, note := NewNote("x")
				out, err := w.Commit(background, board.Proposal{
					Board: first.Board, Doc: doc, Epoch: epoch,
					Turns: []board.Turn{seat.Turn(create, Move(note, 1, 2))},
				})
				if err != nil {
					t.Error(err)
					return
				}
				for _, e := range append(out.Missed, out.Events...) {
					if err := doc.ApplyEvent(e); err != nil {
						t.Errorf("a replica cannot follow: %v", err)
						return
					}
				}
				equal(t, "seq of the replica", doc.Seq, out.Head.Seq)
			}
		})
	}
	wg.Wait()
	doc := w.Check(t, first.Board)
	equal(t, "seq", doc.Seq, rooms*commits*2)
	equal(t, "notes", doc.Len(), rooms*commits)
}

func twoBoards(t *testing.T, w *World) {
	a, b := w.Desk(t), w.Desk(t)
	create, note := NewNote("mine")
	w.Do(t, a, create)
	theirs := *create
	theirs.Text = "theirs"
	equal(t, "the same id on another board", w.Do(t, b, &theirs)[0].Status, board.OK)
	equal(t, "a's text", w.Check(t, a.Board).Notes[note].Text, "mine")
	equal(t, "b's text", w.Check(t, b.Board).Notes[note].Text, "theirs")
}

func batchIsOne(t *testing.T, w *World) {
	seat := w.Desk(t)
	one, first := NewNote("one")
	two, second := NewNote("two")
	three, third := NewNote("three")
	batch := &notes.Batch{Ops: []notes.Op{
		{Edit: one}, {Edit: two}, {Edit: three}, {Edit: Insert(first, 0, 3, "!")}, {Edit: &notes.Delete{Note: third}},
	}}
	ack := w.Do(t, seat, batch)[0]
	equal(t, "status", ack.Status, board.OK)
	equal(t, "seq", ack.Seq, 1)
	failing := &notes.Batch{Ops: []notes.Op{{Edit: Move(first, 5, 5)}, {Edit: Move("note_none", 5, 5)}}}
	equal(t, "a batch with one bad op", w.Do(t, seat, failing)[0].Code, notes.NotFound)
	doc := w.Check(t, seat.Board)
	equal(t, "seq", doc.Seq, 1)
	equal(t, "text", doc.Notes[first].Text, "one!")
	equal(t, "x", doc.Notes[first].X, 10)
	equal(t, "live notes", doc.Len(), 2)
	equal(t, "text of the second", doc.Notes[second].Text, "two")
}

func turnsInOrder(t *testing.T, w *World) {
	a := w.Desk(t)
	b := w.Seat(t, a.Board, a.Grant.Principal)
	create, note := NewNote("")
	out := w.Propose(t, a.Turn(create), b.Turn(Move(note, 1, 1)), a.Turn(Move(note, 2, 2)), b.Turn(Move(note, 3, 3)))
	for i, answer := range out.Answers {
		equal(t, fmt.Sprint("fate of turn ", i), answer.Fate, board.Lives)
		equal(t, fmt.Sprint("seq of turn ", i), answer.Acks[0].Seq, int64(i+1))
	}
	equal(t, "x", w.Check(t, a.Board).Notes[note].X, 3)
}

func timeIsKept(t *testing.T, w *World) {
	seat := w.Desk(t)
	w.Clock.Advance(1234567 * time.Nanosecond) // finer than the store keeps it
	one, _ := NewNote("one")
	two, _ := NewNote("two")
	out := w.Propose(t, seat.Turn(one, two))
	kept, err := w.Events(t.Context(), seat.Board, 0)
	must(t, err)
	for i, e := range kept {
		if !e.At.Equal(out.Events[i].At) || e.At.Location() != time.UTC || !e.At.Equal(out.Events[0].At) {
			t.Errorf("event %d is of %v in the log and of %v in the outcome", i, e.At, out.Events[i].At)
		}
		equal(t, "actor", e.Actor, notes.Author{ID: seat.Grant.Principal.ID, Name: "Ana"})
	}
}

func noBoard(t *testing.T, w *World) {
	seat := w.Desk(t)
	create, _ := NewNote("x")
	turn := seat.Turn(create)
	_, err := w.Commit(t.Context(), board.Proposal{Board: "board_none", Turns: []board.Turn{turn}})
	if !errors.Is(err, board.ErrNotFound) {
		t.Errorf("got %v", err)
	}
}

func renaming(t *testing.T, w *World) {
	seat := w.Desk(t)
	name, other := "Other plans", "Late"
	w.Do(t, seat, &notes.SetBoard{Set: notes.BoardValues{Name: &name}})
	late := &notes.SetBoard{Set: notes.BoardValues{Name: &other}, Base: map[notes.Field]int64{notes.FieldName: 0}}
	equal(t, "an undo after a later change", w.Do(t, seat, late)[0].Status, board.Noop)
	equal(t, "name", w.Check(t, seat.Board).Board.Name, name)
	summary, err := w.Summary(t.Context(), seat.Board)
	must(t, err)
	equal(t, "name in lists", summary.Name, name)
}
