package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"

	"corkboard/auth"
	"corkboard/board"
	"corkboard/notes"
	"corkboard/pictures"
	"corkboard/views"
)

// action answers a request, or returns why it could not.
type action func(w http.ResponseWriter, r *http.Request) error

// answer runs the action and, when it fails, answers with the error.
func (s *Server) answer(do action) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := do(w, r); err != nil {
			s.fail(w, r, err)
		}
	})
}

// Errors of requests that the rooms below do not know.
var (
	errNoPage    = errors.New("no such page")
	errDeadLink  = errors.New("no such link")
	errNoSession = errors.New("no session")
	errOrigin    = errors.New("the request comes from another site")
	errDraining  = errors.New("the server is going down")
	errNoKey     = errors.New("no API key")
	errForm      = errors.New("the form cannot be read")
)

// trouble is an error as the sender of the request gets it: programs in English,
// people in their language. A test sees to it that every catalogue has the
// texts that stand in this file as a title, a detail, a hint or as kept.
type trouble struct {
	status int
	code   string // for programs
	title  string // what happened, in a few words
	detail string // a sentence, or more
	values []any  // what fills the {name}s of the detail: a name and a value in turn
	kept   string // what became of what was asked for
	hint   string // what to do now
	retry  time.Duration
}

// troubles is what becomes of the errors that can be expected.
var troubles = []struct {
	err error
	trouble
}{
	{board.ErrNotFound, trouble{status: 404, code: "not_found", title: "There is nothing here",
		detail: "Either this board does not exist, or you do not have access to it.",
		hint:   "Check the link, or ask the person who sent it for a new one."}},
	{errDeadLink, trouble{status: 404, code: "not_found", title: "This link does not work",
		detail: "It was turned off or has run out, its board is in the trash, or a part of it is missing.",
		hint:   "Check that it is whole, or ask the person who sent it for a new one."}},
	{errNoPage, trouble{status: 404, code: "not_found", title: "There is no such page",
		detail: "Nothing answers at this address.", hint: "Check the address for a typing error."}},
	{board.ErrForbidden, trouble{status: 403, code: "forbidden", title: "Your role does not allow this",
		kept: "Nothing was changed.", hint: "Ask the owner of the board."}},
	{board.ErrTrashed, trouble{status: 410, code: "trashed", title: "This board is in the trash",
		detail: "Its notes are kept.", hint: "Open the trash below your boards and restore it."}},
	{errNoSession, trouble{status: 401, code: "unauthorized", title: "You have no session here",
		kept: "Nothing was changed.", hint: "Make a board, or open the link that you were sent, and try again."}},
	{errForm, trouble{status: 400, code: "invalid", title: "This form cannot be read", kept: "Nothing was changed.",
		hint: "Load the page again and send it once more."}},
	{errNoKey, trouble{status: 401, code: "unauthorized", title: "Unauthorized",
		detail: "Send a valid API key of this installation as “Authorization: Bearer ck_…”."}},
	{auth.ErrUnknown, trouble{status: 401, code: "unauthorized", title: "Unauthorized",
		detail: "These credentials are unknown or were revoked."}},
	{errOrigin, trouble{status: 403, code: "cross_origin", title: "This request came from another site",
		kept: "Nothing was changed.", hint: "Use the pages of this site; its operator sets their address as PUBLIC_URL."}},
	{board.ErrUnavailable, trouble{status: 503, code: "unavailable", title: "The database cannot be reached just now",
		kept: "Nothing is known to have changed.", hint: "Try again in a moment.", retry: 2 * time.Second}},
	{board.ErrClosing, trouble{status: 503, code: "draining", title: "The server is restarting",
		kept: "Nothing is known to have changed.", hint: "Try again in a moment.", retry: 2 * time.Second}},
	{board.ErrKeyReused, trouble{status: 422, code: "key_reused", title: "Idempotency-Key was used before",
		detail: "It named an import with other content.", kept: "Nothing was imported.", hint: "Send another key."}},
	{board.ErrNoShelf, trouble{status: 503, code: "no_shelf", title: "Pictures cannot be kept or fetched just now",
		kept: "Nothing was changed.", hint: "Try again in a moment.", retry: 5 * time.Second}},
	{board.ErrManyPictures, trouble{status: 422, code: "too_many_pictures", title: "This board has too many pictures",
		kept: "Nothing was changed."}},
	{errDraining, trouble{status: 503, code: "draining", title: "The server is restarting",
		kept: "Nothing was changed.", hint: "Try again in a moment.", retry: 2 * time.Second}},
}

// understand finds what to tell the sender of the request.
func understand(err error) trouble {
	var rejection *notes.Rejection
	var limit *limitError
	var size *http.MaxBytesError
	var picture *pictures.Refusal
	switch {
	case errors.As(err, &picture):
		return unseen(picture)
	case errors.As(err, &rejection):
		return refused(rejection)
	case errors.As(err, &limit):
		return trouble{status: 429, code: "limit", title: "That was too fast",
			detail: "There were too many requests. The next one is welcome in {seconds} s.", values: []any{"seconds", seconds(limit.retry)},
			hint: "Wait a little and try again.", retry: limit.retry}
	case errors.As(err, &size):
		return trouble{status: 413, code: "too_large", title: "That is too much at once",
			detail: "A request may hold at most {n} bytes here.", values: []any{"n", size.Limit}, kept: "Nothing was changed."}
	case errors.Is(err, auth.ErrProfile):
		return trouble{status: 422, code: "invalid", title: "That cannot be kept",
			detail: "A name has 1 to {n} characters on one line, and a colour is one of those offered.", values: []any{"n", auth.MaxName}}
	}
	for _, t := range troubles {
		if t.err == board.ErrUnavailable && errors.Is(err, t.err) {
			return unsaved(t.trouble, board.OutageOf(err))
		}
		if errors.Is(err, t.err) {
			return t.trouble
		}
	}
	return trouble{status: 500, code: "internal", title: "Something went wrong here",
		detail: "It was our fault, and it was written to the log.", kept: "What was saved before is safe.", hint: "Try again."}
}

// unsaved says of an outage what it is.
func unsaved(t trouble, o *board.Outage) trouble {
	t.code, t.title = string(o.Code), o.Reason
	return t
}

func refused(r *notes.Rejection) trouble {
	t := trouble{status: 422, code: string(r.Code), title: "That was refused", detail: r.Reason, kept: "Nothing was changed."}
	if r.Code == notes.Forbidden {
		t.status = 403
	}
	return t
}

// sentence gives a phrase its capital letter and its full stop.
func sentence(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + strings.TrimSuffix(s[1:], ".") + "."
}

// fail answers with the error: programs get problem+json, people a page.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	t := understand(err)
	s.logTrouble(r.Context(), t, err)
	if t.retry > 0 {
		w.Header().Set("Retry-After", seconds(t.retry))
	}
	if strings.HasPrefix(r.URL.Path, "/api/") || strings.HasPrefix(r.URL.Path, "/openapi") || strings.Contains(r.Pattern, "/pictures") {
		writeProblem(w, problemOf(t))
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	page := s.page(r, "")
	page.NoIndex = true
	if err := s.render(w, r, t.status, views.Problem(page, views.Trouble{
		Status: t.status, Title: t.title, Detail: t.detail, Values: t.values, Kept: t.kept, Hint: t.hint,
	})); err != nil {
		s.Log.ErrorContext(r.Context(), "the problem page cannot be made", "error", err)
		http.Error(w, t.title, t.status)
	}
}

// logTrouble writes down what an operator has to know of.
func (s *Server) logTrouble(ctx context.Context, t trouble, err error) {
	if t.status >= 500 && !errors.Is(err, context.Canceled) && t.code != "draining" {
		s.Log.LogAttrs(ctx, slog.LevelError, "a request failed",
			slog.String("request", requestID(ctx)), slog.String("error", err.Error()))
	}
}

// seconds is a duration as a header has it: whole seconds, at least one.
func seconds(d time.Duration) string {
	return strconv.Itoa(max(1, int((d+time.Second-1)/time.Second)))
}

func (s *Server) notFound(http.ResponseWriter, *http.Request) error { return errNoPage }
