// Command loadtest puts many clients on a Corkboard over real sockets and says
// how fast and at what price it served them; -h shows how to use it.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"corkboard/cmd/loadtest/load"
)

// Exit codes.
const (
	exitFailed = 1
	exitUsage  = 2
)

// errWrong says that the server lost something; the report says what.
var errWrong = errors.New("the server did not keep its promises")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	go func() {
		<-ctx.Done()
		stop() // a second signal ends the program the hard way
	}()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run does what the arguments say and returns the exit code.
func run(ctx context.Context, args []string, out, errs io.Writer) int {
	o, err := parse(args, errs)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		fmt.Fprintf(errs, "loadtest: %s\nloadtest -h says how to use it.\n", err)
		return exitUsage
	}
	if o.serve {
		err = serveReference(ctx, o, out)
	} else {
		err = test(ctx, o, out, errs)
	}
	if err != nil {
		fmt.Fprintln(errs, "loadtest:", err)
		return exitFailed
	}
	return 0
}

// test loads each server that the options name, one after the other.
func test(ctx context.Context, o options, out, errs io.Writer) error {
	servers, err := find(ctx, o)
	defer func() {
		for _, s := range servers {
			s.stop()
		}
	}()
	if err != nil {
		return err
	}
	if err := o.pinSelf(); err != nil {
		return err
	}
	var reports []load.Report
	for _, s := range servers {
		plan := o.plan
		plan.URL, plan.PIDs, plan.Verify = s.url, s.pids, s.verify
		report, err := load.Run(ctx, plan, progress(errs, s.name))
		if err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		report.Name = s.name
		reports = append(reports, report)
	}
	if o.json {
		err = json.NewEncoder(out).Encode(reports)
	} else {
		err = table(out, reports)
	}
	return errors.Join(err, verdict(reports))
}

func verdict(reports []load.Report) error {
	for _, r := range reports {
		if len(r.Wrong) > 0 {
			return fmt.Errorf("%s: %w: %s", r.Name, errWrong, r.Wrong[0])
		}
	}
	return nil
}
