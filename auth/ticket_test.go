package auth_test

import (
	"encoding/base64"
	"errors"
	"strings"
	"testing"
	"time"

	"corkboard/auth"
)

func TestTicket(t *testing.T) {
	t.Parallel()
	key := []byte("0123456789abcdef0123456789abcdef")
	at := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	ticket := auth.Ticket(key, "l_abc", at)
	for when, good := range map[time.Duration]bool{
		0: true, auth.TicketLife - time.Second: true, auth.TicketLife: true,
		auth.TicketLife + time.Second: false, 24 * time.Hour: false,
	} {
		subject, err := auth.TicketSubject(key, ticket, at.Add(when))
		if good && (err != nil || subject != "l_abc") || !good && !errors.Is(err, auth.ErrUnknown) {
			t.Errorf("after %v: %q, %v", when, subject, err)
		}
	}
}

func TestForgedTickets(t *testing.T) {
	t.Parallel()
	key := []byte("0123456789abcdef0123456789abcdef")
	at := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	ticket := auth.Ticket(key, "l_abc", at)
	_, mac, _ := strings.Cut(ticket, ".")
	other := base64.RawURLEncoding.EncodeToString([]byte("l_xyz.99999999999"))
	for name, forged := range map[string]string{
		"empty":           "",
		"dot":             ".",
		"no mac":          strings.Split(ticket, ".")[0],
		"another subject": other + "." + mac,
		"another key":     auth.Ticket([]byte("another key of thirty-two bytes!"), "l_abc", at),
		"shortened":       ticket[:len(ticket)-1],
		"not base64":      "!!!." + mac,
		"a bare secret":   auth.Derive(key, "ticket.l_abc"),
	} {
		if subject, err := auth.TicketSubject(key, forged, at); !errors.Is(err, auth.ErrUnknown) || subject != "" {
			t.Errorf("%s: %q, %v", name, subject, err)
		}
	}
}

// FuzzTicket: no ticket opens anything that was not made with the key.
func FuzzTicket(f *testing.F) {
	key, now := []byte("key"), time.Unix(1_000_000, 0)
	genuine := auth.Ticket(key, "l_abc", now)
	for _, s := range []string{genuine, genuine + "=", "", ".", "forged.ticket", auth.Ticket([]byte("other"), "l_abc", now)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, ticket string) {
		subject, err := auth.TicketSubject(key, ticket, now)
		if err == nil && (ticket != genuine || subject != "l_abc") {
			t.Fatalf("%q opens %q", ticket, subject)
		}
	})
}
