package web

import (
	"fmt"
	"math"
	"net/http"
	"strconv"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/time/rate"
)

// Rate is how much one sender may do: Burst at once, and PerMinute after that.
type Rate struct {
	PerMinute int
	Burst     int
}

// Limits are the rates by what is asked for.
type Limits struct {
	Guests    Rate // new guest sessions, per address; a whole office may have one
	Boards    Rate // boards made over the API, per address
	OwnBoards Rate // boards made by the button, per person; a load test makes hundreds
	Reads     Rate // reads over the API, per key
	Imports   Rate // imports over the API, per key
	Pictures  Rate // pictures sent or copied, per person
}

// DefaultLimits are those of a server that was told nothing else.
var DefaultLimits = Limits{
	Guests:    Rate{PerMinute: 120, Burst: 300},
	Boards:    Rate{PerMinute: 60, Burst: 60},
	OwnBoards: Rate{PerMinute: 60, Burst: 300},
	Reads:     Rate{PerMinute: 600, Burst: 600},
	Imports:   Rate{PerMinute: 20, Burst: 20},
	Pictures:  Rate{PerMinute: 60, Burst: 100},
}

// remembered bounds the senders that a limiter keeps in mind. One that is
// forgotten starts afresh, so an attacker with this many addresses is not held
// back; memory is what must not run out.
const remembered = 16384

type limiters struct{ guests, boards, ownBoards, reads, imports, pictures *limiter }

func newLimiters(l Limits) *limiters {
	return &limiters{
		guests:    newLimiter("guests", l.Guests),
		boards:    newLimiter("boards", l.Boards),
		ownBoards: newLimiter("own-boards", l.OwnBoards),
		reads:     newLimiter("reads", l.Reads),
		imports:   newLimiter("imports", l.Imports),
		pictures:  newLimiter("pictures", l.Pictures),
	}
}

// limiter holds each sender to a rate.
type limiter struct {
	name string
	rate Rate
	seen *lru.Cache[string, *rate.Limiter]
	now  func() time.Time
}

func newLimiter(name string, r Rate) *limiter {
	seen, err := lru.New[string, *rate.Limiter](remembered)
	if err != nil {
		panic(err) // the size is a constant
	}
	return &limiter{name: name, rate: r, seen: seen, now: time.Now}
}

// limitError says that a sender was too fast.
type limitError struct{ retry time.Duration }

func (e *limitError) Error() string {
	return fmt.Sprintf("too many requests, the next one is welcome in %s s", seconds(e.retry))
}

// allow takes one from what the sender has left; *limitError when nothing is.
func (l *limiter) allow(sender string) error {
	_, err := l.take(sender)
	return err
}

// take is allow, and says in headers what is left.
func (l *limiter) take(sender string) (http.Header, error) {
	bucket := l.bucket(sender)
	now := l.now()
	ok := bucket.AllowN(now, 1)
	left := math.Max(0, math.Floor(bucket.TokensAt(now)))
	reset := l.until(bucket, now)
	h := http.Header{}
	h.Set("RateLimit-Policy", fmt.Sprintf(`"%s";q=%d;w=60`, l.name, l.rate.PerMinute))
	h.Set("RateLimit", fmt.Sprintf(`"%s";r=%d;t=%s`, l.name, int(left), seconds(reset)))
	h.Set("X-RateLimit-Limit", strconv.Itoa(l.rate.PerMinute))
	h.Set("X-RateLimit-Remaining", strconv.Itoa(int(left)))
	h.Set("X-RateLimit-Reset", seconds(reset))
	if ok {
		return h, nil
	}
	h.Set("Retry-After", seconds(reset))
	return h, &limitError{reset}
}

// until is the time to the next whole token.
func (l *limiter) until(bucket *rate.Limiter, now time.Time) time.Duration {
	missing := 1 - math.Mod(math.Max(0, bucket.TokensAt(now)), 1)
	return time.Duration(missing * 60 / float64(l.rate.PerMinute) * float64(time.Second))
}

func (l *limiter) bucket(sender string) *rate.Limiter {
	if b, ok := l.seen.Get(sender); ok {
		return b
	}
	fresh := rate.NewLimiter(rate.Limit(float64(l.rate.PerMinute)/60), l.rate.Burst)
	if b, ok, _ := l.seen.PeekOrAdd(sender, fresh); ok {
		return b
	}
	return fresh
}
