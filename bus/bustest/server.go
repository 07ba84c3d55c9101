package bustest

import (
	"context"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// Server is a Redis that a test may harm.
type Server struct {
	Admin *redis.Client // another client's connection to it

	t       testing.TB
	socket  string
	process *exec.Cmd
}

// StartServer runs the program that TEST_REDIS_PROGRAM names until the test ends.
func StartServer(t testing.TB) *Server {
	t.Helper()
	s := &Server{t: t, socket: filepath.Join(t.TempDir(), "r.sock")}
	s.Admin = redis.NewClient(&redis.Options{Network: "unix", Addr: s.socket, MaxRetries: -1})
	t.Cleanup(func() { s.Admin.Close() })
	s.Start()
	return s
}

// URL is its REDIS_URL.
func (s *Server) URL() string { return "unix://" + s.socket }

// Start runs it again, empty, after Stop.
func (s *Server) Start() {
	s.t.Helper()
	s.process = Run(s.t, "--port", "0", "--unixsocket", s.socket, "--dir", filepath.Dir(s.socket))
	s.await()
}

// Run starts the program that TEST_REDIS_PROGRAM names; it keeps nothing on disk
// and ends with the test.
func Run(t testing.TB, args ...string) *exec.Cmd {
	t.Helper()
	file, name, ok := strings.Cut(os.Getenv("TEST_REDIS_PROGRAM"), " ")
	if !ok {
		t.Fatal("TEST_REDIS_PROGRAM is not set: run `make test-go`, which finds the program")
	}
	process := exec.Command(file, append([]string{"--save", ""}, args...)...)
	process.Args[0] = name // it may be another program of the package that does as it is called
	process.SysProcAttr = diesWithTheTest
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { end(process) })
	return process
}

// FreePort returns a port of this machine that nobody listens on, for a program
// which must be told one. It lies below those that systems give to whoever asks
// for any port: another test would get one of these before the program has it.
func FreePort(t testing.TB) string {
	t.Helper()
	for range 100 {
		port := strconv.Itoa(10_000 + rand.IntN(20_000))
		if l, err := net.Listen("tcp", "127.0.0.1:"+port); err == nil {
			l.Close()
			return port
		}
	}
	t.Fatal("no port is free")
	return ""
}

func end(process *exec.Cmd) {
	_ = process.Process.Kill()
	_ = process.Wait()
}

// await returns when the server answers.
func (s *Server) await() {
	s.t.Helper()
	until := time.Now().Add(patience)
	for s.Admin.Ping(context.Background()).Err() != nil {
		if time.Now().After(until) {
			s.t.Fatal("the test's Redis does not answer")
		}
		time.Sleep(5 * time.Millisecond) // it gives no other sign
	}
}

// Stop kills it; nothing in it gets a chance.
func (s *Server) Stop() { end(s.process) }

// Signal sends it a signal, such as SIGSTOP.
func (s *Server) Signal(signal syscall.Signal) {
	s.t.Helper()
	if err := s.process.Process.Signal(signal); err != nil {
		s.t.Fatal(err)
	}
}
