package web

import (
	"net/http"

	"corkboard/views"
)

func (s *Server) accessibility(w http.ResponseWriter, r *http.Request) error {
	return s.render(w, r, http.StatusOK, views.Accessibility(s.page(r, "")))
}
