package web

import (
	"encoding/json"
	"fmt"
	"net/http"

	"corkboard/board"
	"corkboard/views"
)

// embedded is the view link of an embed's token and the right it gives.
func (s *Server) embedded(r *http.Request) (board.Link, board.Grant, error) {
	link, err := s.Library.EmbedLink(r.Context(), r.PathValue("token"))
	if err != nil {
		return board.Link{}, board.Grant{}, ofLink(err)
	}
	g, err := s.grantTo(r.Context(), board.Principal{Kind: board.ByLink, ID: link.ID}, link.Board)
	return link, g, ofLink(err)
}

// showEmbed shows the board read-only for a frame in another page. It needs
// and sets no cookie: the socket is opened with a ticket, and the address may
// say the theme and the language (?theme=dark&lang=de).
func (s *Server) showEmbed(w http.ResponseWriter, r *http.Request) error {
	secret(w)
	link, g, err := s.embedded(r)
	if err != nil {
		return err
	}
	view, err := s.boardView(r, g, boot{Mode: "embed", Ticket: s.Library.Ticket(link)})
	if err != nil {
		return err
	}
	view.OpenURL = s.link("/s/" + r.PathValue("token"))
	s.framable(w, r, link.EmbedOrigins)
	page := views.Page{Title: view.Name, Assets: loaded(r.Context()), Theme: r.URL.Query().Get("theme"), NoIndex: true}
	return s.render(w, r, http.StatusOK, views.Embed(page, view))
}

// giveTicket answers with a fresh ticket for an embed that comes back.
func (s *Server) giveTicket(w http.ResponseWriter, r *http.Request) error {
	secret(w)
	link, _, err := s.embedded(r)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, map[string]string{"ticket": s.Library.Ticket(link)})
}

func writeJSON(w http.ResponseWriter, status int, v any) error {
	data, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encode an answer: %w", err)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(data) // a reader that has gone away has no use for an error
	return nil
}
