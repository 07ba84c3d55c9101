package boardtest_test

import (
	"errors"
	"testing"

	"corkboard/board"
	"corkboard/board/boardtest"
)

func TestStore(t *testing.T) {
	t.Parallel()
	boardtest.StoreSuite(t, func(t *testing.T, now board.Now) (boardtest.Stores, boardtest.Fixture) {
		s := boardtest.NewStore(now)
		return s, s
	})
}

func TestFailures(t *testing.T) {
	t.Parallel()
	s := boardtest.NewStore(nil)
	w := &boardtest.World{Stores: s, Fixture: s, Clock: boardtest.NewClock()}
	seat := w.Desk(t)
	create, _ := boardtest.NewNote("")
	p := board.Proposal{Board: seat.Board, Turns: []board.Turn{seat.Turn(create)}}
	seqAfter := func(what string, want int64) {
		t.Helper()
		if _, err := s.Commit(t.Context(), p); !errors.Is(err, board.ErrUnavailable) {
			t.Errorf("%s: %v", what, err)
		}
		if got := w.Check(t, seat.Board).Seq; got != want {
			t.Errorf("%s: seq %d, want %d", what, got, want)
		}
	}
	s.RefuseCommits(1)
	seqAfter("a refused commit", 0)
	s.LoseAnswers(1)
	seqAfter("a lost answer", 1)
	out, err := s.Commit(t.Context(), p)
	if err != nil || len(out.Events) != 0 || out.Answers[0].Acks[0].Seq != 1 {
		t.Errorf("the proposal made again: %+v, %v", out, err)
	}
}
