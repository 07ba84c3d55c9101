// Command bench measures a real server over real sockets, beside pgbench on the
// same Postgres in the same run, and prints a table in Markdown. The machine's
// speed drifts, so compare the ratios, not the figures of two runs.
//
// It starts a private Postgres that syncs every commit, a private Redis and the
// server (-server, default bin/corkboard), and stops them at the end. All
// traffic stays on loopback and every measurement is bounded by -seconds.
package main

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"time"

	"corkboard/cmd/child"
)

func main() {
	server := flag.String("server", "bin/corkboard", "the server's program")
	seconds := flag.Int("seconds", 5, "how long each measurement takes")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *server, time.Duration(*seconds)*time.Second); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, program string, length time.Duration) error {
	dir, err := os.MkdirTemp("", "corkboard-bench-")
	if err != nil {
		return fmt.Errorf("make a folder: %w", err)
	}
	defer os.RemoveAll(dir)
	log := slog.New(slog.DiscardHandler)
	postgres, err := child.StartPostgres(ctx, filepath.Join(dir, "postgres"), log)
	if err != nil {
		return err
	}
	defer postgres.Stop()
	redis, err := child.StartRedis(ctx, filepath.Join(dir, "redis"), log)
	if err != nil {
		return err
	}
	defer redis.Stop()
	s, err := startServer(ctx, program, postgres.URL(), redis.URL(), dir)
	if err != nil {
		return err
	}
	defer s.stop()
	return measure(ctx, s, postgres.URL(), length)
}

// measure runs everything once and prints a row each.
func measure(ctx context.Context, s *server, database string, length time.Duration) error {
	fmt.Printf("%d processors, %s, %s a row\n\n", runtime.NumCPU(), runtime.Version(), length)
	fmt.Println("| what | a second | p50 | p99 | |")
	fmt.Println("|---|---|---|---|---|")
	base, err := pgbench(ctx, database, length)
	if err != nil {
		return err
	}
	fmt.Printf("| pgbench simple update, 16 clients | %.0f | | | the measure |\n", base)
	for _, load := range []commitLoad{
		{name: "edits on one board, 64 clients, 50 a frame", boards: 1, clients: 64, frame: 50},
		{name: "edits on 16 boards, 64 clients, 50 a frame", boards: 16, clients: 64, frame: 50},
		{name: "edits on one board, 16 clients, one a frame", boards: 1, clients: 16, frame: 1},
		{name: "edits on 16 boards, 16 clients, one a frame", boards: 16, clients: 16, frame: 1},
		{name: "edits on one board at 200 a second, 20 clients", boards: 1, clients: 20, frame: 1, rate: 200},
	} {
		if err := load.run(ctx, s, length, base); err != nil {
			return err
		}
	}
	return fanOut(ctx, s, 20, 20, length)
}

// pgbenchProgram is on Debian beside the server, elsewhere on the path.
func pgbenchProgram() string {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/pgbench")
	if len(found) > 0 {
		return found[len(found)-1]
	}
	return "pgbench"
}

// pgbench returns the transactions a second of its simple update.
func pgbench(ctx context.Context, database string, length time.Duration) (float64, error) {
	program := pgbenchProgram()
	if out, err := exec.CommandContext(ctx, program, "-i", "-q", "-s", "10", database).CombinedOutput(); err != nil {
		return 0, fmt.Errorf("prepare pgbench: %w: %s", err, out)
	}
	out, err := exec.CommandContext(ctx, program, "-N", "-n", "-M", "prepared", "-c", "16", "-j", "2",
		"-T", fmt.Sprint(int(length.Seconds())), database).CombinedOutput()
	if err != nil {
		return 0, fmt.Errorf("run pgbench: %w: %s", err, out)
	}
	return tps(string(out))
}
