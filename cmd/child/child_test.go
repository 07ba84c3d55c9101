package child

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	_ "github.com/lib/pq"
	"github.com/redis/go-redis/v9"
)

const patience = time.Minute

// TestMain is also the program that a test starts in order to kill it: it runs both servers in the
// folder that the environment names, prints their addresses, and waits for a signal.
func TestMain(m *testing.M) {
	if folder := os.Getenv("CHILD_TEST_PARENT"); folder != "" {
		if err := runParent(folder); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

type addresses struct{ Postgres, Redis string }

func runParent(folder string) error {
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelDebug}))
	asked, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	pg, err := StartPostgres(asked, folder, log)
	if err != nil {
		return err
	}
	rd, err := StartRedis(asked, folder, log)
	if err != nil {
		return errors.Join(err, pg.Stop())
	}
	if err := json.NewEncoder(os.Stdout).Encode(addresses{pg.URL(), rd.URL()}); err != nil {
		return err
	}
	<-asked.Done()
	return errors.Join(pg.Stop(), rd.Stop())
}

// parent is a running copy of this test program.
type parent struct {
	addresses
	cmd *exec.Cmd
}

func startParent(t *testing.T, folder string, as account) *parent {
	t.Helper()
	cmd := exec.Command(publicCopy(t))
	cmd.Env = append(os.Environ(), "CHILD_TEST_PARENT="+folder)
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: as.credential()}
	said := &strings.Builder{}
	cmd.Stderr = said
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p := &parent{cmd: cmd}
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err != nil {
		_ = cmd.Wait()
		t.Fatalf("the parent did not start: %v\n%s", err, said)
	}
	if err := json.Unmarshal(line, &p.addresses); err != nil {
		t.Fatal(err)
	}
	return p
}

// publicCopy is this test program where every user may run it.
func publicCopy(t *testing.T) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	from, err := os.Open(self)
	if err != nil {
		t.Fatal(err)
	}
	defer from.Close()
	path := filepath.Join(publicFolder(t), "parent")
	to, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE, 0o755)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(to, from); err != nil {
		t.Fatal(err)
	}
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// publicFolder is a temporary folder that every user may pass.
func publicFolder(t *testing.T) string {
	t.Helper()
	folder, err := os.MkdirTemp("/tmp", "child-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	if err := os.Chmod(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	return folder
}

// accounts are the users that this run of the tests can be: an ordinary one, and root when it is root.
func accounts(t *testing.T) map[string]account {
	t.Helper()
	self := account{name: userName(os.Geteuid()), uid: os.Geteuid(), gid: os.Getegid()}
	if self.uid != 0 {
		return map[string]account{"ordinary": self}
	}
	nobody, err := lookup("nobody")
	if err != nil {
		t.Fatal(err)
	}
	return map[string]account{"root": self, "ordinary": nobody}
}

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

func open(t *testing.T, address string) *sql.DB {
	t.Helper()
	db, err := sql.Open("postgres", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func read(t *testing.T, db *sql.DB, query string) string {
	t.Helper()
	var value string
	if err := db.QueryRow(query).Scan(&value); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return value
}

func write(t *testing.T, db *sql.DB, statement string) {
	t.Helper()
	if _, err := db.Exec(statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

func ping(t *testing.T, address string) *redis.Client {
	t.Helper()
	options, err := redis.ParseURL(address)
	if err != nil {
		t.Fatal(err)
	}
	client := redis.NewClient(options)
	t.Cleanup(func() { _ = client.Close() })
	if err := client.Ping(t.Context()).Err(); err != nil {
		t.Fatal(err)
	}
	return client
}

// redisPid is the process behind a client.
func redisPid(t *testing.T, client *redis.Client) int {
	t.Helper()
	for line := range strings.Lines(client.Info(t.Context(), "server").Val()) {
		if text, found := strings.CutPrefix(strings.TrimSpace(line), "process_id:"); found {
			pid, err := strconv.Atoi(text)
			if err != nil {
				t.Fatal(err)
			}
			return pid
		}
	}
	t.Fatal("Redis does not tell its process id")
	return 0
}

func postmaster(t *testing.T, folder string) int {
	t.Helper()
	p := plan{folder: folder}
	lock := p.readLock()
	if len(lock) == 0 {
		t.Fatalf("no lock file %s", p.lockFile())
	}
	pid, err := strconv.Atoi(lock[0])
	if err != nil {
		t.Fatal(err)
	}
	return pid
}

func awaitEnd(t *testing.T, what string, pid int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := waitFor(ctx, readyInterval, nil, func() bool { return commandLine(pid) == "" }); err != nil {
		t.Fatalf("%s (process %d) outlived its parent", what, pid)
	}
}

func TestKilledParent(t *testing.T) {
	t.Parallel()
	for name, as := range accounts(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data := filepath.Join(publicFolder(t), "data")
			if err := as.own(data); err != nil {
				t.Fatal(err)
			}
			if err := os.Chmod(data, 0o711); err != nil {
				t.Fatal(err)
			}
			killAndRestart(t, data, as)
		})
	}
}

func killAndRestart(t *testing.T, data string, as account) {
	first := startParent(t, data, as)
	db := open(t, first.Postgres)
	for setting, want := range map[string]string{"fsync": "on", "synchronous_commit": "on", "listen_addresses": ""} {
		if got := read(t, db, "SHOW "+setting); got != want {
			t.Errorf("%s is %q, want %q", setting, got, want)
		}
	}
	write(t, db, "CREATE TABLE kept (what text)")
	write(t, db, "INSERT INTO kept VALUES ('a note')")
	postgres, rd := postmaster(t, filepath.Join(data, "postgres")), redisPid(t, ping(t, first.Redis))

	if err := first.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = first.cmd.Wait()
	second := startParent(t, data, as) // while the first one's servers are still going down
	if got := read(t, open(t, second.Postgres), "SELECT what FROM kept"); got != "a note" {
		t.Errorf("the restarted server has %q", got)
	}
	ping(t, second.Redis)
	awaitEnd(t, "Postgres", postgres)
	awaitEnd(t, "Redis", rd)
	stopPolitely(t, second, data)
}

func stopPolitely(t *testing.T, p *parent, data string) {
	t.Helper()
	pid := postmaster(t, filepath.Join(data, "postgres"))
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Wait(); err != nil {
		t.Errorf("the stop failed: %v", err)
	}
	if line := commandLine(pid); line != "" {
		t.Errorf("Stop left %q", line)
	}
}
