// Package migrations holds the database's tables as numbered SQL files and
// brings a database up to date with them. A file that was released is never
// changed again; there is no way down, only further up.
package migrations

import (
	"context"
	"database/sql"
	"embed"
	"fmt"

	"github.com/pressly/goose/v3"
)

//go:embed *.sql
var files embed.FS

// Up applies, in order, the migrations that db does not have yet, each in a
// transaction of its own, and returns how many those were. Nodes that start at
// once wait for one another.
func Up(ctx context.Context, db *sql.DB) (int, error) {
	p, err := provider(db, goose.WithSessionLocker(locker{}))
	if err != nil {
		return 0, err
	}
	done, err := p.Up(ctx)
	if err != nil {
		return 0, fmt.Errorf("migrate the database: %w", err)
	}
	return len(done), nil
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

// SessionLock takes the lock for the connection; when the connection is lost, so is the lock.
func (locker) SessionLock(ctx context.Context, conn *sql.Conn) error {
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock("+lockKey+")"); err != nil {
		return fmt.Errorf("wait for other migrations: %w", err)
	}
	return nil
}

// SessionUnlock gives it back.
func (locker) SessionUnlock(ctx context.Context, conn *sql.Conn) error {
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_unlock("+lockKey+")"); err != nil {
		return fmt.Errorf("let other migrations go on: %w", err)
	}
	return nil
}
