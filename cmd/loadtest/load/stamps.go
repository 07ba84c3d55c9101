package load

import (
	"sync/atomic"
	"time"
)

// memory is how long the time of a message is kept, in seconds. A receipt that
// is older is counted without a latency.
const memory = 20

// stamps are the times at which the senders of one room sent. A message carries
// its number as x and its sender's as y, so that a receiver finds the time from
// the two numbers alone.
type stamps struct {
	senders []track
}

// track is one sender's.
type track struct {
	last atomic.Int64 // the number of the latest message
	at   []atomic.Int64
}

// newStamps is for senders that send perSecond messages a second each.
func newStamps(senders int, perSecond float64) *stamps {
	s := &stamps{make([]track, senders)}
	for i := range s.senders {
		s.senders[i].at = make([]atomic.Int64, int(perSecond*memory)+16)
	}
	return s
}

func (t *track) slot(number int64) *atomic.Int64 { return &t.at[number%int64(len(t.at))] }

// next gives a sender's message its number, from 1.
func (s *stamps) next(sender int, now time.Duration) (number int64) {
	t := &s.senders[sender]
	number = t.last.Load() + 1
	t.slot(number).Store(int64(now))
	t.last.Store(number)
	return number
}

// age is how long ago a message was sent; false when that is not known.
func (s *stamps) age(sender int, number int64, now time.Duration) (time.Duration, bool) {
	t := &s.senders[sender]
	if last := t.last.Load(); number > last || number <= last-int64(len(t.at)) {
		return 0, false
	}
	return now - time.Duration(t.slot(number).Load()), true
}

// newest is how far one receiver has come with each sender of its room.
type newest []atomic.Int64

// advance notes that number has come. The reader of one socket calls it alone.
func (n newest) advance(sender int, number int64) {
	if number > n[sender].Load() {
		n[sender].Store(number)
	}
}

// missing is how many messages of the senders have neither come nor been made
// needless by a later one; self is the receiver's own number among them.
func (n newest) missing(s *stamps, self int) (sum int64) {
	for i := range n {
		if i != self {
			sum += s.senders[i].last.Load() - n[i].Load()
		}
	}
	return sum
}
