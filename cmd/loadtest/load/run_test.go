package load_test

import (
	"context"
	"net"
	"net/http/httptest"
	"os"
	"testing"
	"time"

	"corkboard/cmd/loadtest/echo"
	"corkboard/cmd/loadtest/load"
	"corkboard/store/storetest"
)

func plan(url string) load.Plan {
	return load.Plan{
		URL: url, Rooms: 1, Bots: 1, Dialers: 4, Cursors: 20,
		Warmup: 100 * time.Millisecond, For: 500 * time.Millisecond,
	}
}

func TestEveryCursorReachesEveryOtherBot(t *testing.T) {
	t.Parallel()
	for name, tick := range map[string]time.Duration{"a frame each": 0, "a frame for each tick": 33 * time.Millisecond} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer((&echo.Server{Tick: tick}).Handler())
			defer server.Close()
			p := plan(server.URL)
			p.Rooms, p.Bots, p.Senders, p.PIDs = 3, 10, 2, []int{os.Getpid()}
			report, err := load.Run(context.Background(), p, nil)
			if err != nil {
				t.Fatal(err)
			}
			c := report.Cursors
			// Rooms of 4, 3 and 3 with two senders each: 2 × (3+2+2) others × 20 a
			// second. Senders that were held up make good for it within the window.
			if c == nil || c.Missing != 0 || c.Offered <= 0 || c.Offered > 4*280 || c.Delivered <= 0 || c.Delivered > 4*280 {
				t.Errorf("of 280 deliveries a second it says %+v", c)
			}
			if c.Latency.P50 <= 0 || c.Latency.P99 < c.Latency.P50 || c.Bytes < 20 || c.Bytes > 80 {
				t.Errorf("the figures cannot be: %+v", c)
			}
			if s := report.Server; s == nil || s.RSS == 0 {
				t.Errorf("what the server used is missing: %+v", s)
			}
			if report.Lost != 0 || len(report.Wrong) != 0 {
				t.Errorf("it says that something was lost: %+v", report)
			}
		})
	}
}

func TestTheReferenceTakesEditsAndVisitors(t *testing.T) {
	t.Parallel()
	log, err := echo.OpenLog(t.Context(), storetest.URL(t))
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	server := httptest.NewServer((&echo.Server{Tick: 33 * time.Millisecond, Log: log}).Handler())
	defer server.Close()
	p := plan(server.URL)
	p.Bots, p.Cursors, p.Edits, p.Notes, p.Joins = 4, 0, 100, 250, 20
	report, err := load.Run(t.Context(), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	if e := report.Edits; e == nil || e.Missing != 0 || e.Acked <= 0 || e.Ack.P50 <= 0 || len(report.Wrong) != 0 {
		t.Errorf("of 100 edits a second: %+v, %q", e, report.Wrong)
	}
	if j := report.Joins; j == nil || j.Count == 0 || j.Bytes < 250*50 {
		t.Errorf("of visitors: %+v", j)
	}
}

// cutter keeps what it accepted, to break it.
type cutter struct {
	net.Listener
	accepted chan net.Conn
}

func (c cutter) Accept() (net.Conn, error) {
	conn, err := c.Listener.Accept()
	if err == nil {
		c.accepted <- conn
	}
	return conn, err
}

func TestACutSocketFailsTheRun(t *testing.T) {
	t.Parallel()
	server := httptest.NewUnstartedServer((&echo.Server{}).Handler())
	conns := cutter{server.Listener, make(chan net.Conn, 10)}
	server.Listener = conns
	server.Start()
	defer server.Close()
	p := plan(server.URL)
	p.Bots = 3
	report, err := load.Run(context.Background(), p, func(progress load.Progress) {
		if progress.Phase == "measure" {
			<-conns.accepted // made the board
			(<-conns.accepted).Close()
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if report.Lost != 1 || len(report.Wrong) == 0 {
		t.Errorf("one socket was cut, and the report says %+v", report)
	}
}

func TestNoServer(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(nil)
	server.Close()
	if report, err := load.Run(context.Background(), plan(server.URL), nil); err == nil {
		t.Errorf("nobody listens, and the report says %+v", report)
	}
}
