package web

import (
	"context"
	"errors"
	"net/http"

	"corkboard/auth"
	"corkboard/board"
	"corkboard/notes"
)

// cookieName is the session cookie's: over TLS the browser itself then holds
// it to this host, to "/" and to TLS.
func (s *Server) cookieName() string {
	if s.secure() {
		return "__Host-corkboard"
	}
	return "corkboard"
}

// sessionToken is the secret in the request's cookie, "" when there is none.
func (s *Server) sessionToken(r *http.Request) string {
	return cookie(r, s.cookieName())
}

// visitor is the person whose session the request belongs to; auth.ErrUnknown.
// It is looked up once for a request.
func (s *Server) visitor(r *http.Request) (auth.User, error) {
	return stateOf(r.Context()).visitor(func() (auth.User, error) {
		return s.Auth.Session(r.Context(), s.sessionToken(r))
	})
}

// visitorOrGuest is the visitor, or a new guest with a session from now on.
func (s *Server) visitorOrGuest(w http.ResponseWriter, r *http.Request) (auth.User, error) {
	u, err := s.visitor(r)
	if !errors.Is(err, auth.ErrUnknown) {
		return u, err
	}
	if err := s.limits.guests.allow(s.Proxies.client(r)); err != nil {
		return auth.User{}, err
	}
	u, token, err := s.Auth.NewGuest(r.Context())
	if err != nil {
		return auth.User{}, err
	}
	s.setSession(w, token)
	stateOf(r.Context()).signIn(u)
	return u, nil
}

func (s *Server) setSession(w http.ResponseWriter, token string) {
	http.SetCookie(w, &http.Cookie{
		Name:     s.cookieName(),
		Value:    token,
		Path:     "/",
		MaxAge:   int(auth.SessionLife.Seconds()),
		Secure:   s.secure(),
		HttpOnly: true,
		SameSite: http.SameSiteLaxMode,
	})
}

// prolong renews the cookie's life, as using the session renews the session's.
func (s *Server) prolong(w http.ResponseWriter, r *http.Request) {
	if token := s.sessionToken(r); token != "" {
		s.setSession(w, token)
	}
}

// grant is the visitor's right to the board that the path names. Whoever has
// none gets board.ErrNotFound, as for a board that does not exist.
func (s *Server) grant(r *http.Request) (board.Grant, error) {
	u, err := s.visitor(r)
	if errors.Is(err, auth.ErrUnknown) {
		return board.Grant{}, board.ErrNotFound
	}
	if err != nil {
		return board.Grant{}, err
	}
	return s.grantTo(r.Context(), principal(u), r.PathValue("id"))
}

// grantTo asks the store; an id that cannot be one does not reach it.
func (s *Server) grantTo(ctx context.Context, p board.Principal, id string) (board.Grant, error) {
	if !notes.IsID(id) {
		return board.Grant{}, board.ErrNotFound
	}
	return s.Boards.Grant(ctx, p, id)
}
