// Package migrations holds the database's tables as numbered SQL files and
// brings a database up to date with them. A file that was released is never
// changed again; there is no way down, only further up.
package migrations

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"time"

	"github.com/pressly/goose/v3"
)

//go:embed *.sql
var files embed.FS

// Times of a migration that needs a table for itself. While it waits for somebody
// who reads the table for long, such as a dump, everybody else waits behind it: so
// it gives up soon, and lets them by before it tries again.
const (
	tablePatience = time.Second
	tablePause    = 2 * time.Second
)

// Up applies, in order, the migrations that db does not have yet, each in a
// transaction of its own, and returns how many those were. Nodes that start at
// once wait for one another. A table that is in use is waited for until ctx ends.
func Up(ctx context.Context, db *sql.DB) (int, error) {
	p, err := provider(db, goose.WithSessionLocker(locker{}))
	if err != nil {
		return 0, err
	}
	for applied := 0; ; {
		done, err := p.Up(ctx)
		var partial *goose.PartialError
		if errors.As(err, &partial) {
			done = partial.Applied
		}
		applied += len(done)
		switch {
		case err == nil:
			return applied, nil
		case !inUse(err):
			return applied, fmt.Errorf("migrate the database: %w", err)
		}
		select {
		case <-time.After(tablePause):
		case <-ctx.Done():
			return applied, fmt.Errorf("migrate the database: somebody, such as a dump, has used a table all the time: %w", err)
		}
	}
}

// inUse tells whether a table was not to be had in time (PostgreSQL manual,
// appendix A: lock_not_available).
func inUse(err error) bool {
	var refusal interface{ SQLState() string }
	return errors.As(err, &refusal) && refusal.SQLState() == "55P03"
}

// Pending tells whether db lacks a migration that this program knows.
func Pending(ctx context.Context, db *sql.DB) (bool, error) {
	p, err := provider(db)
	if err != nil {
		return false, err
	}
	pending, err := p.HasPending(ctx)
	if err != nil {
		return false, fmt.Errorf("look for pending migrations: %w", err)
	}
	return pending, nil
}

func provider(db *sql.DB, options ...goose.ProviderOption) (*goose.Provider, error) {
	options = append(options, goose.WithLogger(goose.NopLogger()), goose.WithDisableGlobalRegistry(true))
	p, err := goose.NewProvider(goose.DialectPostgres, db, files, options...)
	if err != nil {
		return nil, fmt.Errorf("read the migrations: %w", err)
	}
	return p, nil
}

// lockKey names the lock after the schema, so that installations that share a
// database do not wait for one another.
const lockKey = "hashtextextended('corkboard migrations ' || current_schema(), 0)"

// locker waits in Postgres's own queue: whoever is next goes on at once.
type locker struct{}

// SessionLock takes the lock for the connection, whose patience with tables is
// short from then on; when the connection is lost, so is the lock.
func (locker) SessionLock(ctx context.Context, conn *sql.Conn) error {
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock("+lockKey+")"); err != nil {
		return fmt.Errorf("wait for other migrations: %w", err)
	}
	if _, err := conn.ExecContext(ctx, fmt.Sprintf("SET lock_timeout = %d", tablePatience.Milliseconds())); err != nil {
		return fmt.Errorf("bound the wait for tables: %w", err)
	}
	return nil
}

// SessionUnlock gives it back, and the connection its patience.
func (locker) SessionUnlock(ctx context.Context, conn *sql.Conn) error {
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_unlock("+lockKey+")"); err != nil {
		return fmt.Errorf("let other migrations go on: %w", err)
	}
	if _, err := conn.ExecContext(ctx, "RESET lock_timeout"); err != nil {
		return fmt.Errorf("wait for tables as before: %w", err)
	}
	return nil
}
