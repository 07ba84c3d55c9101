package store

import "context"

// unused is a value that a counter in the row of a board never had. The one in an
// older backup is older too, so that adding one could give a value out twice:
// microseconds of the database's clock cannot, and some chance helps where that
// clock was set back. Browsers count exactly up to 2^53, which is the year 2255.
func unused(counter string) string {
	return "GREATEST(" + counter + `, floor(extract(epoch FROM clock_timestamp()) * 1000000)::bigint)
	           + 1 + floor(random() * 1000000)::bigint`
}

// nextEpoch is an epoch that the board never had.
var nextEpoch = unused("epoch")

// renewal makes the board's life a new one: what was granted in the one before is
// of other rights, although these may have been changed as often.
var renewal = `
		   SET epoch = ` + nextEpoch + `,
		       perm_version = ` + unused("perm_version")

// Renew gives a board that is in this epoch a new one, which no board had before,
// and tells whether it did: of several that ask, one does.
func (s *Store) Renew(ctx context.Context, id string, epoch int64) (bool, error) {
	query := `
		UPDATE boards` + renewal + `
		 WHERE id = $1
		   AND epoch = $2`
	ctx, cancel := detach(ctx)
	defer cancel()
	n, err := s.affected(ctx, query, id, epoch)
	return n > 0, outcome("give board "+id+" a new epoch", err)
}

// RenewAll gives every board a new epoch, as after a backup was restored, and
// returns how many boards there are.
func (s *Store) RenewAll(ctx context.Context) (int64, error) {
	n, err := s.affected(ctx, "UPDATE boards"+renewal)
	return n, outcome("give every board a new epoch", err)
}

// affected runs a statement and returns how many rows it changed.
func (s *Store) affected(ctx context.Context, query string, args ...any) (n int64, err error) {
	err = again(ctx, func() error {
		result, err := s.db.ExecContext(ctx, query, args...)
		if err == nil {
			n, err = result.RowsAffected()
		}
		return err
	})
	return n, err
}
