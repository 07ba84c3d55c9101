package boardtest

import (
	"errors"
	"fmt"
	"testing"

	"corkboard/board"
	"corkboard/notes"
)

// answerParts: each mid has one effect and one answer (I2, I3, I4, I12).
var answerParts = map[string]func(*testing.T, *World){
	"answers/a resend gets the stored answers":              resend,
	"answers/a resend among others' turns has no effect":    resendAmongOthers,
	"answers/what is known leads the way for what is new":   knownThenNew,
	"answers/a mid out of order has no effect":              outOfOrder,
	"answers/an unreadable op uses its mid up":              unreadable,
	"answers/only the last answers are kept":                forgottenAnswers,
	"answers/only an event moves the board's last change":   nothingMoved,
	"answers/an answer lost by a cut connection is in hand": answersOnEnter,
	"answers/a rejection carries the note as it is":         rejectionCarriesNote,
}

func resend(t *testing.T, w *World) {
	seat := w.Desk(t)
	create, note := NewNote("x")
	turn := seat.Turn(create, create, &notes.Set{Note: note}, &notes.Delete{Note: "note_none"})
	first := w.Propose(t, turn).Answers[0].Acks
	want := []board.Status{board.OK, board.Rejected, board.Noop, board.Rejected}
	again := w.Propose(t, turn)
	equal(t, "events of the resend", len(again.Events), 0)
	for i, ack := range again.Answers[0].Acks {
		equal(t, "status", first[i].Status, want[i])
		first[i].Note = nil
		equal(t, "stored answer", ack, first[i])
	}
	equal(t, "seq", w.Check(t, seat.Board).Seq, 1)
}

func resendAmongOthers(t *testing.T, w *World) {
	a := w.Desk(t)
	b := w.Seat(t, a.Board, a.Grant.Principal)
	doc := w.Document(t, a.Board)
	create, note := NewNote("")
	turn := a.Turn(create, Insert(note, 0, 0, "once"))
	w.ProposeOn(t, doc, 1, turn)
	out := w.ProposeOn(t, doc, 1, turn, b.Turn(Insert(note, 1, 4, ".")))
	equal(t, "events", len(out.Events), 1)
	equal(t, "missed", len(out.Missed), 2)
	equal(t, "text", w.Check(t, a.Board).Notes[note].Text, "once.")
}

func knownThenNew(t *testing.T, w *World) {
	seat := w.Desk(t)
	create, note := NewNote("")
	turn := seat.Turn(create, Move(note, 1, 1))
	w.Propose(t, turn)
	more := seat.Turn(Move(note, 2, 2))
	more.Ops = append(turn.Ops, more.Ops...)
	acks := w.Propose(t, more).Answers[0].Acks
	for i, ack := range acks {
		equal(t, "mid", ack.Mid, int64(i+1))
		equal(t, "seq", ack.Seq, int64(i+1))
	}
	equal(t, "acks", len(acks), 3)
	w.Check(t, seat.Board)
}

func outOfOrder(t *testing.T, w *World) {
	for name, mids := range map[string][]int64{
		"a hole before": {3}, "a hole inside": {2, 4}, "backwards": {2, 1}, "twice": {2, 2}, "zero": {0}, "negative": {-1, 0},
	} {
		seat := w.Desk(t)
		create, note := NewNote("")
		w.Do(t, seat, create)
		turn := board.Turn{Grant: seat.Grant, Client: seat.Client, Gen: seat.Gen}
		for _, mid := range mids {
			turn.Ops = append(turn.Ops, board.Submission{Mid: mid, Op: notes.Op{Mid: mid, Edit: Move(note, 1, 1)}})
		}
		out := w.Propose(t, turn)
		equal(t, name+": fate", out.Answers[0].Fate, board.OutOfOrder)
		equal(t, name+": acks", len(out.Answers[0].Acks), 0)
		equal(t, name+": seq", w.Check(t, seat.Board).Seq, 1)
		equal(t, name+": the next mid", w.Do(t, seat, Move(note, 1, 1))[0].Status, board.OK)
	}
}

func unreadable(t *testing.T, w *World) {
	seat := w.Desk(t)
	create, _ := NewNote("")
	turn := seat.Turn(create, create)
	turn.Ops[0] = board.Submission{Mid: 1, Refused: &notes.Rejection{Code: notes.UnknownOp, Reason: "There is no such op."}}
	acks := w.Propose(t, turn).Answers[0].Acks
	equal(t, "code", acks[0].Code, notes.UnknownOp)
	equal(t, "the op after it", acks[1].Status, board.OK)
	equal(t, "seq", w.Check(t, seat.Board).Seq, 1)
}

func forgottenAnswers(t *testing.T, w *World) {
	seat := w.Desk(t)
	create, note := NewNote("")
	w.Do(t, seat, create)
	for range board.KeptResults {
		w.Do(t, seat, Move(note, float64(seat.Mid), 0))
	}
	state, err := w.Hello(t.Context(), seat.Board, seat.Client, seat.Grant.Principal)
	must(t, err)
	equal(t, "kept", len(state.Results), board.KeptResults)
	equal(t, "oldest", state.Results[0].Mid, 2)
	seat.Gen, seat.Mid = state.Gen, 0
	equal(t, "a forgotten mid", w.Do(t, seat, create)[0], board.Ack{Mid: 1, Status: board.Noop})
	w.Check(t, seat.Board)
}

func nothingMoved(t *testing.T, w *World) {
	seat := w.Desk(t)
	create, note := NewNote("")
	turn := seat.Turn(create)
	w.Propose(t, turn)
	before, err := w.Summary(t.Context(), seat.Board)
	must(t, err)
	w.Clock.Advance(hour)
	w.Propose(t, turn)
	equal(t, "an op that changes nothing", w.Do(t, seat, &notes.Set{Note: note})[0].Status, board.Noop)
	after, err := w.Summary(t.Context(), seat.Board)
	must(t, err)
	equal(t, "last modified", after.ModifiedAt, before.ModifiedAt)
}

func answersOnEnter(t *testing.T, w *World) {
	seat := w.Desk(t)
	create, _ := NewNote("")
	acks := w.Do(t, seat, create, create)
	state, err := w.Hello(t.Context(), seat.Board, seat.Client, seat.Grant.Principal)
	must(t, err)
	equal(t, "last mid", state.LastMid, 2)
	for i, ack := range state.Results {
		acks[i].Note = nil
		equal(t, "answer", fmt.Sprint(ack), fmt.Sprint(acks[i]))
	}
	equal(t, "answers", len(state.Results), 2)
}

func rejectionCarriesNote(t *testing.T, w *World) {
	seat := w.Desk(t)
	create, note := NewNote("words")
	acks := w.Do(t, seat, create, &notes.Delete{Note: note}, Insert(note, 0, 5, "!"))
	equal(t, "code", acks[2].Code, notes.Deleted)
	if n := acks[2].Note; n == nil || n.Text != "words" || n.Deleted != 2 {
		t.Errorf("the note: %+v", n)
	}
	w.Check(t, seat.Board)
}

// isNotFound fails the test unless err says that there is no such board.
func isNotFound(t testing.TB, what string, err error) {
	t.Helper()
	if !errors.Is(err, board.ErrNotFound) {
		t.Errorf("%s: got %v, want %v", what, err, board.ErrNotFound)
	}
}
