package main

import (
	"context"
	"errors"
	"fmt"
)

// restored gives every board a new epoch, because only whoever restored a backup
// knows that what browsers hold may be of a time that never was (I14).
func restored(ctx context.Context, c config, t terminal) error {
	s, err := connect(ctx, beside(c), newLog(c, t.err))
	if err != nil {
		return err
	}
	n, err := s.store.RenewAll(ctx)
	if err == nil {
		_, err = fmt.Fprintf(t.out, "%d boards have a new epoch: everybody starts over from what is there now.\n", n)
	}
	return errors.Join(err, s.close())
}
