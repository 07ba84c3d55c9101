package bus_test

import (
	"context"
	"io"
	"log/slog"
	"os"
	"testing"

	"corkboard/board"
	"corkboard/bus"
	"corkboard/bus/bustest"
)

var (
	_ board.Bus = (*bus.Memory)(nil)
	_ board.Bus = (*bus.Redis)(nil)
)

func TestMemory(t *testing.T) {
	t.Parallel()
	bustest.Suite(t, func(t *testing.T) func() bustest.Bus {
		shared := bus.NewMemory()
		t.Cleanup(func() { shared.Close() })
		return func() bustest.Bus { return shared }
	})
}

func TestRedis(t *testing.T) {
	t.Parallel()
	url := os.Getenv("TEST_REDIS_URL")
	if url == "" {
		t.Fatal("TEST_REDIS_URL is not set: run `make test-go`, which starts a Redis for the tests")
	}
	bustest.Suite(t, func(t *testing.T) func() bustest.Bus {
		return func() bustest.Bus { return open(t, url) }
	})
}

// open returns a bus that is closed with the test.
func open(t *testing.T, url string) *bus.Redis {
	t.Helper()
	b, err := bus.NewRedis(context.Background(), url, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	return b
}

func TestBadURL(t *testing.T) {
	t.Parallel()
	for _, url := range []string{"", "localhost:6379", "http://localhost", "redis://:secret@host:port"} {
		_, err := bus.NewRedis(context.Background(), url, slog.Default())
		if err == nil {
			t.Fatalf("%q: no error", url)
		}
		if got := err.Error(); got != "REDIS_URL should look like redis://host:6379/0 or unix:///run/redis.sock" {
			t.Errorf("%q: %q", url, got)
		}
	}
}
