package main

import (
	"context"
	"errors"
	"fmt"

	"corkboard/board"
)

// migrate brings the tables up to date, which connecting does.
func migrate(ctx context.Context, c config, t terminal) error {
	s, err := connect(ctx, beside(c), newLog(c, t.err))
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(t.out, "The database is up to date.")
	return errors.Join(err, s.close())
}

// newLibrary returns the shelf of boards on the services.
func newLibrary(ctx context.Context, s *services, hub *board.Hub) (*board.Library, error) {
	key, err := s.store.ServerKey(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the installation's key: %w", err)
	}
	return board.NewLibrary(s.store, hub, key), nil
}
