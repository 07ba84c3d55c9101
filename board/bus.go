package board

import "time"

// Bus carries news between nodes: it may lose, repeat and reorder them, and
// nothing but promptness depends on it. bus.Redis and bus.Memory both pass
// bus/bustest's suite.
type Bus interface {
	// Publish sends payload to every subscriber of topic on every node, this
	// one's too. It does not wait for them, and a failure is only logged.
	Publish(topic string, payload []byte)
	// Subscribe calls deliver, from one goroutine at a time, with what is
	// published on topic from now on, until cancel. After a connection was lost
	// and found again it calls restored, because something may have been missed.
	Subscribe(topic string, deliver func(payload []byte), restored func()) (cancel func())
	// Healthy is false while the bus is known to bring nothing.
	Healthy() bool
	// Keep stores a value under (set, member) for ttl; it is presence, not data.
	Keep(set, member string, value []byte, ttl time.Duration) error
	// Drop forgets a value.
	Drop(set, member string) error
	// Kept returns the values of set that have not expired, by member.
	Kept(set string) (map[string][]byte, error)
}
