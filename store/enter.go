package store

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jmoiron/sqlx"

	"corkboard/board"
)

// Enter raises the client's generation and reads what it had done (I5). The one
// statement waits for a commit that holds the client's row and then sees what
// it did; a commit that comes later sees the new generation. The error is
// board.ErrNotFound when the client belongs to another principal, or when there
// is no such board.
func (s *Store) Enter(ctx context.Context, id, client string, p board.Principal) (board.ClientState, error) {
	const query = `
		INSERT INTO sync_clients AS c (board_id, client_id, principal, gen, last_mid, results, seen_at)
		VALUES ($1, $2, $3, 1, 0, '[]', $4)
		ON CONFLICT (board_id, client_id) DO UPDATE
		   SET gen = c.gen + 1,
		       seen_at = EXCLUDED.seen_at
		 WHERE c.principal = EXCLUDED.principal
		RETURNING client_id,
		          principal,
		          gen,
		          last_mid,
		          results`
	var row clientRow
	ctx, cancel := detach(ctx)
	defer cancel()
	err := again(ctx, func() error {
		return s.db.GetContext(ctx, &row, query, id, client, p.String(), s.time())
	})
	if err != nil {
		return board.ClientState{}, outcome("enter board "+id, missing(err, board.ErrNotFound))
	}
	state, err := row.state()
	if err != nil {
		return board.ClientState{}, outcome("enter board "+id, err)
	}
	return *state, nil
}

type clientRow struct {
	Client    string `db:"client_id"`
	Principal string `db:"principal"`
	Gen       int64  `db:"gen"`
	LastMid   int64  `db:"last_mid"`
	Results   []byte `db:"results"`
}

func (r clientRow) state() (*board.ClientState, error) {
	c := &board.ClientState{Client: r.Client, Principal: r.Principal, Gen: r.Gen, LastMid: r.LastMid}
	if err := json.Unmarshal(r.Results, &c.Results); err != nil {
		return nil, fmt.Errorf("the answers of client %s: %w", r.Client, err)
	}
	return c, nil
}

// lockClients reads the states of a board's clients, and keeps Enter from
// changing them until the transaction ends.
func lockClients(ctx context.Context, stmt *sqlx.Stmt, id string, clients []string) (map[string]*board.ClientState, error) {
	var rows []clientRow
	if err := stmt.SelectContext(ctx, &rows, id, array(clients)); err != nil {
		return nil, fmt.Errorf("lock the clients: %w", err)
	}
	states := make(map[string]*board.ClientState, len(rows))
	for _, r := range rows {
		state, err := r.state()
		if err != nil {
			return nil, err
		}
		states[r.Client] = state
	}
	return states, nil
}
