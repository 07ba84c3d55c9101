package web

import (
	"net/http"

	"corkboard/views"
)

func (s *Server) landing(w http.ResponseWriter, r *http.Request) error {
	return s.render(w, r, http.StatusOK, views.Landing(s.page(r, "")))
}
