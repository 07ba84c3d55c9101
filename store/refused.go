package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"slices"
	"time"

	"github.com/lib/pq"

	"corkboard/board"
)

// SQLSTATEs that mean something here (PostgreSQL manual, appendix A).
const (
	foreignKeyViolation  = "23503"
	serializationFailure = "40001"
	deadlockDetected     = "40P01"
	lockNotAvailable     = "55P03"
	readOnlyTransaction  = "25006" // a standby: the primary has moved
	idleInTransaction    = "25P03"
	diskFull             = "53100"
	adminShutdown        = "57P01"
	crashShutdown        = "57P02"
	cannotConnectNow     = "57P03"
	featureNotSupported  = "0A000" // of a plan: its columns have other types now
	internalError        = "XX000" // of a plan: a type of its arguments is gone
)

// attempts is how often a transaction is run that Postgres gave up for
// another's sake.
const attempts = 4

// again runs a whole transaction, and runs it again when Postgres asks for
// that, after pauses that keep two rivals apart.
func again(ctx context.Context, run func() error) error {
	for n := 1; ; n++ {
		err := run()
		if n == attempts || !forAnother(err) {
			return err
		}
		select {
		case <-time.After(time.Duration(n*5+rand.IntN(20)) * time.Millisecond):
		case <-ctx.Done():
			return err
		}
	}
}

// forAnother tells whether Postgres gave a transaction up for another's sake.
func forAnother(err error) bool {
	return isState(err, serializationFailure, deadlockDetected, lockNotAvailable)
}

// refused marks as board.ErrRefused what Postgres will say no to each time: the
// data are wrong for it, a constraint forbids them, or they are too large.
func refused(err error) error {
	var refusal *pq.Error
	if errors.As(err, &refusal) {
		switch refusal.Code.Class() {
		case "22", "23", "54":
			return fmt.Errorf("%w: %w", board.ErrRefused, err)
		}
	}
	return err
}

func isState(err error, states ...string) bool {
	var refusal *pq.Error
	return errors.As(err, &refusal) && slices.Contains(states, string(refusal.Code))
}

// outcome wraps the error of what was being done, and marks it as a
// board.Outage, which is a board.ErrUnavailable, when it says nothing about the
// request itself.
func outcome(doing string, err error) error {
	switch {
	case err == nil:
		return nil
	case unavailable(err):
		return fmt.Errorf("%s: %w: %w", doing, outageOf(err), err)
	}
	return fmt.Errorf("%s: %w", doing, err)
}

// outageOf tells what is wrong with the database (PostgreSQL manual, appendix A:
// classes 53, 57 and 58).
func outageOf(err error) *board.Outage {
	var refusal *pq.Error
	if !errors.As(err, &refusal) {
		return board.Unreachable
	}
	switch code, class := string(refusal.Code), refusal.Code.Class(); {
	case code == diskFull:
		return board.DiskFull
	case class == "53":
		return board.Overloaded
	case slices.Contains([]string{adminShutdown, crashShutdown, cannotConnectNow}, code):
		return board.Restarting
	case class == "58":
		return board.BrokenStorage
	case code == readOnlyTransaction:
		return board.ReadOnly
	}
	return board.Unreachable
}

func unavailable(err error) bool {
	var network net.Error
	switch {
	case errors.Is(err, driver.ErrBadConn), errors.Is(err, sql.ErrConnDone), errors.Is(err, sql.ErrTxDone),
		errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, net.ErrClosed),
		errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled),
		errors.As(err, &network):
		return true
	}
	return unavailableState(err)
}

func unavailableState(err error) bool {
	var refusal *pq.Error
	if !errors.As(err, &refusal) {
		return false
	}
	switch refusal.Code.Class() {
	case "08", "53", "57", "58": // connection, resources, operator (a statement out of time is one: 57014), system
		return true
	}
	return isState(err, serializationFailure, deadlockDetected, lockNotAvailable, readOnlyTransaction, idleInTransaction)
}

// missing turns "no row", or a row's reference to nothing, into absent.
func missing(err, absent error) error {
	if errors.Is(err, sql.ErrNoRows) || isState(err, foreignKeyViolation) {
		return absent
	}
	return err
}

// touched returns absent when a statement found no row to change.
func touched(result sql.Result, err, absent error) error {
	if err != nil {
		return err
	}
	n, err := result.RowsAffected()
	if err == nil && n == 0 {
		return absent
	}
	return err
}
