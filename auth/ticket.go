package auth

import (
	"crypto/hmac"
	"encoding/base64"
	"fmt"
	"strings"
	"time"
)

// TicketLife is how long a ticket opens a socket.
const TicketLife = 2 * time.Minute

// Ticket returns a short-lived proof that its bearer may act as subject, for
// pages that have no cookie (embeds). Subject must not hold a dot.
func Ticket(key []byte, subject string, now time.Time) string {
	payload := fmt.Sprintf("%s.%d", subject, now.Add(TicketLife).Unix())
	return base64.RawURLEncoding.EncodeToString([]byte(payload)) + "." + Derive(key, "ticket."+payload)
}

// TicketSubject checks a ticket and returns its subject; ErrUnknown when it is
// forged, malformed or late.
func TicketSubject(key []byte, ticket string, now time.Time) (string, error) {
	encoded, mac, _ := strings.Cut(ticket, ".")
	payload, err := base64.RawURLEncoding.DecodeString(encoded)
	// Base 64 may be spelled in more ways than one; a ticket has one.
	if err != nil || base64.RawURLEncoding.EncodeToString(payload) != encoded || !hmac.Equal([]byte(mac), []byte(Derive(key, "ticket."+string(payload)))) {
		return "", ErrUnknown
	}
	subject, expiry, _ := strings.Cut(string(payload), ".")
	var at int64
	if _, err := fmt.Sscanf(expiry, "%d", &at); err != nil || now.Unix() > at {
		return "", ErrUnknown
	}
	return subject, nil
}
