package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"time"

	"corkboard/cmd/child"
)

// comparePgbench measures streams of edits beside pgbench's simple update on the
// same Postgres. Here all programs share all processors, the clients too.
func comparePgbench(ctx context.Context, o options, out io.Writer) error {
	dir, err := os.MkdirTemp("", "corkboard-bench-")
	if err != nil {
		return fmt.Errorf("make a folder: %w", err)
	}
	defer os.RemoveAll(dir)
	if err := os.Chmod(dir, 0o711); err != nil { // as root, Postgres runs as another user
		return fmt.Errorf("open the folder: %w", err)
	}
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
	s, err := startServer(ctx, o.server, postgres.URL(), redis.URL(), dir)
	if err != nil {
		return err
	}
	defer s.stop()
	base, err := pgbench(ctx, postgres.URL(), o.length)
	if err != nil {
		return err
	}
	for _, l := range []commitLoad{
		{name: "edits on one board, 64 clients, 50 a frame", boards: 1, clients: 64, frame: 50},
		{name: "edits on 16 boards, 64 clients, 50 a frame", boards: 16, clients: 64, frame: 50},
		{name: "edits on one board, 16 clients, one a frame", boards: 1, clients: 16, frame: 1},
		{name: "edits on 16 boards, 16 clients, one a frame", boards: 16, clients: 16, frame: 1},
	} {
		perSecond, err := l.run(ctx, s, o.length)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "| %s, a second, beside pgbench's transactions | | %.0f | %.0f | %.2f | |\n", l.name, base, perSecond, perSecond/base)
	}
	return nil
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

var tpsLine = regexp.MustCompile(`tps = ([0-9.]+)`)

func tps(out string) (float64, error) {
	m := tpsLine.FindStringSubmatch(out)
	if m == nil {
		return 0, fmt.Errorf("pgbench did not say its speed: %s", out)
	}
	return strconv.ParseFloat(m[1], 64)
}
