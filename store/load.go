package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"corkboard/board"
	"corkboard/notes"
)

// boardRow is a board's head and its own fields.
type boardRow struct {
	board.Head
	Name          string         `db:"name"`
	FieldVersions []byte         `db:"field_versions"`
	Unreadable    pq.StringArray `db:"unreadable"` // notes that were found so, by id
}

const readBoard = `
	SELECT epoch,
	       seq,
	       log_floor,
	       perm_version,
	       trashed_at IS NOT NULL AS trashed,
	       name,
	       field_versions,
	       unreadable
	  FROM boards
	 WHERE id = $1`

// Load reads a board's whole document and its head at one moment;
// board.ErrNotFound. Notes that cannot be read are placeholders in it; when they
// are other ones than before, the board has got a new epoch.
func (s *Store) Load(ctx context.Context, id string) (*notes.Document, board.Head, error) {
	doc, row, bad, err := s.load(ctx, id)
	if err == nil && bad.differ(row) && s.mark(ctx, id, bad) {
		doc, row, _, err = s.load(ctx, id)
	}
	if err != nil {
		return nil, board.Head{}, outcome("load board "+id, err)
	}
	return doc, row.Head, nil
}

func (s *Store) load(ctx context.Context, id string) (doc *notes.Document, row boardRow, bad damaged, err error) {
	err = s.look(ctx, func(tx *sqlx.Tx) error {
		if err := tx.GetContext(ctx, &row, readBoard, id); err != nil {
			return missing(err, board.ErrNotFound)
		}
		var err error
		doc, bad, err = document(ctx, tx, id, row)
		return err
	})
	return doc, row, bad, err
}

// Heads reads the heads of boards; those that do not exist are left out.
func (s *Store) Heads(ctx context.Context, ids []string) (map[string]board.Head, error) {
	const query = `
		SELECT id,
		       epoch,
		       seq,
		       log_floor,
		       perm_version,
		       trashed_at IS NOT NULL AS trashed
		  FROM boards
		 WHERE id = ANY ($1)`
	var rows []struct {
		ID string `db:"id"`
		board.Head
	}
	if err := s.db.SelectContext(ctx, &rows, query, pq.Array(ids)); err != nil {
		return nil, outcome("read the heads of boards", err)
	}
	heads := make(map[string]board.Head, len(rows))
	for _, r := range rows {
		heads[r.ID] = r.Head
	}
	return heads, nil
}

type noteRow struct {
	ID            string        `db:"id"`
	X             float64       `db:"x"`
	Y             float64       `db:"y"`
	W             float64       `db:"w"`
	H             float64       `db:"h"`
	Color         string        `db:"color"`
	Z             string        `db:"z"`
	Text          string        `db:"text"`
	Rev           int64         `db:"text_rev"`
	FieldVersions []byte        `db:"field_versions"`
	AuthorID      string        `db:"author_id"`
	AuthorName    string        `db:"author_name"`
	Created       int64         `db:"created_seq"`
	Deleted       sql.NullInt64 `db:"deleted_seq"`
	More          []byte        `db:"more"`
	MadeAt        sql.NullTime  `db:"made_at"`
}

// document reads the notes of the board that row is about, and which of them
// cannot be read. The transaction sees both at one moment, or holds the board's lock.
func document(ctx context.Context, tx *sqlx.Tx, id string, row boardRow) (*notes.Document, damaged, error) {
	const query = `
		SELECT id,
		       x,
		       y,
		       w,
		       h,
		       color,
		       z,
		       text,
		       text_rev,
		       field_versions,
		       author_id,
		       author_name,
		       created_seq,
		       deleted_seq,
		       more,
		       made_at
		  FROM notes
		 WHERE board_id = $1`
	var rows []noteRow
	if err := tx.SelectContext(ctx, &rows, query, id); err != nil {
		return nil, nil, fmt.Errorf("read the notes: %w", err)
	}
	var bad damaged
	all := make([]*notes.Note, 0, len(rows))
	for _, r := range rows {
		n, err := r.note(row.Seq)
		if err != nil {
			bad = append(bad, damage{r.ID, err})
		}
		if notes.IsID(n.ID) { // nothing else can stand in a document
			all = append(all, n)
		}
	}
	versions, err := decodeVersions(row.FieldVersions)
	if err != nil {
		versions = nil // they only guard undo: the name counts as never changed
	}
	return notes.NewDocument(row.Seq, notes.Board{Name: row.Name, Versions: versions}, all), bad, nil
}

// note returns the row's note on a board at seq; with an error, which says what
// is wrong with it, a placeholder.
func (r noteRow) note(seq int64) (*notes.Note, error) {
	n := &notes.Note{
		ID: r.ID, X: r.X, Y: r.Y, W: r.W, H: r.H, Color: r.Color, Z: r.Z, Text: r.Text, Rev: r.Rev,
		Author:  notes.Author{ID: r.AuthorID, Name: r.AuthorName},
		Created: r.Created, Deleted: r.Deleted.Int64,
	}
	if r.MadeAt.Valid {
		n.At = r.MadeAt.Time.UTC().Truncate(time.Millisecond)
	}
	err := r.decode(n)
	if err == nil {
		err = n.Check(seq)
	}
	if err != nil {
		return notes.Placeholder(n, seq), err
	}
	return n, nil
}

// decode puts into n what its row keeps as JSON.
func (r noteRow) decode(n *notes.Note) (err error) {
	if n.Versions, err = decodeVersions(r.FieldVersions); err != nil || r.More == nil {
		return err
	}
	var m more
	if err := json.Unmarshal(r.More, &m); err != nil {
		return fmt.Errorf("read what else the note has: %w", err)
	}
	n.Kind, n.Extras = m.Kind, m.Extras
	return nil
}

// decodeVersions reads field versions; none at all are nil, as in a document
// that moved by events.
func decodeVersions(data []byte) (map[notes.Field]int64, error) {
	if string(data) == "{}" {
		return nil, nil
	}
	var versions map[notes.Field]int64
	if err := json.Unmarshal(data, &versions); err != nil {
		return nil, fmt.Errorf("read field versions: %w", err)
	}
	return versions, nil
}

func encodeVersions(versions map[notes.Field]int64) (string, error) {
	if len(versions) == 0 {
		return "{}", nil
	}
	data, err := json.Marshal(versions)
	if err != nil {
		return "", fmt.Errorf("encode field versions: %w", err)
	}
	return string(data), nil
}
