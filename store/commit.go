package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"corkboard/board"
	"corkboard/notes"
)

// Commit is THE transaction, in one of two forms with one outcome.
//
// In the ordinary case the room knows enough to decide by itself: the document
// at its head, its clients, grants under the rights of now. Then board.Foresee
// decides first, and one statement writes the decision if all of that is true:
// see writeDecision.
//
// Else, and where it was not true, the steps are taken one after another: take
// the board's row, behind which all commits of the board queue, so that seq has
// no gap (I1); lock the clients of the turns, which fences older generations
// (I5); evaluate the grants again when rights have changed (I10, I11); let
// board.Decide decide; write what came of it by the same statement. When the
// document in the proposal is at the locked seq, nothing of the document is read.
//
// After board.ErrUnavailable the outcome is unknown, and the same proposal may
// be made again: what was committed is then found by its mids and answered as
// before (I2, I3), and its events are among Missed.
func (s *Store) Commit(ctx context.Context, p board.Proposal) (board.Outcome, error) {
	ctx, cancel := detach(ctx)
	defer cancel()
	out, err := s.commitForeseen(ctx, p)
	if errors.Is(err, errUnforeseen) {
		out, err = s.commitInSteps(ctx, p)
	}
	if err != nil {
		return board.Outcome{}, outcome("commit to board "+p.Board, refused(s.renewed(err)))
	}
	return out, nil
}

// errUnforeseen says that the decision must be made under the board's lock.
var errUnforeseen = errors.New("not as foreseen")

// commitForeseen is the one statement, a transaction of its own. The error is
// errUnforeseen when nothing was written because the proposal says too little or
// what is not so, and also when Postgres refused: then the steps tell why.
func (s *Store) commitForeseen(ctx context.Context, p board.Proposal) (board.Outcome, error) {
	at := s.time()
	f, ok := board.Foresee(p, at)
	if !ok {
		return board.Outcome{}, errUnforeseen
	}
	from := board.Head{Epoch: f.Epoch, Seq: f.Seq, PermVersion: f.PermVersion}
	head, err := writing{board: p.Board, from: from, at: at, decision: f.Decision}.foreseen(ctx, s)
	switch {
	case err == nil:
		return board.Outcome{Head: head, Events: f.Events, Answers: f.Answers, Clients: f.Known}, nil
	case unavailable(err) && !forAnother(err):
		return board.Outcome{}, err
	}
	_ = s.renewed(err) // the steps have statements of their own
	return board.Outcome{}, errUnforeseen
}

// commitInSteps asks first, and decides under the board's lock.
func (s *Store) commitInSteps(ctx context.Context, p board.Proposal) (out board.Outcome, err error) {
	stmts, err := s.prepared(ctx)
	if err != nil {
		return board.Outcome{}, err
	}
	err = again(ctx, func() error {
		tx, err := s.db.BeginTxx(ctx, nil)
		if err != nil {
			return fmt.Errorf("begin: %w", err)
		}
		defer tx.Rollback() // after a commit it does nothing
		c := commit{s: s, tx: tx, stmts: stmts, p: p}
		if err := c.run(ctx); err != nil {
			return err
		}
		out = c.out
		return nil
	})
	return out, err
}

// commit is one run of the transaction.
type commit struct {
	s     *Store
	tx    *sqlx.Tx
	stmts prepared
	p     board.Proposal
	row   boardRow // as locked
	out   board.Outcome
}

func (c *commit) run(ctx context.Context) error {
	if err := c.lock(ctx); err != nil {
		return err
	}
	question, err := c.question(ctx)
	if err != nil {
		return err
	}
	d, err := board.Decide(question)
	if err != nil {
		return err
	}
	c.out.Answers, c.out.Events, c.out.Clients = d.Answers, d.Events, d.Known
	c.out.Head = c.row.Head
	if len(d.Clients) == 0 {
		return nil // nothing moved: the transaction is rolled back
	}
	w := writing{board: c.p.Board, from: c.row.Head, at: question.At, decision: d}
	if c.out.Head, err = w.inSteps(ctx, c.tx.StmtxContext(ctx, c.stmts.write)); err != nil {
		return err
	}
	return c.end()
}

// end commits. Unless Postgres itself said no, the outcome of a failure is unknown (I2).
func (c *commit) end() error {
	err := c.tx.Commit()
	var refusal *pq.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &refusal):
		return fmt.Errorf("commit: %w", err)
	}
	return fmt.Errorf("commit, outcome unknown: %w: %w", board.ErrUnavailable, err)
}

const lockBoard = readBoard + `
	   FOR NO KEY UPDATE`

func (c *commit) lock(ctx context.Context) error {
	err := c.tx.StmtxContext(ctx, c.stmts.lock).GetContext(ctx, &c.row, c.p.Board)
	if err != nil {
		return fmt.Errorf("lock the board: %w", missing(err, board.ErrNotFound))
	}
	return nil
}

// question gathers what Decide must know. The time is taken after the lock, so
// that on one node times follow the order of seqs.
func (c *commit) question(ctx context.Context) (q board.Question, err error) {
	q.At = c.s.time()
	q.History = c.history(ctx)
	if q.Doc, err = c.document(ctx); err != nil {
		return q, err
	}
	q.Missed = c.out.Missed
	if q.Turns, err = c.turns(ctx, q); err != nil {
		return q, err
	}
	q.Clients, err = c.lockClients(ctx)
	return q, err
}

// document is the proposal's, brought up by what it missed; or, when there is
// none or the log does not reach back to it, one from the database. Nobody else
// can move the board on meanwhile.
func (c *commit) document(ctx context.Context) (*notes.Document, error) {
	if doc := c.p.Doc; doc != nil {
		switch {
		case c.p.Epoch != c.row.Epoch || doc.Seq > c.row.Seq:
			return nil, fmt.Errorf("%w: seq %d of epoch %d was followed, and it is at seq %d of epoch %d",
				board.ErrEpoch, doc.Seq, c.p.Epoch, c.row.Seq, c.row.Epoch)
		case doc.Seq == c.row.Seq:
			return doc, nil
		}
		missed, err := eventsAfter(ctx, c.tx, c.p.Board, doc.Seq)
		if !errors.Is(err, board.ErrTruncated) {
			c.out.Missed = missed
			return doc, err
		}
	}
	doc, bad, err := document(ctx, c.tx, c.p.Board, c.row)
	if err == nil && bad.differ(c.row) {
		return nil, fmt.Errorf("%w: some notes cannot be read", board.ErrEpoch) // loading it takes note of them
	}
	c.out.Doc = doc
	return doc, err
}

// turns returns the proposal's, with grants that hold now. The board's row is
// locked: rights change only under a new perm version.
func (c *commit) turns(ctx context.Context, q board.Question) ([]board.Turn, error) {
	fresh := map[board.Principal]board.Grant{}
	turns := make([]board.Turn, len(c.p.Turns))
	for i, t := range c.p.Turns {
		who := t.Grant.Principal
		switch known, ok := fresh[who]; {
		case t.Grant.Board != c.p.Board: // I13
			t.Grant = board.Grant{Board: t.Grant.Board, Principal: who}
		case t.Grant.Stands(c.row.PermVersion, q.At):
		case ok:
			t.Grant = known
		default:
			g, err := evaluate(ctx, c.tx, who, c.p.Board, q.At)
			if errors.Is(err, board.ErrNotFound) {
				g, err = board.Grant{Board: c.p.Board, Principal: who, PermVersion: c.row.PermVersion}, nil
			}
			if err != nil {
				return nil, fmt.Errorf("evaluate a grant again: %w", err)
			}
			fresh[who], t.Grant = g, g
		}
		turns[i] = t
	}
	return turns, nil
}

// history reads text edits from the log, for ops on an old revision.
func (c *commit) history(ctx context.Context) notes.History {
	const query = `
		SELECT delta
		  FROM note_deltas
		 WHERE board_id = $1
		   AND note_id = $2
		   AND rev > $3
		   AND rev <= $4
		 ORDER BY rev`
	return func(note string, from, to int64) ([]notes.Delta, error) {
		var rows [][]byte
		if err := c.tx.SelectContext(ctx, &rows, query, c.p.Board, note, from, to); err != nil {
			return nil, fmt.Errorf("read the text edits of note %s: %w", note, err)
		}
		if int64(len(rows)) != to-from {
			return nil, notes.ErrHistory
		}
		deltas := make([]notes.Delta, len(rows))
		for i, r := range rows {
			if deltas[i].UnmarshalJSON(r) != nil {
				return nil, notes.ErrHistory // as if it had been compacted away
			}
		}
		return deltas, nil
	}
}

// prepared are the statements of a commit in steps.
type prepared struct{ lock, clients, answers, write *sqlx.Stmt }

func (s *Store) prepared(ctx context.Context) (p prepared, err error) {
	if p.lock, err = s.prepare(ctx, lockBoard); err != nil {
		return p, err
	}
	if p.clients, err = s.prepare(ctx, readClients); err != nil {
		return p, err
	}
	if p.answers, err = s.prepare(ctx, readAnswers); err != nil {
		return p, err
	}
	p.write, err = s.prepare(ctx, writeDecision[whole])
	return p, err
}

func array[T any](list []T) any { return pq.Array(list) }
