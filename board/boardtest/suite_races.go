package boardtest

import (
	"strings"
	"sync"
	"testing"

	"corkboard/board"
	"corkboard/notes"
)

// foreseenRaces has rooms commit on what they remember, each with a client that
// says hello again now and then at another room's cost.
func foreseenRaces(t *testing.T, w *World) {
	const rooms, commits = 4, 15
	first := w.Desk(t)
	create, note := NewNote("")
	w.Do(t, first, create)
	var all sync.WaitGroup
	for range rooms {
		seat := w.Seat(t, first.Board, first.Grant.Principal)
		room := w.Replica(t, first.Board, seat)
		all.Go(func() {
			for n := range commits {
				if n%5 == 4 {
					state, err := w.Hello(background, seat.Board, seat.Client, seat.Grant.Principal)
					if err != nil || state.LastMid != seat.Mid {
						t.Errorf("entered as %+v after mid %d: %v", state, seat.Mid, err)
						return
					}
					seat.Gen = state.Gen // which the room has not heard of
				}
				out, err := room.Commit(background, w, seat.Turn(Insert(note, room.Doc.Notes[note].Rev, 0, "x")))
				if err != nil || out.Answers[0].Fate != board.Lives || out.Answers[0].Acks[0].Status != board.OK {
					t.Errorf("commit %d: %+v, %v", n, out.Answers, err)
					return
				}
			}
		})
	}
	all.Wait()
	equal(t, "text", w.Check(t, first.Board).Notes[note].Text, strings.Repeat("x", rooms*commits))
}

// crossedGroups is the bait for a deadlock: two rooms move the same notes, each
// as one batch, in opposite orders.
func crossedGroups(t *testing.T, w *World) {
	const size, moves = 12, 20
	first := w.Desk(t)
	ids := make([]string, size)
	for i := range ids {
		create, note := NewNote("")
		w.Do(t, first, create)
		ids[i] = note
	}
	var all sync.WaitGroup
	for side := range 2 {
		seat := w.Seat(t, first.Board, first.Grant.Principal)
		room := w.Replica(t, first.Board, seat)
		all.Go(func() {
			for n := range moves {
				batch := &notes.Batch{}
				for i := range ids {
					note := ids[i]
					if side == 1 {
						note = ids[size-1-i]
					}
					batch.Ops = append(batch.Ops, notes.Op{Edit: Move(note, float64(side*1000+n), 0)})
				}
				out, err := room.Commit(background, w, seat.Turn(batch))
				if err != nil || out.Answers[0].Acks[0].Status != board.OK {
					t.Errorf("side %d, move %d: %+v, %v", side, n, out.Answers, err)
					return
				}
			}
		})
	}
	all.Wait()
	doc := w.Check(t, first.Board)
	equal(t, "seq", doc.Seq, size+2*moves)
	for _, note := range ids {
		equal(t, "every note is where the last move put it", doc.Notes[note].X, doc.Notes[ids[0]].X)
	}
}
