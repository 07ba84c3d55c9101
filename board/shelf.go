package board

import (
	"context"
	"errors"
	"fmt"
	"time"

	"corkboard/auth"
	"corkboard/notes"
)

// ErrForbidden says that the principal may see the board, but not do this to it.
var ErrForbidden = errors.New("your role on this board does not allow it")

// FirstName is the name of a board that was made without one.
const FirstName = "Untitled board"

// listed bounds a list of boards.
const listed = 500

// Editing is the part of a Hub that a Library needs.
type Editing interface {
	// Submit is the write path: see Hub.Submit.
	Submit(ctx context.Context, g Grant, client string, edits []notes.Edit) ([]Ack, error)
	// Document reads a board's document as it is now: see Hub.Document.
	Document(ctx context.Context, board string) (*notes.Document, Head, error)
	// Recheck has every node evaluate the rights of its sessions on a board anew.
	Recheck(board string)
	RecheckMember(board, user string)
}

// Library is about boards as things: it makes, lists, renames, trashes and
// shares them. What stands on a board is the Hub's business.
type Library struct {
	catalog Catalog
	editing Editing
	key     []byte
	now     Now
}

// NewLibrary returns a library on catalog. Its links' tokens are derived from
// the installation's own key, see Catalog.ServerKey.
func NewLibrary(catalog Catalog, editing Editing, serverKey []byte) *Library {
	return &Library{catalog: catalog, editing: editing, key: serverKey, now: time.Now}
}

// Create makes a board of owner with an edit link and a view link. A name of ""
// becomes FirstName; a bad one is refused with a *notes.Rejection.
func (l *Library) Create(ctx context.Context, owner auth.User, name string) (Summary, error) {
	if name == "" {
		name = FirstName
	}
	if err := notes.CheckName(name); err != nil {
		return Summary{}, err
	}
	now := l.now().UTC()
	b := Summary{ID: auth.NewID("b"), Name: name, CreatedAt: now, ModifiedAt: now}
	links := []Link{newLink(b.ID, Editor), newLink(b.ID, Viewer)}
	if err := l.catalog.AddBoard(ctx, b, owner.ID, links, l.hashes(links)); err != nil {
		return Summary{}, fmt.Errorf("make a board: %w", err)
	}
	return b, nil
}

// AddKey makes an API key that acts on the board as an editor. The key is
// returned this once; only its hash is kept.
func (l *Library) AddKey(ctx context.Context, board string) (string, error) {
	key := auth.NewToken(auth.KeyPrefix)
	shown := key[:len(auth.KeyPrefix)+6]
	if err := l.catalog.AddKey(ctx, auth.NewID("k"), board, Editor, shown, auth.Hash(key)); err != nil {
		return "", fmt.Errorf("make an API key: %w", err)
	}
	return key, nil
}

// List returns the user's own boards, last modified first, at most 500: those
// in the trash, or all others.
func (l *Library) List(ctx context.Context, user auth.User, trash bool) ([]Summary, error) {
	list, err := l.catalog.BoardsOf(ctx, user.ID, trash, listed)
	if err != nil {
		return nil, fmt.Errorf("list boards: %w", err)
	}
	return list, nil
}

// Summary reads one board; ErrNotFound.
func (l *Library) Summary(ctx context.Context, board string) (Summary, error) {
	s, err := l.catalog.Summary(ctx, board)
	if err != nil {
		return Summary{}, fmt.Errorf("read a board's summary: %w", err)
	}
	return s, nil
}

// Rename gives the board a name by the one write path, so that everybody on it
// sees it at once. A refused name is a *notes.Rejection.
func (l *Library) Rename(ctx context.Context, g Grant, name string) error {
	if !g.Role.CanEdit() {
		return ErrForbidden
	}
	edit := &notes.SetBoard{Set: notes.BoardValues{Name: &name}}
	acks, err := l.editing.Submit(ctx, g, auth.NewID("c"), []notes.Edit{edit})
	if err != nil {
		return fmt.Errorf("rename a board: %w", err)
	}
	for _, a := range acks {
		if a.Status == Rejected {
			return &notes.Rejection{Code: a.Code, Reason: a.Reason}
		}
	}
	return nil
}

// SetTrashed moves the board to the trash, which closes its sockets, or back.
func (l *Library) SetTrashed(ctx context.Context, g Grant, trashed bool) error {
	if !g.Role.CanTrash() {
		return ErrForbidden
	}
	if err := l.catalog.SetTrashed(ctx, g.Board, trashed, l.now().UTC()); err != nil {
		return fmt.Errorf("move a board to or from the trash: %w", err)
	}
	l.editing.Recheck(g.Board)
	return nil
}
