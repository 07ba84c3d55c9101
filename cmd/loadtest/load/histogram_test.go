package load

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

func TestPercentilesAreThoseOfTheSortedValues(t *testing.T) {
	t.Parallel()
	var h histogram
	var all []time.Duration
	for range 10_000 {
		d := time.Duration(rand.ExpFloat64() * float64(5*time.Millisecond)).Truncate(time.Microsecond)
		all = append(all, d)
		h.add(d)
	}
	slices.Sort(all)
	for _, p := range []float64{0, 1, 50, 95, 99, 99.99, 100} {
		rank := max(1, int(p/100*float64(len(all))+0.999999))
		want, got := all[rank-1], h.percentile(p)
		if got < want || float64(got) > float64(want)*(1+1.0/64)+float64(time.Microsecond) {
			t.Errorf("percentile %v is %v, and the sorted values say %v", p, got, want)
		}
	}
}

func TestEachBucketEndsAtItsUpperValue(t *testing.T) {
	t.Parallel()
	for bucket := range buckets - 1 {
		last := upper(bucket)
		if bucketOf(last) != bucket || bucketOf(last+time.Microsecond) != bucket+1 {
			t.Fatalf("bucket %d ends at %v, but that falls into %d and the next into %d", bucket, last, bucketOf(last), bucketOf(last+time.Microsecond))
		}
	}
}

func TestAnEmptyHistogramHasNoPercentiles(t *testing.T) {
	t.Parallel()
	var h histogram
	h.add(time.Second)
	h.reset()
	if l := h.latency(); l != (Latency{}) {
		t.Errorf("it says %+v", l)
	}
	h.add(-time.Millisecond) // two clocks' noise
	h.add(1000 * time.Hour)  // beyond the last bucket
	if h.total() != 2 || h.percentile(50) != 0 {
		t.Errorf("of two, %d are counted, and the lower is %v", h.total(), h.percentile(50))
	}
}
