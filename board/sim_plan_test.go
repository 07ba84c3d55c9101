package board_test

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
)

// A plan is a whole run, drawn before it starts: each step says what to do, and
// brings the numbers for every choice within. A step that finds nothing to do
// does nothing, so that any of them can be left out and the rest still runs.
type plan []step

type step struct {
	do  string
	arg uint32
}

// dice are the choices within one step.
type dice uint64

// n draws from 0 to n-1. Source of the mixing: Steele, Lea and Flood,
// "Fast splittable pseudorandom number generators" (SplitMix64), OOPSLA 2014.
func (d *dice) n(n int) int {
	*d += 0x9e3779b97f4a7c15
	z := uint64(*d)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return int((z ^ z>>31) % uint64(n))
}

// one tells whether a chance of one in n came up.
func (d *dice) one(n int) bool { return d.n(n) == 0 }

// pick draws one of a list that is not empty.
func pick[T any](d *dice, list []T) T { return list[d.n(len(list))] }

// weighted is something that is drawn as often as its weight says.
type weighted struct {
	what   string
	weight int
}

func draw(d *dice, from []weighted) string {
	sum := 0
	for _, w := range from {
		sum += w.weight
	}
	at := d.n(sum)
	for _, w := range from {
		if at -= w.weight; at < 0 {
			return w.what
		}
	}
	panic("unreachable: at is less than the sum")
}

// labour is what always happens; each plan adds about half of the faults, since
// one that has them all never sees the deep ones.
var (
	labour = []weighted{{"go", 150}, {"edit", 50}, {"arrange", 20}, {"time", 6}}
	faults = []weighted{
		{"fail", 12}, {"lose", 8}, {"repeat", 6}, {"cut", 8}, {"again", 5}, {"hello", 3}, {"crash", 4}, {"drain", 2},
		{"truncate", 5}, {"rights", 7}, {"trash", 2}, {"outage", 3}, {"backup", 4},
	}
)

func drawPlan(seed uint64) plan {
	d := dice(seed * 0x9e3779b97f4a7c15)
	source := rand.New(rand.NewPCG(seed, seed))
	kinds := append([]weighted{}, labour...)
	for _, f := range faults {
		if d.one(2) {
			kinds = append(kinds, f)
		}
	}
	p := plan{{"world", source.Uint32()}}
	for range 50 + d.n(120) {
		p = append(p, step{draw(&d, kinds), source.Uint32() >> 12})
	}
	return p
}

// String writes a plan as parsePlan reads it.
func (p plan) String() string {
	var out []string
	for _, s := range p {
		out = append(out, fmt.Sprintf("%s/%d", s.do, s.arg))
	}
	return strings.Join(out, " ")
}

func parsePlan(text string) (plan, error) {
	var p plan
	for word := range strings.FieldsSeq(text) {
		do, number, _ := strings.Cut(word, "/")
		arg, err := strconv.ParseUint(number, 10, 32)
		if err != nil {
			return nil, fmt.Errorf("step %q: %w", word, err)
		}
		p = append(p, step{do, uint32(arg)})
	}
	return p, nil
}
