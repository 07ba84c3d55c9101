package pictures

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// ErrMissing says that no picture of this id is kept.
var ErrMissing = errors.New("no such picture is kept")

// Disk keeps pictures as files in a folder, which several nodes may share. It is
// made with the first picture.
type Disk struct{ folder string }

// OnDisk keeps pictures in the folder.
func OnDisk(folder string) *Disk { return &Disk{folder} }

// Put keeps a picture; to keep it again is no harm. When it returns, the picture
// is on the disk and not only on its way.
func (d *Disk) Put(_ context.Context, id, _ string, content []byte) error {
	place := d.place(id)
	if err := os.MkdirAll(filepath.Dir(place), 0o750); err != nil {
		return fmt.Errorf("make a folder for pictures: %w", err)
	}
	file, err := os.CreateTemp(filepath.Dir(place), ".new-")
	if err != nil {
		return fmt.Errorf("make a file for a picture: %w", err)
	}
	_, err = file.Write(content)
	err = errors.Join(err, file.Sync(), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), place)
	}
	if err != nil {
		_ = os.Remove(file.Name()) // what is left of it is in nobody's way
		return fmt.Errorf("write a picture: %w", err)
	}
	return nil
}

// Get opens a picture; ErrMissing.
func (d *Disk) Get(_ context.Context, id string) (io.ReadCloser, error) {
	file, err := os.Open(d.place(id))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrMissing
	}
	if err != nil {
		return nil, fmt.Errorf("open a picture: %w", err)
	}
	return file, nil
}

// Delete throws a picture away; one that is not there is no error.
func (d *Disk) Delete(_ context.Context, id string) error {
	if err := os.Remove(d.place(id)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("delete a picture: %w", err)
	}
	return nil
}

// place spreads the files over folders, since some systems dislike long lists.
func (d *Disk) place(id string) string { return filepath.Join(d.folder, id[:2], id) }
