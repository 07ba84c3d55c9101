package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"corkboard/cmd/loadtest/load"
)

const usage = `loadtest puts many clients on a Corkboard over real sockets, and says how fast
and at what price it served them. It makes boards of its own on the server, as
a guest, and moves them to the trash when it is done.

Usage:
  loadtest [flags] http://127.0.0.1:8080     a server that runs; -pid says what it costs
  loadtest [flags] -start bin/corkboard      a server for this run, with a Postgres of its own
  loadtest [flags] -reference                a bare loop without any logic, alone or beside one of those

Examples:
  # twenty people on one board, all moving their pointers
  loadtest -bots 20 -cursors 20 http://127.0.0.1:8080

  # what a server of this machine spends on 100 people of whom 20 move, beside the bare loop
  loadtest -pin -start bin/corkboard -reference -bots 100 -senders 20 -cursors 20

  # 200 boards with five people each; Postgres and Redis are counted in
  loadtest -rooms 200 -bots 1000 -cursors 5 -pid $SERVER,$POSTGRES,$REDIS http://127.0.0.1:8080

  # ten edits a second from each of 20 people; their replicas are compared
  loadtest -cursors 0 -edits 200 -start bin/corkboard

  # what it takes to open a board of 5,000 notes
  loadtest -cursors 0 -bots 1 -notes 5000 -joins 20 http://127.0.0.1:8080

  # 2,000 people who only look
  loadtest -bots 2000 -cursors 0 -for 30s -pid $SERVER http://127.0.0.1:8080

A delivery is one pointer's move, or one edit, seen by one other client. The
exit code is 1 when a socket was cut, an acknowledged edit was lost, replicas
differ at the end, or a delivery is missing; 2 when the flags are wrong.

Flags:
`

// options are what the command line says.
type options struct {
	plan      load.Plan
	start     string // the program of a server to start
	reference bool
	tick      time.Duration // of the reference
	serve     bool          // be the reference
	durable   bool          // the reference keeps edits in a Postgres of its own
	pin       bool
	json      bool
}

func parse(args []string, errs io.Writer) (options, error) {
	var o options
	set := o.flags()
	set.SetOutput(io.Discard)
	err := set.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(errs, usage)
		set.SetOutput(errs)
		set.PrintDefaults()
	}
	if err != nil || o.serve {
		return o, err
	}
	return o, o.target(set.Args())
}

func (o *options) flags() *flag.FlagSet {
	set := flag.NewFlagSet("loadtest", flag.ContinueOnError)
	p := &o.plan
	set.IntVar(&p.Bots, "bots", 20, "how many `sockets`, on all boards together")
	set.IntVar(&p.Rooms, "rooms", 1, "how many `boards` they are spread over")
	set.Float64Var(&p.Cursors, "cursors", 20, "how many times a `second` each sender moves its pointer")
	set.IntVar(&p.Senders, "senders", 0, "how many `bots` of each board move theirs; 0: all")
	set.Float64Var(&p.Edits, "edits", 0, "how many edits a `second`, all editors together")
	set.IntVar(&p.Editors, "editors", 0, "how many `bots` of each board edit; 0: all")
	set.IntVar(&p.Notes, "notes", 0, "how many `notes` each board has before")
	set.Float64Var(&p.Joins, "joins", 0, "how many clients a `second` come, take the document, and go")
	set.DurationVar(&p.For, "for", 10*time.Second, "how `long` is measured")
	set.DurationVar(&p.Warmup, "warmup", 2*time.Second, "how `long` the load runs before")
	set.BoolVar(&p.Deflate, "deflate", false, "bots compress what they send, as browsers do, at their own cost, too")
	set.IntVar(&p.Dialers, "dialers", 20, "how many `sockets` are opened at the same time")
	set.StringVar(&p.Origin, "origin", "", "the server's PUBLIC_URL, where that is not the `URL`")
	set.Func("pid", "the server's `processes`, with commas between; their descendants are counted too (Linux)", o.addPIDs)
	set.StringVar(&o.start, "start", "", "start this server `program` for the run")
	set.BoolVar(&o.reference, "reference", false, "load a bare loop too, in a process of its own")
	set.DurationVar(&o.tick, "tick", 33*time.Millisecond, "the reference sends a frame each `tick`; 0: a frame for each cursor")
	set.BoolVar(&o.serve, "serve-reference", false, "be the bare loop, say the address, and run until stopped")
	set.BoolVar(&o.durable, "durable", false, "with -serve-reference: commit edits to a Postgres of its own")
	set.BoolVar(&o.pin, "pin", false, "started servers run on the first processor, the bots on the others")
	set.BoolVar(&o.json, "json", false, "print the figures as JSON, an array with an element for each server")
	return set
}

func (o *options) addPIDs(list string) error {
	for text := range strings.SplitSeq(list, ",") {
		pid, err := strconv.Atoi(text)
		if err != nil || pid < 1 {
			return fmt.Errorf("%q is not the number of a process", text)
		}
		o.plan.PIDs = append(o.plan.PIDs, pid)
	}
	return nil
}

// target checks what is to be loaded.
func (o *options) target(args []string) error {
	switch {
	case len(args) > 1:
		return fmt.Errorf("one server is loaded at a time, and flags stand before its address; %q is too much", args[1])
	case len(args) == 1 && o.start != "":
		return errors.New("either the address of a server or -start")
	case len(args) == 0 && o.start == "" && !o.reference:
		return errors.New("the server's address is missing: it should look like http://127.0.0.1:8080")
	case len(args) == 0 && len(o.plan.PIDs) > 0:
		return errors.New("-pid is for a server whose address is given")
	}
	check := o.plan
	check.URL = "http://unknown.yet"
	if len(args) == 1 {
		o.plan.URL, check.URL = args[0], args[0]
	}
	return check.Check()
}
