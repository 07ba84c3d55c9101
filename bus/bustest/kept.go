package bustest

import (
	"maps"
	"strings"
	"testing"
	"time"
)

// expectKept fails unless the set keeps exactly these values.
func expectKept(t *testing.T, b Bus, set string, want map[string]string) {
	t.Helper()
	values, err := b.Kept(set)
	if err != nil {
		t.Fatal(err)
	}
	got := make(map[string]string, len(values))
	for member, value := range values {
		got[member] = string(value)
	}
	if !maps.Equal(got, want) {
		t.Fatalf("%s keeps %q, want %q", set, got, want)
	}
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func keptEverywhere(t *testing.T, node func() Bus) {
	a, b := node(), node()
	set, other := Topic(), Topic()
	expectKept(t, a, set, map[string]string{})
	binary := "\x00\xff{}\r\n" + strings.Repeat("x", 5000)
	check(t, a.Keep(set, "ana", []byte("1"), time.Minute))
	check(t, b.Keep(set, "ben", []byte(binary), time.Minute))
	check(t, b.Keep(set, "", nil, time.Minute))
	check(t, b.Keep(other, "ana", []byte("2"), time.Minute))
	for _, n := range []Bus{a, b} {
		expectKept(t, n, set, map[string]string{"ana": "1", "ben": binary, "": ""})
		expectKept(t, n, other, map[string]string{"ana": "2"})
	}
	check(t, b.Keep(set, "ana", []byte("3"), time.Minute))
	check(t, a.Drop(set, "ben"))
	check(t, a.Drop(set, "nobody"))
	check(t, a.Drop(Topic(), "nobody"))
	for _, n := range []Bus{a, b} {
		expectKept(t, n, set, map[string]string{"ana": "3", "": ""})
		expectKept(t, n, other, map[string]string{"ana": "2"})
	}
	check(t, a.Drop(set, "ana"))
	check(t, a.Drop(set, ""))
	expectKept(t, b, set, map[string]string{})
}

func keptExpires(t *testing.T, node func() Bus) {
	a, b := node(), node()
	set := Topic()
	check(t, a.Keep(set, "stays", []byte("x"), time.Minute))
	check(t, a.Keep(set, "prolonged", []byte("x"), 50*time.Millisecond))
	check(t, a.Keep(set, "prolonged", []byte("y"), time.Minute))
	check(t, a.Keep(set, "goes", []byte("x"), 50*time.Millisecond))
	end := time.Now().Add(patience)
	for {
		values, err := b.Kept(set)
		check(t, err)
		if _, there := values["goes"]; !there {
			break
		}
		if time.Now().After(end) {
			t.Fatal("a value outlived its time")
		}
		time.Sleep(5 * time.Millisecond) // nothing tells of an expiry
	}
	expectKept(t, b, set, map[string]string{"stays": "x", "prolonged": "y"})
	check(t, b.Keep(set, "goes", []byte("back"), time.Minute))
	expectKept(t, a, set, map[string]string{"stays": "x", "prolonged": "y", "goes": "back"})
}

func closedBus(t *testing.T, node func() Bus) {
	b := node()
	topic := Topic()
	l := Listen(b, topic)
	check(t, b.Close())
	check(t, b.Close())
	b.Publish(topic, []byte("too late"))
	Listen(b, topic).Cancel()
	l.Cancel()
	if err := b.Keep(topic, "m", nil, time.Minute); err == nil {
		t.Error("a closed bus keeps")
	}
	if err := b.Drop(topic, "m"); err == nil {
		t.Error("a closed bus drops")
	}
	if _, err := b.Kept(topic); err == nil {
		t.Error("a closed bus reads")
	}
	if b.Healthy() {
		t.Error("a closed bus is called healthy")
	}
	if len(l.Heard) > 0 {
		t.Error("a closed bus delivers")
	}
}
