package web

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"corkboard/auth"
	"corkboard/board"
	"corkboard/pictures"
)

// sendPatience is how long a picture may take to arrive: a telephone on a poor
// line is slower than what other requests are given.
const sendPatience = 5 * time.Minute

// madePicture is a picture as the board's script puts it on a note.
type madePicture struct {
	Picture string `json:"picture"`
	Width   int    `json:"width"`
	Height  int    `json:"height"`
}

// addPicture gives the board the picture in the request's body. What it is
// called or said to be does not count.
func (s *Server) addPicture(w http.ResponseWriter, r *http.Request) error {
	g, err := s.pictureGrant(r)
	if err != nil {
		return err
	}
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(sendPatience)) // without, it has less time
	file, err := io.ReadAll(http.MaxBytesReader(w, r.Body, pictures.MaxBytes))
	var size *http.MaxBytesError
	if errors.As(err, &size) {
		return pictures.TooManyBytes()
	}
	if err != nil {
		return fmt.Errorf("%w: %w", errForm, err)
	}
	p, err := s.Pictures.Add(r.Context(), g, file)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusCreated, madePicture{p.ID, p.Width, p.Height})
}

// copyPicture gives the board a picture of the board that the form names, on
// which the same person may look.
func (s *Server) copyPicture(w http.ResponseWriter, r *http.Request) error {
	to, err := s.pictureGrant(r)
	if err != nil {
		return err
	}
	if err := form(w, r); err != nil {
		return err
	}
	u, err := s.visitor(r)
	if err != nil {
		return err
	}
	from, err := s.grantTo(r.Context(), principal(u), r.PostForm.Get("from"))
	if err != nil {
		return err
	}
	if err := s.Pictures.Copy(r.Context(), from, to, r.PathValue("picture")); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// pictureGrant is the right to give the board pictures, of which it takes one.
func (s *Server) pictureGrant(r *http.Request) (board.Grant, error) {
	g, err := s.grant(r)
	switch {
	case err != nil:
		return board.Grant{}, err
	case g.Trashed:
		return board.Grant{}, board.ErrTrashed
	case !g.Role.CanEdit():
		return board.Grant{}, board.ErrForbidden
	}
	u, err := s.visitor(r)
	if errors.Is(err, auth.ErrUnknown) {
		return board.Grant{}, errNoSession
	}
	if err != nil {
		return board.Grant{}, err
	}
	return g, s.limits.pictures.allow(u.ID)
}

func (s *Server) showPicture(w http.ResponseWriter, r *http.Request) error {
	g, err := s.grant(r)
	if err != nil {
		return err
	}
	return s.givePicture(w, r, g)
}

// showEmbedPicture is showPicture for a frame, which has no cookie.
func (s *Server) showEmbedPicture(w http.ResponseWriter, r *http.Request) error {
	noIndex(w)
	_, g, err := s.embedded(r)
	if err != nil {
		return err
	}
	return s.givePicture(w, r, g)
}

// givePicture answers with the bytes. They never change under their name, and
// whatever they are, a browser does nothing with them but show a picture.
func (s *Server) givePicture(w http.ResponseWriter, r *http.Request, g board.Grant) error {
	if g.Trashed || !pictures.IsID(r.PathValue("picture")) {
		return board.ErrNotFound
	}
	p, content, err := s.Pictures.Open(r.Context(), g, r.PathValue("picture"))
	if err != nil {
		return err
	}
	defer content.Close()
	h := w.Header()
	h.Set("Content-Type", p.Type)
	h.Set("Content-Length", strconv.FormatInt(p.Bytes, 10))
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Cache-Control", "private, max-age=31536000, immutable")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	w.WriteHeader(http.StatusOK)
	_, _ = io.Copy(w, content) // a reader that has gone away has no use for an error
	return nil
}

// unseen says of a file why it is not taken.
func unseen(r *pictures.Refusal) trouble {
	t := trouble{status: http.StatusUnprocessableEntity, code: r.Code, title: "This picture was not taken", detail: r.Reason, kept: "Nothing was changed."}
	switch r.Code {
	case pictures.TooLarge, pictures.TooManyPixels:
		t.status = http.StatusRequestEntityTooLarge
	case pictures.Drawing, pictures.CameraKind, pictures.Moving, pictures.NoPicture:
		t.status = http.StatusUnsupportedMediaType
	}
	return t
}
