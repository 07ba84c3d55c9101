package notes

import (
	"encoding/json"
	"reflect"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// alphabet has one, two, three and four byte characters, and a combining mark.
var alphabet = []rune{'a', 'b', ' ', '\n', 'é', '漢', '👩', '\u0301', '\u200d'}

func drawText(t *rapid.T, label string, most int) string {
	return string(rapid.SliceOfN(rapid.SampledFrom(alphabet), 0, most).Draw(t, label))
}

// drawDelta makes a canonical delta that fits text.
func drawDelta(t *rapid.T, label, text string) Delta {
	var b builder
	for left := utf8.RuneCountInString(text); ; {
		switch n := rapid.IntRange(0, 3).Draw(t, label+" what"); {
		case n == 0 || left == 0:
			b.add(Part{Insert: drawText(t, label+" insert", 3)})
			if left == 0 || rapid.Bool().Draw(t, label+" stop") {
				return b.done()
			}
		default:
			n := min(left, rapid.IntRange(1, 4).Draw(t, label+" span"))
			if rapid.Bool().Draw(t, label+" keep") {
				b.add(Part{Keep: n})
			} else {
				b.add(Part{Delete: n})
			}
			left -= n
		}
	}
}

func mustApply(t rapid.TB, d Delta, text string) string {
	t.Helper()
	out, err := d.Apply(text)
	if err != nil {
		t.Fatalf("apply %v to %q: %v", d, text, err)
	}
	return out
}

func TestDeltaInvertUndoes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := drawText(t, "text", 12)
		d := drawDelta(t, "d", text)
		back, err := d.Invert(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := mustApply(t, back, mustApply(t, d, text)); got != text {
			t.Fatalf("%q, %v undone by %v gives %q", text, d, back, got)
		}
	})
}

func TestDeltaComposeIsOneAfterTheOther(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := drawText(t, "text", 12)
		a := drawDelta(t, "a", text)
		mid := mustApply(t, a, text)
		b := drawDelta(t, "b", mid)
		if got, want := mustApply(t, Compose(a, b), text), mustApply(t, b, mid); got != want {
			t.Fatalf("%v then %v: composed %v gives %q, want %q", a, b, Compose(a, b), got, want)
		}
	})
}

func TestTransformConverges(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := drawText(t, "text", 12)
		a, b := drawDelta(t, "a", text), drawDelta(t, "b", text)
		left := mustApply(t, Transform(b, a, true), mustApply(t, a, text))
		right := mustApply(t, Transform(a, b, false), mustApply(t, b, text))
		if left != right {
			t.Fatalf("%q: %v before %v gives %q one way and %q the other", text, a, b, left, right)
		}
	})
}

// A transformed edit still inserts each of its characters (I9).
func TestTransformKeepsEveryTypedCharacter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text := drawText(t, "text", 12)
		a, b := drawDelta(t, "a", text), drawDelta(t, "b", text)
		if got, want := inserted(Transform(b, a, true)), inserted(b); got != want {
			t.Fatalf("%v over %v inserts %q, want %q", b, a, got, want)
		}
	})
}

func inserted(d Delta) string {
	s := ""
	for _, p := range d {
		s += p.Insert
	}
	return s
}

func TestTransformTies(t *testing.T) {
	t.Parallel()
	first, second := Delta{{Keep: 1}, {Insert: "A"}}, Delta{{Keep: 1}, {Insert: "B"}}
	got := mustApply(t, Transform(second, first, true), mustApply(t, first, "xy"))
	if got != "xABy" {
		t.Fatalf("the delta ordered first must stay left: %q", got)
	}
}

func TestDeltaJSON(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]Delta{
		`[5,"abc",-2]`:          {{Keep: 5}, {Insert: "abc"}, {Delete: 2}},
		`[]`:                    {},
		`[1,2,"a","b",-1,-1]`:   {{Keep: 3}, {Insert: "ab"}, {Delete: 2}},
		`[-2,"a"]`:              {{Insert: "a"}, {Delete: 2}},
		`["a",7]`:               {{Insert: "a"}},
		`["x",-1,"y",-1,"z",3]`: {{Insert: "xyz"}, {Delete: 2}},
	} {
		var d Delta
		if err := json.Unmarshal([]byte(in), &d); err != nil || !reflect.DeepEqual(d, want) {
			t.Errorf("%s: %v, %v, want %v", in, d, err, want)
		}
		out, _ := json.Marshal(d)
		var again Delta
		if err := json.Unmarshal(out, &again); err != nil || !reflect.DeepEqual(again, want) {
			t.Errorf("%s does not come back from %s: %v %v", in, out, again, err)
		}
	}
	for _, bad := range []string{`[0]`, `[1.5]`, `[""]`, `[null]`, `[true]`, `[[1]]`, `{}`, `"a"`, `[99999999999]`, `[2147483647,-1]`} {
		var d Delta
		if err := json.Unmarshal([]byte(bad), &d); err == nil {
			t.Errorf("%s was taken as %v", bad, d)
		}
	}
}

func TestDeltaPastTheEnd(t *testing.T) {
	t.Parallel()
	for _, d := range []Delta{{{Keep: 4}, {Insert: "x"}}, {{Delete: 4}}} {
		if got, err := d.Apply("日本語"); err == nil {
			t.Errorf("%v gave %q", d, got)
		}
		if _, err := d.Invert("日本語"); err == nil {
			t.Errorf("%v was inverted", d)
		}
	}
}
