package child

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

func startVolatile(t *testing.T, data string, options ...Option) *Postgres {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	pg, err := StartPostgres(ctx, data, quiet(), append(options, Volatile())...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = pg.Stop() })
	return pg
}

func TestLongPath(t *testing.T) {
	t.Parallel()
	data := filepath.Join(publicFolder(t), strings.Repeat("long-name/", 12), "data")
	pg := startVolatile(t, data)
	if got := read(t, open(t, pg.URL()), "SELECT current_database()"); got != "corkboard" {
		t.Errorf("connected to %q", got)
	}
	rd, err := StartRedis(t.Context(), data, quiet())
	if err != nil {
		t.Fatal(err)
	}
	ping(t, rd.URL())
	if address, running := RunningRedis(data); !running || address != rd.URL() {
		t.Errorf("running is %v, at %s", running, address)
	}
	if err := errors.Join(pg.Stop(), rd.Stop()); err != nil {
		t.Error(err)
	}
	for _, folder := range []string{pg.sockets, rd.sockets} {
		if strings.HasPrefix(folder, data) {
			t.Errorf("the socket is in %s, which is too long", folder)
		}
		if _, err := os.Stat(folder); !os.IsNotExist(err) {
			t.Errorf("the temporary folder %s was left behind", folder)
		}
	}
}

func TestLifeOnOneFolder(t *testing.T) {
	t.Parallel()
	data := filepath.Join(publicFolder(t), "it's a \"data\", folder")
	pg := startVolatile(t, data)
	write(t, open(t, pg.URL()), "CREATE TABLE kept (what text)")

	_, err := StartPostgres(t.Context(), data, quiet())
	if err == nil || !strings.Contains(err.Error(), "DATA_DIR") {
		t.Errorf("a second start on the folder says %v", err)
	}

	if address, running := RunningPostgres(data); !running || address != pg.URL() {
		t.Errorf("running is %v, at %s", running, address)
	}

	killHard(t, pg, data)
	pg = startVolatile(t, data) // while orphaned backends may still be attached
	if err := pg.Stop(); err != nil {
		t.Fatal(err)
	}
	if err := pg.Stop(); err != nil {
		t.Errorf("the second stop says %v", err)
	}

	if address, running := RunningPostgres(data); running {
		t.Errorf("a stopped server runs at %s", address)
	}
	leaveForeignLock(t, data)
	pg = startVolatile(t, data)
	if got := read(t, open(t, pg.URL()), "SELECT count(*) FROM kept"); got != "0" {
		t.Errorf("the table has %s rows", got)
	}
}

// killHard is what the machine does when it runs out of memory.
func killHard(t *testing.T, pg *Postgres, data string) {
	t.Helper()
	if err := syscall.Kill(postmaster(t, filepath.Join(data, "postgres")), syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	<-pg.Done()
	if pg.Err() == nil {
		t.Error("the death by a signal has no reason")
	}
	_ = pg.Stop()
}

// leaveForeignLock is what a killed server leaves when its process number is in use again.
func leaveForeignLock(t *testing.T, data string) {
	t.Helper()
	other := exec.Command("sleep", "600")
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if line := commandLine(other.Process.Pid); line != "sleep 600" {
			t.Errorf("the other process became %q", line)
		}
		_ = other.Process.Kill()
		_ = other.Wait()
	})
	p := plan{folder: filepath.Join(data, "postgres")}
	lock := strconv.Itoa(other.Process.Pid) + "\n" + p.cluster() + "\n1\n5432\n\n\n\nready\n"
	if err := os.WriteFile(p.lockFile(), []byte(lock), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestDataOfAnotherVersion(t *testing.T) {
	t.Parallel()
	data := filepath.Join(publicFolder(t), "data")
	cluster := filepath.Join(data, "postgres", "cluster")
	if err := os.MkdirAll(cluster, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(cluster, "PG_VERSION"), []byte("8\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := StartPostgres(t.Context(), data, quiet())
	if !errors.Is(err, ErrNotInstalled) || !strings.Contains(err.Error(), "postgresql-8") {
		t.Errorf("the error is %v", err)
	}
}

func TestMissingProgramsSayWhatToDo(t *testing.T) {
	t.Parallel()
	for setting, err := range map[string]error{"DATABASE_URL": errNoPostgres, "REDIS_URL": errNoRedis} {
		if !errors.Is(err, ErrNotInstalled) || !strings.Contains(err.Error(), setting) ||
			!strings.Contains(err.Error(), "apt-get install") {
			t.Errorf("the error is %v", err)
		}
	}
}

func TestFailedStartTellsTheReason(t *testing.T) {
	t.Parallel()
	data := filepath.Join(publicFolder(t), "data")
	if err := startVolatile(t, data).Stop(); err != nil {
		t.Fatal(err)
	}
	settings := filepath.Join(data, "postgres", "cluster", "postgresql.conf")
	if err := os.WriteFile(settings, []byte("no_such_setting = 1\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := StartPostgres(t.Context(), data, quiet())
	if err == nil || !strings.Contains(err.Error(), "no_such_setting") {
		t.Errorf("the error is %v", err)
	}
}
