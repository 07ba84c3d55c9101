package board

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"

	"corkboard/auth"
	"corkboard/notes"
)

// ErrKeyReused says that an idempotency key came a second time with other content.
var ErrKeyReused = errors.New("this Idempotency-Key was used for another import")

// Import is many notes on their way to a board.
type Import struct {
	// Key names the request: the same key with the same content has one effect
	// and gets the same answer, however often it comes. "" makes it a request of
	// its own.
	Key string
	// Content tells imports apart that have the same key, for example by a hash.
	Content []byte
	// Plan makes one edit, all or nothing, that fits the document, and says which
	// notes it makes. NewID gives the i-th note its id.
	Plan func(doc *notes.Document, newID func(i int) string) (edit notes.Edit, ids []string)
}

// Imported tells which notes an import made. An import that is repeated under
// its key returns the same.
type Imported struct {
	IDs     []string // of the new notes, in the order of Plan
	Version int64    // theirs: the seq of the one event
}

// Import commits what the plan makes of the board, as one event. Errors:
// ErrForbidden, ErrKeyReused, ErrUnavailable (send it again with its key), or a
// *notes.Rejection; nothing was imported then.
func (l *Library) Import(ctx context.Context, g Grant, im Import) (Imported, error) {
	if !g.Role.CanEdit() {
		return Imported{}, ErrForbidden
	}
	doc, _, err := l.editing.Document(ctx, g.Board)
	if err != nil {
		return Imported{}, fmt.Errorf("read the board to import to: %w", err)
	}
	client := l.clientOf(g, im.Key)
	edit, ids := im.Plan(doc, l.noteIDs(client, im.Content))
	if len(ids) == 0 {
		return Imported{}, nil
	}
	acks, err := l.insist(ctx, g, client, edit)
	if err != nil {
		return Imported{}, fmt.Errorf("import notes: %w", err)
	}
	switch ack := acks[0]; {
	case ack.Status == Rejected:
		return Imported{}, &notes.Rejection{Code: ack.Code, Reason: ack.Reason}
	case ack.Status != OK:
		return Imported{}, fmt.Errorf("import notes: the answer is %q: %w", ack.Status, ErrUnavailable)
	case im.Key != "":
		return Imported{ids, ack.Seq}, l.confirm(ctx, g.Board, ids[0], ack.Seq)
	default:
		return Imported{ids, ack.Seq}, nil
	}
}

// insist submits again when the same request, sent a second time, has overtaken
// this one: what became of that one is the answer to both (I3).
func (l *Library) insist(ctx context.Context, g Grant, client string, edit notes.Edit) ([]Ack, error) {
	for try := 0; ; try++ {
		acks, err := l.editing.Submit(ctx, g, client, []notes.Edit{edit})
		if !errors.Is(err, errTwice) || try == 5 || !pause(ctx, try) {
			return acks, err
		}
	}
}

// clientOf is the identity that makes the import exactly-once: the store keeps
// one answer for each client and mid.
func (l *Library) clientOf(g Grant, key string) string {
	if key == "" {
		return auth.NewID("i")
	}
	return "i_" + l.derive("import", g.Board, g.Principal.String(), key)[:24]
}

// noteIDs depend on the request and its content alone, so that a repeated
// request speaks of the same notes.
func (l *Library) noteIDs(client string, content []byte) func(int) string {
	name := hex.EncodeToString(content)
	return func(i int) string { return ordinal(i) + l.derive("note", client, name, strconv.Itoa(i))[:18] }
}

// ordinal makes the ids of an import sort as its rows do, so that they are
// listed in the order in which they came. Bytewise, 0-9 < A-Z < a-z.
func ordinal(i int) string {
	const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	n := len(digits)
	return string([]byte{digits[i/n/n%n], digits[i/n%n], digits[i%n]})
}

// confirm finds out whether the answer at seq was given to this content: then
// the note, live or deleted, is there since that seq.
func (l *Library) confirm(ctx context.Context, board, id string, seq int64) error {
	doc, _, err := l.editing.Document(ctx, board)
	if err != nil {
		return fmt.Errorf("read the imported notes: %w", err)
	}
	if n := doc.Notes[id]; n == nil || n.Created != seq {
		return ErrKeyReused
	}
	return nil
}

// derive makes a value that only this installation can make, the same one for
// the same parts: 32 characters that may stand in an id.
func (l *Library) derive(parts ...string) string {
	name := ""
	for _, p := range parts {
		name += strconv.Quote(p) // so that no two lists of parts make one name
	}
	return auth.Derive(l.key, name)
}
