package store_test

import (
	"fmt"
	"testing"

	"corkboard/auth"
	"corkboard/board"
	"corkboard/board/boardtest"
	"corkboard/notes"
	"corkboard/store/storetest"
)

// BenchmarkCommit commits to one board on what a room remembers of it, in batches of so many ops. Measure it on a server that syncs to disk.
func BenchmarkCommit(b *testing.B) {
	for _, size := range []int{1, 10, 100} {
		b.Run(fmt.Sprintf("batch=%d", size), func(b *testing.B) { benchmarkCommit(b, size) })
	}
}

func benchmarkCommit(b *testing.B, size int) {
	w := &boardtest.World{Stores: storetest.New(b), Clock: boardtest.NewClock()}
	seats := make([]*boardtest.Seat, 4)
	seats[0] = w.Desk(b)
	for i := 1; i < len(seats); i++ {
		seats[i] = w.Seat(b, seats[0].Board, seats[0].Grant.Principal)
	}
	ids := furnished(b, w, seats[0])
	room := w.Replica(b, seats[0].Board, seats...)
	b.ResetTimer()
	for n := range b.N {
		turns := make([]board.Turn, 0, len(seats))
		for i, s := range seats {
			if edits := share(ids, n, size, i, len(seats)); len(edits) > 0 {
				turns = append(turns, s.Turn(edits...))
			}
		}
		if _, err := room.Commit(b.Context(), w, turns...); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N*size)/b.Elapsed().Seconds(), "ops/s")
}

// furnished puts a few hundred notes on the board.
func furnished(b *testing.B, w *boardtest.World, seat *boardtest.Seat) []string {
	var ids []string
	batch := &notes.Batch{}
	for range 300 {
		create, id := boardtest.NewNote("Faster exports, please")
		ids = append(ids, id)
		batch.Ops = append(batch.Ops, notes.Op{Edit: create})
	}
	w.Do(b, seat, batch)
	return ids
}

// share is what one of several seats does of round n's edits: moves, on one note after another.
func share(ids []string, n, size, seat, seats int) []notes.Edit {
	var edits []notes.Edit
	for k := range size {
		if k*seats/size == seat {
			edits = append(edits, boardtest.Move(ids[(n*size+k)%len(ids)], float64(n%1000), float64(k)))
		}
	}
	return edits
}

// BenchmarkEnter is what a hello asks of Postgres: of a client that is new there,
// and of one that comes again.
func BenchmarkEnter(b *testing.B) {
	for name, clients := range map[string]int{"new": 1 << 30, "again": 1} {
		b.Run(name, func(b *testing.B) {
			w := &boardtest.World{Stores: storetest.New(b), Clock: boardtest.NewClock()}
			owner := w.User(b, "Ana")
			id, v := w.Board(b, owner), board.Visitor{Session: auth.Hash(owner.ID)}
			b.ResetTimer()
			for n := range b.N {
				if _, err := w.Enter(b.Context(), id, fmt.Sprintf("client-%08d", n%clients), v); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
