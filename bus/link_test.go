package bus

import (
	"log/slog"
	"sync/atomic"
	"testing"
)

// A client that reconnects by itself shows in nothing but this.
func TestUnaskedConfirmationEndsTheLink(t *testing.T) {
	t.Parallel()
	l := newListener(nil, new(atomic.Bool), slog.Default())
	k := &link{told: map[string]bool{}, due: map[string]int{}}
	s := newSubscription("topic", func([]byte) {}, func() {})
	t.Cleanup(s.end)
	l.attach(k)
	confirmed := l.add("channel", s)
	l.changes(k)
	if !l.confirm(k, "channel") {
		t.Error("the confirmation that was asked for ends the link")
	}
	<-confirmed
	if l.confirm(k, "channel") {
		t.Error("one more confirmation passes unseen")
	}
}

// Left and joined again before Redis answered: the first confirmation is of the
// subscription that was given up, and what comes before the second may be lost.
func TestOnlyTheLastConfirmationCounts(t *testing.T) {
	t.Parallel()
	l := newListener(nil, new(atomic.Bool), slog.Default())
	k := &link{told: map[string]bool{}, due: map[string]int{}}
	l.attach(k)
	first := newSubscription("topic", func([]byte) {}, func() {})
	l.add("channel", first)
	l.changes(k)
	l.remove("channel", first)
	l.changes(k)
	second := newSubscription("topic", func([]byte) {}, func() {})
	t.Cleanup(second.end)
	confirmed := l.add("channel", second)
	l.changes(k)
	l.confirm(k, "channel")
	select {
	case <-confirmed:
		t.Fatal("the confirmation of the first subscription counted for the second")
	default:
	}
	l.confirm(k, "channel")
	<-confirmed
}
