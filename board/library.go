package board

import (
	"context"
	"time"
)

// Summary is a board as a list shows it.
type Summary struct {
	ID         string     `db:"id"`
	Name       string     `db:"name"`
	NoteCount  int        `db:"note_count"`
	CreatedAt  time.Time  `db:"created_at"`
	ModifiedAt time.Time  `db:"modified_at"`
	TrashedAt  *time.Time `db:"trashed_at"`
}

// Link is a share link: whoever has its token has its role on the board.
type Link struct {
	ID           string   `db:"id"`
	Board        string   `db:"board_id"`
	Role         Role     `db:"role"`
	EmbedOrigins []string // who may frame its embed; empty: everybody
}

// Catalog is the part of the store that is about boards as things: making,
// listing, trashing and sharing them. store.Store implements it too.
type Catalog interface {
	// AddBoard stores a new empty board of owner with its links; tokenHashes are
	// in the order of links.
	AddBoard(ctx context.Context, b Summary, owner string, links []Link, tokenHashes [][]byte) error
	// AddKey stores an API key for a board, with the role it acts in.
	AddKey(ctx context.Context, id, board string, role Role, prefix string, hash []byte) error
	// BoardsOf lists a user's own boards, last modified first: the trash, or all others.
	BoardsOf(ctx context.Context, user string, trash bool, limit int) ([]Summary, error)
	// Summary reads one board; ErrNotFound.
	Summary(ctx context.Context, board string) (Summary, error)
	// SetTrashed moves a board to the trash or back, under a new perm version.
	SetTrashed(ctx context.Context, board string, trashed bool, at time.Time) error
	// Links lists a board's links that are not revoked.
	Links(ctx context.Context, board string) ([]Link, error)
	// ReplaceLink revokes the board's links of link.Role and stores link instead,
	// in one transaction, under a new perm version.
	ReplaceLink(ctx context.Context, link Link, tokenHash []byte, at time.Time) error
	// LinkByToken finds a link that is not revoked on a board that is not in the
	// trash; ErrNotFound.
	LinkByToken(ctx context.Context, tokenHash []byte) (Link, error)
	// OpenLink remembers that the user came by the link; from then on Grant finds it.
	OpenLink(ctx context.Context, user string, link Link) error
	// ServerKey returns the installation's own random key (32 bytes), made on
	// first use; it is the same on every node.
	ServerKey(ctx context.Context) ([]byte, error)
}
