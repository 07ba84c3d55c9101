package child

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

const (
	// maxSocketPath is what fits in a unix socket's address, without its closing zero.
	maxSocketPath = 107

	// shelter takes the data when the servers' user cannot reach the data folder.
	shelter = "/var/lib/corkboard"

	lockPatience = 5 * time.Second
	lockInterval = 50 * time.Millisecond
)

// dataFolder makes the data folder and returns its absolute path, free of links. Made by root it can
// be passed, though not listed, by the servers' users.
func dataFolder(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		if err := makeDataFolder(path); err != nil {
			return "", fmt.Errorf("make the data folder (DATA_DIR): %w", err)
		}
	}
	return filepath.EvalSymlinks(path)
}

func makeDataFolder(path string) error {
	if os.Geteuid() != 0 {
		return os.MkdirAll(path, 0o700)
	}
	if err := os.MkdirAll(path, 0o755); err != nil {
		return err
	}
	return os.Chmod(path, 0o711)
}

// lockFolder takes the lock name in a folder for as long as this program lives, waiting a moment for
// another that is just ending.
func lockFolder(ctx context.Context, folder, name string) (*os.File, error) {
	file, err := os.OpenFile(filepath.Join(folder, name), os.O_RDONLY|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, lockPatience)
	defer cancel()
	err = waitFor(ctx, lockInterval, nil, func() bool {
		return syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) == nil
	})
	if err != nil {
		_ = file.Close()
		return nil, fmt.Errorf("%s is in use by another Corkboard: stop it, or set DATA_DIR to another folder", folder)
	}
	return file, nil
}

// waitFor asks until the answer is yes, the context ends, or done is closed.
func waitFor(ctx context.Context, every time.Duration, done <-chan struct{}, yes func() bool) error {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for !yes() {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-done:
			return errEnded
		case <-tick.C:
		}
	}
	return nil
}

// pause waits unless the context ends.
func pause(ctx context.Context, length time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(length):
		return nil
	}
}

// syncFolder makes sure that a new name in a folder survives a loss of power.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}

var errEnded = errors.New("it ended before it was ready")

// durableFolder is the folder name in data that the account owns and can reach; when it cannot, one
// in the refuge with a link to it in data, which is how later starts find it again.
func durableFolder(as account, data, name, refuge string, log *slog.Logger) (string, error) {
	path := filepath.Join(data, name)
	info, err := os.Lstat(path)
	barrier := as.barrier(data)
	switch {
	case err == nil && info.Mode()&os.ModeSymlink != 0:
		return linkedFolder(as, path)
	case barrier == "":
		return path, as.own(path)
	case err == nil:
		return "", fmt.Errorf("the user %s cannot enter %s, and the database is below it: run `chmod o+x %s`",
			as.name, barrier, barrier)
	}
	folder, err := refugeFolder(as, refuge, name)
	if err != nil {
		return "", err
	}
	log.Info("the database is kept elsewhere, because its user cannot enter the data folder",
		"folder", folder, "link", path, "user", as.name, "barrier", barrier)
	if err := os.Symlink(folder, path); err != nil {
		return "", err
	}
	return folder, syncFolder(data)
}

func linkedFolder(as account, link string) (string, error) {
	folder, err := filepath.EvalSymlinks(link)
	if err != nil {
		return "", fmt.Errorf("%s leads nowhere: bring back its target, or remove the link to begin with an empty database: %w",
			link, err)
	}
	if barrier := as.barrier(filepath.Dir(folder)); barrier != "" {
		return "", fmt.Errorf("%s leads to %s, but the user %s cannot enter %s: run `chmod o+x %s`",
			link, folder, as.name, barrier, barrier)
	}
	return folder, as.own(folder)
}

func refugeFolder(as account, refuge, name string) (string, error) {
	if err := makeDataFolder(refuge); err != nil {
		return "", err
	}
	if barrier := as.barrier(refuge); barrier != "" {
		return "", fmt.Errorf("the user %s cannot enter %s: set DATA_DIR to a folder that it can reach, such as /srv/corkboard",
			as.name, barrier)
	}
	folder, err := os.MkdirTemp(refuge, name+"-")
	if err != nil {
		return "", err
	}
	return folder, as.own(folder)
}

// socketFolder is a folder of the account's own for a socket: the preferred one when the account can
// reach it and an address holds the socket's path, otherwise a temporary one.
func socketFolder(as account, preferred, socket string) (string, error) {
	folder := preferred
	if !fits(folder, socket) || as.barrier(filepath.Dir(folder)) != "" {
		var err error
		if folder, err = temporaryFolder(as, preferred, socket); err != nil {
			return "", err
		}
	}
	return folder, as.own(folder)
}

// temporaryFolder has the same name at each start, so that a kill leaves no litter behind.
func temporaryFolder(as account, instead, socket string) (string, error) {
	sum := sha256.Sum256([]byte(instead))
	name := "corkboard-" + hex.EncodeToString(sum[:6])
	for _, tmp := range []string{os.TempDir(), "/tmp"} {
		above, err := filepath.EvalSymlinks(tmp)
		if err != nil {
			continue
		}
		if folder := filepath.Join(above, name); fits(folder, socket) && as.barrier(above) == "" {
			return folder, nil
		}
	}
	return "", fmt.Errorf("no folder is short enough for a socket that the user %s can reach: set DATA_DIR to a shorter path", as.name)
}

// fits also refuses a comma: a client takes what is around it for two hosts.
func fits(folder, socket string) bool {
	return len(filepath.Join(folder, socket)) <= maxSocketPath && !strings.Contains(folder, ",")
}

// empty removes what a killed server left, such as a lock with the number of a process that is now
// somebody else's.
func empty(folder string) error {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if err := os.RemoveAll(filepath.Join(folder, entry.Name())); err != nil {
			return err
		}
	}
	return nil
}
