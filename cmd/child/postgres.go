package child

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const (
	postgresSocket = ".s.PGSQL.5432" // the number is part of the name only: nothing listens on TCP
	postgresUser   = "corkboard"
	readyInterval  = 10 * time.Millisecond
	retryInterval  = 100 * time.Millisecond
	// evictPatience bounds the wait for a killed predecessor that is still writing its last checkpoint.
	evictPatience = time.Minute
)

// Postgres is a running private server.
type Postgres struct {
	process *process
	sockets string
	scratch bool // the sockets' folder is a temporary one
	lock    *os.File
}

// Option changes how Postgres is run.
type Option func(*plan)

// Volatile gives up durability for speed: for tests, whose data nobody wants to keep.
func Volatile() Option { return func(p *plan) { p.volatile = true } }

// refugeAt replaces the folder that takes the data when the data folder cannot be reached.
func refugeAt(folder string) Option { return func(p *plan) { p.refuge = folder } }

// plan is what is known about a server before it runs.
type plan struct {
	volatile bool
	refuge   string
	log      *slog.Logger
	as       account
	folder   string // the account's own; the cluster and its initialisation live in it
	sockets  string
	install  installation
}

func (p *plan) cluster() string  { return filepath.Join(p.folder, "cluster") }
func (p *plan) lockFile() string { return filepath.Join(p.cluster(), "postmaster.pid") }

// StartPostgres runs Postgres on the data in dataDir, which it makes at the first start, and returns
// when the server accepts connections. The context bounds the start only. The error wraps
// ErrNotInstalled when the programs are missing; each error says what to do about it.
func StartPostgres(ctx context.Context, dataDir string, log *slog.Logger, options ...Option) (*Postgres, error) {
	p := &plan{refuge: shelter, log: log.With("child", "postgres")}
	for _, option := range options {
		option(p)
	}
	server, err := p.run(ctx, dataDir)
	if err != nil {
		return nil, fmt.Errorf("private Postgres: %w", err)
	}
	return server, nil
}

func (p *plan) run(ctx context.Context, dataDir string) (*Postgres, error) {
	if err := FindPostgres(); err != nil {
		return nil, err
	}
	data, err := dataFolder(dataDir)
	if err != nil {
		return nil, err
	}
	lock, err := lockFolder(ctx, data, "postgres.lock")
	if err != nil {
		return nil, err
	}
	server, err := p.runLocked(ctx, data)
	if err != nil {
		_ = lock.Close()
		return nil, err
	}
	server.lock = lock
	return server, nil
}

func (p *plan) runLocked(ctx context.Context, data string) (*Postgres, error) {
	if err := p.settle(ctx, data); err != nil {
		return nil, err
	}
	for deadline := time.Now().Add(evictPatience); ; {
		if err := p.evict(ctx); err != nil {
			return nil, err
		}
		process, err := p.launch(ctx)
		if err == nil {
			scratch := filepath.Dir(p.sockets) != p.folder
			return &Postgres{process: process, sockets: p.sockets, scratch: scratch}, nil
		}
		if process == nil || !occupied(process) || time.Now().After(deadline) {
			return nil, err
		}
		if err := pause(ctx, retryInterval); err != nil {
			return nil, err
		}
	}
}

// launch starts the server and waits for it. With an error it returns the process only if that ended
// by itself.
func (p *plan) launch(ctx context.Context) (*process, error) {
	if err := empty(p.sockets); err != nil {
		return nil, err
	}
	process, err := start(p.command(), p.as, syscall.SIGINT, p.output())
	if err != nil {
		return nil, err
	}
	err = p.awaitReady(ctx, process)
	switch {
	case err == nil:
		return process, nil
	case process.gone():
		return process, process.err
	default:
		return nil, errors.Join(err, stopPostgres(process))
	}
}

// output warns of what concerns the whole server. A client's ERROR is the client's to report.
func (p *plan) output() *lines { return newLines(p.log, "WARNING:", "FATAL:", "PANIC:") }

// settle finds the user, the folders and the programs, and makes the cluster at the first start.
func (p *plan) settle(ctx context.Context, data string) (err error) {
	if p.as, err = accountFor(filepath.Join(data, "postgres"), "postgres"); err != nil {
		return err
	}
	if p.folder, err = durableFolder(p.as, data, "postgres", p.refuge, p.log); err != nil {
		return err
	}
	if p.install, err = findPostgres(p.written()); err != nil {
		return err
	}
	if p.written() == 0 {
		if err := p.initialise(ctx); err != nil {
			return err
		}
	}
	p.sockets, err = socketFolder(p.as, filepath.Join(p.folder, "run"), postgresSocket)
	return err
}

// written is the major version that made the cluster, 0 when there is none yet.
func (p *plan) written() int {
	text, err := os.ReadFile(filepath.Join(p.cluster(), "PG_VERSION"))
	if err != nil {
		return 0
	}
	major, _ := strconv.Atoi(strings.TrimSpace(string(text)))
	return major
}

func (p *plan) command() *exec.Cmd {
	cmd := exec.Command(p.install.program("postgres"), "-D", p.cluster())
	cmd.Dir = p.folder
	for _, setting := range p.settings() {
		cmd.Args = append(cmd.Args, "-c", setting)
	}
	return cmd
}

func (p *plan) settings() []string {
	durable := "on"
	if p.volatile {
		durable = "off"
	}
	settings := []string{
		"listen_addresses=",
		"port=5432",
		"unix_socket_directories=" + quoted(p.sockets),
		"unix_socket_permissions=0700",
		"logging_collector=off",
		"log_destination=stderr",
		"lc_messages=C",
		"log_min_error_statement=panic", // statements hold what people wrote
		"fsync=" + durable,
		"synchronous_commit=" + durable,
		"full_page_writes=" + durable,
	}
	if p.volatile {
		settings = append(settings, "max_connections=300") // many tests run at once
	}
	return settings
}

// quoted is a path as one element of a Postgres list.
func quoted(path string) string {
	return `"` + strings.ReplaceAll(path, `"`, `""`) + `"`
}

// awaitReady waits for the line that the postmaster adds to its lock file, as pg_ctl does.
func (p *plan) awaitReady(ctx context.Context, process *process) error {
	return waitFor(ctx, readyInterval, process.done, func() bool {
		lock := p.readLock()
		return len(lock) > 7 && lock[0] == strconv.Itoa(process.pid) && strings.TrimSpace(lock[7]) == "ready"
	})
}

func (p *plan) readLock() []string {
	file, err := os.Open(p.lockFile())
	if err != nil {
		return nil
	}
	defer file.Close()
	var found []string
	for scan := bufio.NewScanner(file); scan.Scan(); {
		found = append(found, scan.Text())
	}
	return found
}

// evict ends a server that an earlier, killed run left on this cluster; it may be ending already.
func (p *plan) evict(ctx context.Context) error {
	lock := p.readLock()
	if len(lock) == 0 {
		return nil
	}
	pid, err := strconv.Atoi(lock[0])
	if err != nil || pid <= 1 {
		return nil
	}
	if !strings.Contains(commandLine(pid), "-D "+p.cluster()+" ") {
		return p.dropForeignLock(pid)
	}
	p.log.Info("waiting for the server of an earlier run to stop", "pid", pid)
	if err := syscall.Kill(pid, syscall.SIGINT); err != nil && !errors.Is(err, syscall.ESRCH) {
		return fmt.Errorf("stop the Postgres left by an earlier run (process %d): %w", pid, err)
	}
	return p.awaitGone(ctx, pid)
}

// dropForeignLock removes a lock whose process is somebody else's by now, or dead and not yet buried:
// Postgres would take it for its predecessor. Whether parts of that live it sees in the shared memory.
func (p *plan) dropForeignLock(pid int) error {
	if syscall.Kill(pid, 0) != nil {
		return nil
	}
	return os.Remove(p.lockFile())
}

func (p *plan) awaitGone(ctx context.Context, pid int) error {
	ctx, cancel := context.WithTimeout(ctx, evictPatience)
	defer cancel()
	err := waitFor(ctx, readyInterval, nil, func() bool { return commandLine(pid) == "" })
	if err != nil {
		return fmt.Errorf("the Postgres left by an earlier run (process %d) does not stop: %w", pid, err)
	}
	return nil
}

// occupied tells that a server refused to start because a part of a killed predecessor still lives.
// Each such part ends by itself as soon as it sees that its postmaster is gone.
func occupied(process *process) bool {
	said := process.output.last()
	return strings.Contains(said, "is still in use") || strings.Contains(said, `"postmaster.pid" already exists`)
}

// URL is a DATABASE_URL for a database that is empty at the first start.
func (p *Postgres) URL() string {
	query := url.Values{"host": {p.sockets}, "port": {"5432"}, "sslmode": {"disable"}}
	return "postgres://" + postgresUser + "@/" + postgresUser + "?" + query.Encode()
}

// Done is closed when the server has ended, by Stop or by itself.
func (p *Postgres) Done() <-chan struct{} { return p.process.done }

// Err says why the server ended by itself; it is meaningful once Done is closed.
func (p *Postgres) Err() error { return p.process.err }

// Stop ends the server's connections, lets it write its checkpoint and returns when it is gone.
func (p *Postgres) Stop() error {
	err := stopPostgres(p.process)
	if p.scratch {
		err = errors.Join(err, os.RemoveAll(p.sockets))
	}
	_ = p.lock.Close()
	return err
}

// stopPostgres asks for a fast shutdown, then for an immediate one, which only costs a recovery.
func stopPostgres(p *process) error {
	return p.stop(
		step{syscall.SIGINT, 30 * time.Second},
		step{syscall.SIGQUIT, 5 * time.Second},
		step{syscall.SIGKILL, 5 * time.Second},
	)
}
