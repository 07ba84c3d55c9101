package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestMain is also testenv itself, for the tests that have to kill it.
func TestMain(m *testing.M) {
	if tmp := os.Getenv("TESTENV_TMP"); tmp != "" {
		code, err := run(tmp, false, os.Args[1:])
		if err != nil {
			os.Stderr.WriteString(err.Error())
		}
		os.Exit(code)
	}
	os.Exit(m.Run())
}

// folder is a place for testenv's folders that every user may pass.
func folder(t *testing.T) string {
	t.Helper()
	path, err := os.MkdirTemp("/tmp", "testenv-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(path) })
	if err := os.Chmod(path, 0o755); err != nil {
		t.Fatal(err)
	}
	return path
}

func testenv(tmp string, command ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], command...)
	cmd.Env = append(os.Environ(), "TESTENV_TMP="+tmp)
	return cmd
}

func left(t *testing.T, tmp string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(tmp, "*"))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func expectNothingLeft(t *testing.T, tmp string) {
	t.Helper()
	if found := left(t, tmp); len(found) > 0 {
		t.Errorf("left behind: %v", found)
	}
}

func TestCommandGetsBothServers(t *testing.T) {
	t.Parallel()
	tmp := folder(t)
	cmd := testenv(tmp, "sh", "-c", `echo "$TEST_DATABASE_URL $TEST_REDIS_URL"; exit 7`)
	out, err := cmd.Output()
	if cmd.ProcessState.ExitCode() != 7 {
		t.Errorf("the exit code is %d (%v)", cmd.ProcessState.ExitCode(), err)
	}
	for _, want := range []string{"postgres://corkboard@/corkboard?host=%2Ftmp", "unix:///tmp", "redis.sock"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("no %s in %s", want, out)
		}
	}
	expectNothingLeft(t, tmp)
}

func TestMissingCommand(t *testing.T) {
	t.Parallel()
	tmp := folder(t)
	cmd := testenv(tmp, filepath.Join(tmp, "no-such-command"))
	if err := cmd.Run(); cmd.ProcessState.ExitCode() != failed {
		t.Errorf("the exit code is %d (%v)", cmd.ProcessState.ExitCode(), err)
	}
	expectNothingLeft(t, tmp)
}

func TestSignalReachesTheCommand(t *testing.T) {
	t.Parallel()
	tmp := folder(t)
	cmd := startWaiting(t, tmp)
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); code != 128+int(syscall.SIGTERM) {
		t.Errorf("the exit code is %d", code)
	}
	expectNothingLeft(t, tmp)
}

// startWaiting returns when testenv's command, which waits for ever, is running.
func startWaiting(t *testing.T, tmp string) *exec.Cmd {
	t.Helper()
	cmd := testenv(tmp, "sh", "-c", "echo ready; exec cat")
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = in.Close() }) // which ends the command
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := out.Read(make([]byte, 6)); err != nil {
		t.Fatal(err)
	}
	return cmd
}

func TestNextRunRemovesWhatAKilledOneLeft(t *testing.T) {
	t.Parallel()
	tmp := folder(t)
	cmd := startWaiting(t, tmp)
	old := left(t, tmp)
	if len(old) != 1 {
		t.Fatalf("folders: %v", old)
	}
	longAgo := time.Now().Add(-time.Hour)
	if err := os.Chtimes(old[0], longAgo, longAgo); err != nil {
		t.Fatal(err)
	}
	sweep(tmp)
	if len(left(t, tmp)) != 1 {
		t.Error("the folder of a living run was removed")
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	if err := testenv(tmp, "true").Run(); err != nil {
		t.Error(err)
	}
	for deadline := time.Now().Add(time.Minute); len(left(t, tmp)) > 0; sweep(tmp) {
		if time.Now().After(deadline) { // the killed run's Postgres was still writing at first
			t.Fatalf("left behind: %v", left(t, tmp))
		}
	}
}
