package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/a-h/templ"

	"corkboard/assets"
	"corkboard/auth"
	"corkboard/views"
)

// render answers with a whole page or a fragment of one. It is made first and
// sent then, so that an error leaves no half page behind.
func (s *Server) render(w http.ResponseWriter, r *http.Request, status int, c templ.Component) error {
	var body bytes.Buffer
	if err := c.Render(r.Context(), &body); err != nil {
		return fmt.Errorf("make a page: %w", err)
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Add("Vary", "Accept-Language, Cookie") // what was chosen is kept in a cookie
	if h.Get("Cache-Control") == "" {
		h.Set("Cache-Control", "private, no-cache")
	}
	w.WriteHeader(status)
	_, _ = w.Write(body.Bytes()) // a reader that has gone away has no use for an error
	return nil
}

// page is the frame of a page, whoever looks at it.
func (s *Server) page(r *http.Request, title string) views.Page {
	p := views.Page{Title: title, Assets: loaded(r.Context()), Language: chosenLanguage(r), Theme: cookie(r, themeCookie)}
	if u, err := s.visitor(r); err == nil {
		p.Me = me(u)
	}
	return p
}

func me(u auth.User) *views.Me { return &views.Me{Name: u.Name, Color: u.Color} }

// loaded are the addresses of what every page loads.
func loaded(ctx context.Context) views.Assets {
	language := string(views.Language(ctx))
	return views.Assets{
		BoardStyle:  assets.URL("on-board.css"),
		BoardPlain:  assets.URL("reading.css"),
		BoardScript: assets.Script("main", language),
		PageStyle:   assets.URL("on-pages.css"),
		PageScript:  assets.Script("pages", language),
		Mark:        assets.URL("mark.svg"),
		Fonts:       fonts(),
	}
}

// fonts are those that the first words of every page are set in.
func fonts() []string {
	if url := assets.URL("inter-latin-wght-normal.woff2"); url != "" {
		return []string{url}
	}
	return nil
}

// fragment tells whether the page's own script asks and wants a part only.
func fragment(r *http.Request) bool { return r.Header.Get("HX-Request") != "" }

// redirect sends the browser on with a GET.
func redirect(w http.ResponseWriter, r *http.Request, path string) error {
	http.Redirect(w, r, path, http.StatusSeeOther)
	return nil
}

// maxForm bounds a posted form, in bytes.
const maxForm = 16 << 10

// form reads a posted form's fields.
func form(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		var size *http.MaxBytesError
		if errors.As(err, &size) {
			return fmt.Errorf("read a form: %w", err)
		}
		return fmt.Errorf("%w: %w", errForm, err)
	}
	return nil
}
