package web

import (
	"net/http/httptest"
	"strings"
	"testing"
)

func TestClientAddress(t *testing.T) {
	t.Parallel()
	ours, err := ParseProxies("10.0.0.0/8, 2001:db8:1::/48,198.51.100.4")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ peer, forwarded, want string }{
		{"203.0.113.7:99", "", "203.0.113.7"},
		{"203.0.113.7:99", "192.0.2.1", "203.0.113.7"}, // a stranger may say what they like
		{"127.0.0.1:99", "", "127.0.0.1"},
		{"127.0.0.1:99", "192.0.2.1", "192.0.2.1"},
		{"127.0.0.1:99", "203.0.113.9, 192.0.2.1", "192.0.2.1"}, // what our proxy added, not what it was sent
		{"127.0.0.1:99", "192.0.2.1, 10.9.9.9", "192.0.2.1"},    // one proxy of ours behind another
		{"10.1.2.3:99", "192.0.2.1", "192.0.2.1"},
		{"198.51.100.4:99", "192.0.2.1", "192.0.2.1"},
		{"198.51.100.5:99", "192.0.2.1", "198.51.100.5"},
		{"[::ffff:10.1.2.3]:99", "192.0.2.1", "192.0.2.1"},
		{"[2001:db8:1::7]:99", "2001:db8::1", "2001:db8::1"},
		{"[::1]:99", "2001:db8::1", "2001:db8::1"},
		{"127.0.0.1:99", "nonsense", "127.0.0.1"},
		{"10.1.2.3:99", "nonsense, 10.0.0.9", "10.0.0.9"},
		{"@", "", "@"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = c.peer
		if c.forwarded != "" {
			r.Header.Set("X-Forwarded-For", c.forwarded)
		}
		if got := ours.client(r); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
}

func TestParseProxies(t *testing.T) {
	t.Parallel()
	for _, list := range []string{"proxy.example.com", "10.0.0.0/33", "10.0.0.1 10.0.0.2", "10.0.0.0/8,x"} {
		if p, err := ParseProxies(list); err == nil || !strings.Contains(err.Error(), "neither an address nor a network") {
			t.Errorf("%q: %v, %v", list, p, err)
		}
	}
	if p, err := ParseProxies(" "); err != nil || len(p) != 0 {
		t.Errorf("nothing: %v, %v", p, err)
	}
}
