package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"corkboard/board"
)

// writing is a decision on its way into the tables.
type writing struct {
	board    string
	from     board.Head // where the board must be: what is newer is of this decision
	at       time.Time
	decision board.Decision
}

// foreseen writes the decision by the plainest statement. No row comes back
// (sql.ErrNoRows) when the board is not where it must be.
func (w writing) foreseen(ctx context.Context, s *Store) (board.Head, error) {
	r, err := rowsOf(w.decision, w.from.Seq)
	if err != nil {
		return board.Head{}, err
	}
	plainest := r.shape()
	stmt, err := s.prepare(ctx, writeDecision[plainest])
	if err != nil {
		return board.Head{}, err
	}
	return w.exec(ctx, stmt, r, plainest)
}

// inSteps writes the decision by the statement that fits every one: within a
// transaction, which has its connection, none is prepared on another.
func (w writing) inSteps(ctx context.Context, stmt *sqlx.Stmt) (board.Head, error) {
	r, err := rowsOf(w.decision, w.from.Seq)
	if err != nil {
		return board.Head{}, err
	}
	return w.exec(ctx, stmt, r, whole)
}

// exec returns the board's head after the writing.
func (w writing) exec(ctx context.Context, stmt *sqlx.Stmt, r rows, s shape) (board.Head, error) {
	b, _ := w.decision.Draft.Fields()
	versions, err := encodeVersions(b.Versions)
	if err != nil {
		return board.Head{}, fmt.Errorf("the board: %w", err)
	}
	head := w.from
	head.Seq = w.decision.Draft.Seq()
	args := append(make([]any, 0, 48),
		w.board, w.at, w.from.Epoch, w.from.Seq, w.from.PermVersion,
		head.Seq, b.Name, versions, w.decision.Draft.Stickies(), len(r.clients))
	for _, p := range r.parts(s) {
		for _, c := range p.columns {
			args = append(args, c.values)
		}
	}
	var sure int
	if err := stmt.QueryRowContext(ctx, args...).Scan(&head.LogFloor, &head.Trashed, &sure); err != nil {
		return board.Head{}, fmt.Errorf("write the decision: %w", err)
	}
	return head, nil
}
