package store

import (
	"fmt"
	"strings"
)

// The parts of writeDecision, the statement that writes a whole decision, if the
// board and the clients are where the decision takes them to be. Everything
// hangs on the board's row, which it takes first: where that is at another
// place, nothing is written and no row comes back. A client that is not as the
// decision takes it to be ends the statement with division_by_zero, and with it
// the transaction. Rows that it waited for are looked at again as they are then,
// so that what is true when a row is taken stays true up to COMMIT.
//
// modified_at may lag by a second: it stands in an index, and a row whose
// indexed columns stay as they are is updated without touching the indexes.
const (
	writeHead = `
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
	)`

	writeClients = openClients + closeClients

	// writeAnsweredClients is for clients of whose answers some leave nothing in the log.
	writeAnsweredClients = openClients + `,
	           results = CASE
	               WHEN k.unlogged = '[]' THEN c.results
	               ELSE (
	                   SELECT COALESCE(jsonb_agg(r ORDER BY r -> 'mid'), '[]')
	                     FROM jsonb_array_elements(c.results || k.unlogged::jsonb) AS r
	                    WHERE (r ->> 'mid')::bigint > k.forgotten
	               )
	           END` + closeClients

	openClients = `, known AS (
	    UPDATE sync_clients AS c
	       SET last_mid = k.last_mid,
	           seen_at = $2`
	closeClients = `
	      FROM head,
	           %s
	     WHERE c.board_id = head.id
	       AND c.client_id = k.client_id
	       AND c.principal = k.principal
	       AND c.gen = k.gen
	       AND c.last_mid = k.from_mid
	    RETURNING c.client_id
	)`

	writeEvents = `, added AS (
	    INSERT INTO events (board_id, seq, client_id, mid, actor, kind, effect, at)
	    SELECT head.id, e.seq, e.client_id, e.mid, e.actor::json, e.kind, e.effect::json, $2
	      FROM head,
	           %s
	)`

	writeNotes = `, changed AS (
	    INSERT INTO notes (
	        board_id, id, x, y, w, h, color, z, text, text_rev,
	        field_versions, author_id, author_name, created_seq, deleted_seq, made_at)
	    SELECT head.id, n.id, n.x, n.y, n.w, n.h, n.color, n.z, n.text, n.text_rev,
	           n.field_versions::jsonb, n.author_id, n.author_name, n.created_seq, NULLIF(n.deleted_seq, 0), $2` + changeNotes + `
	)`

	// writeNotesMore is for notes of which some have got what few notes have.
	writeNotesMore = `, changed AS (
	    INSERT INTO notes (
	        board_id, id, x, y, w, h, color, z, text, text_rev,
	        field_versions, author_id, author_name, created_seq, deleted_seq, made_at, more)
	    SELECT head.id, n.id, n.x, n.y, n.w, n.h, n.color, n.z, n.text, n.text_rev,
	           n.field_versions::jsonb, n.author_id, n.author_name, n.created_seq, NULLIF(n.deleted_seq, 0), $2,
	           NULLIF(n.more, '')::jsonb` + changeNotes + `,
	           more = EXCLUDED.more
	)`

	changeNotes = `
	      FROM head,
	           %s
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
	           deleted_seq = EXCLUDED.deleted_seq`

	writeDeltas = `, typed AS (
	    INSERT INTO note_deltas (board_id, note_id, rev, seq, delta)
	    SELECT head.id, t.note_id, t.rev, t.seq, t.delta::json
	      FROM head,
	           %s
	)`

	writeEnd = `
	SELECT log_floor,
	       trashed,
	       1 / ((SELECT count(*) FROM known) = $10)::integer AS sure
	  FROM head`
)

// scalars is how many arguments stand before those of the parts.
const scalars = 10

// shape is all that the text of the statement depends on. There are few, and
// each connection parses and plans each of them once. Where there is one row of
// everything at most, as when few people edit, rows are plain values instead of
// arrays: to unpack these would cost Postgres as much as to write the rows.
type shape struct{ many, unlogged, events, notes, more, deltas bool }

// whole is the shape that fits every decision.
var whole = shape{true, true, true, true, true, true}

// writeDecision holds the statements by their shape.
var writeDecision = func() map[shape]string {
	all := map[shape]string{}
	for n := range 1 << 6 {
		bit := func(i int) bool { return n>>i&1 == 1 }
		s := shape{bit(0), bit(1), bit(2), bit(3), bit(4), bit(5)}
		all[s] = s.statement()
	}
	return all
}()

func (s shape) statement() string {
	var all strings.Builder
	all.WriteString(writeHead)
	next := scalars + 1
	for _, p := range (rows{}).parts(s) {
		fmt.Fprintf(&all, p.step, p.from(s.many, next))
		next += len(p.columns)
	}
	all.WriteString(writeEnd)
	return all.String()
}

// part is a step of the statement that takes rows.
type part struct {
	step    string // with %s where the rows come from
	as      string
	columns []column
}

// column is one of a part's. Its values are an array, or the only one.
type column struct {
	name, kind string
	values     any
}

// Kinds of columns.
const text, bigint, float8 = "text", "bigint", "double precision"

// from is the part's rows as Postgres finds them among its arguments, of which
// the first of the part has that number.
func (p part) from(many bool, first int) string {
	names, values := make([]string, len(p.columns)), make([]string, len(p.columns))
	for i, c := range p.columns {
		names[i], values[i] = c.name, fmt.Sprintf("$%d::%s", first+i, c.kind)
		if many {
			values[i] += "[]"
		}
	}
	form := "(VALUES (%s)) AS %s (%s)"
	if many {
		form = "unnest(%s) AS %s (%s)"
	}
	return fmt.Sprintf(form, strings.Join(values, ", "), p.as, strings.Join(names, ", "))
}
