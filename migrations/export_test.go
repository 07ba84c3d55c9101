package migrations

import (
	"context"
	"database/sql"
)

// To applies the migrations up to a version, as an older program did.
func To(ctx context.Context, db *sql.DB, version int64) error {
	p, err := provider(db)
	if err == nil {
		_, err = p.UpTo(ctx, version)
	}
	return err
}
