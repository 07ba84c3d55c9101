package web

import (
	"errors"
	"net/http"

	"corkboard/board"
	"corkboard/views"
)

// openLink exchanges a share token for a right of the visitor's own, and sends
// them on to the board's clean address.
func (s *Server) openLink(w http.ResponseWriter, r *http.Request) error {
	secret(w)
	if r.Method == http.MethodHead {
		return plain(w, http.StatusOK, "") // previews of links ask so; they need no session
	}
	token := r.PathValue("token")
	if _, err := s.Library.LinkRole(r.Context(), token); err != nil {
		return ofLink(err)
	}
	u, err := s.visitorOrGuest(w, r)
	if err != nil {
		return err
	}
	id, err := s.Library.Open(r.Context(), u, token)
	if err != nil {
		return ofLink(err)
	}
	return redirect(w, r, "/b/"+id)
}

// ofLink says of what was not found that it is the link: whether it ever was one,
// and whether there is a board behind it, is told to nobody.
func ofLink(err error) error {
	if errors.Is(err, board.ErrNotFound) {
		return errDeadLink
	}
	return err
}

func (s *Server) showShare(w http.ResponseWriter, r *http.Request) error {
	secret(w)
	g, err := s.grant(r)
	if err != nil {
		return err
	}
	return s.answerShare(w, r, g)
}

func (s *Server) resetLink(w http.ResponseWriter, r *http.Request) error {
	secret(w)
	g, err := s.grant(r)
	if err != nil {
		return err
	}
	if err := s.Library.ResetLink(r.Context(), g, board.Role(r.PathValue("role"))); err != nil {
		return err
	}
	if !fragment(r) {
		return redirect(w, r, "/b/"+g.Board+"/share")
	}
	return s.answerShare(w, r, g)
}

// answerShare shows the board's links: a fragment for the dialog, or a page.
func (s *Server) answerShare(w http.ResponseWriter, r *http.Request, g board.Grant) error {
	links, err := s.Library.Links(r.Context(), g)
	if err != nil {
		return err
	}
	b, err := s.Library.Summary(r.Context(), g.Board)
	if err != nil {
		return err
	}
	view := views.ShareView{ID: b.ID, Name: b.Name}
	for _, l := range links {
		view.Links = append(view.Links, views.ShareLink{Role: string(l.Role), URL: s.link("/s/" + l.Token)})
		if l.Role == board.Viewer {
			view.Embed = s.link("/embed/" + l.Token)
		}
	}
	if fragment(r) {
		return s.render(w, r, http.StatusOK, views.Share(view))
	}
	page := s.page(r, "")
	page.NoIndex = true
	return s.render(w, r, http.StatusOK, views.SharePage(page, view))
}
