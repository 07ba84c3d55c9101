package web

import (
	"net/url"
	"testing"
	"time"
)

func TestRedacted(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"/": "/", "/b/b_1": "/b/b_1", "/s/secret": "/s/…", "/s/secret/": "/s/…", "/s/": "/s/…",
		"/embed/secret": "/embed/…", "/embed/secret/ticket": "/embed/…/ticket", "/boards": "/boards",
		"//s/secret": "/s/…", "/s//secret": "/s/…", "/x/../s/secret": "/s/…", "/s/x/secret": "/s/…", "/embed//secret/ticket": "/embed/…/ticket",
	} {
		if got := redacted(path); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}

func TestAliases(t *testing.T) {
	t.Parallel()
	for hosts, want := range map[[2]string]bool{
		{"localhost:8080", "127.0.0.1:8080"}: true,
		{"[::1]:8080", "127.0.0.1:8080"}:     true,
		{"localhost", "127.0.0.1"}:           true,
		{"127.0.0.1:8080", "127.0.0.1:8080"}: false,
		{"127.0.0.1:9090", "127.0.0.1:8080"}: false,
		{"localhost:9090", "127.0.0.1:8080"}: false,
		{"127.0.0.1:80", "example.com:80"}:   false,
		{"evil.example:80", "127.0.0.1:80"}:  false,
		{"", "127.0.0.1"}:                    false,
	} {
		if got := aliasOf(hosts[0], hosts[1]); got != want {
			t.Errorf("%q: %v", hosts, got)
		}
	}
}

func TestOrigins(t *testing.T) {
	t.Parallel()
	for public, want := range map[string]string{
		"https://Board.Example.com":     "https://board.example.com wss://board.example.com",
		"https://board.example.com:443": "https://board.example.com wss://board.example.com",
		"http://localhost:8080":         "http://localhost:8080 ws://localhost:8080",
		"http://[::1]:80/":              "http://[::1] ws://[::1]",
	} {
		u, err := url.Parse(public)
		if err != nil {
			t.Fatal(err)
		}
		if got := originOf(u) + " " + socketOrigin(u); got != want {
			t.Errorf("%s: %s, want %s", public, got, want)
		}
	}
}

func TestLimiterRefills(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	l := newLimiter("test", Rate{PerMinute: 6, Burst: 2})
	l.now = func() time.Time { return at }
	allowed := func(sender string) bool { return l.allow(sender) == nil }
	burst := func(sender string) int {
		n := 0
		for allowed(sender) {
			n++
		}
		return n
	}
	if a, b := burst("a"), burst("b"); a != 2 || b != 2 {
		t.Fatalf("%d and %d at once, want two for each sender", a, b)
	}
	h, err := l.take("a")
	if err == nil || h.Get("Retry-After") != "10" {
		t.Errorf("%v, %v", h, err)
	}
	at = at.Add(9 * time.Second)
	if allowed("a") {
		t.Error("allowed too soon")
	}
	at = at.Add(2 * time.Second)
	if n := burst("a"); n != 1 {
		t.Errorf("%d after eleven seconds, want one each ten", n)
	}
	at = at.Add(time.Hour)
	if n := burst("a"); n != 2 {
		t.Errorf("%d after an hour, want no more than the burst", n)
	}
}
