package store_test

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"testing"

	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"

	"corkboard/board"
	"corkboard/store"
)

func state(code string) error {
	return fmt.Errorf("do something: %w", &pq.Error{Code: pqerror.Code(code)})
}

func TestWhatIsUnavailable(t *testing.T) {
	t.Parallel()
	for _, err := range []error{
		driver.ErrBadConn, io.ErrUnexpectedEOF, net.ErrClosed, &net.OpError{Op: "read", Err: io.EOF},
		context.DeadlineExceeded, context.Canceled,
		state("08006"), state("57P01"), state("57014"), state("53300"), state("40001"), state("40P01"),
		state("55P03"), state("25006"), state("25P03"),
	} {
		if !store.Unavailable(err) {
			t.Errorf("%v must count as unavailable", err)
		}
	}
	for _, err := range []error{errors.New("x"), state("23505"), state("42P01"), state("22P02")} {
		if store.Unavailable(err) {
			t.Errorf("%v must not count as unavailable", err)
		}
	}
}

func TestAgain(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		err  error
		fail int // how often it fails before it does not
		runs int
	}{
		{nil, 0, 1},
		{state("40001"), 1, 2},
		{state("40P01"), store.Attempts - 1, store.Attempts},
		{state("55P03"), 99, store.Attempts},
		{state("23505"), 99, 1},
		{driver.ErrBadConn, 99, 1}, // its outcome is the caller's to find out
	} {
		runs := 0
		err := store.Again(t.Context(), func() error {
			runs++
			if runs <= c.fail {
				return c.err
			}
			return nil
		})
		if runs != c.runs || (err == nil) != (c.fail < c.runs) {
			t.Errorf("%v: %d runs, want %d; ended with %v", c.err, runs, c.runs, err)
		}
	}
}

func TestOutagesAreToldApart(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]*board.Outage{
		"53100": board.DiskFull, "53200": board.Overloaded, "53300": board.Overloaded,
		"57P01": board.Restarting, "57P02": board.Restarting, "57P03": board.Restarting, "57014": board.Unreachable,
		"58030": board.BrokenStorage, "58000": board.BrokenStorage, "25006": board.ReadOnly, "08006": board.Unreachable,
	} {
		err := fmt.Errorf("commit: %w", store.Outcome("do something", state(code)))
		if got := board.OutageOf(err); got != want {
			t.Errorf("%s is %v, want %v", code, got, want)
		}
		if !errors.Is(err, board.ErrUnavailable) {
			t.Errorf("%s is not unavailable", code)
		}
	}
	if got := board.OutageOf(store.Outcome("do something", state("23505"))); got != nil {
		t.Errorf("a refusal of the request itself is %v", got)
	}
}
