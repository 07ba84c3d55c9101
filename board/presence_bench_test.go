package board_test

import (
	"fmt"
	"log/slog"
	"runtime"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"corkboard/auth"
	"corkboard/board"
	"corkboard/board/boardtest"
	"corkboard/bus"
)

// counting is a socket that costs nothing, so that what is measured is the room.
type counting struct{ frames, bytes *atomic.Int64 }

func (c counting) Send(f *board.Frame) {
	c.frames.Add(1)
	c.bytes.Add(int64(f.Size()))
}

func (counting) Close(board.CloseCode, string) {}

// BenchmarkPresence is what a room spends on one pointer move, from the frame to
// all the other sockets' queues: 20 people move theirs 20 times a second.
func BenchmarkPresence(b *testing.B) {
	for _, size := range []int{20, 100, 300} {
		b.Run(fmt.Sprintf("room=%d", size), func(b *testing.B) { benchmarkMoves(b, size, 20) })
	}
}

func benchmarkMoves(b *testing.B, size, movers int) {
	fake := boardtest.NewStore(time.Now)
	owner, id := auth.User{ID: auth.NewID("u"), Name: "Ana"}, auth.NewID("b")
	if err := fake.AddGuest(b.Context(), owner, auth.Hash(owner.ID)); err != nil {
		b.Fatal(err)
	}
	if err := fake.AddBoard(b.Context(), board.Summary{ID: id, Name: "Bench"}, owner.ID, nil, nil); err != nil {
		b.Fatal(err)
	}
	grant, err := fake.Grant(b.Context(), board.Principal{Kind: board.ByUser, ID: owner.ID}, id)
	if err != nil {
		b.Fatal(err)
	}
	hub := board.NewHub(fake, bus.NewMemory(), slog.New(slog.DiscardHandler))
	defer hub.Close(b.Context())
	var frames, bytes atomic.Int64
	people := make([]*board.Session, size)
	for i := range people {
		if people[i], err = hub.Join(b.Context(), counting{&frames, &bytes}, board.Visitor{Principal: grant.Principal}, board.Hello{Board: id, Client: auth.NewID("c")}); err != nil {
			b.Fatal(err)
		}
		defer people[i].Leave()
	}
	moves := make([][]byte, 1000)
	for i := range moves {
		moves[i] = fmt.Appendf(nil, `{"type":"presence","cursor":[%d,%d],"selection":[],"editing":null}`, i*7%2000-1000, i*13%1500)
	}
	time.Sleep(100 * time.Millisecond)
	frames.Store(0)
	bytes.Store(0)
	b.ReportAllocs()
	b.ResetTimer()
	before, pace := processTime(b), time.NewTicker(time.Second/20/time.Duration(movers))
	defer pace.Stop()
	for i := range b.N {
		<-pace.C
		people[i%movers].Receive(moves[i%len(moves)])
	}
	b.StopTimer()
	spent, n := processTime(b)-before, float64(frames.Load())
	b.ReportMetric(float64(spent.Nanoseconds())/float64(b.N), "cpu-ns/move")
	b.ReportMetric(float64(spent.Nanoseconds())/n, "cpu-ns/delivery")
	b.ReportMetric(float64(bytes.Load())/n, "bytes/frame")
}

// BenchmarkIdleRooms is what a room costs in which one person reads.
func BenchmarkIdleRooms(b *testing.B) {
	fake := boardtest.NewStore(time.Now)
	owner := auth.User{ID: auth.NewID("u"), Name: "Ana"}
	if err := fake.AddGuest(b.Context(), owner, auth.Hash(owner.ID)); err != nil {
		b.Fatal(err)
	}
	hub := board.NewHub(fake, bus.NewMemory(), slog.New(slog.DiscardHandler))
	defer hub.Close(b.Context())
	var frames, bytes atomic.Int64
	grants := make([]board.Grant, b.N)
	for i := range grants {
		id := auth.NewID("b")
		err := fake.AddBoard(b.Context(), board.Summary{ID: id, Name: "Bench"}, owner.ID, nil, nil)
		if err == nil {
			grants[i], err = fake.Grant(b.Context(), board.Principal{Kind: board.ByUser, ID: owner.ID}, id)
		}
		if err != nil {
			b.Fatal(err)
		}
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	goroutines := runtime.NumGoroutine()
	for _, grant := range grants {
		s, err := hub.Join(b.Context(), counting{&frames, &bytes}, board.Visitor{Principal: grant.Principal}, board.Hello{Board: grant.Board, Client: auth.NewID("c")})
		if err != nil {
			b.Fatal(err)
		}
		defer s.Leave()
	}
	time.Sleep(1200 * time.Millisecond) // until who is here was stored
	runtime.GC()
	runtime.ReadMemStats(&after)
	spent := processTime(b)
	time.Sleep(10 * time.Second) // a heartbeat
	spent = processTime(b) - spent
	b.ReportMetric(float64(runtime.NumGoroutine()-goroutines)/float64(b.N), "goroutines/room")
	b.ReportMetric(float64(after.HeapInuse+after.StackInuse-before.HeapInuse-before.StackInuse)/float64(b.N), "bytes/room")
	b.ReportMetric(float64(spent.Microseconds())/float64(b.N)/10, "cpu-us/room/s")
}

// processTime is the processor time that this process has taken so far.
func processTime(b *testing.B) time.Duration {
	b.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
