package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"syscall"
)

// server is one that is put under load.
type server struct {
	name   string
	url    string
	pids   []int
	verify bool // it holds documents that can be compared
	stop   func()
}

// find returns the servers that the options name, started where they ask for it.
// With an error it returns those that run already.
func find(ctx context.Context, o options) (servers []server, err error) {
	switch {
	case o.start != "":
		s, err := o.startCorkboard(ctx)
		if err != nil {
			return nil, err
		}
		servers = append(servers, s)
	case o.plan.URL != "":
		servers = append(servers, server{name: "server", url: o.plan.URL, pids: o.plan.PIDs, verify: true, stop: func() {}})
	}
	if o.reference {
		s, err := o.startReference(ctx)
		if err != nil {
			return servers, err
		}
		servers = append(servers, s)
	}
	return servers, nil
}

// startCorkboard runs a server with a private Postgres and Redis in a folder
// that goes with it.
func (o options) startCorkboard(ctx context.Context) (server, error) {
	folder, remove, err := dataFolder()
	if err != nil {
		return server{}, err
	}
	program, err := filepath.Abs(o.start)
	if err != nil {
		remove()
		return server{}, fmt.Errorf("find the server's program: %w", err)
	}
	cmd := o.command(program, "serve")
	cmd.Env = append(os.Environ(), "ADDR=127.0.0.1:0", "PUBLIC_URL=", "LOG_LEVEL=error",
		"DATA_DIR="+folder, "DATABASE_URL=", "REDIS_URL=")
	s, err := spawn(ctx, cmd, remove)
	s.name, s.verify = "server", true
	return s, err
}

// dataFolder makes a folder for the data of a run.
func dataFolder() (path string, remove func(), err error) {
	path, err = os.MkdirTemp("", "corkboard-load-")
	if err == nil {
		err = os.Chmod(path, 0o711) // as root, its Postgres runs as another user
	}
	if err != nil {
		return "", nil, fmt.Errorf("make a folder for the data: %w", err)
	}
	return path, func() { _ = os.RemoveAll(path) }, nil
}

func (o options) startReference(ctx context.Context) (server, error) {
	self, err := os.Executable()
	if err != nil {
		return server{}, fmt.Errorf("find this program: %w", err)
	}
	args := []string{"-serve-reference", "-tick", o.tick.String()}
	if o.plan.Edits > 0 {
		args = append(args, "-durable")
	}
	s, err := spawn(ctx, o.command(self, args...), func() {})
	s.name = "reference"
	return s, err
}

// sayURL is how both kinds of server say where they listen.
var sayURL = regexp.MustCompile(`https?://[^\s]+`)

// spawn runs a server until it is stopped, and waits for the line in which it
// says its address. What it leaves behind, after removes.
func spawn(ctx context.Context, cmd *exec.Cmd, after func()) (server, error) {
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		after()
		return server{}, fmt.Errorf("start %s: %w", cmd.Path, err)
	}
	s := server{pids: []int{cmd.Process.Pid}, stop: func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		_ = cmd.Wait()
		after()
	}}
	defer context.AfterFunc(ctx, func() { _ = cmd.Process.Signal(syscall.SIGTERM) })()
	lines := bufio.NewScanner(out)
	for s.url == "" && lines.Scan() {
		s.url = sayURL.FindString(lines.Text())
	}
	if s.url == "" {
		s.stop()
		return server{}, fmt.Errorf("start %s: it ended without saying its address", cmd.Path)
	}
	go func() { _, _ = io.Copy(io.Discard, out) }() // so that it never waits for a reader
	return s, nil
}
