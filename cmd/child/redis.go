package child

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

const (
	redisSocket  = "redis.sock"
	stopPatience = 5 * time.Second
)

// Redis is a running private server. It keeps nothing: what it carries is news, and what is true is
// in Postgres.
type Redis struct {
	process *process
	sockets string
	lock    *os.File
}

// StartRedis runs Redis, or Valkey, with its socket in dataDir and returns when the server answers.
// The context bounds the start only. The error wraps ErrNotInstalled when the program is missing.
func StartRedis(ctx context.Context, dataDir string, log *slog.Logger) (*Redis, error) {
	server, err := startRedis(ctx, dataDir, log.With("child", "redis"))
	if err != nil {
		return nil, fmt.Errorf("private Redis: %w", err)
	}
	return server, nil
}

func startRedis(ctx context.Context, dataDir string, log *slog.Logger) (*Redis, error) {
	cmd, err := findRedis()
	if err != nil {
		return nil, err
	}
	data, err := dataFolder(dataDir)
	if err != nil {
		return nil, err
	}
	lock, err := lockFolder(ctx, data, "redis.lock")
	if err != nil {
		return nil, err
	}
	server, err := runRedis(ctx, cmd, filepath.Join(data, "redis"), log)
	if err != nil {
		_ = lock.Close()
		return nil, err
	}
	server.lock = lock
	return server, nil
}

func runRedis(ctx context.Context, cmd *exec.Cmd, folder string, log *slog.Logger) (*Redis, error) {
	as, err := accountFor(folder, "redis", "valkey", "nobody")
	if err != nil {
		return nil, err
	}
	sockets, err := socketFolder(as, folder, redisSocket)
	if err != nil {
		return nil, err
	}
	server := &Redis{sockets: sockets}
	if err := server.evict(); err != nil {
		return nil, err
	}
	process, err := start(server.command(cmd), as, syscall.SIGTERM, newLines(log))
	if err != nil {
		return nil, err
	}
	server.process = process
	if err := waitFor(ctx, readyInterval, process.done, server.answers); err != nil {
		if process.gone() {
			return nil, process.err
		}
		return nil, errors.Join(err, stopRedis(process))
	}
	return server, nil
}

// command adds the server's settings to its program.
func (r *Redis) command(cmd *exec.Cmd) *exec.Cmd {
	cmd.Args = append(cmd.Args,
		"--port", "0",
		"--unixsocket", r.socket(),
		"--unixsocketperm", "700",
		"--dir", r.sockets,
		"--save", "",
		"--appendonly", "no",
		"--daemonize", "no",
		"--supervised", "no",
	)
	cmd.Dir = r.sockets
	return cmd
}

func (r *Redis) socket() string { return filepath.Join(r.sockets, redisSocket) }

func (r *Redis) answers() bool { return r.ask("PING") == "+PONG\r\n" }

// evict ends a server that an earlier, killed run left behind, and clears what it left.
func (r *Redis) evict() error {
	r.ask("SHUTDOWN NOSAVE")
	return empty(r.sockets)
}

// ask sends one command and returns the raw answer, "" when there is none within a second.
func (r *Redis) ask(command string) string {
	conn, err := net.DialTimeout("unix", r.socket(), time.Second)
	if err != nil {
		return ""
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(time.Second))
	if _, err := conn.Write([]byte(command + "\r\n")); err != nil {
		return ""
	}
	answer := make([]byte, 64)
	n, _ := conn.Read(answer) // no answer is an answer
	return string(answer[:n])
}

// URL is a REDIS_URL.
func (r *Redis) URL() string {
	address := url.URL{Scheme: "unix", Path: r.socket(), RawQuery: "db=0"}
	return address.String()
}

// Stop ends the server and returns when it is gone.
func (r *Redis) Stop() error {
	err := errors.Join(stopRedis(r.process), os.RemoveAll(r.sockets))
	_ = r.lock.Close()
	return err
}

func stopRedis(p *process) error {
	return p.stop(step{syscall.SIGTERM, stopPatience}, step{syscall.SIGKILL, stopPatience})
}
