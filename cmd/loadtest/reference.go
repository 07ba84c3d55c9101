package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"

	"corkboard/cmd/child"
	"corkboard/cmd/loadtest/echo"
)

// serveReference is the bare loop, until the context ends.
func serveReference(ctx context.Context, o options, out io.Writer) (err error) {
	bare := &echo.Server{Tick: o.tick}
	if o.durable {
		var stop func() error
		if bare.Log, stop, err = openLog(ctx); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, stop()) }()
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	s := &http.Server{Handler: bare.Handler(), ReadHeaderTimeout: 5 * time.Second}
	context.AfterFunc(ctx, func() { _ = s.Close() })
	fmt.Fprintf(out, "the bare loop listens on http://%s\n", listener.Addr())
	if err := s.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve: %w", err)
	}
	return nil
}

// openLog starts a Postgres that flushes every commit, as a server's private
// one does, and opens the log in it.
func openLog(ctx context.Context) (log *echo.Log, stop func() error, err error) {
	folder, remove, err := dataFolder()
	if err != nil {
		return nil, nil, err
	}
	postgres, err := child.StartPostgres(ctx, folder, slog.New(slog.DiscardHandler))
	if err != nil {
		remove()
		return nil, nil, err
	}
	end := func() error { defer remove(); return postgres.Stop() }
	if log, err = echo.OpenLog(ctx, postgres.URL()); err != nil {
		return nil, nil, errors.Join(err, end())
	}
	return log, func() error { return errors.Join(log.Close(), end()) }, nil
}
