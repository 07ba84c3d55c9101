package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"corkboard/board"
)

// writeDecision writes a whole decision: events, notes, text edits, clients and
// the board's row, each from arrays in step with one another. modified_at may lag
// by a second: it stands in an index, and a row whose indexed columns stay as
// they are is updated without touching the indexes.
const writeDecision = `
	WITH added AS (
	    INSERT INTO events (board_id, seq, client_id, mid, actor, kind, effect, at)
	    SELECT $1::text, e.seq, e.client_id, e.mid, e.actor::json, e.kind, e.effect::json, $2::timestamptz
	      FROM unnest($3::bigint[], $4::text[], $5::bigint[], $6::text[], $7::text[], $8::text[])
	        AS e (seq, client_id, mid, actor, kind, effect)
	), changed AS (
	    INSERT INTO notes (
	        board_id, id, x, y, w, h, color, z, text, text_rev,
	        field_versions, author_id, author_name, created_seq, deleted_seq)
	    SELECT $1::text, n.id, n.x, n.y, n.w, n.h, n.color, n.z, n.text, n.text_rev,
	           n.field_versions::jsonb, n.author_id, n.author_name, n.created_seq, NULLIF(n.deleted_seq, 0)
	      FROM unnest(
	               $9::text[], $10::float8[], $11::float8[], $12::float8[], $13::float8[], $14::text[], $15::text[],
	               $16::text[], $17::bigint[], $18::text[], $19::text[], $20::text[], $21::bigint[], $22::bigint[])
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
	    SELECT $1::text, t.note_id, t.rev, t.seq, t.delta::json
	      FROM unnest($23::text[], $24::bigint[], $25::bigint[], $26::text[])
	        AS t (note_id, rev, seq, delta)
	), known AS (
	    UPDATE sync_clients AS c
	       SET last_mid = k.last_mid,
	           results = k.results::jsonb,
	           seen_at = $2::timestamptz
	      FROM unnest($27::text[], $28::bigint[], $29::text[])
	        AS k (client_id, last_mid, results)
	     WHERE c.board_id = $1::text
	       AND c.client_id = k.client_id
	)
	UPDATE boards
	   SET seq = $30::bigint,
	       name = $31,
	       field_versions = $32,
	       note_count = $33,
	       modified_at = CASE
	           WHEN $30::bigint > seq AND $2::timestamptz > modified_at + interval '1 second' THEN $2::timestamptz
	           ELSE modified_at
	       END
	 WHERE id = $1::text`

// writing turns a decision into the arguments of writeDecision.
type writing struct {
	board    string
	head     int64 // the locked seq: what is newer is of this decision
	at       time.Time
	decision board.Decision
}

func (w writing) exec(ctx context.Context, stmt *sqlx.Stmt) error {
	args := []any{w.board, w.at}
	for _, columns := range []func() ([]any, error){w.events, w.notes, w.deltas, w.clients, w.fields} {
		more, err := columns()
		if err != nil {
			return err
		}
		args = append(args, more...)
	}
	if _, err := stmt.ExecContext(ctx, args...); err != nil {
		return fmt.Errorf("write the decision: %w", err)
	}
	return nil
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
		if n.Version() <= w.head {
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
	var ids, results []string
	var mids []int64
	for _, c := range w.decision.Clients {
		r, err := encodeResults(c)
		if err != nil {
			return nil, err
		}
		ids, mids, results = append(ids, c.Client), append(mids, c.LastMid), append(results, r)
	}
	return []any{array(ids), array(mids), array(results)}, nil
}

func (w writing) fields() ([]any, error) {
	b, _ := w.decision.Draft.Fields()
	versions, err := encodeVersions(b.Versions)
	if err != nil {
		return nil, fmt.Errorf("the board: %w", err)
	}
	return []any{w.decision.Draft.Seq(), b.Name, versions, w.decision.Draft.Len()}, nil
}
