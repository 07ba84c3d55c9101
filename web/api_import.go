package web

import (
	"context"
	"crypto/sha256"
	"errors"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"corkboard/board"
	"corkboard/notes"
	"corkboard/notes/archive"
)

type importInput struct {
	Bearer
	IdempotencyKey string `header:"Idempotency-Key" maxLength:"200" doc:"Names the request, so that it can be sent again without importing twice"`
	RawBody        []byte `contentType:"application/json"`
}

type importOutput struct {
	Body importResult
}

type importResult struct {
	Created  []importedNote  `json:"created" nullable:"false" doc:"The new notes, in the order of the request"`
	Rejected []archive.Fault `json:"rejected" nullable:"false" doc:"Always empty: an import is all or nothing"`
}

type importedNote struct {
	ClientID   string `json:"client_id,omitempty" doc:"As in the request"`
	ExternalID string `json:"external_id,omitempty" doc:"As in the request; it is not stored"`
	ID         string `json:"id"`
	Version    int64  `json:"version"`
}

func (s *Server) opImportNotes() huma.Operation {
	return huma.Operation{
		OperationID: "import-notes", Summary: "Pour notes into a board", Tags: []string{"Notes"}, Security: onBoard,
		Description: "All or nothing, as one change that everybody on the board sees at once. Notes without x and y are laid out " +
			"in free space. At most 10,000 notes and 10 MiB. When rows are wrong, each of them is named and nothing is imported.",
		DefaultStatus: http.StatusOK, MaxBodyBytes: archive.MaxBytes, BodyReadTimeout: 30 * time.Second, SkipValidateBody: true,
		RequestBody: importSchema(),
		Middlewares: huma.Middlewares{limited(s.limits.imports, s.byKey)},
		Errors:      []int{400, 401, 403, 404, 413, 422, 429, 503},
	}
}

func (s *Server) apiImportNotes(ctx context.Context, in *importInput) (*importOutput, error) {
	g, err := s.keyGrant(ctx, in.Bearer)
	if err != nil {
		return nil, err
	}
	rows, err := archive.Decode(in.RawBody)
	var faults archive.Faults
	if errors.As(err, &faults) {
		return nil, badRows(faults)
	}
	if err != nil {
		return nil, err
	}
	content := sha256.Sum256(in.RawBody)
	done, err := s.Library.Import(ctx, g, board.Import{Key: in.IdempotencyKey, Content: content[:],
		Plan: func(doc *notes.Document, newID func(int) string) (notes.Edit, []string) {
			return archive.Plan(rows, doc, newID)
		}})
	if err != nil {
		return nil, s.explained(ctx, g, rows, err)
	}
	result := importResult{Created: make([]importedNote, len(done.IDs)), Rejected: []archive.Fault{}}
	for i, id := range done.IDs {
		result.Created[i] = importedNote{rows[i].ClientID, rows[i].ExternalID, id, done.Version}
	}
	return &importOutput{result}, nil
}

// explained names the rows for which the board refused the import, where that
// can be told.
func (s *Server) explained(ctx context.Context, g board.Grant, rows []archive.Row, err error) error {
	var rejection *notes.Rejection
	if !errors.As(err, &rejection) || rejection.Code != notes.Invalid {
		return err
	}
	doc, _, readErr := s.Hub.Document(ctx, g.Board)
	if readErr != nil {
		return err
	}
	if faults := archive.LooseEnds(rows, doc); len(faults) > 0 {
		return badRows(faults)
	}
	return err
}

// badRows names everything that is wrong with the body.
func badRows(faults archive.Faults) *problem {
	p := &problem{Type: "about:blank", Title: "Nothing was imported", Status: http.StatusUnprocessableEntity,
		Detail: faults.Error(), Code: "invalid", Errors: faults}
	switch faults[0].Code {
	case archive.NotJSON:
		p.Status = http.StatusBadRequest
		p.Code = archive.NotJSON
	case archive.TooLarge:
		p.Status = http.StatusRequestEntityTooLarge
		p.Code = archive.TooLarge
	}
	return p
}

// importSchema describes the body, which archive.Decode checks.
func importSchema() *huma.RequestBody {
	text := func(doc string, longest int) *huma.Schema {
		return &huma.Schema{Type: huma.TypeString, Description: doc, MaxLength: &longest}
	}
	number := func(doc string, low, high float64) *huma.Schema {
		return &huma.Schema{Type: huma.TypeNumber, Description: doc, Minimum: &low, Maximum: &high}
	}
	colors := make([]any, len(notes.Colors))
	for i, c := range notes.Colors {
		colors[i] = c
	}
	row := &huma.Schema{
		Type: huma.TypeObject, AdditionalProperties: false, Required: []string{"text"},
		Properties: map[string]*huma.Schema{
			"client_id":   text("Your own name for the row, echoed in the answer", archive.MaxLabel),
			"external_id": text("The row's id elsewhere, echoed in the answer; it is not stored", archive.MaxLabel),
			"text":        text("Characters are Unicode code points. A frame's title, a connector's label", notes.MaxText),
			"kind":        {Type: huma.TypeString, Enum: []any{"note", "frame", "connector"}, Default: "note"},
			"locked":      {Type: huma.TypeBoolean},
			"link":        text("An address with https:, http: or mailto:", notes.MaxLink),
			"group":       text("Rows with the same name make a group of their own", archive.MaxLabel),
			"picture":     text("The id of a picture that is there", 64),
			"alt":         text("What the picture shows, in words", notes.MaxAlt),
			"from":        text("Where a connector begins: the client_id of a row, or the id of a note on the board", archive.MaxLabel),
			"to":          text("Where it ends, likewise", archive.MaxLabel),
			"color":       {Type: huma.TypeString, Enum: colors, Default: notes.DefaultColor},
			"x":           number("Left edge; goes with y", -notes.MaxCoord, notes.MaxCoord),
			"y":           number("Top edge; goes with x", -notes.MaxCoord, notes.MaxCoord),
			"width":       number("Of a note at most 2,000", notes.MinSize, notes.MaxFrame),
			"height":      number("Of a note at most 2,000; without it a note is 200 high, or as high as its text needs, and may reach over what was placed below it", notes.MinSize, notes.MaxFrame),
		},
	}
	most := archive.MaxNotes
	list := &huma.Schema{Type: huma.TypeArray, Items: row, MaxItems: &most}
	object := &huma.Schema{Type: huma.TypeObject, AdditionalProperties: false, Required: []string{"notes"},
		Properties: map[string]*huma.Schema{"notes": list}}
	return &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{
		"application/json": {Schema: &huma.Schema{OneOf: []*huma.Schema{object, list}}},
	}}
}
