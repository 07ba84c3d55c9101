package notes

import "strings"

// Order keys put a note between any two others without touching either. A key
// is a number written in base 62: a head letter that tells how many digits its
// whole part has (a one, b two, … z twenty-six; Z one, Y two, … for negative
// ones), the whole part, then a fraction that never ends in 0. Compared byte by
// byte, keys sort as their numbers do. Bringing a note to the front again and
// again only counts the whole part up, so keys stay short.
const digits62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// FirstKey is the key of the first note on an empty board.
const FirstKey = "a0"

func isDigit62(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
}

// IsOrderKey tells whether s is a well-formed key of at most MaxOrderKey characters.
func IsOrderKey(s string) bool {
	if s == "" || len(s) > MaxOrderKey || wholeLen(s[0]) == 0 || len(s) < wholeLen(s[0]) {
		return false
	}
	for i := 0; i < len(s); i++ {
		if !isDigit62(s[i]) {
			return false
		}
	}
	return len(s) == wholeLen(s[0]) || s[len(s)-1] != '0'
}

// wholeLen is the length of head and whole part together; 0 for a bad head.
func wholeLen(head byte) int {
	switch {
	case head >= 'a' && head <= 'z':
		return int(head-'a') + 2
	case head >= 'A' && head <= 'Z':
		return int('Z'-head) + 2
	}
	return 0
}

// Between returns a key after below and before above; "" stands for no neighbour
// on that side. Keys that are malformed or not in order give a key after below.
func Between(below, above string) string {
	if above != "" && (!IsOrderKey(above) || below >= above) {
		above = ""
	}
	switch {
	case !IsOrderKey(below) && above == "":
		return FirstKey
	case !IsOrderKey(below):
		return keyBefore(above)
	case above == "":
		return keyAfter(below)
	}
	return keyBetween(below, above)
}

func split(key string) (whole, fraction string) {
	n := wholeLen(key[0])
	return key[:n], key[n:]
}

func keyAfter(key string) string {
	whole, fraction := split(key)
	if next, ok := increment(whole); ok {
		return next
	}
	return whole + middle(fraction, "")
}

func keyBefore(key string) string {
	whole, fraction := split(key)
	if fraction != "" {
		return whole
	}
	if next, ok := decrement(whole); ok {
		return next
	}
	return whole + middle("", fraction)
}

func keyBetween(below, above string) string {
	wb, fb := split(below)
	wa, fa := split(above)
	if wb == wa {
		return wb + middle(fb, fa)
	}
	if next, ok := increment(wb); ok && next < above {
		return next
	}
	return wb + middle(fb, "")
}

// middle returns a fraction strictly between a and b, where "" as b means one.
func middle(a, b string) string {
	n := 0
	for n < len(b) && digitAt(a, n) == b[n] {
		n++
	}
	if n > 0 {
		return b[:n] + middle(tail(a, n), b[n:])
	}
	da, db := strings.IndexByte(digits62, digitAt(a, 0)), len(digits62)
	if b != "" {
		db = strings.IndexByte(digits62, b[0])
	}
	if db-da > 1 {
		return string(digits62[(da+db)/2])
	}
	if len(b) > 1 {
		return b[:1]
	}
	return string(digits62[da]) + middle(tail(a, 1), "")
}

func digitAt(s string, i int) byte {
	if i < len(s) {
		return s[i]
	}
	return digits62[0]
}

func tail(s string, n int) string {
	if n >= len(s) {
		return ""
	}
	return s[n:]
}

// increment adds one to a whole part; ok is false past the largest.
func increment(whole string) (next string, ok bool) {
	d := []byte(whole)
	for i := len(d) - 1; i > 0; i-- {
		if v := strings.IndexByte(digits62, d[i]); v < 61 {
			d[i] = digits62[v+1]
			return string(d), true
		}
		d[i] = '0'
	}
	switch {
	case whole[0] == 'Z':
		return FirstKey, true
	case whole[0] == 'z':
		return "", false
	case whole[0] >= 'a':
		return string(whole[0]+1) + string(d[1:]) + "0", true
	}
	return string(whole[0]+1) + string(d[2:]), true
}

// decrement takes one from a whole part; ok is false below the smallest.
func decrement(whole string) (next string, ok bool) {
	d := []byte(whole)
	for i := len(d) - 1; i > 0; i-- {
		if v := strings.IndexByte(digits62, d[i]); v > 0 {
			d[i] = digits62[v-1]
			return string(d), true
		}
		d[i] = 'z'
	}
	switch {
	case whole[0] == 'a':
		return "Zz", true
	case whole[0] == 'A':
		return "", false
	case whole[0] > 'a':
		return string(whole[0]-1) + string(d[2:]), true
	}
	return string(whole[0]-1) + string(d[1:]) + "z", true
}
