package bus_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"corkboard/bus/bustest"
)

// server is a Redis that a test may harm.
type server struct {
	*bustest.Server
	t *testing.T
}

func startServer(t *testing.T) *server { return &server{bustest.StartServer(t), t} }

// dropListeners cuts every connection that listens, and those that reconnect.
func (s *server) dropListeners() {
	s.t.Helper()
	err := s.Admin.Do(context.Background(), "CLIENT", "KILL", "TYPE", "pubsub").Err()
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
		channels, err := s.Admin.PubSubChannels(context.Background(), "*").Result()
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
		n := s.Admin.ZCard(context.Background(), key).Val()
		if n == 1 {
			return
		}
		if time.Now().After(until) {
			s.t.Fatalf("%d members are left, want 1", n)
		}
	}
}
