package main

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestFlags(t *testing.T) {
	t.Parallel()
	o, err := parse(strings.Fields("-bots 100 -rooms 5 -senders 3 -cursors 7.5 -for 3s -warmup 1s -pid 12,34 -reference -tick 16ms -json http://127.0.0.1:8080"), nil)
	if err != nil {
		t.Fatal(err)
	}
	p := o.plan
	if p.Bots != 100 || p.Rooms != 5 || p.Senders != 3 || p.Cursors != 7.5 || p.For != 3*time.Second || p.Warmup != time.Second ||
		!slices.Equal(p.PIDs, []int{12, 34}) || p.URL != "http://127.0.0.1:8080" || !o.reference || o.tick != 16*time.Millisecond || !o.json {
		t.Errorf("it was read as %+v", o)
	}
}

func TestWrongFlagsAreNamed(t *testing.T) {
	t.Parallel()
	for line, name := range map[string]string{
		"":                          "address",
		"127.0.0.1:8080":            "http://",
		"http://a http://b":         "too much",
		"-start x http://a":         "-start",
		"-pid 1 -reference":         "-pid",
		"-pid x http://a":           "-pid",
		"-bots 3 -rooms 4 -start x": "-bots",
		"-rooms 0 -start x":         "-rooms",
		"-for 0 -start x":           "-for",
		"-cursors -1 -start x":      "-cursors",
		"-nothing http://a":         "-nothing",
	} {
		var out, errs bytes.Buffer
		if code := run(context.Background(), strings.Fields(line), &out, &errs); code != exitUsage || !strings.Contains(errs.String(), name) {
			t.Errorf("%q: exit code %d, and it says %q", line, code, &errs)
		}
	}
}

func TestHelpHasExamplesAndEveryFlag(t *testing.T) {
	t.Parallel()
	var out, errs bytes.Buffer
	if code := run(context.Background(), []string{"-h"}, &out, &errs); code != 0 {
		t.Errorf("exit code %d", code)
	}
	for _, want := range []string{"Examples:", "-bots sockets", "-pid processes", "exit code"} {
		if !strings.Contains(errs.String(), want) {
			t.Errorf("%q is not said", want)
		}
	}
}
