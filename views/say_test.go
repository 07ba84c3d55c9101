package views

import "testing"

func TestSay(t *testing.T) {
	t.Parallel()
	if got := say(t.Context(), "Delete {board}, with {n} notes?", "board", "Retro {n}", "n", 3); got != "Delete Retro {n}, with 3 notes?" {
		t.Error(got)
	}
	if got := say(t.Context(), "Share {this}"); got != "Share {this}" {
		t.Error(got)
	}
}
