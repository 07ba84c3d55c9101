package store

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/jmoiron/sqlx"

	"corkboard/auth"
	"corkboard/board"
)

// newGeneration is a client's first, and none that it had before it was forgotten:
// later hellos count on from it, one each, and microseconds pass faster. Browsers
// count exactly up to 2^53, see nextEpoch.
const newGeneration = `floor(extract(epoch FROM clock_timestamp()) * 1000000)::bigint + floor(random() * 1000)::bigint`

// enter is one statement around one that answers with a right: whoever has a
// role takes the client $4. What the client's row was before is compared with
// what it has become: while the statement waited for the row, a commit may have
// moved the client and the board on, and then the head is from before that.
//
// A client that is new is not waited for on its way to the disk: where a crash
// loses it, it has not done anything yet, and its generation is not given out
// again. xmax, the transaction that has locked or replaced a row, is 0 for one
// that was inserted.
const enter = `,
		client AS (
		    INSERT INTO sync_clients AS c (board_id, client_id, principal, gen, last_mid, results, seen_at)
		    SELECT $1, $4, a.principal, ` + newGeneration + `, 0, '[]'::jsonb, $3
		      FROM access a
		     WHERE a.owner OR NOT a.trashed AND (a.role IS NOT NULL OR a.roles IS NOT NULL)
		    ON CONFLICT (board_id, client_id) DO UPDATE
		       SET gen = c.gen + 1,
		           seen_at = EXCLUDED.seen_at
		     WHERE c.principal = EXCLUDED.principal
		    RETURNING gen,
		              last_mid,
		              results,
		              xmax = 0 AS is_new
		)
		SELECT a.*,
		       c.gen,
		       c.last_mid,
		       c.results,
		       c.is_new,
		       CASE WHEN c.is_new
		            THEN set_config('synchronous_commit', 'off', true)
		       END AS durable,
		       COALESCE(old.gen, 0) AS old_gen,
		       COALESCE(old.last_mid, 0) AS old_mid
		  FROM access a
		 CROSS JOIN client c
		  LEFT JOIN sync_clients old
		    ON old.board_id = $1
		   AND old.client_id = $4`

// enterBySession finds the session's user, and notes that the session was used
// ($5: since when it would be too old, $6: before when that is worth a write).
const enterBySession = `
		WITH person AS (
		    SELECT u.*
		      FROM sessions s
		      JOIN users u
		        ON u.id = s.user_id
		     WHERE s.token_hash = $2
		       AND s.seen_at > $5
		),
		seen AS (
		    UPDATE sessions
		       SET seen_at = $3
		     WHERE token_hash = $2
		       AND seen_at > $5
		       AND seen_at < $6
		),
		access AS (` + rightOfPerson + `)` + enter

// entry is what it answers.
type entry struct {
	right
	Gen     int64   `db:"gen"`
	LastMid int64   `db:"last_mid"`
	Results []byte  `db:"results"`
	New     bool    `db:"is_new"`
	Durable *string `db:"durable"` // what the commit waits for, where that was changed
	OldGen  int64   `db:"old_gen"`
	OldMid  int64   `db:"old_mid"`
}

// waited tells whether the client's row was another when the statement had it
// than when it began.
func (e entry) waited() bool {
	return e.LastMid != e.OldMid || !e.New && e.Gen != e.OldGen+1 || e.New && e.OldGen > 0
}

// Enter finds out what the visitor may do, raises the client's generation and
// reads what it had done (I5). The one statement waits for a commit that holds
// the client's row and then sees what it did; a commit that comes later sees the
// new generation. The error is auth.ErrUnknown when there is no such session,
// board.ErrNotFound when its user has no role on the board, or there is none, or
// the client belongs to another principal.
func (s *Store) Enter(ctx context.Context, id, client string, v board.Visitor) (board.Entrance, error) {
	ctx, cancel := detach(ctx)
	defer cancel()
	e, err := s.enter(ctx, id, client, v)
	if err != nil {
		return board.Entrance{}, outcome("enter board "+id, s.renewed(err))
	}
	return e, nil
}

func (s *Store) enter(ctx context.Context, id, client string, v board.Visitor) (in board.Entrance, err error) {
	query, args := enterBySession, []any{id, v.Session, s.time(), client}
	if v.Session == nil {
		query, args[1] = `
		WITH access AS (`+rightBy[v.Principal.Kind]+`)`+enter, v.Principal.ID
	} else {
		args = append(args, s.time().Add(-auth.SessionLife), s.time().Add(-sighting))
	}
	stmt, err := s.prepare(ctx, query)
	if err != nil {
		return in, err
	}
	var row entry
	err = again(ctx, func() error {
		row = entry{}
		return stmt.GetContext(ctx, &row, args...)
	})
	if err = missing(err, board.ErrNotFound); errors.Is(err, board.ErrNotFound) && v.Session != nil {
		_, unknown := s.SessionUser(ctx, v.Session)
		err = cmp.Or(unknown, err)
	}
	if err != nil {
		return in, err
	}
	return s.entrance(ctx, id, client, row)
}

func (s *Store) entrance(ctx context.Context, id, client string, row entry) (in board.Entrance, err error) {
	kind, of, _ := strings.Cut(row.Principal, ":")
	who := board.Principal{Kind: board.PrincipalKind(kind), ID: of}
	if in.Grant, err = row.grant(who, id); err != nil {
		return in, err
	}
	state := clientRow{client, row.Principal, row.Gen, row.LastMid, row.Results}.state()
	in.New = row.New
	if !row.waited() {
		in.Head = row.Head
	}
	if row.LastMid > 0 {
		err = s.recall(ctx, id, state)
	}
	in.Client = *state
	return in, err
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

const readAnswers = `
	SELECT mid,
	       seq
	  FROM events
	 WHERE board_id = $1
	   AND client_id = $2
	   AND mid > $3
	   AND mid <= $4`

func (s *Store) recall(ctx context.Context, id string, c *board.ClientState) error {
	stmt, err := s.prepare(ctx, readAnswers)
	if err != nil {
		return err
	}
	return recall(ctx, stmt, id, c)
}

// recall completes the client's answers with those that are events.
func recall(ctx context.Context, answers *sqlx.Stmt, id string, c *board.ClientState) error {
	var committed []struct {
		Mid int64 `db:"mid"`
		Seq int64 `db:"seq"`
	}
	err := answers.SelectContext(ctx, &committed, id, c.Client, c.LastMid-board.KeptResults, c.LastMid)
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
		if err := recall(ctx, c.tx.StmtxContext(ctx, c.stmts.answers), c.p.Board, state); err != nil {
			return err
		}
	}
	return nil
}
