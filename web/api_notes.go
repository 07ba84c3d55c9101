package web

import (
	"context"
	"encoding/base64"
	"fmt"
	"sort"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"corkboard/notes"
	"corkboard/notes/archive"
)

type listNotesInput struct {
	Bearer
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"How many notes to return at most"`
	Cursor string `query:"cursor" maxLength:"200" doc:"next_cursor of the answer before"`
}

type listNotesOutput struct {
	Body notePage
}

type notePage struct {
	Data       []apiNote `json:"data" nullable:"false" doc:"Notes in the order in which they were made"`
	NextCursor *string   `json:"next_cursor" nullable:"true" doc:"Where the next page begins; null after the last"`
}

// apiNote is a note as programs see it.
type apiNote struct {
	ID      string    `json:"id"`
	Kind    string    `json:"kind" enum:"note,frame,connector"`
	Text    string    `json:"text" doc:"A frame's title, a connector's label"`
	Color   string    `json:"color"`
	X       float64   `json:"x" doc:"Left edge, in pixels at 100 %"`
	Y       float64   `json:"y" doc:"Top edge, growing downwards"`
	Width   float64   `json:"width"`
	Height  float64   `json:"height"`
	Z       string    `json:"z" doc:"Order key: a note lies above those with lesser keys"`
	Author  apiAuthor `json:"author"`
	Version int64     `json:"version" doc:"The board's seq of the last change"`
	Created int64     `json:"created" doc:"The board's seq that made it"`
	MadeAt  time.Time `json:"created_at,omitzero" doc:"When, where that is known"`

	Locked  bool   `json:"locked,omitempty" doc:"Nothing of it can be changed until it is unlocked"`
	Link    string `json:"link,omitempty" doc:"An address with https:, http: or mailto:"`
	Group   string `json:"group,omitempty" doc:"An id that the notes of one group share"`
	Picture string `json:"picture,omitempty" doc:"The id of its picture"`
	Alt     string `json:"alt,omitempty" doc:"What the picture shows, in words"`
	From    string `json:"from,omitempty" doc:"The note at which a connector begins"`
	To      string `json:"to,omitempty" doc:"The note at which it ends"`
}

type apiAuthor struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

func (s *Server) opListNotes() huma.Operation {
	return huma.Operation{
		OperationID: "list-notes", Summary: "Read the notes of a board", Tags: []string{"Notes"}, Security: onBoard,
		Middlewares: huma.Middlewares{limited(s.limits.reads, s.byKey)},
		Errors:      []int{401, 404, 422, 429, 503},
	}
}

func (s *Server) apiListNotes(ctx context.Context, in *listNotesInput) (*listNotesOutput, error) {
	g, err := s.keyGrant(ctx, in.Bearer)
	if err != nil {
		return nil, err
	}
	after, err := parseCursor(in.Cursor)
	if err != nil {
		return nil, err
	}
	doc, _, err := s.Hub.Document(ctx, g.Board)
	if err != nil {
		return nil, fmt.Errorf("read a board's notes: %w", err)
	}
	page := notePage{Data: []apiNote{}}
	for _, n := range asMade(doc) {
		if !after.before(n) {
			continue
		}
		if len(page.Data) == in.Limit {
			next := after.String()
			page.NextCursor = &next
			break
		}
		page.Data = append(page.Data, noteOf(n))
		after = cursor{n.Created, n.ID}
	}
	return &listNotesOutput{page}, nil
}

// asMade returns the live notes in the order in which they were made, which,
// unlike how they lie, does not change between two pages.
func asMade(doc *notes.Document) []*notes.Note {
	live := doc.Live()
	sort.Slice(live, func(i, j int) bool { return cursor{live[i].Created, live[i].ID}.before(live[j]) })
	return live
}

func noteOf(n *notes.Note) apiNote {
	kind := string(n.Kind)
	if n.Kind == notes.Sticky {
		kind = "note"
	}
	return apiNote{
		ID: n.ID, Kind: kind, Text: n.Text, Color: n.Color, X: n.X, Y: n.Y, Width: n.W, Height: n.H, Z: n.Z,
		Author: apiAuthor(n.Author), Version: n.Version(), Created: n.Created, MadeAt: n.At,
		Locked: n.Locked, Link: n.Link, Group: n.Group, Picture: n.Picture, Alt: n.Alt, From: n.From, To: n.To,
	}
}

// cursor is a place in the list: the note that was the last of a page.
type cursor struct {
	created int64
	id      string
}

func (c cursor) before(n *notes.Note) bool {
	return c.created < n.Created || c.created == n.Created && c.id < n.ID
}

// String is the cursor as it is handed out; what is in it is nobody's business.
func (c cursor) String() string {
	return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%d %s", c.created, c.id))
}

func parseCursor(s string) (cursor, error) {
	var c cursor
	if s == "" {
		return c, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(s)
	if err == nil {
		_, err = fmt.Sscanf(string(raw), "%d %s", &c.created, &c.id)
	}
	if err != nil {
		return cursor{}, &problem{Type: "about:blank", Title: "Unprocessable Entity", Status: 422, Code: "invalid",
			Detail: "This cursor is none of ours. Begin without one.",
			Errors: []archive.Fault{{Code: "invalid", Detail: "query.cursor: it is not a next_cursor."}}}
	}
	return c, nil
}
