package store_test

import (
	"testing"

	"corkboard/board"
	"corkboard/board/boardtest"
	"corkboard/store"
)

// A grant from before a backup was put back is worth nothing under the rights of
// that backup, also when these have changed as often as the others had (I10, I14).
func TestGrantsEndWithTheirEpoch(t *testing.T) {
	t.Parallel()
	for name, renew := range map[string]func(s *store.Store, id string, epoch int64) error{
		"seen by a node": func(s *store.Store, id string, epoch int64) error {
			_, err := s.Renew(t.Context(), id, epoch)
			return err
		},
		"told": func(s *store.Store, _ string, _ int64) error {
			_, err := s.RenewAll(t.Context())
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, owner, db := desk(t)
			create, note := boardtest.NewNote("")
			w.Do(t, owner, create)
			ben, eva := w.User(t, "Ben"), w.User(t, "Eva")
			tables{db}.AddMember(t, owner.Board, ben.ID, board.Editor)
			seat := w.Seat(t, owner.Board, ben)
			_, head, err := w.Load(t.Context(), owner.Board)
			if err != nil {
				t.Fatal(err)
			}
			tables{db}.exec(t, "DELETE FROM members")
			tables{db}.exec(t, "UPDATE boards SET perm_version = perm_version - 1 WHERE id = $1", owner.Board)
			if err := renew(w.Stores.(*store.Store), owner.Board, head.Epoch); err != nil {
				t.Fatal(err)
			}
			tables{db}.AddMember(t, owner.Board, eva.ID, board.Editor)
			out := w.Propose(t, seat.Turn(boardtest.Move(note, 3, 3)))
			if out.Answers[0].Fate != board.Denied || len(out.Events) != 0 {
				t.Errorf("an edit by a grant that is of no backup: %+v", out.Answers)
			}
		})
	}
}
