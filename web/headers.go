package web

import (
	"net/http"
	"net/url"
	"strings"
)

// headers puts on every answer what protects the page; actions tighten or, for
// embeds, loosen it.
func (s *Server) headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Request-Id", requestID(r.Context()))
		h.Set("Content-Security-Policy", s.policy(r, "'none'"))
		h.Set("X-Frame-Options", "DENY")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=()")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		if s.secure() {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}

// policy is the content security policy of a page that ancestors may frame.
// Sockets are named beside 'self', which older browsers do not take for them.
func (s *Server) policy(r *http.Request, ancestors string) string {
	nonce := "'nonce-" + stateOf(r.Context()).nonce + "'"
	return strings.Join([]string{
		"default-src 'self'",
		"script-src " + nonce,
		"style-src 'self' " + nonce,
		"img-src 'self' data:",
		"connect-src 'self' " + socketOrigin(s.PublicURL),
		"object-src 'none'",
		"base-uri 'none'",
		"form-action 'self'",
		"frame-ancestors " + ancestors,
	}, "; ")
}

// framable lets the page stand in a frame on the origins given, or on any.
func (s *Server) framable(w http.ResponseWriter, r *http.Request, origins []string) {
	ancestors := "*"
	if len(origins) > 0 {
		ancestors = "'none'"
		if allowed := onlyOrigins(origins); len(allowed) > 0 {
			ancestors = strings.Join(allowed, " ")
		}
	}
	w.Header().Set("Content-Security-Policy", s.policy(r, ancestors))
	w.Header().Del("X-Frame-Options")
}

// onlyOrigins leaves out what is no origin and might end the directive.
func onlyOrigins(list []string) []string {
	var origins []string
	for _, o := range list {
		u, err := url.Parse(o)
		if err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && originOf(u) == strings.ToLower(o) {
			origins = append(origins, originOf(u))
		}
	}
	return origins
}

// secret marks the answer as nobody's to index, keep or tell the address of.
func secret(w http.ResponseWriter) {
	noIndex(w)
	w.Header().Set("Referrer-Policy", "no-referrer")
	w.Header().Set("Cache-Control", "no-store")
}

func noIndex(w http.ResponseWriter) { w.Header().Set("X-Robots-Tag", "noindex, nofollow") }

// originOf is the origin of a URL as browsers send it: no default port.
func originOf(u *url.URL) string {
	host := strings.ToLower(u.Host)
	switch u.Scheme {
	case "http":
		host = strings.TrimSuffix(host, ":80")
	case "https":
		host = strings.TrimSuffix(host, ":443")
	}
	return u.Scheme + "://" + host
}

// socketOrigin is the same origin for sockets.
func socketOrigin(u *url.URL) string {
	return "ws" + strings.TrimPrefix(originOf(u), "http")
}
