package web

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"corkboard/auth"
	"corkboard/board"
	"corkboard/notes"
)

// newAPI returns the JSON API on mux, with its description at /openapi.json.
func (s *Server) newAPI(mux *http.ServeMux) huma.API {
	format := huma.Format{Marshal: huma.DefaultJSONFormat.Marshal, Unmarshal: unmarshalStrict}
	config := huma.DefaultConfig("Corkboard", s.Version)
	config.Info.Description = "Make boards and pour notes into them. Everything that is written here is seen live by the people on the board."
	config.Servers = []*huma.Server{{URL: s.origin}}
	config.DocsPath = ""     // the page would load its parts from elsewhere
	config.SchemasPath = ""  // the schemas stand in the description
	config.CreateHooks = nil // no links to schemas in answers
	config.Formats = map[string]huma.Format{"application/json": format, "json": format}
	config.RejectUnknownQueryParameters = true
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"key": {Type: "http", Scheme: "bearer", BearerFormat: "ck_…", Description: "The board's API key, as it was shown when the board was made."},
	}
	return humago.New(mux, config)
}

// unmarshalStrict refuses what encoding/json would let pass.
func unmarshalStrict(data []byte, v any) error {
	if err := notes.CheckStrict(data); err != nil {
		return err
	}
	return json.Unmarshal(data, v)
}

// at places an operation in the table of URLs.
func at(pattern string, op huma.Operation) huma.Operation {
	op.Method, op.Path, _ = strings.Cut(pattern, " ")
	return op
}

// answered turns the errors of an operation into problems.
func answered[I, O any](s *Server, do func(context.Context, *I) (*O, error)) func(context.Context, *I) (*O, error) {
	return func(ctx context.Context, in *I) (*O, error) {
		out, err := do(ctx, in)
		if err == nil {
			return out, nil
		}
		var p *problem
		if errors.As(err, &p) {
			return nil, p
		}
		t := understand(err)
		s.logTrouble(ctx, t, err)
		p = problemOf(t)
		return nil, p
	}
}

// Bearer is the input of every operation on one board.
type Bearer struct {
	Authorization string `header:"Authorization" hidden:"true"`
	ID            string `path:"id" doc:"The board's id" example:"b_Zx3kQ0v9aT2mLw7e"`
}

var onBoard = []map[string][]string{{"key": {}}}

// keyGrant is the right of the request's API key to the board in its path. A
// key of another board finds nothing there.
func (s *Server) keyGrant(ctx context.Context, in Bearer) (board.Grant, error) {
	scheme, key, _ := strings.Cut(in.Authorization, " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return board.Grant{}, errNoKey
	}
	k, err := s.Auth.Key(ctx, strings.TrimSpace(key))
	switch {
	case errors.Is(err, auth.ErrUnknown):
		return board.Grant{}, errNoKey
	case err != nil:
		return board.Grant{}, err
	case k.Board != in.ID:
		return board.Grant{}, board.ErrNotFound
	}
	return s.grantTo(ctx, board.Principal{Kind: board.ByKey, ID: k.ID}, k.Board)
}

// limited holds an operation to a rate for each sender, and tells of it in the
// headers of every answer.
func limited(l *limiter, sender func(huma.Context) string) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		headers, err := l.take(sender(ctx))
		for name, values := range headers {
			ctx.SetHeader(name, values[0])
		}
		if err != nil {
			_, w := humago.Unwrap(ctx)
			writeProblem(w, problemOf(understand(err)))
			return
		}
		next(ctx)
	}
}

// byAddress counts for the sender's address.
func (s *Server) byAddress(ctx huma.Context) string {
	r, _ := humago.Unwrap(ctx)
	return s.Proxies.client(r)
}

// byKey counts for the API key that the sender shows, true or not.
func (s *Server) byKey(ctx huma.Context) string {
	if key := ctx.Header("Authorization"); key != "" {
		return string(auth.Hash(key))
	}
	return s.byAddress(ctx)
}
