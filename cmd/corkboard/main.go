// Command corkboard is the whole product: the server, and what an operator does
// beside it. It is the only room that knows every concrete type.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
)

// version is set by the build.
var version = "unknown"

const usage = `Corkboard: sticky notes, live, for everybody who has the link.

Usage:
  corkboard serve                    run the server (the same as no command)
  corkboard migrate                  bring the database's tables up to date, and end
  corkboard import FILE --board ID   pour the notes of a JSON file into a board; FILE may be - for the input
  corkboard restored                 after a backup was restored: have everybody start over from what it holds
  corkboard version                  say which version this is
  corkboard help                     say this

Settings, all by environment:
  ADDR          where to listen                    127.0.0.1:8080
  ADMIN_ADDR    where metrics and profiles are     nowhere, and metrics on ADDR
  PUBLIC_URL    how browsers reach it              http:// and ADDR
  DATA_DIR      pictures, the private servers      ./.data
  DATABASE_URL  a Postgres of yours                a private one in DATA_DIR
  REDIS_URL     a Redis of yours                   a private one in DATA_DIR
  TRUSTED_PROXIES  proxies in front, 10.0.0.7,172.16.0.0/12
  KEEP_LOG_DAYS, KEEP_LOG_EVENTS, KEEP_CLIENTS_DAYS, KEEP_TRASH_DAYS, KEEP_PICTURES_DAYS
                what is kept for how long          30, 1000, 60, 30; 0 days: for ever
  LOG_LEVEL     debug, info, warn or error         info
`

// Exit codes.
const (
	exitFailed = 1
	exitUsage  = 2
)

// errUsage is wrapped by what is wrong with the command line.
var errUsage = errors.New("usage")

// terminal is where a command reads and writes.
type terminal struct {
	in  io.Reader
	out io.Writer
	err io.Writer
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	go func() {
		<-ctx.Done()
		stop() // a second signal ends the program the hard way
	}()
	os.Exit(run(ctx, os.Args[1:], terminal{os.Stdin, os.Stdout, os.Stderr}))
}

// run does the command that the arguments name and returns the exit code.
func run(ctx context.Context, args []string, t terminal) int {
	err := command(ctx, args, t)
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errUsage):
		fmt.Fprintf(t.err, "%s\n\n%s", err, usage)
		return exitUsage
	}
	fmt.Fprintln(t.err, "corkboard:", err)
	return exitFailed
}

func command(ctx context.Context, args []string, t terminal) error {
	name := "serve"
	if len(args) > 0 {
		name, args = args[0], args[1:]
	}
	switch name {
	case "help", "-h", "-help", "--help":
		_, err := io.WriteString(t.out, usage)
		return err
	case "version", "-version", "--version":
		_, err := fmt.Fprintln(t.out, "corkboard", version)
		return err
	case "import":
		return withConfig(func(c config) error { return importFile(ctx, c, args, t) })
	case "serve", "migrate", "restored":
		if len(args) > 0 {
			return fmt.Errorf("%w: %s takes no %q", errUsage, name, args[0])
		}
		do := map[string]func(context.Context, config, terminal) error{"serve": serve, "migrate": migrate, "restored": restored}[name]
		return withConfig(func(c config) error { return do(ctx, c, t) })
	}
	return fmt.Errorf("%w: there is no command %q", errUsage, name)
}

func withConfig(do func(config) error) error {
	c, err := readConfig()
	if err != nil {
		return err
	}
	return do(c)
}

// newLog writes what happens to w, for people and for machines.
func newLog(c config, w io.Writer) *slog.Logger {
	return slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: c.LogLevel}))
}
