package boardtest_test

import (
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
