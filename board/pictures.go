package board

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"corkboard/pictures"
)

// Errors of Pictures.
var (
	// ErrNoShelf: the place where pictures are kept cannot be used just now.
	ErrNoShelf = errors.New("pictures cannot be kept or fetched just now")
	// ErrManyPictures: the board has as many as it may have.
	ErrManyPictures = errors.New("the board has too many pictures")
)

// MaxPictures bounds the pictures of one board.
const MaxPictures = 2000

// PictureInfo is what a board knows of one of its pictures.
type PictureInfo struct {
	ID     string    `db:"picture"`
	Type   string    `db:"type"` // its media type
	Width  int       `db:"width"`
	Height int       `db:"height"`
	Bytes  int64     `db:"bytes"`
	MadeAt time.Time `db:"made_at"`
}

// PictureShelf keeps the bytes of pictures by their ids: see pictures.Disk and
// pictures.Bucket. Get returns pictures.ErrMissing for one that is not there.
type PictureShelf interface {
	Put(ctx context.Context, id, mediaType string, content []byte) error
	Get(ctx context.Context, id string) (io.ReadCloser, error)
}

// PictureStore knows which board has which pictures. store.Store implements it.
type PictureStore interface {
	// ClaimPicture says that a picture is about to be kept: from then on it is not
	// thrown away as one that nobody uses.
	ClaimPicture(ctx context.Context, id string) error
	// AddPicture gives a board a picture that was claimed and is kept; to give it
	// once more is no harm. ErrManyPictures, ErrNotFound.
	AddPicture(ctx context.Context, board string, p PictureInfo) error
	// CopyPicture gives a board a picture that another one has; ErrNotFound,
	// ErrManyPictures.
	CopyPicture(ctx context.Context, from, to, id string) error
	// Picture reads one of a board's pictures; ErrNotFound.
	Picture(ctx context.Context, board, id string) (PictureInfo, error)
}

// Pictures are the pictures of all boards. Whoever sees a board sees all of its
// pictures, and those of no other (I13).
type Pictures struct {
	store PictureStore
	shelf PictureShelf
}

// NewPictures keeps pictures on the shelf.
func NewPictures(store PictureStore, shelf PictureShelf) *Pictures { return &Pictures{store, shelf} }

// Add makes a picture of a stranger's file and gives it to the board. Errors:
// ErrForbidden, ErrNoShelf, ErrManyPictures or a *pictures.Refusal.
func (p *Pictures) Add(ctx context.Context, g Grant, file []byte) (PictureInfo, error) {
	if !g.Role.CanEdit() {
		return PictureInfo{}, ErrForbidden
	}
	made, err := pictures.Read(ctx, file)
	if err != nil {
		return PictureInfo{}, fmt.Errorf("read a picture: %w", err)
	}
	if err := p.store.ClaimPicture(ctx, made.ID); err != nil {
		return PictureInfo{}, err
	}
	if err := p.shelf.Put(ctx, made.ID, made.Type, made.Bytes); err != nil {
		return PictureInfo{}, fmt.Errorf("%w: %w", ErrNoShelf, err)
	}
	info := PictureInfo{ID: made.ID, Type: made.Type, Width: made.Width, Height: made.Height, Bytes: int64(len(made.Bytes))}
	return info, p.store.AddPicture(ctx, g.Board, info)
}

// Copy gives a board a picture of another that the same person may see.
func (p *Pictures) Copy(ctx context.Context, from, to Grant, id string) error {
	if !to.Role.CanEdit() {
		return ErrForbidden
	}
	return p.store.CopyPicture(ctx, from.Board, to.Board, id)
}

// Open finds one of the board's pictures and its bytes, which are to be closed.
// ErrNotFound, ErrNoShelf.
func (p *Pictures) Open(ctx context.Context, g Grant, id string) (PictureInfo, io.ReadCloser, error) {
	info, err := p.store.Picture(ctx, g.Board, id)
	if err != nil {
		return PictureInfo{}, nil, err
	}
	content, err := p.shelf.Get(ctx, id)
	if err != nil {
		return PictureInfo{}, nil, fmt.Errorf("%w: %w", ErrNoShelf, err)
	}
	return info, content, nil
}
