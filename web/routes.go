package web

import (
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"corkboard/assets"
)

// route is a line of the table: a pattern of net/http's ServeMux and what
// answers it.
type route struct {
	pattern string
	do      action
}

// routes is the table of every URL there is.
func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	for _, r := range []route{
		{"GET /{$}", s.landing},
		{"GET /accessibility", s.accessibility},
		{"GET /boards", s.listBoards},
		{"POST /boards", s.createBoard},
		{"POST /boards/{id}/rename", s.renameBoard},
		{"POST /boards/{id}/trash", s.trashBoard},
		{"POST /boards/{id}/restore", s.restoreBoard},
		{"GET /b/{id}", s.showBoard},
		{"GET /b/{id}/share", s.showShare},
		{"POST /b/{id}/links/{role}/reset", s.resetLink},
		{"POST /b/{id}/pictures", s.addPicture},
		{"POST /b/{id}/pictures/{picture}", s.copyPicture},
		{"GET /b/{id}/pictures/{picture}", s.showPicture},
		{"GET /s/{token}", s.openLink},
		{"GET /embed/{token}", s.showEmbed},
		{"GET /embed/{token}/ticket", s.giveTicket},
		{"GET /embed/{token}/pictures/{picture}", s.showEmbedPicture},
		{"POST /me", s.changeMe},
		{"POST /look", s.changeLook},
		{"GET /ws", s.openSocket},
		{"GET /healthz", s.healthz},
		{"GET /readyz", s.readyz},
		{"/", s.notFound},
	} {
		mux.Handle(r.pattern, s.answer(r.do))
	}
	mux.Handle("GET /assets/", assets.Handler())
	if !s.PrivateMetrics {
		mux.Handle("GET /metrics", s.metrics.handler())
	}

	api := s.newAPI(mux) // and GET /openapi.json
	huma.Register(api, at("POST /api/v1/boards", s.opCreateBoard()), answered(s, s.apiCreateBoard))
	huma.Register(api, at("GET /api/v1/boards/{id}", s.opReadBoard()), answered(s, s.apiReadBoard))
	huma.Register(api, at("GET /api/v1/boards/{id}/notes", s.opListNotes()), answered(s, s.apiListNotes))
	huma.Register(api, at("POST /api/v1/boards/{id}/notes:import", s.opImportNotes()), answered(s, s.apiImportNotes))
	return mux
}
