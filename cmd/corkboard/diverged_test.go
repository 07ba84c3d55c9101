package main

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"corkboard/cmd/loadtest/bot"
	"corkboard/store/storetest"
)

// A replica that went wrong is found by a pong's hash, counted by the server,
// and made whole by a snapshot; the others are left in peace (I8).
func TestCorruptedReplicaIsFoundAndHealed(t *testing.T) {
	t.Parallel()
	server := startNode(t, storetest.URL(t), "")
	made := makeBoard(t, server.url)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	newBot := func() *bot.Bot {
		return bot.New(bot.Config{Nodes: []string{server.url}, Origin: server.url, Cookie: guest(t, server.url, made.EditURL), Board: made.ID})
	}
	bad, good := newBot(), newBot()
	defer bad.Close()
	defer good.Close()
	for i := range 10 {
		if _, err := bad.Do(ctx, edit(i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := good.AwaitSeq(ctx, 10); err != nil {
		t.Fatal(err)
	}
	_, right := bad.Hash()
	bad.Corrupt()
	if _, hash := bad.Hash(); hash == right {
		t.Fatal("the replica is not corrupted")
	}
	for deadline := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		if _, hash := bad.Hash(); hash == right {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("the corrupted replica was not found")
		}
		for range 101 { // no multiple of a hundred: the hash comes to both in turn
			bad.Ping()
			good.Ping()
		}
	}
	if bad.Record().Divergences != 1 || good.Record().Divergences != 0 {
		t.Errorf("found %d times by the corrupted one, %d by the other", bad.Record().Divergences, good.Record().Divergences)
	}
	if n := metric(t, server.url, "corkboard_divergence_total"); n != "1" {
		t.Errorf("the server counted %s", n)
	}
}

// metric reads a number from /metrics.
func metric(t *testing.T, base, name string) string {
	t.Helper()
	resp, err := http.Get(base + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		if value, ok := strings.CutPrefix(line, name+" "); ok {
			return strings.TrimSpace(value)
		}
	}
	t.Fatalf("no metric %s", name)
	return ""
}
