package bus_test

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"syscall"
	"testing"
	"time"

	"corkboard/bus"
	"corkboard/bus/bustest"
)

// patience is for what must come; see bustest.
const patience = 15 * time.Second

// expectLive fails unless a message goes from one bus to a listener.
func expectLive(t *testing.T, from *bus.Redis, topic string, l *bustest.Listener) {
	t.Helper()
	until := time.After(patience)
	for {
		from.Publish(topic, []byte("alive?"))
		select {
		case payload := <-l.Heard:
			if bytes.Equal(payload, []byte("alive?")) {
				return
			}
		case <-time.After(50 * time.Millisecond): // lost: ask again
		case <-until:
			t.Fatal("delivery does not go on")
		}
	}
}

func TestCutConnectionIsToldAndHeals(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	a, b := open(t, s.URL()), open(t, s.URL())
	topics := []string{bustest.Topic(), bustest.Topic(), bustest.Topic()}
	listeners := make([]*bustest.Listener, len(topics))
	for i, topic := range topics {
		listeners[i] = bustest.Listen(b, topic)
	}
	for range 3 {
		s.dropListeners()
		for i, l := range listeners {
			l.ExpectRestored(t)
			// What is published after restored is heard, at the first attempt.
			a.Publish(topics[i], []byte("after"))
			l.Expect(t, []byte("after"))
		}
	}
}

func TestRestartIsToldAndHeals(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	a, b := open(t, s.URL()), open(t, s.URL())
	topic, late := bustest.Topic(), bustest.Topic()
	l := bustest.Listen(b, topic)
	expectLive(t, a, topic, l)

	s.Stop()
	expectDown(t, a)
	lateListener := bustest.Listen(b, late)                              // while it is away
	within(t, 10*time.Second, "20,000 Publish without a Redis", func() { // each that waited would take a second
		for range 20_000 {
			a.Publish(topic, make([]byte, 100))
		}
	})

	s.Start()
	l.ExpectRestored(t)
	lateListener.ExpectRestored(t)
	expectLive(t, a, topic, l)
	expectLive(t, a, late, lateListener)
	expectUp(t, a)
}

func TestHangingServerIsNoticed(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	a, b := open(t, s.URL()), open(t, s.URL())
	topic := bustest.Topic()
	l := bustest.Listen(b, topic)
	expectLive(t, a, topic, l)

	s.Signal(syscall.SIGSTOP)
	within(t, 3*time.Second, "Keep on a Redis that hangs", func() {
		if err := a.Keep(topic, "m", nil, time.Minute); err == nil {
			t.Error("kept, by a Redis that hangs")
		}
	})
	within(t, 3*time.Second, "Subscribe on a Redis that hangs", func() { bustest.Listen(b, bustest.Topic()).Cancel() })
	expectDown(t, b)
	s.Signal(syscall.SIGCONT)
	l.ExpectRestored(t)
	expectLive(t, a, topic, l)
	expectUp(t, a)
}

func TestStartWithoutServer(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	s.Stop()
	b := open(t, s.URL())
	topic := bustest.Topic()
	l := bustest.Listen(b, topic)
	if _, err := b.Kept(topic); !errors.Is(err, bus.ErrDown) {
		t.Errorf("got %v, want ErrDown", err)
	}
	s.Start()
	l.ExpectRestored(t)
	expectLive(t, b, topic, l)
}

func TestCloseWithoutServer(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	b := open(t, s.URL())
	bustest.Listen(b, bustest.Topic())
	s.Signal(syscall.SIGSTOP)
	for range 2000 {
		b.Publish(bustest.Topic(), make([]byte, 1000))
	}
	within(t, 8*time.Second, "Close on a Redis that hangs", func() { b.Close() })
	s.Signal(syscall.SIGCONT)
}

func TestCloseSendsWhatIsQueued(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	a, b := open(t, s.URL()), open(t, s.URL())
	topic := bustest.Topic()
	l := bustest.Listen(b, topic)
	for range 700 {
		a.Publish(topic, []byte("last words"))
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	for range 700 {
		l.Expect(t, []byte("last words"))
	}
}

func TestOnlyWantedChannels(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	b := open(t, s.URL())
	topic := bustest.Topic()
	first, second := bustest.Listen(b, topic), bustest.Listen(b, topic)
	s.expectChannels(1)
	first.Cancel()
	expectLive(t, b, topic, second)
	s.expectChannels(1)
	second.Cancel()
	s.expectChannels(0)
	all := make([]*bustest.Listener, 2000)
	for i := range all {
		all[i] = bustest.Listen(b, bustest.Topic())
	}
	s.expectChannels(64)
	for _, l := range all {
		l.Cancel()
	}
	s.expectChannels(0)
}

func TestKeptLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	b := open(t, s.URL())
	ctx := context.Background()
	for _, member := range []string{"a", "b", "c"} {
		if err := b.Keep("set", member, []byte("x"), 20*time.Millisecond); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Keep("set", "long", []byte("x"), time.Minute); err != nil {
		t.Fatal(err)
	}
	keys := s.Admin.Keys(ctx, "*").Val()
	slices.Sort(keys)
	if want := []string{"cb:{set}:until", "cb:{set}:value"}; !slices.Equal(keys, want) {
		t.Fatalf("keys %q, want %q", keys, want)
	}
	for _, key := range keys {
		if ttl := s.Admin.PTTL(ctx, key).Val(); ttl < 50*time.Second || ttl > time.Minute {
			t.Errorf("%s lives for %v, want its last member's minute", key, ttl)
		}
	}
	s.expectMembers("cb:{set}:until", func() error { return b.Keep("set", "long", []byte("x"), time.Minute) })
	if n := s.Admin.HLen(ctx, "cb:{set}:value").Val(); n != 1 {
		t.Errorf("%d values are left, want 1", n)
	}
}

func TestForeignMessagesAreIgnored(t *testing.T) {
	t.Parallel()
	s := startServer(t)
	b := open(t, s.URL())
	topic := bustest.Topic()
	l := bustest.Listen(b, topic)
	channels, err := s.Admin.PubSubChannels(context.Background(), "*").Result()
	if err != nil || len(channels) != 1 {
		t.Fatal(channels, err)
	}
	for _, garbage := range []string{"", "\x05", "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", "\x00"} {
		s.Admin.Publish(context.Background(), channels[0], garbage)
	}
	b.Publish(topic, []byte("ours"))
	l.Expect(t, []byte("ours"))
}

func expectDown(t *testing.T, b *bus.Redis) {
	t.Helper()
	expect(t, "ErrDown", func() bool { return errors.Is(b.Keep("set", "m", nil, time.Minute), bus.ErrDown) })
	if b.Healthy() {
		t.Error("healthy while Redis is known to be away")
	}
	within(t, 900*time.Millisecond, "calls while Redis is known to be away", func() { // less than one waits for an answer
		if err := b.Drop("set", "m"); !errors.Is(err, bus.ErrDown) {
			t.Errorf("Drop: got %v, want ErrDown", err)
		}
		if kept, err := b.Kept("set"); !errors.Is(err, bus.ErrDown) || kept != nil {
			t.Errorf("Kept: got %v and %v, want ErrDown and nothing", kept, err)
		}
	})
}

func expectUp(t *testing.T, b *bus.Redis) {
	t.Helper()
	expect(t, "Keep without an error", func() bool { return b.Keep("set", "m", []byte("x"), time.Minute) == nil })
	if !b.Healthy() {
		t.Error("Redis answers, and the bus does not call itself healthy")
	}
	kept, err := b.Kept("set")
	if err != nil || string(kept["m"]) != "x" {
		t.Errorf("Kept: got %q and %v", kept, err)
	}
}

func expect(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for until := time.Now().Add(patience); !holds(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(until) {
			t.Fatalf("never came: %s", what)
		}
	}
}

func within(t *testing.T, limit time.Duration, what string, do func()) {
	t.Helper()
	began := time.Now()
	do()
	if took := time.Since(began); took > limit {
		t.Errorf("%s took %v, want at most %v", what, took, limit)
	}
}
