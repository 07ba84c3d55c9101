// Package store keeps boards and people in Postgres, and is the only room that
// speaks to it. One type, [Store], is what the rooms above ask for:
// board.Store, board.Catalog, board.PictureStore and auth.Store.
//
// commit.go is THE transaction, through which every change of a board's
// content goes. A public method opens a transaction where it needs one; the
// helpers below it take it. Constraints of the tables hold what must hold, and
// refused.go translates their refusals; nothing is looked up first to see
// whether it would be allowed.
//
// Every error that says that nothing is known, because a connection was lost or
// time ran out, is board.ErrUnavailable.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"corkboard/auth"
	"corkboard/board"
	"corkboard/migrations"
)

var (
	_ board.Store   = (*Store)(nil)
	_ board.Catalog = (*Store)(nil)
	_ auth.Store    = (*Store)(nil)

	_ board.PictureStore = (*Store)(nil)
)

// Store is a pool of connections to one database. It is safe for concurrent use.
type Store struct {
	// What this store was the first to find damaged; safe to be read at any time.
	UnreadableNotes, UnreadableEvents atomic.Int64

	db  *sqlx.DB
	now board.Now
	log *slog.Logger

	mu         sync.Mutex
	statements map[string]*sqlx.Stmt // by their text, see prepare
}

// Option changes how a Store works.
type Option func(*Store)

// Clock has the store take the time from now instead of from the system.
func Clock(now board.Now) Option { return func(s *Store) { s.now = now } }

// Log has the store say what it finds damaged; without it, nobody is told.
func Log(log *slog.Logger) Option { return func(s *Store) { s.log = log } }

const (
	maxConnections = 16
	connectTimeout = 5 * time.Second
	// abandoned is after how long Postgres ends the transaction of a node that
	// fell silent in the middle of one, and with it gives up the board's lock.
	abandoned = 15 * time.Second
)

// Open connects to the database at databaseURL (postgres://… or a key=value
// list). It does not make the tables: see Migrate. The error says what is wrong
// with the address, or is board.ErrUnavailable.
func Open(ctx context.Context, databaseURL string, options ...Option) (*Store, error) {
	cfg, err := pq.NewConfig(databaseURL)
	if err != nil {
		return nil, fmt.Errorf("read the address of the database: %w", unquoted(err))
	}
	if cfg.ConnectTimeout == 0 {
		cfg.ConnectTimeout = connectTimeout
	}
	if cfg.Runtime == nil {
		cfg.Runtime = map[string]string{}
	}
	if cfg.Runtime["idle_in_transaction_session_timeout"] == "" {
		cfg.Runtime["idle_in_transaction_session_timeout"] = fmt.Sprint(abandoned.Milliseconds())
	}
	connector, err := pq.NewConnectorConfig(cfg)
	if err != nil {
		return nil, fmt.Errorf("read the address of the database: %w", err)
	}
	s := &Store{db: sqlx.NewDb(sql.OpenDB(connector), "postgres"), now: time.Now, log: slog.New(slog.DiscardHandler), statements: map[string]*sqlx.Stmt{}}
	for _, option := range options {
		option(s)
	}
	s.db.SetMaxOpenConns(maxConnections)
	s.db.SetMaxIdleConns(maxConnections)
	if err := s.Ping(ctx); err != nil {
		s.db.Close()
		return nil, err
	}
	return s, nil
}

// unquoted leaves out the address, which may hold a password, that net/url quotes.
func unquoted(err error) error {
	var quoting *url.Error
	if errors.As(err, &quoting) {
		return quoting.Err
	}
	return err
}

// Close gives the connections back; what is under way ends first.
func (s *Store) Close() error {
	if err := s.db.Close(); err != nil {
		return fmt.Errorf("close the database: %w", err)
	}
	return nil
}

// Ping tells whether the database answers.
func (s *Store) Ping(ctx context.Context) error {
	return outcome("reach the database", s.db.PingContext(ctx))
}

// Migrate brings the tables up to date and returns how many migrations that
// took. Nodes may call it at the same time.
func (s *Store) Migrate(ctx context.Context) (int, error) {
	n, err := migrations.Up(ctx, s.db.DB)
	return n, outcome("make the tables", err)
}

// Pending tells whether the tables lack a migration that this program needs.
func (s *Store) Pending(ctx context.Context) (bool, error) {
	pending, err := migrations.Pending(ctx, s.db.DB)
	return pending, outcome("check the tables", err)
}

// renewed lets go of all prepared statements when the error may come from one
// that is older than the tables: a backup that is restored under our feet makes
// tables and types anew. The same is then worth another try. They are not closed:
// somebody may be in the middle of one, and they go with their connections.
func (s *Store) renewed(err error) error {
	if !isState(err, featureNotSupported, internalError) {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.statements)
	return fmt.Errorf("%w: %w", board.ErrUnavailable, err)
}

// time is what a transaction takes as its time, once: as precise as Postgres keeps it.
func (s *Store) time() time.Time { return s.now().UTC().Truncate(time.Microsecond) }

// prepare returns a statement that each connection parses and plans only once.
// It is made on first use, because the tables may not be there at the start.
func (s *Store) prepare(ctx context.Context, query string) (*sqlx.Stmt, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if stmt := s.statements[query]; stmt != nil {
		return stmt, nil
	}
	stmt, err := s.db.PreparexContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("prepare a statement: %w", err)
	}
	s.statements[query] = stmt
	return stmt, nil
}
