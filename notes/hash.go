package notes

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Offset bases of the two hash lanes; the first is FNV-1a's own, the second
// makes the lanes differ. Source: RFC 9923 (FNV), 32-bit parameters.
const (
	hashBasisA = 2166136261
	hashBasisB = 3339451269
	hashPrime  = 16777619
)

// Hash is a fingerprint of the live notes and the board's fields: 16 hex digits.
// Replicas at the same seq with nothing pending have the same one (I8). It is
// a sum over notes, so their order does not matter; it guards against faults,
// not against forgery.
func (d *Document) Hash() string {
	a, b := hashLanes("board\x1f" + d.Board.Name)
	for _, n := range d.Notes {
		if n.Deleted == 0 {
			na, nb := hashLanes(n.canonical())
			a, b = a+na, b+nb
		}
	}
	return fmt.Sprintf("%08x%08x", a, b)
}

// canonical joins the fields by U+001F, which no field can hold; measures are
// whole hundredths, so that no float formatting is involved. What few notes have
// stands behind, by name, so that all others have the hash that they always had.
func (n *Note) canonical() string {
	const sep = "\x1f"
	return n.ID + sep + cents(n.X) + sep + cents(n.Y) + sep + cents(n.W) + sep + cents(n.H) + sep +
		n.Color + sep + n.Z + sep + n.Text + sep + strconv.FormatInt(n.Rev, 10) + n.named()
}

// named are the kind and the extras of a note that are not empty.
func (n *Note) named() string {
	if n.Kind == Sticky && n.Extras == (Extras{}) {
		return ""
	}
	var all strings.Builder
	add := func(name Field, value string) {
		if value != "" {
			all.WriteString("\x1f" + string(name) + "=" + value)
		}
	}
	add("kind", string(n.Kind))
	if n.Locked {
		add(FieldLocked, "true")
	}
	values := n.words()
	for i, f := range words[looks:] {
		add(f, *values[looks+i])
	}
	return all.String()
}

func cents(v float64) string {
	return strconv.FormatInt(int64(math.Floor(float64(v*100)+0.5)), 10)
}

func hashLanes(s string) (a, b uint32) {
	a, b = hashBasisA, hashBasisB
	for i := 0; i < len(s); i++ {
		a = (a ^ uint32(s[i])) * hashPrime
		b = (b ^ uint32(s[i])) * hashPrime
	}
	return a, b
}
