package web

import (
	"encoding/json"
	"fmt"
	"net/http"

	"corkboard/auth"
	"corkboard/board"
	"corkboard/views"
)

// boot is what the board's script starts from.
type boot struct {
	Board    string         `json:"board"`
	Epoch    int64          `json:"epoch"`
	Seq      int64          `json:"seq"`
	Role     board.Role     `json:"role"`
	Mode     string         `json:"mode"` // "board" or "embed"
	Snapshot board.Snapshot `json:"snapshot"`
	Me       *bootMe        `json:"me"`
	Ticket   string         `json:"ticket,omitempty"` // in place of a cookie
	Socket   string         `json:"socket"`
}

type bootMe struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Color int    `json:"color"`
}

func (s *Server) showBoard(w http.ResponseWriter, r *http.Request) error {
	noIndex(w)
	g, err := s.grant(r)
	if err != nil {
		return err
	}
	if g.Trashed {
		return board.ErrTrashed
	}
	u, err := s.visitor(r)
	if err != nil {
		return err
	}
	view, err := s.boardView(r, g, boot{Mode: "board", Me: &bootMe{u.ID, u.Name, u.Color}})
	if err != nil {
		return err
	}
	s.prolong(w, r)
	page := s.page(r, view.Name)
	page.NoIndex = true
	return s.render(w, r, http.StatusOK, views.Board(page, view))
}

// boardView reads the board's document for a page and completes its boot.
func (s *Server) boardView(r *http.Request, g board.Grant, b boot) (views.BoardView, error) {
	doc, head, err := s.Hub.Document(r.Context(), g.Board)
	if err != nil {
		return views.BoardView{}, fmt.Errorf("read a board for its page: %w", err)
	}
	b.Board, b.Role, b.Epoch, b.Seq = g.Board, g.Role, head.Epoch, doc.Seq
	b.Snapshot, b.Socket = board.SnapshotOf(doc), "/ws"
	raw, err := json.Marshal(b)
	if err != nil {
		return views.BoardView{}, fmt.Errorf("encode a board for its page: %w", err)
	}
	return views.BoardView{
		ID:          g.Board,
		Name:        doc.Board.Name,
		Role:        string(g.Role),
		Sections:    sections(b.Snapshot.Notes, r.URL.Path),
		Connections: connections(b.Snapshot.Notes),
		Boot:        json.RawMessage(raw),
	}, nil
}

// principal is the visitor as the board room knows them.
func principal(u auth.User) board.Principal { return board.Principal{Kind: board.ByUser, ID: u.ID} }
