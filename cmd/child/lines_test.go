package child

import (
	"bytes"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

func TestLinesGoToTheLogWhole(t *testing.T) {
	t.Parallel()
	var said bytes.Buffer
	out := newLines(slog.New(slog.NewTextHandler(&said, nil)), "FATAL:")
	for _, part := range []string{"LOG:  all ", "well\nFAT", "AL:  no room\n", "FATAL:  the end"} {
		fmt.Fprint(out, part)
	}
	out.flush()
	if got := strings.Count(said.String(), "level=WARN"); got != 2 {
		t.Errorf("%d warnings in\n%s", got, &said)
	}
	if strings.Contains(said.String(), "all well") {
		t.Errorf("an ordinary line is no news:\n%s", &said)
	}
	if want := "LOG:  all well\nFATAL:  no room\nFATAL:  the end"; out.last() != want {
		t.Errorf("kept %q", out.last())
	}
}

func TestLinesAreQuietDuringAStop(t *testing.T) {
	t.Parallel()
	var said bytes.Buffer
	out := newLines(slog.New(slog.NewTextHandler(&said, nil)), "FATAL:")
	out.hush()
	fmt.Fprintln(out, "FATAL:  terminating connection due to administrator command")
	if said.Len() > 0 {
		t.Errorf("said %s", &said)
	}
}

func TestLinesKeepTheLastOnes(t *testing.T) {
	t.Parallel()
	out := newLines(quiet())
	for i := range 3 * lastLines {
		fmt.Fprintf(out, "line %d\n", i)
	}
	if kept := strings.Split(out.last(), "\n"); len(kept) != lastLines || kept[lastLines-1] != "line 35" {
		t.Errorf("kept %q", kept)
	}
}
