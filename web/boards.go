package web

import (
	"cmp"
	"errors"
	"net/http"

	"corkboard/auth"
	"corkboard/board"
	"corkboard/views"
)

// listBoards shows the visitor's boards, or with ?trash=1 their trash. Somebody
// without a session has none yet.
func (s *Server) listBoards(w http.ResponseWriter, r *http.Request) error {
	u, err := s.visitor(r)
	if err != nil && !errors.Is(err, auth.ErrUnknown) {
		return err
	}
	trash := r.URL.Query().Get("trash") == "1"
	list := views.BoardList{Now: s.now(), Kept: s.TrashDays}
	if err == nil {
		summaries, err := s.Library.List(r.Context(), u, trash)
		if err != nil {
			return err
		}
		for _, b := range summaries {
			list.Boards = append(list.Boards, item(b))
		}
		s.prolong(w, r)
	}
	if trash {
		return s.render(w, r, http.StatusOK, views.Trash(s.page(r, ""), list))
	}
	return s.render(w, r, http.StatusOK, views.Boards(s.page(r, ""), list))
}

func item(b board.Summary) views.BoardItem {
	i := views.BoardItem{ID: b.ID, Name: b.Name, Notes: b.NoteCount, Modified: b.ModifiedAt}
	if b.TrashedAt != nil {
		i.Trashed = *b.TrashedAt
	}
	return i
}

func (s *Server) createBoard(w http.ResponseWriter, r *http.Request) error {
	if err := form(w, r); err != nil {
		return err
	}
	u, err := s.visitorOrGuest(w, r)
	if err != nil {
		return err
	}
	if err := s.limits.ownBoards.allow(u.ID); err != nil {
		return err
	}
	name := cmp.Or(r.PostForm.Get("name"), views.Untitled(r.Context()))
	b, err := s.Library.Create(r.Context(), u, name)
	if err != nil {
		return err
	}
	return redirect(w, r, "/b/"+b.ID)
}

func (s *Server) renameBoard(w http.ResponseWriter, r *http.Request) error {
	g, err := s.grant(r)
	if err != nil {
		return err
	}
	if err := form(w, r); err != nil {
		return err
	}
	if err := s.Library.Rename(r.Context(), g, r.PostForm.Get("name")); err != nil {
		return err
	}
	return s.showRow(w, r, g)
}

func (s *Server) trashBoard(w http.ResponseWriter, r *http.Request) error {
	g, err := s.grant(r)
	if err != nil {
		return err
	}
	if err := s.Library.SetTrashed(r.Context(), g, true); err != nil {
		return err
	}
	if !fragment(r) {
		return redirect(w, r, "/boards")
	}
	b, err := s.Library.Summary(r.Context(), g.Board)
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, views.TrashedRow(item(b)))
}

func (s *Server) restoreBoard(w http.ResponseWriter, r *http.Request) error {
	g, err := s.grant(r)
	if err != nil {
		return err
	}
	if err := s.Library.SetTrashed(r.Context(), g, false); err != nil {
		return err
	}
	return s.showRow(w, r, g)
}

// showRow answers with the board's row, or, where no script asks, with the list.
func (s *Server) showRow(w http.ResponseWriter, r *http.Request, g board.Grant) error {
	if !fragment(r) {
		return redirect(w, r, "/boards")
	}
	b, err := s.Library.Summary(r.Context(), g.Board)
	if err != nil {
		return err
	}
	return s.render(w, r, http.StatusOK, views.BoardRow(item(b), views.BoardList{Now: s.now()}))
}
