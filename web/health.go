package web

import (
	"context"
	"fmt"
	"net/http"
	"time"
)

// readyPatience bounds what /readyz waits for.
const readyPatience = 3 * time.Second

// healthz says that the process is alive.
func (s *Server) healthz(w http.ResponseWriter, _ *http.Request) error {
	return plain(w, http.StatusOK, "ok\n")
}

// readyz says whether requests should be sent here. A database that can be read
// and not written leaves a node ready, and the answer says so: every node has the
// same trouble, and without any of them nobody could even look at a board.
func (s *Server) readyz(w http.ResponseWriter, r *http.Request) error {
	if s.draining() {
		return plain(w, http.StatusServiceUnavailable, "draining\n")
	}
	ctx, cancel := context.WithTimeout(r.Context(), readyPatience)
	defer cancel()
	if s.Ready != nil {
		if err := s.Ready(ctx); err != nil {
			s.Log.WarnContext(ctx, "not ready", "error", err)
			return plain(w, http.StatusServiceUnavailable, "the database cannot be used\n")
		}
	}
	if err := s.Hub.Outage(); err != nil {
		return plain(w, http.StatusOK, "ready, but nothing can be saved: "+err.Error()+"\n")
	}
	return plain(w, http.StatusOK, "ready\n")
}

func plain(w http.ResponseWriter, status int, text string) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = fmt.Fprint(w, text) // whoever asked may be gone
	return nil
}
