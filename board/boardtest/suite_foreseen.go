package boardtest

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"corkboard/auth"
	"corkboard/board"
	"corkboard/notes"
)

// foreseenParts: a proposal says what its room remembers, which a store may
// decide on before it asks. What comes of it is the same as if it had asked,
// whether the room remembers rightly or not (I1, I3, I5, I10, I14).
var foreseenParts = map[string]func(*testing.T, *World){
	"foreseen/every kind of answer is given and kept":         foreseenAnswers,
	"foreseen/old answers go, whatever the new ones are":      foreseenForgets,
	"foreseen/outcomes tell of the clients":                   outcomeTellsClients,
	"foreseen/another node has committed meanwhile":           foreseenBehind,
	"foreseen/a hello has come meanwhile":                     foreseenFenced,
	"foreseen/rights have changed meanwhile":                  foreseenRights,
	"foreseen/the board was restored or trashed meanwhile":    foreseenRestored,
	"foreseen/what is remembered of a client is not so":       foreseenWrongly,
	"foreseen/one client of two is remembered wrongly":        foreseenHalfWrongly,
	"foreseen/an unknown outcome is proposed again":           foreseenAgain,
	"foreseen/some of a turn is known already":                foreseenPartly,
	"foreseen/an edit of an old revision needs the log":       foreseenOldRevision,
	"foreseen/rooms race, and hellos come between":            foreseenRaces,
	"foreseen/groups of notes are moved in crossed order":     crossedGroups,
	"foreseen/a board that is gone or not the grant's own":    foreseenElsewhere,
	"foreseen/several turns of one client follow one another": foreseenTurns,
}

func foreseenAnswers(t *testing.T, w *World) {
	seat := w.Desk(t)
	room := w.Replica(t, seat.Board, seat)
	create, note := NewNote("")
	var want []board.Ack
	for n := range 2 * board.KeptResults {
		edits := []notes.Edit{create, Move(note, float64(n), 0), &notes.Set{Note: note}, Insert(note, int64(n), 0, "x")}
		out, err := room.Commit(t.Context(), w, seat.Turn(edits[n%len(edits)], edits[(n+1)%len(edits)]))
		must(t, err)
		want = append(want, out.Answers[0].Acks...)
	}
	equal(t, "the replica", inFull(t, room.Doc), inFull(t, w.Check(t, seat.Board)))
	state, err := w.Hello(t.Context(), seat.Board, seat.Client, seat.Grant.Principal)
	must(t, err)
	equal(t, "kept", len(state.Results), board.KeptResults)
	for i, ack := range state.Results {
		expected := want[len(want)-board.KeptResults+i]
		expected.Note = nil
		equal(t, "answer", ack, expected)
	}
}

// A commit that adds no answer to what is kept makes the older ones older.
func foreseenForgets(t *testing.T, w *World) {
	seat := w.Desk(t)
	room := w.Replica(t, seat.Board, seat)
	create, note := NewNote("")
	alone := func(edit notes.Edit) {
		_, err := room.Commit(t.Context(), w, seat.Turn(edit))
		must(t, err)
	}
	alone(create)
	for range 3 {
		alone(&notes.Set{Note: note})
	}
	for n := range board.KeptResults - 1 {
		alone(Move(note, float64(n+1), 0))
	}
	state, err := w.Hello(t.Context(), seat.Board, seat.Client, seat.Grant.Principal)
	must(t, err)
	equal(t, "kept", len(state.Results), board.KeptResults)
	equal(t, "the oldest", state.Results[0], board.Ack{Mid: 4, Status: board.Noop})
}

func outcomeTellsClients(t *testing.T, w *World) {
	a := w.Desk(t)
	b := w.Seat(t, a.Board, a.Grant.Principal)
	room := w.Replica(t, a.Board, a)
	create, note := NewNote("")
	silent := func() []board.Turn { return []board.Turn{{Grant: a.Grant, Client: a.Client, Gen: a.Gen}} }
	for n, turns := range []func() []board.Turn{
		func() []board.Turn { return []board.Turn{a.Turn(create), b.Turn(&notes.Set{Note: note})} },
		func() []board.Turn { return []board.Turn{b.Turn(Move(note, 1, 1))} },
		silent,
	} {
		proposed := turns()
		out, err := room.Commit(t.Context(), w, proposed...)
		must(t, err)
		equal(t, fmt.Sprint("clients told of by proposal ", n), len(out.Clients), len(proposed))
		for _, s := range []*Seat{a, b} {
			equal(t, "the client", fmt.Sprint(room.Clients[s.Client]), fmt.Sprint(s.State()))
		}
	}
	strange := *a
	strange.Client = id("client")
	out, err := room.Commit(t.Context(), w, strange.Turn(create))
	must(t, err)
	equal(t, "clients that nobody knows", len(out.Clients), 0)
}

func foreseenBehind(t *testing.T, w *World) {
	here := w.Desk(t)
	there := w.Seat(t, here.Board, here.Grant.Principal)
	mine, theirs := w.Replica(t, here.Board, here), w.Replica(t, here.Board, there)
	create, note := NewNote("")
	_, err := theirs.Commit(t.Context(), w, there.Turn(create, Insert(note, 0, 0, "there")))
	must(t, err)
	out, err := mine.Commit(t.Context(), w, here.Turn(Insert(note, 0, 0, "here ")))
	must(t, err)
	equal(t, "missed", len(out.Missed), 2)
	equal(t, "the replica", inFull(t, mine.Doc), inFull(t, w.Check(t, here.Board)))
	equal(t, "text", mine.Doc.Notes[note].Text, "therehere ")
}

func foreseenFenced(t *testing.T, w *World) {
	old := w.Desk(t)
	room := w.Replica(t, old.Board, old)
	create, note := NewNote("")
	_, err := room.Commit(t.Context(), w, old.Turn(create))
	must(t, err)
	state, err := w.Hello(t.Context(), old.Board, old.Client, old.Grant.Principal)
	must(t, err)
	out, err := room.Commit(t.Context(), w, old.Turn(Move(note, 9, 9)))
	must(t, err)
	equal(t, "fate of the old one", out.Answers[0].Fate, board.Fenced)
	now := *old
	now.Gen, now.Mid = state.Gen, state.LastMid
	equal(t, "what the room has learned", fmt.Sprint(room.Clients[old.Client]), fmt.Sprint(now.State()))
	out, err = room.Commit(t.Context(), w, now.Turn(Move(note, 7, 7)))
	must(t, err)
	equal(t, "the new one", out.Answers[0].Acks[0].Status, board.OK)
	equal(t, "x", w.Check(t, old.Board).Notes[note].X, 7)
}

func foreseenRights(t *testing.T, w *World) {
	owner, guest := w.User(t, "Ana"), w.User(t, "Ben")
	b := w.Board(t, owner)
	w.open(t, guest, b, board.Editor)
	seat := w.Seat(t, b, guest)
	room := w.Replica(t, b, seat)
	create, note := NewNote("")
	_, err := room.Commit(t.Context(), w, seat.Turn(create))
	must(t, err)
	w.AddMember(t, b, guest.ID, board.Viewer)
	out, err := room.Commit(t.Context(), w, seat.Turn(Move(note, 9, 9)))
	must(t, err)
	equal(t, "as a viewer", out.Answers[0].Acks[0].Code, notes.Forbidden)
	seat.Grant = out.Answers[0].Grant
	equal(t, "role now", seat.Grant.Role, board.Viewer)
	out, err = room.Commit(t.Context(), w, seat.Turn(Move(note, 9, 9)))
	must(t, err)
	equal(t, "as a viewer who knows it", out.Answers[0].Acks[0].Code, notes.Forbidden)
	equal(t, "x", w.Check(t, b).Notes[note].X, 10)

	other := w.User(t, "Cleo")
	w.open(t, other, b, board.Editor)
	revoked := w.Seat(t, b, other)
	room.Clients[revoked.Client] = revoked.State()
	next := board.Link{ID: id("link"), Board: b, Role: board.Editor}
	must(t, w.ReplaceLink(t.Context(), next, auth.Hash(next.ID), w.Clock.Now()))
	out, err = room.Commit(t.Context(), w, revoked.Turn(Move(note, 9, 9)))
	must(t, err)
	equal(t, "fate of one whose link was turned off", out.Answers[0].Fate, board.Denied)
	equal(t, "x", w.Check(t, b).Notes[note].X, 10)
}

func foreseenRestored(t *testing.T, w *World) {
	seat := w.Desk(t)
	room := w.Replica(t, seat.Board, seat)
	create, note := NewNote("")
	_, err := room.Commit(t.Context(), w, seat.Turn(create))
	must(t, err)
	w.Restore(t, seat.Board)
	lost := *seat
	if _, err = room.Commit(t.Context(), w, lost.Turn(Move(note, 1, 1))); !errors.Is(err, board.ErrEpoch) {
		t.Errorf("a document of another epoch: %v", err)
	}
	room = w.Replica(t, seat.Board, seat)
	out, err := room.Commit(t.Context(), w, seat.Turn(Move(note, 1, 1)))
	must(t, err)
	equal(t, "in the new epoch", out.Answers[0].Acks[0].Status, board.OK)
	must(t, w.SetTrashed(t.Context(), seat.Board, true, w.Clock.Now()))
	out, err = room.Commit(t.Context(), w, seat.Turn(Move(note, 2, 2)))
	must(t, err)
	equal(t, "in the trash", out.Answers[0].Acks[0].Code, notes.Forbidden)
	equal(t, "x", w.Check(t, seat.Board).Notes[note].X, 1)
}

func foreseenWrongly(t *testing.T, w *World) {
	other := board.Principal{Kind: board.ByConsole, ID: "x"}
	for name, c := range map[string]struct {
		lie  func(*board.ClientState, *Seat)
		fate board.Fate
	}{
		"an older generation": {func(c *board.ClientState, _ *Seat) { c.Gen-- }, board.Lives},
		"an older mid":        {func(c *board.ClientState, _ *Seat) { c.LastMid-- }, board.Lives},
		"another principal":   {func(c *board.ClientState, _ *Seat) { c.Principal = other.String() }, board.Lives},
		"another client":      {func(c *board.ClientState, _ *Seat) { c.Client = id("client") }, board.Lives},
		"answers":             {func(c *board.ClientState, _ *Seat) { c.Results = []board.Ack{{Mid: 1, Status: board.Rejected}} }, board.Lives},
		"a later mid":         {func(c *board.ClientState, s *Seat) { c.LastMid, s.Mid = c.LastMid+5, s.Mid+5 }, board.OutOfOrder},
		"a later generation":  {func(c *board.ClientState, s *Seat) { c.Gen, s.Gen = c.Gen+1, s.Gen+1 }, board.Fenced},
		"a client of nowhere": {func(c *board.ClientState, s *Seat) { s.Client = id("client"); c.Client = s.Client }, board.OutOfOrder},
	} {
		seat := w.Desk(t)
		room := w.Replica(t, seat.Board, seat)
		create, note := NewNote("")
		_, err := room.Commit(t.Context(), w, seat.Turn(create))
		must(t, err)
		state := room.Clients[seat.Client]
		c.lie(&state, seat)
		room.Clients[seat.Client] = state
		out, err := room.Commit(t.Context(), w, seat.Turn(Move(note, 5, 5)))
		must(t, err)
		equal(t, name+": fate", out.Answers[0].Fate, c.fate)
		doc := w.Check(t, seat.Board)
		equal(t, name+": landed", doc.Notes[note].X == 5, c.fate == board.Lives)
		equal(t, name+": the replica", inFull(t, room.Doc), inFull(t, doc))
	}
}

func foreseenHalfWrongly(t *testing.T, w *World) {
	a := w.Desk(t)
	b := w.Seat(t, a.Board, a.Grant.Principal)
	room := w.Replica(t, a.Board, a, b)
	state, err := w.Hello(t.Context(), b.Board, b.Client, b.Grant.Principal)
	must(t, err)
	create, note := NewNote("")
	theirs, lost := NewNote("")
	out, err := room.Commit(t.Context(), w, a.Turn(create), b.Turn(theirs))
	must(t, err)
	equal(t, "fate of the one", out.Answers[0].Fate, board.Lives)
	equal(t, "fate of the other", out.Answers[1].Fate, board.Fenced)
	equal(t, "generation of the other", room.Clients[b.Client].Gen, state.Gen)
	doc := w.Check(t, a.Board)
	if doc.Notes[note] == nil || doc.Notes[lost] != nil {
		t.Errorf("the board holds %d notes", len(doc.Notes))
	}
}

func foreseenAgain(t *testing.T, w *World) {
	a := w.Desk(t)
	b := w.Seat(t, a.Board, a.Grant.Principal)
	room := w.Replica(t, a.Board, a, b)
	create, note := NewNote("")
	p := room.Proposal(a.Turn(create, &notes.Set{Note: note}), b.Turn(Move(note, 1, 1), Move("note_none", 1, 1)))
	first, err := w.Commit(t.Context(), p)
	must(t, err)
	again, err := w.Commit(t.Context(), p)
	must(t, err)
	equal(t, "events of the second time", len(again.Events), 0)
	equal(t, "missed", len(again.Missed), len(first.Events))
	equal(t, "answers", fmt.Sprint(again.Answers), fmt.Sprint(first.Answers))
	must(t, room.Follow(again))
	equal(t, "the replica", inFull(t, room.Doc), inFull(t, w.Check(t, a.Board)))
	_, err = room.Commit(t.Context(), w, a.Turn(Move(note, 3, 3)))
	must(t, err)
	equal(t, "x", w.Check(t, a.Board).Notes[note].X, 3)
}

func foreseenPartly(t *testing.T, w *World) {
	seat := w.Desk(t)
	room := w.Replica(t, seat.Board, seat)
	create, note := NewNote("")
	turn := seat.Turn(create, Move("note_none", 1, 1))
	_, err := w.Commit(t.Context(), room.Proposal(turn)) // the room does not hear of it
	must(t, err)
	more := seat.Turn(Move(note, 2, 2))
	more.Ops = append(turn.Ops, more.Ops...)
	out, err := room.Commit(t.Context(), w, more)
	must(t, err)
	acks := out.Answers[0].Acks
	equal(t, "acks", len(acks), 3)
	equal(t, "the first", acks[0].Seq, 1)
	equal(t, "the second", acks[1].Code, notes.NotFound)
	equal(t, "the new one", acks[2].Seq, 2)
	equal(t, "the replica", inFull(t, room.Doc), inFull(t, w.Check(t, seat.Board)))
}

func foreseenOldRevision(t *testing.T, w *World) {
	a := w.Desk(t)
	b := w.Seat(t, a.Board, a.Grant.Principal)
	room := w.Replica(t, a.Board, a, b)
	create, note := NewNote("")
	_, err := room.Commit(t.Context(), w, a.Turn(create))
	must(t, err)
	for from := int64(0); from < 60; from += 20 {
		_, err = room.Commit(t.Context(), w, a.Turn(typed(note, from, 20)...))
		must(t, err)
	}
	out, err := room.Commit(t.Context(), w, b.Turn(Insert(note, 55, 0, "near ")), a.Turn(Insert(note, 60, 60, ".")))
	must(t, err)
	equal(t, "a revision that the document remembers", out.Answers[0].Acks[0].Status, board.OK)
	out, err = room.Commit(t.Context(), w, b.Turn(Insert(note, 5, 0, "far ")))
	must(t, err)
	equal(t, "a revision that only the log remembers", out.Answers[0].Acks[0].Status, board.OK)
	text := w.Check(t, a.Board).Notes[note].Text
	equal(t, "letters", strings.Count(text, "x"), 60)
	equal(t, "the replica", room.Doc.Notes[note].Text, text)
}

func foreseenElsewhere(t *testing.T, w *World) {
	mine, theirs := w.Desk(t), w.Desk(t)
	room := w.Replica(t, theirs.Board, theirs)
	room.Clients[mine.Client] = mine.State()
	create, _ := NewNote("")
	p := room.Proposal(mine.Turn(create))
	p.Board = theirs.Board
	out, err := w.Commit(t.Context(), p)
	must(t, err)
	equal(t, "a grant of another board", out.Answers[0].Fate, board.Denied)
	p.Board = "board_none"
	p.Turns[0].Grant.Board = p.Board
	_, err = w.Commit(t.Context(), p)
	isNotFound(t, "a board that is not there", err)
	equal(t, "theirs", w.Check(t, theirs.Board).Seq, 0)
}

func foreseenTurns(t *testing.T, w *World) {
	a := w.Desk(t)
	b := w.Seat(t, a.Board, a.Grant.Principal)
	room := w.Replica(t, a.Board, a, b)
	create, note := NewNote("")
	out, err := room.Commit(t.Context(), w, a.Turn(create), b.Turn(Move(note, 1, 1)), a.Turn(Move(note, 2, 2)), b.Turn(Move(note, 3, 3)))
	must(t, err)
	for i, answer := range out.Answers {
		equal(t, fmt.Sprint("seq of turn ", i), answer.Acks[0].Seq, int64(i+1))
	}
	equal(t, "the one client", room.Clients[a.Client].LastMid, 2)
	equal(t, "x", w.Check(t, a.Board).Notes[note].X, 3)
}
