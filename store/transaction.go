package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"
)

// patience bounds a transaction that changes something.
const patience = 10 * time.Second

// detach gives what changes something a time of its own: a closing tab must not
// cancel half of it.
func detach(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), patience)
}

// change runs do in a transaction and commits it. It is run again when Postgres
// gives it up for another's sake, so do must not keep anything from an earlier run.
func (s *Store) change(ctx context.Context, do func(context.Context, *sqlx.Tx) error) error {
	ctx, cancel := detach(ctx)
	defer cancel()
	return again(ctx, func() error {
		tx, err := s.db.BeginTxx(ctx, nil)
		if err != nil {
			return fmt.Errorf("begin: %w", err)
		}
		defer tx.Rollback() // after a commit it does nothing
		if err := do(ctx, tx); err != nil {
			return err
		}
		if err := tx.Commit(); err != nil {
			return fmt.Errorf("commit: %w", err)
		}
		return nil
	})
}

// look runs do in a transaction that sees the database at one moment.
func (s *Store) look(ctx context.Context, do func(*sqlx.Tx) error) error {
	tx, err := s.db.BeginTxx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer tx.Rollback()
	if err := do(tx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}
