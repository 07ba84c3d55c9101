package bus_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// server is a Redis that a test may harm.
type server struct {
	t       *testing.T
	socket  string
	process *exec.Cmd
	admin   *redis.Client
}

func startServer(t *testing.T) *server {
	t.Helper()
	s := &server{t: t, socket: filepath.Join(t.TempDir(), "r.sock")}
	s.admin = redis.NewClient(&redis.Options{Network: "unix", Addr: s.socket, MaxRetries: -1})
	t.Cleanup(func() { s.admin.Close() })
	s.start()
	return s
}

func (s *server) url() string { return "unix://" + s.socket }

func (s *server) start() {
	s.t.Helper()
	file, name, ok := strings.Cut(os.Getenv("TEST_REDIS_PROGRAM"), " ")
	if !ok {
		s.t.Fatal("TEST_REDIS_PROGRAM is not set: run `make test-go`, which finds the program")
	}
	s.process = exec.Command(file, "--port", "0", "--unixsocket", s.socket, "--save", "", "--dir", filepath.Dir(s.socket))
	s.process.Args[0] = name // it may be another program of the package that does as it is called
	s.process.SysProcAttr = diesWithTheTest
	if err := s.process.Start(); err != nil {
		s.t.Fatal(err)
	}
	process := s.process
	s.t.Cleanup(func() { end(process) })
	s.await()
}

func end(process *exec.Cmd) {
	_ = process.Process.Kill()
	_ = process.Wait()
}

// await returns when the server answers.
func (s *server) await() {
	s.t.Helper()
	until := time.Now().Add(patience)
	for s.admin.Ping(context.Background()).Err() != nil {
		if time.Now().After(until) {
			s.t.Fatal("the test's Redis does not answer")
		}
		time.Sleep(5 * time.Millisecond) // it gives no other sign
	}
}

func (s *server) stop() { end(s.process) }

func (s *server) signal(signal syscall.Signal) {
	s.t.Helper()
	if err := s.process.Process.Signal(signal); err != nil {
		s.t.Fatal(err)
	}
}

// dropListeners cuts every connection that listens, and those that reconnect.
func (s *server) dropListeners() {
	s.t.Helper()
	err := s.admin.Do(context.Background(), "CLIENT", "KILL", "TYPE", "pubsub").Err()
	if err != nil && !strings.Contains(err.Error(), "No such client") {
		s.t.Fatal(err)
	}
}

// expectChannels fails unless Redis comes to know of n channels that somebody
// listens to.
func (s *server) expectChannels(n int) {
	s.t.Helper()
	until := time.Now().Add(patience)
	for {
		channels, err := s.admin.PubSubChannels(context.Background(), "*").Result()
		if err != nil {
			s.t.Fatal(err)
		}
		if len(channels) == n {
			return
		}
		if time.Now().After(until) {
			s.t.Fatalf("%d channels have listeners, want %d", len(channels), n)
		}
		time.Sleep(5 * time.Millisecond) // unsubscribing is not confirmed to us
	}
}

// expectMembers fails unless keeping something comes to leave one member.
func (s *server) expectMembers(key string, keep func() error) {
	s.t.Helper()
	for until := time.Now().Add(patience); ; time.Sleep(5 * time.Millisecond) {
		if err := keep(); err != nil {
			s.t.Fatal(err)
		}
		n := s.admin.ZCard(context.Background(), key).Val()
		if n == 1 {
			return
		}
		if time.Now().After(until) {
			s.t.Fatalf("%d members are left, want 1", n)
		}
	}
}
