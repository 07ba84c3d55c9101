package store_test

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"corkboard/board/boardtest"
	"corkboard/cmd/child"
	"corkboard/store"
	"corkboard/store/storetest"
)

// Postgres is restarted under writers whose rooms foresee their commits: every
// edit lands once, the first of each within ten seconds of its return.
func TestCommitOverARestart(t *testing.T) {
	t.Parallel()
	const writers, heals = 2, 10 * time.Second
	folder, err := os.MkdirTemp("/tmp", "corkboard-restart-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	if err := os.Chmod(folder, 0o755); err != nil { // Postgres's own user passes through, else its data go elsewhere
		t.Fatal(err)
	}
	postgres := startPostgres(t, folder)
	w := &boardtest.World{Stores: migrated(t, postgres.URL()), Clock: boardtest.NewClock()}
	doomed := storetest.Open(t, postgres.URL())
	started, back := make(chan struct{}, writers), make(chan struct{})
	var all sync.WaitGroup
	for range writers {
		seat := w.Desk(t)
		create, note := boardtest.NewNote("")
		w.Do(t, seat, create)
		all.Go(func() {
			typed, healed := typeOver(t, doomed, w.Replica(t, seat.Board, seat), seat, note, started, back)
			if healed > heals {
				t.Errorf("healed after %v", healed)
			}
			if got := len(w.Check(t, seat.Board).Notes[note].Text); got != typed {
				t.Errorf("%d letters of %d typed", got, typed)
			}
		})
	}
	for range writers {
		<-started
	}
	if err := postgres.Stop(); err != nil {
		t.Error(err)
	}
	startPostgres(t, folder)
	close(back)
	all.Wait()
}

// typeOver types letter by letter up to some letters after Postgres is back, and
// tells how many, and after how long the first of those was in.
func typeOver(t *testing.T, s *store.Store, room *boardtest.Replica, seat *boardtest.Seat, note string,
	started chan<- struct{}, back <-chan struct{},
) (typed int, healed time.Duration) {
	var since time.Time
	for after := 0; after < 10; typed++ {
		select {
		case <-back:
			if after++; after == 1 {
				since = time.Now()
			}
		default:
		}
		if err := insist(s, room, seat.Turn(boardtest.Insert(note, room.Doc.Notes[note].Rev, 0, "x"))); err != nil {
			t.Error(err)
			return typed, healed
		}
		if after == 1 {
			healed = time.Since(since)
		}
		if typed == 10 {
			started <- struct{}{}
		}
	}
	return typed, healed
}

func startPostgres(t *testing.T, folder string) *child.Postgres {
	t.Helper()
	p, err := child.StartPostgres(context.Background(), filepath.Join(folder, "postgres"), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Stop() })
	return p
}
