package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"corkboard/board"
	"corkboard/bus"
	"corkboard/cmd/child"
	"corkboard/store"
)

// startPatience bounds the start of everything that the server needs.
const startPatience = 3 * time.Minute // a first start makes a database; a start after a crash recovers one

// services are the Postgres and the Redis that a command works with, and the
// private ones among them that it has to take down.
type services struct {
	store *store.Store
	bus   board.Bus
	// died is closed when a private Postgres ended by itself; why says so then.
	died <-chan struct{}
	why  func() error

	closers []func() error
}

// connect finds or starts the servers that the configuration names, and brings
// the tables up to date.
func connect(ctx context.Context, c config, log *slog.Logger) (_ *services, err error) {
	ctx, cancel := context.WithTimeout(ctx, startPatience)
	defer cancel()
	s := &services{}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.close())
		}
	}()
	address, err := s.database(ctx, c, log)
	if err != nil {
		return nil, err
	}
	if s.store, err = openStore(ctx, c, address, log); err != nil {
		return nil, err
	}
	s.closers = append(s.closers, s.store.Close)
	if _, err := s.store.Migrate(ctx); err != nil {
		return nil, err
	}
	return s, s.openBus(ctx, c, log)
}

// database returns the address of Postgres: the operator's, that of a server
// which is running on the data folder, or one that is started now.
func (s *services) database(ctx context.Context, c config, log *slog.Logger) (string, error) {
	if c.DatabaseURL != "" {
		return c.DatabaseURL, nil
	}
	pg, err := child.StartPostgres(ctx, c.DataDir, log)
	if err != nil {
		return "", err
	}
	s.closers = append(s.closers, pg.Stop)
	s.died, s.why = pg.Done(), pg.Err
	return pg.URL(), nil
}

func openStore(ctx context.Context, c config, address string, log *slog.Logger) (*store.Store, error) {
	st, err := store.Open(ctx, address, store.Log(log))
	switch {
	case err == nil:
		return st, nil
	case c.DatabaseURL == "":
		return nil, err
	}
	return nil, fmt.Errorf("the Postgres that DATABASE_URL names cannot be used: start it or correct the address, "+
		"or unset DATABASE_URL, and Corkboard runs its own: %w", err)
}

// openBus connects the nodes. Without any Redis this node is alone, and says so.
func (s *services) openBus(ctx context.Context, c config, log *slog.Logger) error {
	address := c.RedisURL
	if address == "" {
		rd, err := child.StartRedis(ctx, c.DataDir, log)
		if errors.Is(err, child.ErrNotInstalled) {
			log.Warn("no Redis was found: everything works, but only one server may run on this database; install redis-server, or set REDIS_URL")
			s.bus = bus.NewMemory()
			return nil
		}
		if err != nil {
			return err
		}
		s.closers = append(s.closers, rd.Stop)
		address = rd.URL()
	}
	redis, err := bus.NewRedis(ctx, address, log)
	if err != nil {
		return err
	}
	s.bus = redis
	s.closers = append(s.closers, redis.Close)
	return nil
}

// close takes everything down again, the last one first.
func (s *services) close() error {
	var errs []error
	for i := len(s.closers) - 1; i >= 0; i-- {
		errs = append(errs, s.closers[i]())
	}
	s.closers = nil
	return errors.Join(errs...)
}

// beside is the configuration of a command that runs beside a server: where
// that one has private servers on the data folder, it uses them.
func beside(c config) config {
	if c.DatabaseURL == "" {
		address, running := child.RunningPostgres(c.DataDir)
		if running {
			c.DatabaseURL = address
		}
		if redis, ok := child.RunningRedis(c.DataDir); running && ok && c.RedisURL == "" {
			c.RedisURL = redis
		}
	}
	return c
}
