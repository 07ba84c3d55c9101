// Command testenv runs a command with a Postgres and a Redis of its own.
//
//	go run ./cmd/testenv [-durable] -- COMMAND ARGUMENTS…
//
// The command finds them in TEST_DATABASE_URL and TEST_REDIS_URL, and in TEST_REDIS_PROGRAM, for servers
// that a test may harm, the file of Redis's program and the name to call it by. When it ends, the servers are
// stopped, their folder is removed, and its exit code becomes this one's. A signal is passed on to
// the command. After SIGKILL the servers go by themselves; their folder is removed by the next run.
//
// Postgres does not sync to disk, which makes it fast; -durable has it do so, as measurements need.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"corkboard/cmd/child"
)

// failed is the exit code for what went wrong here and not in the command.
const failed = 125

func main() {
	durable := flag.Bool("durable", false, "have Postgres sync every commit to disk")
	flag.Parse()
	if flag.NArg() == 0 {
		fmt.Fprintln(os.Stderr, "usage: testenv [-durable] -- COMMAND ARGUMENTS…")
		os.Exit(failed)
	}
	code, err := run(temporary(), *durable, flag.Args())
	if err != nil {
		fmt.Fprintln(os.Stderr, "testenv:", err)
	}
	os.Exit(code)
}

// temporary is where the folders are made. Root's own may be closed to the user that Postgres runs as.
func temporary() string {
	if os.Geteuid() == 0 {
		return "/tmp"
	}
	return os.TempDir()
}

// run makes a folder in tmp, starts the servers in it, runs the command, and takes everything down.
// It returns the exit code.
func run(tmp string, durable bool, command []string) (code int, err error) {
	signals := make(chan os.Signal, 4)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
	defer signal.Stop(signals)
	sweep(tmp)
	folder, alive, err := newFolder(tmp)
	if err != nil {
		return failed, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder), alive.Close()) }()
	servers, err := start(folder, durable)
	if err != nil {
		return failed, err
	}
	defer func() { err = errors.Join(err, servers.stop()) }()
	return servers.runCommand(command, signals)
}

type servers struct {
	postgres *child.Postgres
	redis    *child.Redis
}

func start(folder string, durable bool) (*servers, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	var options []child.Option
	if !durable {
		options = append(options, child.Volatile())
	}
	postgres, err := child.StartPostgres(ctx, folder, log, options...)
	if err != nil {
		return nil, err
	}
	redis, err := child.StartRedis(ctx, folder, log)
	if err != nil {
		return nil, errors.Join(err, postgres.Stop())
	}
	return &servers{postgres, redis}, nil
}

func (s *servers) stop() error { return errors.Join(s.postgres.Stop(), s.redis.Stop()) }

// runCommand runs the command to its end and passes signals on to it meanwhile.
func (s *servers) runCommand(command []string, signals <-chan os.Signal) (int, error) {
	file, name, err := child.FindRedis()
	if err != nil {
		return failed, err
	}
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.Env = append(os.Environ(),
		"TEST_DATABASE_URL="+s.postgres.URL(),
		"TEST_REDIS_URL="+s.redis.URL(),
		"TEST_REDIS_PROGRAM="+file+" "+name,
	)
	if err := cmd.Start(); err != nil {
		return failed, err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for {
		select {
		case s := <-signals:
			_ = cmd.Process.Signal(s) // it may have ended just now
		case err := <-ended:
			return exitCode(cmd.ProcessState, err)
		}
	}
}

// exitCode follows the shell's custom of 128 and the signal for a command that was killed.
func exitCode(state *os.ProcessState, err error) (int, error) {
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return failed, err
	}
	if status, ok := state.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return 128 + int(status.Signal()), nil
	}
	return state.ExitCode(), nil
}

const (
	folderName = "corkboard-test-"
	aliveName  = "alive"
	// youth is the age below which a folder may be in the making, before its lock is taken.
	youth = time.Minute
)

// newFolder makes a folder that the servers' users can pass, with a lock that tells that its owner lives.
func newFolder(tmp string) (folder string, alive *os.File, err error) {
	if folder, err = os.MkdirTemp(tmp, folderName); err != nil {
		return "", nil, err
	}
	if err := os.Chmod(folder, 0o711); err != nil {
		return "", nil, err
	}
	alive, err = lock(filepath.Join(folder, aliveName))
	return folder, alive, err
}

// lock takes a lock that the kernel releases when the file is closed or this program ends.
func lock(path string) (*os.File, error) {
	file, err := os.OpenFile(path, os.O_RDONLY|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = file.Close()
		return nil, err
	}
	return file, nil
}

// sweep removes the folders of runs that were killed. What it may not remove it leaves.
func sweep(tmp string) {
	folders, _ := filepath.Glob(filepath.Join(tmp, folderName+"*")) // the pattern is well formed
	for _, folder := range folders {
		if isLeft(folder) {
			_ = os.RemoveAll(folder)
		}
	}
}

func isLeft(folder string) bool {
	info, err := os.Stat(folder)
	if err != nil || time.Since(info.ModTime()) < youth {
		return false
	}
	file, err := lock(filepath.Join(folder, aliveName))
	if err != nil {
		return false
	}
	_ = file.Close()
	return true
}
