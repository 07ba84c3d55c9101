// Package bustest is what every bus must pass.
package bustest

import (
	"bytes"
	"crypto/rand"
	"testing"
	"time"
)

// patience is how long a test waits for what must come. What comes ends the
// wait at once, so it costs nothing but when it fails.
const patience = 10 * time.Second

// Bus is what the suite needs of a bus; it is that which boards need of it.
type Bus interface {
	Publish(topic string, payload []byte)
	Subscribe(topic string, deliver func(payload []byte), restored func()) (cancel func())
	Healthy() bool
	Keep(set, member string, value []byte, ttl time.Duration) error
	Drop(set, member string) error
	Kept(set string) (map[string][]byte, error)
	Close() error
}

// Suite runs every promise of a bus against the nodes of a cluster. Factory is
// called once for each test and returns a function that adds a node; the nodes
// of one test hear each other. The suite closes none of them but where closing
// is the test.
func Suite(t *testing.T, factory func(t *testing.T) (node func() Bus)) {
	for _, promise := range []struct {
		name  string
		check func(t *testing.T, node func() Bus)
	}{
		{"every node hears what is published, the publisher too", everyNodeHears},
		{"a topic hears nothing of another", topicsAreApart},
		{"one publisher's messages come in order", inOrder},
		{"payloads of every size and kind come as they were", payloadsSurvive},
		{"a payload may be used again after Publish", payloadIsCopied},
		{"the first subscriber to leave takes nothing along", firstLeaverTakesNothing},
		{"nothing is delivered after cancel", nothingAfterCancel},
		{"a subscriber may cancel, publish and subscribe within a call", reentrant},
		{"one call at a time", oneCallAtATime},
		{"a slow subscriber delays nobody and hears what it missed", slowSubscriber},
		{"coming and going under load", comingAndGoing},
		{"what is kept is read on every node", keptEverywhere},
		{"what is kept expires, and keeping it again prolongs it", keptExpires},
		{"a closed bus is quiet and refuses", closedBus},
	} {
		t.Run(promise.name, func(t *testing.T) {
			t.Parallel()
			promise.check(t, factory(t))
		})
	}
}

// Topic returns a name that no other test uses.
func Topic() string { return "test:" + rand.Text() }

// Listener is a subscriber that keeps what it hears.
type Listener struct {
	Heard    chan []byte
	Restored chan struct{}
	Cancel   func()
}

// Listen subscribes to topic; it keeps up to a thousand messages unread.
func Listen(b Bus, topic string) *Listener {
	l := &Listener{Heard: make(chan []byte, 1000), Restored: make(chan struct{}, 1000)}
	l.Cancel = b.Subscribe(topic,
		func(payload []byte) { l.Heard <- payload },
		func() { l.Restored <- struct{}{} })
	return l
}

// Expect fails unless the next message is payload.
func (l *Listener) Expect(t *testing.T, payload []byte) {
	t.Helper()
	select {
	case got := <-l.Heard:
		if !bytes.Equal(got, payload) {
			t.Fatalf("heard %.60q of %d bytes, want %.60q of %d", got, len(got), payload, len(payload))
		}
	case <-time.After(patience):
		t.Fatalf("heard nothing, want %.60q", payload)
	}
}

// ExpectRestored fails unless restored is called.
func (l *Listener) ExpectRestored(t *testing.T) {
	t.Helper()
	Wait(t, l.Restored, "restored")
}

// Wait fails unless something comes.
func Wait[T any](t *testing.T, signal <-chan T, what string) T {
	t.Helper()
	select {
	case v := <-signal:
		return v
	case <-time.After(patience):
		t.Fatalf("no sign of: %s", what)
		panic("unreachable")
	}
}
