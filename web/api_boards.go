package web

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"corkboard/board"
)

type createBoardInput struct {
	Body struct {
		Name string `json:"name,omitempty" doc:"1 to 200 characters on one line; “Untitled board” when it is left out" example:"Retro"`
	}
}

type createBoardOutput struct {
	Location string `header:"Location"`
	Body     createdBoard
}

type createdBoard struct {
	ID       string `json:"id"`
	URL      string `json:"url" doc:"The board itself, for people who have a right to it"`
	EditURL  string `json:"edit_url" doc:"Whoever opens this may edit"`
	ViewURL  string `json:"view_url" doc:"Whoever opens this may look"`
	EmbedURL string `json:"embed_url" doc:"For an iframe: the board live, read-only, without cookies"`
	APIKey   string `json:"api_key" doc:"For this board; shown this once"`
}

func (s *Server) opCreateBoard() huma.Operation {
	return huma.Operation{
		OperationID: "create-board", Summary: "Make a board", Tags: []string{"Boards"},
		Description:   "Needs no key. Limited for each address.",
		DefaultStatus: http.StatusCreated, MaxBodyBytes: maxForm,
		Middlewares: huma.Middlewares{limited(s.limits.boards, s.byAddress)},
		Errors:      []int{400, 413, 415, 422, 429, 503},
	}
}

// apiCreateBoard makes a board that belongs to nobody who could sign in: who
// has the key and the links has the board.
func (s *Server) apiCreateBoard(ctx context.Context, in *createBoardInput) (*createBoardOutput, error) {
	owner, _, err := s.Auth.NewGuest(ctx)
	if err != nil {
		return nil, err
	}
	b, err := s.Library.Create(ctx, owner, in.Body.Name)
	if err != nil {
		return nil, err
	}
	out := &createBoardOutput{Body: createdBoard{ID: b.ID, URL: s.link("/b/" + b.ID)}}
	out.Location = s.link("/api/v1/boards/" + b.ID)
	if out.Body.APIKey, err = s.Library.AddKey(ctx, b.ID); err != nil {
		return nil, err
	}
	g, err := s.grantTo(ctx, principal(owner), b.ID)
	if err != nil {
		return nil, err
	}
	links, err := s.Library.Links(ctx, g)
	if err != nil {
		return nil, err
	}
	for _, l := range links {
		switch l.Role {
		case board.Editor:
			out.Body.EditURL = s.link("/s/" + l.Token)
		case board.Viewer:
			out.Body.ViewURL, out.Body.EmbedURL = s.link("/s/"+l.Token), s.link("/embed/"+l.Token)
		}
	}
	return out, nil
}

type readBoardInput struct{ Bearer }

type readBoardOutput struct {
	Body boardFacts
}

type boardFacts struct {
	ID         string    `json:"id"`
	Name       string    `json:"name"`
	Epoch      int64     `json:"epoch" doc:"Changes when the server was restored from a backup"`
	Seq        int64     `json:"seq" doc:"How many events the board has had"`
	Hash       string    `json:"hash" doc:"Fingerprint of the document at seq"`
	NoteCount  int       `json:"note_count"`
	CreatedAt  time.Time `json:"created_at"`
	ModifiedAt time.Time `json:"modified_at" doc:"Of the last change; may lag by a second"`
}

func (s *Server) opReadBoard() huma.Operation {
	return huma.Operation{
		OperationID: "read-board", Summary: "Read what is known of a board", Tags: []string{"Boards"}, Security: onBoard,
		Middlewares: huma.Middlewares{limited(s.limits.reads, s.byKey)},
		Errors:      []int{401, 404, 429, 503},
	}
}

// apiReadBoard answers from what Postgres holds, not from a room's memory, so
// that it can be held against what clients have.
func (s *Server) apiReadBoard(ctx context.Context, in *readBoardInput) (*readBoardOutput, error) {
	g, err := s.keyGrant(ctx, in.Bearer)
	if err != nil {
		return nil, err
	}
	facts, err := s.Library.Summary(ctx, g.Board)
	if err != nil {
		return nil, err
	}
	doc, head, err := s.Boards.Load(ctx, g.Board)
	if err != nil {
		return nil, fmt.Errorf("read a board: %w", err)
	}
	return &readBoardOutput{Body: boardFacts{
		ID: g.Board, Name: doc.Board.Name, Epoch: head.Epoch, Seq: doc.Seq, Hash: doc.Hash(), NoteCount: doc.Stickies(),
		CreatedAt: facts.CreatedAt.UTC(), ModifiedAt: facts.ModifiedAt.UTC(),
	}}, nil
}
