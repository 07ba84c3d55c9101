package load

import (
	"math/bits"
	"sync/atomic"
	"time"
)

// A histogram's buckets are whole microseconds up to 128; from there on each
// doubling has 64 buckets, so that a value is off by less than 1.6 %.
const (
	fineBits    = 6
	fineBuckets = 1 << (fineBits + 1)
	buckets     = fineBuckets + (40-fineBits-1)<<fineBits
)

// histogram counts durations; its methods may be called from any goroutine.
type histogram struct {
	counts [buckets]atomic.Int64
}

func (h *histogram) add(d time.Duration) {
	h.counts[bucketOf(d)].Add(1)
}

func bucketOf(d time.Duration) int {
	us := uint64(max(0, d.Microseconds()))
	if us < fineBuckets {
		return int(us)
	}
	shift := bits.Len64(us) - fineBits - 1
	return min(buckets-1, shift<<fineBits+int(us>>shift))
}

// upper is the largest duration that falls into the bucket, to a microsecond.
func upper(bucket int) time.Duration {
	if bucket < fineBuckets {
		return time.Duration(bucket) * time.Microsecond
	}
	shift := bucket>>fineBits - 1
	base := bucket - shift<<fineBits
	return time.Duration((base+1)<<shift-1) * time.Microsecond
}

func (h *histogram) reset() {
	for i := range h.counts {
		h.counts[i].Store(0)
	}
}

func (h *histogram) total() (n int64) {
	for i := range h.counts {
		n += h.counts[i].Load()
	}
	return n
}

// percentile is the smallest duration that p percent of the counted ones do
// not exceed (nearest rank), to the histogram's resolution; 0 when it is empty.
func (h *histogram) percentile(p float64) time.Duration {
	total := h.total()
	rank := int64(p / 100 * float64(total))
	if float64(rank) < p/100*float64(total) || rank == 0 {
		rank++
	}
	var seen int64
	for i := range h.counts {
		if seen += h.counts[i].Load(); seen >= rank && total > 0 {
			return upper(i)
		}
	}
	return 0
}

// Latency is three percentiles, in milliseconds.
type Latency struct {
	P50 float64 `json:"p50_ms"`
	P95 float64 `json:"p95_ms"`
	P99 float64 `json:"p99_ms"`
}

func (h *histogram) latency() Latency {
	return Latency{millis(h.percentile(50)), millis(h.percentile(95)), millis(h.percentile(99))}
}

func millis(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
