package load_test

import (
	"context"
	"log/slog"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"corkboard/auth"
	"corkboard/board"
	"corkboard/bus"
	"corkboard/cmd/loadtest/load"
	"corkboard/notes"
	"corkboard/store"
	"corkboard/store/storetest"
	"corkboard/web"
)

// newServer is the product in this process, on a Postgres of the test's own.
// Its store may be another, made of that one.
func newServer(t *testing.T, st board.Store, db *store.Store) string {
	t.Helper()
	log := slog.New(slog.DiscardHandler)
	hub := board.NewHub(st, bus.NewMemory(), log)
	t.Cleanup(func() { hub.Close(context.Background()) })
	key, err := db.ServerKey(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	listening := httptest.NewUnstartedServer(nil)
	public, err := url.Parse("http://" + listening.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	site := web.New(web.Options{
		PublicURL: public, Version: "test", Hub: hub, Library: board.NewLibrary(db, hub, key), Boards: db, Auth: auth.New(db), Log: log,
	})
	listening.Config.Handler = site.Handler()
	listening.Start()
	t.Cleanup(listening.Close)
	return public.String()
}

func TestARunOnARealServer(t *testing.T) {
	t.Parallel()
	db := storetest.New(t)
	seen := &recording{Store: db}
	p := plan(newServer(t, seen, db))
	p.Rooms, p.Bots, p.Senders, p.Cursors, p.Edits, p.Notes, p.Joins = 2, 8, 2, 20, 80, 250, 10
	p.For, p.Verify, p.Deflate, p.PIDs = time.Second, true, true, []int{os.Getpid()}
	report, err := load.Run(t.Context(), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(report.Wrong) != 0 || report.Lost != 0 {
		t.Errorf("the run failed: %q", report.Wrong)
	}
	// Rooms of four: 2 × 2 senders × 3 others × 20 a second.
	if c := report.Cursors; c.Missing != 0 || c.Offered <= 0 || c.Delivered <= 0 || c.Latency.P50 <= 0 {
		t.Errorf("of 240 cursors a second: %+v", c)
	}
	if e := report.Edits; e.Missing != 0 || e.Lost != 0 || e.Acked <= 0 || e.Ack.P50 <= 0 || e.Delivery.P99 < e.Delivery.P50 {
		t.Errorf("of 80 edits a second: %+v", e)
	}
	if j := report.Joins; j.Count == 0 || j.Bytes < 1000 || j.Latency.P50 <= 0 {
		t.Errorf("of ten joins a second: %+v", j)
	}
	if s := report.Server; s.PerMillion <= 0 || s.PerEdits <= 0 || s.RSS == 0 {
		t.Errorf("what it cost: %+v", s)
	}
	heads, err := db.Heads(t.Context(), seen.list())
	if err != nil || len(heads) != p.Rooms {
		t.Fatalf("of two boards, %d are there, %v", len(heads), err)
	}
	for id, head := range heads {
		if !head.Trashed {
			t.Errorf("board %s was left behind", id)
		}
	}
}

// recording is a store that remembers which boards were entered.
type recording struct {
	board.Store
	mu     sync.Mutex
	boards []string
}

func (r *recording) Enter(ctx context.Context, id, client string, v board.Visitor) (board.Entrance, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !slices.Contains(r.boards, id) {
		r.boards = append(r.boards, id)
	}
	return r.Store.Enter(ctx, id, client, v)
}

func (r *recording) list() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.boards)
}

// forgetting is a store that acknowledges edits and keeps another: from the
// tenth on, each of one bot's moves goes where its fifth went.
type forgetting struct{ board.Store }

func (f forgetting) Commit(ctx context.Context, p board.Proposal) (board.Outcome, error) {
	five := 5.0
	for _, turn := range p.Turns {
		for i, sub := range turn.Ops {
			if set, ok := sub.Op.Edit.(*notes.Set); ok && set.Set.X != nil && *set.Set.Y == 0 && *set.Set.X > 9 {
				turn.Ops[i].Op.Edit = &notes.Set{Note: set.Note, Set: notes.Values{X: &five, Y: set.Set.Y}}
			}
		}
	}
	return f.Store.Commit(ctx, p)
}

func TestALostEditFailsTheRun(t *testing.T) {
	t.Parallel()
	db := storetest.New(t)
	p := plan(newServer(t, forgetting{db}, db))
	p.Bots, p.Cursors, p.Edits, p.For, p.Verify = 2, 0, 100, time.Second, true
	report, err := load.Run(t.Context(), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	if report.Edits.Lost == 0 || len(report.Wrong) == 0 {
		t.Errorf("edits were acknowledged and not kept, and the report says %+v, %q", report.Edits, report.Wrong)
	}
}
