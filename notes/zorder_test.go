package notes

import (
	"testing"

	"pgregory.net/rapid"
)

func TestBetweenIsBetween(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		keys := []string{FirstKey}
		for range rapid.IntRange(1, 60).Draw(t, "notes") {
			i := rapid.IntRange(0, len(keys)).Draw(t, "at")
			below, above := "", ""
			if i > 0 {
				below = keys[i-1]
			}
			if i < len(keys) {
				above = keys[i]
			}
			k := Between(below, above)
			if !IsOrderKey(k) && len(k) <= MaxOrderKey || below != "" && k <= below || above != "" && k >= above {
				t.Fatalf("Between(%q, %q) = %q", below, above, k)
			}
			keys = append(keys[:i], append([]string{k}, keys[i:]...)...)
		}
	})
}

func TestFrontAndBackStayShort(t *testing.T) {
	t.Parallel()
	front, back := FirstKey, FirstKey
	for range 200_000 {
		f, b := Between(front, ""), Between("", back)
		if f <= front || b >= back {
			t.Fatalf("after %q came %q, before %q came %q", front, f, back, b)
		}
		front, back = f, b
	}
	if len(front) > 4 || len(back) > 5 {
		t.Fatalf("200,000 steps led to %q and %q", front, back)
	}
}

func TestIsOrderKey(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]bool{
		"a0": true, "a0V": true, "b12": true, "Zz": true, "Y00": true,
		"": false, "a": false, "a00": false, "b1": false, "0a": false, "a0-": false, "a0é": false,
	} {
		if IsOrderKey(key) != want {
			t.Errorf("IsOrderKey(%q) is %v", key, !want)
		}
	}
}
