package store

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

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
	state := row.state()
	if err := recall(ctx, s.db, id, state); err != nil {
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

// state is the client's, with those answers alone that left nothing in the log.
// Older ones stand in the row until the next is added. Answers that cannot be
// read are forgotten: who asks for them is told noop.
func (r clientRow) state() *board.ClientState {
	c := &board.ClientState{Client: r.Client, Principal: r.Principal, Gen: r.Gen, LastMid: r.LastMid}
	if string(r.Results) != "[]" && json.Unmarshal(r.Results, &c.Results) != nil {
		c.Results = nil
	}
	c.Results = slices.DeleteFunc(c.Results, func(a board.Ack) bool { return a.Mid <= c.LastMid-board.KeptResults })
	return c
}

// recall completes the client's answers with those that are events.
func recall(ctx context.Context, q sqlx.QueryerContext, id string, c *board.ClientState) error {
	const query = `
		SELECT mid,
		       seq
		  FROM events
		 WHERE board_id = $1
		   AND client_id = $2
		   AND mid > $3
		   AND mid <= $4`
	var committed []struct {
		Mid int64 `db:"mid"`
		Seq int64 `db:"seq"`
	}
	err := sqlx.SelectContext(ctx, q, &committed, query, id, c.Client, c.LastMid-board.KeptResults, c.LastMid)
	if err != nil {
		return fmt.Errorf("recall the answers of client %s: %w", c.Client, err)
	}
	for _, e := range committed {
		c.Results = append(c.Results, board.Ack{Mid: e.Mid, Status: board.OK, Seq: e.Seq})
	}
	slices.SortFunc(c.Results, func(a, b board.Ack) int { return cmp.Compare(a.Mid, b.Mid) })
	return nil
}

const readClients = `
	SELECT client_id,
	       principal,
	       gen,
	       last_mid,
	       results
	  FROM sync_clients
	 WHERE board_id = $1
	   AND client_id = ANY ($2)
	   FOR NO KEY UPDATE`

// lockClients reads the states of the turns' clients, and keeps Enter from
// changing them until the transaction ends. It looks into the log only for
// those that send something again.
func (c *commit) lockClients(ctx context.Context) (map[string]*board.ClientState, error) {
	ids := make([]string, len(c.p.Turns))
	for i, t := range c.p.Turns {
		ids[i] = t.Client
	}
	var rows []clientRow
	if err := c.tx.StmtxContext(ctx, c.stmts.clients).SelectContext(ctx, &rows, c.p.Board, array(ids)); err != nil {
		return nil, fmt.Errorf("lock the clients: %w", err)
	}
	states := make(map[string]*board.ClientState, len(rows))
	for _, r := range rows {
		states[r.Client] = r.state()
	}
	return states, c.recall(ctx, states)
}

func (c *commit) recall(ctx context.Context, states map[string]*board.ClientState) error {
	done := map[string]bool{}
	for _, t := range c.p.Turns {
		state := states[t.Client]
		if state == nil || done[t.Client] || len(t.Ops) == 0 || t.Ops[0].Mid > state.LastMid {
			continue
		}
		done[t.Client] = true
		if err := recall(ctx, c.tx, c.p.Board, state); err != nil {
			return err
		}
	}
	return nil
}
