package child

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// RunningPostgres returns the URL of the private Postgres that another process of this machine runs on
// the data in dataDir. Ok is false when none does, or none that is ready.
func RunningPostgres(dataDir string) (url string, ok bool) {
	data, ok := usedBy(dataDir, "postgres.lock")
	if !ok {
		return "", false
	}
	folder, err := filepath.EvalSymlinks(filepath.Join(data, "postgres"))
	if err != nil {
		return "", false
	}
	p := &plan{folder: folder}
	lock := p.readLock()
	if len(lock) < 8 || strings.TrimSpace(lock[7]) != "ready" {
		return "", false
	}
	return (&Postgres{sockets: lock[4]}).URL(), true
}

// RunningRedis is the same for the private Redis.
func RunningRedis(dataDir string) (url string, ok bool) {
	data, ok := usedBy(dataDir, "redis.lock")
	if !ok {
		return "", false
	}
	folder := filepath.Join(data, "redis")
	as, err := accountFor(folder, "redis", "valkey", "nobody")
	if err != nil {
		return "", false
	}
	sockets, err := socketFolder(as, folder, redisSocket)
	if err != nil {
		return "", false
	}
	server := &Redis{sockets: sockets}
	return server.URL(), server.answers()
}

// usedBy returns the data folder's true path, and whether some process holds the lock name in it.
func usedBy(dataDir, name string) (data string, held bool) {
	path, err := filepath.Abs(dataDir)
	if err != nil {
		return "", false
	}
	if path, err = filepath.EvalSymlinks(path); err != nil {
		return "", false
	}
	file, err := os.Open(filepath.Join(path, name))
	if err != nil {
		return "", false
	}
	defer file.Close() // gives the lock up again, too
	return path, syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) != nil
}
