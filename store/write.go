package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"corkboard/board"
)

// writeDecision writes a whole decision, each part from arrays in step with one
// another, if the board and the clients are where the decision takes them to be.
// Everything hangs on the board's row, which it takes first: where that is at
// another place, nothing is written and no row comes back. A client that is not
// as the decision takes it to be ends the statement with division_by_zero, and
// with it the transaction. Rows that it waited for are looked at again as they
// are then, so that what is true when a row is taken stays true up to COMMIT.
//
// modified_at may lag by a second: it stands in an index, and a row whose
// indexed columns stay as they are is updated without touching the indexes.
const writeDecision = `
	WITH head AS (
	    UPDATE boards
	       SET seq = $6,
	           name = $7,
	           field_versions = $8,
	           note_count = $9,
	           modified_at = CASE
	               WHEN $6 > seq AND $2 > modified_at + interval '1 second' THEN $2
	               ELSE modified_at
	           END
	     WHERE id = $1
	       AND epoch = $3
	       AND seq = $4
	       AND perm_version = $5
	    RETURNING id,
	              log_floor,
	              trashed_at IS NOT NULL AS trashed
	), known AS (
	    UPDATE sync_clients AS c
	       SET last_mid = k.last_mid,
	           results = CASE
	               WHEN k.unlogged = '[]' AND c.results = '[]' THEN c.results
	               ELSE (
	                   SELECT COALESCE(jsonb_agg(r ORDER BY r -> 'mid'), '[]')
	                     FROM jsonb_array_elements(c.results || k.unlogged::jsonb) AS r
	                    WHERE (r ->> 'mid')::bigint > k.last_mid - $10::bigint
	               )
	           END,
	           seen_at = $2
	      FROM head,
	           unnest($11::text[], $12::text[], $13::bigint[], $14::bigint[], $15::bigint[], $16::text[])
	        AS k (client_id, principal, gen, from_mid, last_mid, unlogged)
	     WHERE c.board_id = head.id
	       AND c.client_id = k.client_id
	       AND c.principal = k.principal
	       AND c.gen = k.gen
	       AND c.last_mid = k.from_mid
	    RETURNING c.client_id
	), added AS (
	    INSERT INTO events (board_id, seq, client_id, mid, actor, kind, effect, at)
	    SELECT head.id, e.seq, e.client_id, e.mid, e.actor::json, e.kind, e.effect::json, $2
	      FROM head,
	           unnest($17::bigint[], $18::text[], $19::bigint[], $20::text[], $21::text[], $22::text[])
	        AS e (seq, client_id, mid, actor, kind, effect)
	), changed AS (
	    INSERT INTO notes (
	        board_id, id, x, y, w, h, color, z, text, text_rev,
	        field_versions, author_id, author_name, created_seq, deleted_seq)
	    SELECT head.id, n.id, n.x, n.y, n.w, n.h, n.color, n.z, n.text, n.text_rev,
	           n.field_versions::jsonb, n.author_id, n.author_name, n.created_seq, NULLIF(n.deleted_seq, 0)
	      FROM head,
	           unnest(
	               $23::text[], $24::float8[], $25::float8[], $26::float8[], $27::float8[], $28::text[], $29::text[],
	               $30::text[], $31::bigint[], $32::text[], $33::text[], $34::text[], $35::bigint[], $36::bigint[])
	        AS n (id, x, y, w, h, color, z, text, text_rev, field_versions, author_id, author_name, created_seq, deleted_seq)
	    ON CONFLICT (board_id, id) DO UPDATE
	       SET x = EXCLUDED.x,
	           y = EXCLUDED.y,
	           w = EXCLUDED.w,
	           h = EXCLUDED.h,
	           color = EXCLUDED.color,
	           z = EXCLUDED.z,
	           text = EXCLUDED.text,
	           text_rev = EXCLUDED.text_rev,
	           field_versions = EXCLUDED.field_versions,
	           deleted_seq = EXCLUDED.deleted_seq
	), typed AS (
	    INSERT INTO note_deltas (board_id, note_id, rev, seq, delta)
	    SELECT head.id, t.note_id, t.rev, t.seq, t.delta::json
	      FROM head,
	           unnest($37::text[], $38::bigint[], $39::bigint[], $40::text[])
	        AS t (note_id, rev, seq, delta)
	)
	SELECT log_floor,
	       trashed,
	       1 / ((SELECT count(*) FROM known) = cardinality($11::text[]))::integer AS sure
	  FROM head`

// writing turns a decision into the arguments of writeDecision.
type writing struct {
	board    string
	from     board.Head // where the board must be: what is newer is of this decision
	at       time.Time
	decision board.Decision
}

// exec writes the decision and returns the board's head after it. No row comes
// back (sql.ErrNoRows) when the board is not where it must be.
func (w writing) exec(ctx context.Context, stmt *sqlx.Stmt) (board.Head, error) {
	args := []any{w.board, w.at, w.from.Epoch, w.from.Seq, w.from.PermVersion}
	for _, columns := range []func() ([]any, error){w.fields, w.clients, w.events, w.notes, w.deltas} {
		more, err := columns()
		if err != nil {
			return board.Head{}, err
		}
		args = append(args, more...)
	}
	head := w.from
	head.Seq = w.decision.Draft.Seq()
	var sure int
	if err := stmt.QueryRowContext(ctx, args...).Scan(&head.LogFloor, &head.Trashed, &sure); err != nil {
		return board.Head{}, fmt.Errorf("write the decision: %w", err)
	}
	return head, nil
}

func (w writing) events() ([]any, error) {
	var seqs, mids []int64
	var clients, actors, kinds, effects []string
	for _, e := range w.decision.Events {
		actor, err := json.Marshal(e.Actor)
		if err != nil {
			return nil, fmt.Errorf("encode the actor of seq %d: %w", e.Seq, err)
		}
		effect, err := json.Marshal(e.Effect)
		if err != nil {
			return nil, fmt.Errorf("encode the effect of seq %d: %w", e.Seq, err)
		}
		seqs, mids = append(seqs, e.Seq), append(mids, e.Mid)
		clients, kinds = append(clients, e.Client), append(kinds, string(e.Kind()))
		actors, effects = append(actors, string(actor)), append(effects, string(effect))
	}
	return []any{array(seqs), array(clients), array(mids), array(actors), array(kinds), array(effects)}, nil
}

func (w writing) notes() ([]any, error) {
	var ids, colors, zs, texts, versions, authorIDs, authorNames []string
	var xs, ys, ws, hs []float64
	var revs, created, deleted []int64
	for n := range w.decision.Draft.Changed {
		if n.Version() <= w.from.Seq {
			continue // somebody else's work, which the draft only took over
		}
		v, err := encodeVersions(n.Versions)
		if err != nil {
			return nil, fmt.Errorf("note %s: %w", n.ID, err)
		}
		ids, colors, zs, texts = append(ids, n.ID), append(colors, n.Color), append(zs, n.Z), append(texts, n.Text)
		xs, ys, ws, hs = append(xs, n.X), append(ys, n.Y), append(ws, n.W), append(hs, n.H)
		authorIDs, authorNames = append(authorIDs, n.Author.ID), append(authorNames, n.Author.Name)
		revs, created, deleted = append(revs, n.Rev), append(created, n.Created), append(deleted, n.Deleted)
		versions = append(versions, v)
	}
	return []any{
		array(ids), array(xs), array(ys), array(ws), array(hs), array(colors), array(zs), array(texts), array(revs),
		array(versions), array(authorIDs), array(authorNames), array(created), array(deleted),
	}, nil
}

func (w writing) deltas() ([]any, error) {
	var ids, deltas []string
	var revs, seqs []int64
	for seq, t := range board.TextEdits(w.decision.Events) {
		delta, err := t.Delta.MarshalJSON()
		if err != nil {
			return nil, fmt.Errorf("a text edit of note %s: %w", t.Note, err)
		}
		ids, deltas = append(ids, t.Note), append(deltas, string(delta))
		revs, seqs = append(revs, t.Rev), append(seqs, seq)
	}
	return []any{array(ids), array(revs), array(seqs), array(deltas)}, nil
}

func (w writing) clients() ([]any, error) {
	var ids, principals, unlogged []string
	var gens, from, last []int64
	for _, c := range w.decision.Clients {
		acks, err := encodeAcks(c.Unlogged())
		if err != nil {
			return nil, fmt.Errorf("encode the answers of client %s: %w", c.Client, err)
		}
		ids, principals, gens = append(ids, c.Client), append(principals, c.Principal), append(gens, c.Gen)
		from, last, unlogged = append(from, c.From), append(last, c.LastMid), append(unlogged, acks)
	}
	return []any{
		board.KeptResults,
		array(ids), array(principals), array(gens), array(from), array(last), array(unlogged),
	}, nil
}

// encodeAcks writes what recall cannot find in the log: most clients have
// nothing of the kind, and their rows stay small.
func encodeAcks(acks []board.Ack) (string, error) {
	if len(acks) == 0 {
		return "[]", nil
	}
	data, err := json.Marshal(acks)
	return string(data), err
}

func (w writing) fields() ([]any, error) {
	b, _ := w.decision.Draft.Fields()
	versions, err := encodeVersions(b.Versions)
	if err != nil {
		return nil, fmt.Errorf("the board: %w", err)
	}
	return []any{w.decision.Draft.Seq(), b.Name, versions, w.decision.Draft.Len()}, nil
}
