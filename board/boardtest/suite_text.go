package boardtest

import (
	"strings"
	"testing"

	"corkboard/board"
	"corkboard/notes"
)

// textParts: an edit of an old revision is merged with all that came since (I9).
var textParts = map[string]func(*testing.T, *World){
	"text/an old revision is merged from the log":             oldRevision,
	"text/an old revision is merged with its own proposal":    oldRevisionInProposal,
	"text/edits inside batches are in the log too":            textInBatch,
	"text/an edit older than the log is refused":              staleEdit,
	"text/a note's edits are those of its own board":          sameNoteElsewhere,
	"text/two who type at once lose nothing":                  twoTypists,
	"text/an edit of a revision that is not there is refused": noSuchRevision,
}

// typed types letters one by one at the end of the note, n edits from revision rev on.
func typed(note string, rev int64, n int) []notes.Edit {
	edits := make([]notes.Edit, n)
	for i := range edits {
		edits[i] = Insert(note, rev+int64(i), int(rev)+i, "x")
	}
	return edits
}

func oldRevision(t *testing.T, w *World) {
	seat := w.Desk(t)
	create, note := NewNote("")
	w.Do(t, seat, create)
	for rev := int64(0); rev < 80; rev += 40 { // far more than a document remembers
		w.Do(t, seat, typed(note, rev, 40)...)
	}
	equal(t, "status", w.Do(t, seat, Insert(note, 3, 3, "HERE"))[0].Status, board.OK)
	want := "xxx" + strings.Repeat("x", 77) + "HERE" // after what was typed at the same place before
	equal(t, "text", w.Check(t, seat.Board).Notes[note].Text, want)
}

func oldRevisionInProposal(t *testing.T, w *World) {
	a := w.Desk(t)
	b := w.Seat(t, a.Board, a.Grant.Principal)
	create, note := NewNote("")
	w.Do(t, a, create)
	w.Do(t, a, typed(note, 0, 10)...)
	out := w.Propose(t, a.Turn(typed(note, 10, 50)...), b.Turn(Insert(note, 5, 0, "start ")))
	equal(t, "status", out.Answers[1].Acks[0].Status, board.OK)
	equal(t, "text", w.Check(t, a.Board).Notes[note].Text, "start "+strings.Repeat("x", 60))
}

func textInBatch(t *testing.T, w *World) {
	seat := w.Desk(t)
	create, note := NewNote("")
	w.Do(t, seat, create)
	for rev := int64(0); rev < 40; rev += 2 {
		batch := &notes.Batch{}
		for _, e := range typed(note, rev, 2) {
			batch.Ops = append(batch.Ops, notes.Op{Edit: e})
		}
		w.Do(t, seat, batch)
	}
	w.Do(t, seat, Insert(note, 1, 0, "start "))
	equal(t, "text", w.Check(t, seat.Board).Notes[note].Text, "start "+strings.Repeat("x", 40))
}

func staleEdit(t *testing.T, w *World) {
	seat := w.Desk(t)
	create, note := NewNote("")
	w.Do(t, seat, create)
	w.Do(t, seat, typed(note, 0, 50)...)
	w.Truncate(t, seat.Board, 11) // the creation and ten letters
	ack := w.Do(t, seat, Insert(note, 9, 0, "start "))[0]
	equal(t, "code", ack.Code, notes.Stale)
	if ack.Note == nil || ack.Note.Rev != 50 {
		t.Errorf("the note: %+v", ack.Note)
	}
	equal(t, "the oldest revision that can be merged", w.Do(t, seat, Insert(note, 10, 0, "start "))[0].Status, board.OK)
	equal(t, "text", w.Document(t, seat.Board).Notes[note].Text, "start "+strings.Repeat("x", 50))
}

func sameNoteElsewhere(t *testing.T, w *World) {
	here, there := w.Desk(t), w.Desk(t)
	create, note := NewNote("")
	for _, s := range []*Seat{here, there} {
		w.Do(t, s, create)
		w.Do(t, s, typed(note, 0, 40)...)
	}
	w.Do(t, here, Insert(note, 0, 0, "start "))
	equal(t, "here", w.Check(t, here.Board).Notes[note].Text, strings.Repeat("x", 40)+"start ")
	equal(t, "there", w.Check(t, there.Board).Notes[note].Text, strings.Repeat("x", 40))
}

func twoTypists(t *testing.T, w *World) {
	a := w.Desk(t)
	create, note := NewNote("")
	w.Do(t, a, create)
	done := make(chan struct{})
	typist := func(s *Seat, letter string) {
		defer func() { done <- struct{}{} }()
		doc := w.Document(t, s.Board) // its own, and always a little behind
		for range 20 {
			turn := s.Turn(Insert(note, doc.Notes[note].Rev, 0, letter))
			out, err := w.Commit(background, board.Proposal{Board: s.Board, Turns: []board.Turn{turn}})
			if err != nil || out.Answers[0].Acks[0].Status != board.OK {
				t.Errorf("typing: %v %v", err, out.Answers)
				return
			}
			if s.Mid%5 == 0 {
				doc = w.Document(t, s.Board)
			}
		}
	}
	go typist(a, "a")
	go typist(w.Seat(t, a.Board, a.Grant.Principal), "b")
	<-done
	<-done
	text := w.Check(t, a.Board).Notes[note].Text
	equal(t, "letters a", strings.Count(text, "a"), 20)
	equal(t, "letters b", strings.Count(text, "b"), 20)
}

func noSuchRevision(t *testing.T, w *World) {
	seat := w.Desk(t)
	create, note := NewNote("abc")
	w.Do(t, seat, create)
	equal(t, "a future revision", w.Do(t, seat, Insert(note, 1, 0, "x"))[0].Code, notes.Invalid)
	equal(t, "past the text's end", w.Do(t, seat, Insert(note, 0, 9, "x"))[0].Code, notes.Invalid)
	equal(t, "seq", w.Check(t, seat.Board).Seq, 1)
}
