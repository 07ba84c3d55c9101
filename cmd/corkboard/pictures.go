package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"time"

	"corkboard/board"
	"corkboard/pictures"
)

// picturePlace says where pictures are kept: in a bucket that speaks S3, or, when
// no URL is set, in the data folder.
type picturePlace struct {
	// URL is the bucket's, with a folder in it, if one likes.
	URL string `env:"PICTURES_URL"`

	// The keys go by the names that they have everywhere.
	KeyID  string `env:"AWS_ACCESS_KEY_ID"`
	Secret string `env:"AWS_SECRET_ACCESS_KEY"`
	Region string `env:"AWS_REGION" envDefault:"us-east-1"`
}

// shelf is where the bytes of pictures lie.
type shelf interface {
	board.PictureShelf
	Delete(ctx context.Context, id string) error
}

func (p picturePlace) check() error {
	if p.URL == "" {
		return nil
	}
	if _, err := pictures.InBucket(p.URL, pictures.Keys{}); err != nil {
		return fmt.Errorf("PICTURES_URL is wrong, %w: it should look like https://s3.eu-central-1.amazonaws.com/bucket", err)
	}
	if p.KeyID == "" || p.Secret == "" {
		return errors.New("PICTURES_URL names a bucket, but AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not both set: " +
			"set them to a key that may put, get and delete there, or unset PICTURES_URL, and pictures are kept in DATA_DIR")
	}
	return nil
}

// openShelf returns the place, which checkConfig has found to be good.
func (c config) openShelf() (shelf, error) {
	if c.Pictures.URL == "" {
		return pictures.OnDisk(filepath.Join(c.DataDir, "pictures")), nil
	}
	p := c.Pictures
	return pictures.InBucket(p.URL, pictures.Keys{ID: p.KeyID, Secret: p.Secret, Region: p.Region})
}

// probePatience bounds the look at the bucket when the server starts.
const probePatience = 5 * time.Second

// probe puts something into the bucket and takes it away again. What goes wrong
// keeps nobody from the boards: it is said to the operator.
func probe(ctx context.Context, s shelf, log *slog.Logger) {
	if _, ok := s.(*pictures.Bucket); !ok {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, probePatience)
	defer cancel()
	const id = "corkboard-was-here"
	if err := errors.Join(s.Put(ctx, id, "text/plain", []byte("Corkboard can write here.\n")), s.Delete(ctx, id)); err != nil {
		log.Error("pictures cannot be kept: the bucket that PICTURES_URL names cannot be written to; "+
			"check the address, AWS_REGION and the key's rights; boards work without", "error", err)
	}
}
