package child

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
)

// ErrNotInstalled is wrapped by the error of a start for which the server's programs are missing.
// The error's text says what to install.
var ErrNotInstalled = errors.New("not installed")

var (
	errNoPostgres = fmt.Errorf("PostgreSQL is %w: run `apt-get install postgresql` (Debian, Ubuntu) or "+
		"`brew install postgresql@17` (macOS), or set DATABASE_URL to a server of yours", ErrNotInstalled)
	errNoRedis = fmt.Errorf("Redis is %w: run `apt-get install redis-server` (Debian, Ubuntu) or "+
		"`brew install redis` (macOS), or set REDIS_URL to a server of yours", ErrNotInstalled)
)

// Debian and the PostgreSQL packages keep each version in a folder of its own, off the PATH.
var postgresFolders = []string{
	"/usr/lib/postgresql/*/bin",
	"/usr/pgsql-*/bin",
	"/opt/homebrew/opt/postgresql*/bin",
	"/usr/local/opt/postgresql*/bin",
	"/usr/local/pgsql/bin",
}

var redisFolders = []string{"/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"}

// installation is one version of Postgres on this machine.
type installation struct {
	bin   string
	major int
}

func (i installation) program(name string) string { return filepath.Join(i.bin, name) }

// findPostgres is the newest installation, or the one of the given major version when that is not 0:
// a cluster can be opened only by the version that wrote it.
func findPostgres(major int) (installation, error) {
	found := installations()
	if len(found) == 0 {
		return installation{}, errNoPostgres
	}
	if major == 0 {
		return slices.MaxFunc(found, func(a, b installation) int { return cmp.Compare(a.major, b.major) }), nil
	}
	for _, i := range found {
		if i.major == major {
			return i, nil
		}
	}
	return installation{}, fmt.Errorf("the database was written by PostgreSQL %d, which is %w: run "+
		"`apt-get install postgresql-%d`, or move the data with pg_upgrade", major, ErrNotInstalled, major)
}

func installations() []installation {
	var folders []string
	for _, pattern := range postgresFolders {
		matches, _ := filepath.Glob(pattern) // the only error is a bad pattern
		folders = append(folders, matches...)
	}
	if path, err := exec.LookPath("initdb"); err == nil {
		folders = append(folders, filepath.Dir(path))
	}
	var found []installation
	for _, bin := range folders {
		if _, err := os.Stat(filepath.Join(bin, "initdb")); err != nil {
			continue
		}
		if major := majorOf(filepath.Join(bin, "postgres")); major > 0 {
			found = append(found, installation{bin, major})
		}
	}
	return found
}

var versionNumber = regexp.MustCompile(`\d+`)

// majorOf asks a postgres program for its version, 0 when it cannot be run.
func majorOf(program string) int {
	said, err := exec.Command(program, "--version").Output()
	if err != nil {
		return 0
	}
	major, _ := strconv.Atoi(string(versionNumber.Find(said)))
	return major
}

// redisPrograms are the names under which a server is installed, with the name to call it by: Debian's
// redis-tools has the whole server as its checker, which looks at what it was called.
var redisPrograms = []struct{ file, name string }{
	{"redis-server", "redis-server"},
	{"valkey-server", "valkey-server"},
	{"redis-check-rdb", "redis-server"},
}

// findRedis is a command that runs a Redis or Valkey server.
func findRedis() (*exec.Cmd, error) {
	for _, program := range redisPrograms {
		path, err := findProgram(program.file)
		if err != nil {
			continue
		}
		cmd := exec.Command(path)
		cmd.Args[0] = program.name
		return cmd, nil
	}
	return nil, errNoRedis
}

// findProgram is a program on the PATH or where Redis is usually put.
func findProgram(name string) (string, error) {
	if path, err := exec.LookPath(name); err == nil {
		return filepath.Abs(path)
	}
	for _, folder := range redisFolders {
		if path, err := exec.LookPath(filepath.Join(folder, name)); err == nil {
			return path, nil
		}
	}
	return "", exec.ErrNotFound
}

// FindPostgres returns nil when StartPostgres would find its programs; the error wraps ErrNotInstalled.
func FindPostgres() error {
	_, err := findPostgres(0)
	return err
}

// FindRedis returns the file of the program that StartRedis would run and the name to call it by; the
// error wraps ErrNotInstalled.
func FindRedis() (file, name string, err error) {
	cmd, err := findRedis()
	if err != nil {
		return "", "", err
	}
	return cmd.Path, cmd.Args[0], nil
}
