package main

import (
	"strings"
	"testing"

	"corkboard/cmd/loadtest/load"
)

func TestAimsAreKeptOrMissed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		aim             aim
		ours, reference float64
		kept            bool
	}{
		{aim{most: 40}, 40, 0, true},
		{aim{most: 40}, 40.1, 100, false},
		{aim{least: 6000}, 5999, 0, false},
		{aim{least: 6000}, 6000, 9000, true},
		{aim{times: 1.25}, 5, 4, true},
		{aim{times: 1.25}, 5.1, 4, false},
		{aim{none: true}, 0, 0, true},
		{aim{none: true}, 1, 0, false},
	} {
		if c.aim.kept(c.ours, c.reference) != c.kept {
			t.Errorf("%s: %v beside %v is said to be kept: %v", c.aim, c.ours, c.reference, !c.kept)
		}
	}
}

func TestARowSaysWhatWasMissed(t *testing.T) {
	t.Parallel()
	at := func(p99 float64) load.Report {
		return load.Report{Cursors: &load.CursorReport{Latency: load.Latency{P99: p99}}}
	}
	want := "| room: latency p99, ms | ≤ 40 | 20.0 | 50.0 | 2.50 | **missed** |"
	if got := cursorP99.row("room", at(50), at(20)); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
}

func TestOnlyKnownGroups(t *testing.T) {
	t.Parallel()
	o, err := parse([]string{"-only", "cursors,joins"})
	if err != nil || !o.wants("joins") || o.wants("idle") {
		t.Errorf("%+v, %v", o, err)
	}
	if _, err := parse([]string{"-only", "curses"}); err == nil || !strings.Contains(err.Error(), "cursors") {
		t.Errorf("an unknown group: %v", err)
	}
}
