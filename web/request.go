package web

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"net"
	"net/http"
	"path"
	"strings"

	"github.com/a-h/templ"

	"corkboard/auth"
	"corkboard/views"
)

// state is what belongs to one request beside its context's other values.
type state struct {
	id     string // in the log and in the answer's X-Request-Id
	nonce  string // of the inline elements of the page
	looked bool
	user   auth.User
	err    error
}

type stateKey struct{}

// stateOf is the request's state; every request that wrap lets in has one.
func stateOf(ctx context.Context) *state {
	st, _ := ctx.Value(stateKey{}).(*state)
	if st == nil {
		return &state{}
	}
	return st
}

func requestID(ctx context.Context) string { return stateOf(ctx).id }

// visitor looks the person up the first time it is asked.
func (st *state) visitor(look func() (auth.User, error)) (auth.User, error) {
	if !st.looked {
		st.user, st.err = look()
		st.looked = true
	}
	return st.user, st.err
}

// signIn makes u the visitor for the rest of the request.
func (st *state) signIn(u auth.User) { st.looked, st.user, st.err = true, u, nil }

// begin gives the request its state.
func begin(r *http.Request) *http.Request {
	st := &state{id: random(9), nonce: random(16)}
	ctx := context.WithValue(r.Context(), stateKey{}, st)
	ctx = views.InLanguage(templ.WithNonce(ctx, st.nonce), languageOf(r))
	return r.WithContext(ctx)
}

func random(bytes int) string {
	b := make([]byte, bytes)
	rand.Read(b) // never fails, see crypto/rand
	return base64.RawURLEncoding.EncodeToString(b)
}

// redacted is the request's path without the secrets that some paths hold, also
// in those that the table of URLs has yet to clean.
func redacted(asked string) string {
	clean := path.Clean("/"+asked) + "/"
	for _, prefix := range []string{"/s/", "/embed/"} {
		switch rest, ok := strings.CutPrefix(clean, prefix); {
		case ok && strings.HasSuffix(rest, "/ticket/"):
			return prefix + "…/ticket"
		case ok:
			return prefix + "…"
		}
	}
	return asked
}

// aliasOf tells whether two hosts are different names of this machine itself,
// with the same port.
func aliasOf(host, other string) bool {
	a, portA := splitHost(host)
	b, portB := splitHost(other)
	return a != b && portA == portB && isLoopback(a) && isLoopback(b)
}

// splitHost is net.SplitHostPort for hosts that may lack a port.
func splitHost(host string) (name, port string) {
	if name, port, err := net.SplitHostPort(host); err == nil {
		return name, port
	}
	return strings.Trim(host, "[]"), ""
}

func isLoopback(name string) bool {
	ip := net.ParseIP(name)
	return name == "localhost" || ip != nil && ip.IsLoopback()
}
