package bustest

import (
	"bytes"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func everyNodeHears(t *testing.T, node func() Bus) {
	a, b, c := node(), node(), node()
	for _, n := range []Bus{a, b, c} {
		if !n.Healthy() {
			t.Error("a bus that nothing ails does not call itself healthy")
		}
	}
	topic := Topic()
	listeners := []*Listener{Listen(a, topic), Listen(b, topic), Listen(b, topic), Listen(c, topic)}
	for i, publisher := range []Bus{a, b, c} {
		payload := fmt.Appendf(nil, "from %d", i)
		publisher.Publish(topic, payload)
		for _, l := range listeners {
			l.Expect(t, payload)
		}
	}
	for _, l := range listeners {
		if len(l.Heard) > 0 || len(l.Restored) > 0 {
			t.Errorf("heard %d messages and %d restored too many", len(l.Heard), len(l.Restored))
		}
	}
}

func topicsAreApart(t *testing.T, node func() Bus) {
	a, b := node(), node()
	// So many that some share whatever carries them.
	topics := make([]string, 200)
	listeners := make([]*Listener, len(topics))
	for i := range topics {
		topics[i] = Topic()
		listeners[i] = Listen(b, topics[i])
	}
	for _, topic := range topics {
		a.Publish(topic+"x", []byte("nobody's"))
		a.Publish(topic, []byte(topic))
	}
	for i, l := range listeners {
		l.Expect(t, []byte(topics[i]))
	}
	for i, l := range listeners {
		if len(l.Heard) > 0 {
			t.Errorf("%s heard %q, which is not its own", topics[i], <-l.Heard)
		}
	}
}

func inOrder(t *testing.T, node func() Bus) {
	a, b := node(), node()
	topic := Topic()
	l := Listen(b, topic)
	for i := range 500 {
		a.Publish(topic, fmt.Append(nil, i))
	}
	for i := range 500 {
		l.Expect(t, fmt.Append(nil, i))
	}
}

func payloadsSurvive(t *testing.T, node func() Bus) {
	a, b := node(), node()
	topic := Topic()
	l := Listen(b, topic)
	all := make([]byte, 256)
	for i := range all {
		all[i] = byte(i)
	}
	for _, payload := range [][]byte{{}, {0}, all, []byte("ä\r\n$3\r\n"), bytes.Repeat(all, 8192)} {
		a.Publish(topic, payload)
		l.Expect(t, payload)
	}
}

func payloadIsCopied(t *testing.T, node func() Bus) {
	a, b := node(), node()
	topic := Topic()
	l := Listen(b, topic)
	payload := []byte("before")
	a.Publish(topic, payload)
	copy(payload, "after!")
	l.Expect(t, []byte("before"))
}

func firstLeaverTakesNothing(t *testing.T, node func() Bus) {
	a, b := node(), node()
	for range 20 {
		topic := Topic()
		first, second := Listen(b, topic), Listen(b, topic)
		a.Publish(topic, []byte("both"))
		first.Expect(t, []byte("both"))
		second.Expect(t, []byte("both"))
		first.Cancel()
		first.Cancel() // a second time is no second leaver
		third := Listen(b, topic)
		a.Publish(topic, []byte("stay"))
		second.Expect(t, []byte("stay"))
		third.Expect(t, []byte("stay"))
		second.Cancel()
		third.Cancel()
		again := Listen(b, topic)
		a.Publish(topic, []byte("again"))
		again.Expect(t, []byte("again"))
		again.Cancel()
	}
}

func nothingAfterCancel(t *testing.T, node func() Bus) {
	a, b := node(), node()
	topic := Topic()
	leaver, witness := Listen(b, topic), Listen(b, topic)
	leaver.Cancel()
	for i := range 100 {
		a.Publish(topic, fmt.Append(nil, i))
	}
	for i := range 100 {
		witness.Expect(t, fmt.Append(nil, i))
	}
	if len(leaver.Heard) > 0 {
		t.Errorf("heard %d messages after cancel", len(leaver.Heard))
	}
}

func reentrant(t *testing.T, node func() Bus) {
	a, b := node(), node()
	topic, other := Topic(), Topic()
	echo := Listen(a, other)
	self := make(chan func(), 1)
	inner := make(chan *Listener, 1)
	cancel := b.Subscribe(topic, func(payload []byte) {
		inner <- Listen(b, other)
		b.Publish(other, payload)
		(<-self)()
	}, func() {})
	self <- cancel
	a.Publish(topic, []byte("ring"))
	echo.Expect(t, []byte("ring"))
	Wait(t, inner, "the subscription made within a call").Expect(t, []byte("ring"))
}

func oneCallAtATime(t *testing.T, node func() Bus) {
	a, b := node(), node()
	topic := Topic()
	var inside atomic.Int32
	var overlapped atomic.Bool
	done := make(chan struct{}, 1000)
	enter := func() {
		if inside.Add(1) != 1 {
			overlapped.Store(true)
		}
		time.Sleep(100 * time.Microsecond) // room for a second caller to be seen
		inside.Add(-1)
		done <- struct{}{}
	}
	b.Subscribe(topic, func([]byte) { enter() }, enter)
	var publishers sync.WaitGroup
	for _, publisher := range []Bus{a, b} {
		publishers.Go(func() {
			for range 100 {
				publisher.Publish(topic, []byte("x"))
			}
		})
	}
	publishers.Wait()
	for range 200 {
		Wait(t, done, "a delivery")
	}
	if overlapped.Load() {
		t.Error("two calls of one subscription at the same time")
	}
}

func slowSubscriber(t *testing.T, node func() Bus) {
	a, b := node(), node()
	topic := Topic()
	entered, gate, restored := make(chan struct{}, 1), make(chan struct{}), make(chan struct{}, 1)
	var heard atomic.Int32
	b.Subscribe(topic, func([]byte) {
		select {
		case entered <- struct{}{}:
		default:
		}
		<-gate
		heard.Add(1)
	}, func() {
		select {
		case restored <- struct{}{}:
		default:
		}
	})
	witness := Listen(b, topic)
	const messages = 5000
	for i := range messages {
		payload := fmt.Append(nil, i)
		a.Publish(topic, payload)
		witness.Expect(t, payload)
	}
	Wait(t, entered, "the first delivery to the slow one")
	close(gate)
	Wait(t, restored, "restored, to the slow one")
	if n := heard.Load(); n >= messages {
		t.Errorf("the slow one heard all %d messages: its queue is not bounded", n)
	}
}

func comingAndGoing(t *testing.T, node func() Bus) {
	a, b := node(), node()
	topics := []string{Topic(), Topic(), Topic()}
	witness := Listen(b, topics[0])
	stop := make(chan struct{})
	var noise sync.WaitGroup
	for i := range 4 {
		noise.Go(func() {
			for n := 0; ; n++ {
				select {
				case <-stop:
					return
				default:
				}
				l := Listen(b, topics[(i+n)%len(topics)])
				a.Publish(topics[1+n%2], []byte("noise"))
				l.Cancel()
			}
		})
	}
	for i := range 300 {
		payload := fmt.Append(nil, i)
		a.Publish(topics[0], payload)
		witness.Expect(t, payload)
	}
	close(stop)
	noise.Wait()
	if len(witness.Restored) > 0 {
		t.Error("restored without a loss")
	}
}
