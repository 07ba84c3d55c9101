// Command bench measures a real server over real sockets, beside a bare loop
// and beside pgbench in the same run, and prints a table in Markdown. The
// machine's speed drifts, so compare the ratios, not the figures of two runs.
//
// Each scenario is a run of cmd/loadtest (-loadtest, default bin/loadtest) on a
// server of its own (-server, default bin/corkboard), which has a private
// Postgres that flushes every commit, and a private Redis. On a machine with
// two processors or more the servers run on the first and the bots on the
// others. All traffic stays on loopback.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"slices"
	"strings"
	"time"
)

// options are what the command line says.
type options struct {
	server   string
	loadtest string
	length   time.Duration
	only     []string // groups; none: all of them
}

// errFailed says that something was lost; the table says what.
var errFailed = errors.New("a run has failed")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	o, err := parse(os.Args[1:])
	if err == nil {
		err = run(ctx, o, os.Stdout)
	}
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func parse(args []string) (o options, err error) {
	set := flag.NewFlagSet("bench", flag.ContinueOnError)
	set.StringVar(&o.server, "server", "bin/corkboard", "the server's `program`")
	set.StringVar(&o.loadtest, "loadtest", "bin/loadtest", "the load test's `program`")
	seconds := set.Int("seconds", 5, "how many `seconds` are measured of each load")
	only := set.String("only", "", "`groups`, with commas between: "+strings.Join(groups(), ", "))
	if err := set.Parse(args); err != nil {
		return o, err
	}
	o.length = time.Duration(*seconds) * time.Second
	if *only != "" {
		o.only = strings.Split(*only, ",")
	}
	for _, group := range o.only {
		if !slices.Contains(groups(), group) {
			return o, fmt.Errorf("there is no group %q; there are %s", group, strings.Join(groups(), ", "))
		}
	}
	if set.NArg() > 0 {
		return o, fmt.Errorf("%q is too much", set.Arg(0))
	}
	return o, nil
}

func (o options) wants(group string) bool { return len(o.only) == 0 || slices.Contains(o.only, group) }

// run prints the table as it grows. What failed does not hold up the rest.
func run(ctx context.Context, o options, out io.Writer) error {
	fmt.Fprintf(out, "%d processors, %s, %s a load\n\n", runtime.NumCPU(), runtime.Version(), o.length)
	fmt.Fprintln(out, "| what | aim | reference | ours | ratio | |")
	fmt.Fprintln(out, "|---|---|---|---|---|---|")
	var failed error
	for _, s := range scenarios(o.length) {
		if !o.wants(s.group) {
			continue
		}
		if err := s.run(ctx, o, out); err != nil {
			fmt.Fprintf(out, "| %s | | | | | failed: %s |\n", s.name, oneLine(err))
			failed = errFailed
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	if o.wants(pgbenchGroup) {
		return errors.Join(failed, comparePgbench(ctx, o, out))
	}
	return failed
}

func oneLine(err error) string { return strings.Join(strings.Fields(err.Error()), " ") }
