package web

import (
	"errors"
	"net/http"
	"strconv"

	"corkboard/auth"
)

// changeMe takes the visitor's name and colour.
func (s *Server) changeMe(w http.ResponseWriter, r *http.Request) error {
	u, err := s.visitor(r)
	if errors.Is(err, auth.ErrUnknown) {
		return errNoSession
	}
	if err != nil {
		return err
	}
	if err := form(w, r); err != nil {
		return err
	}
	color, err := strconv.Atoi(r.PostForm.Get("color"))
	if err != nil {
		color = -1 // refused below, in words
	}
	if err := s.Auth.SetProfile(r.Context(), u.ID, r.PostForm.Get("name"), color); err != nil {
		return err
	}
	s.Hub.RecheckUser(u.ID) // others see the new name at once
	w.WriteHeader(http.StatusNoContent)
	return nil
}
