package echo

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"

	"corkboard/board"
)

// Server is the bare loop.
type Server struct {
	// Tick is how often a room sends a frame with what has come since the last
	// one; 0 sends a frame for each cursor.
	Tick time.Duration
	// Log keeps edits before they are acknowledged; without one they are not kept.
	Log *Log

	mu    sync.Mutex
	rooms map[string]*room
	made  atomic.Int64 // boards and peers, for their names
}

// Handler answers the requests of a load test.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /boards", s.newBoard)
	mux.HandleFunc("POST /boards/{id}/trash", s.trash)
	mux.HandleFunc("GET /ws", s.socket)
	return mux
}

func (s *Server) newBoard(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Location", "/b/"+strconv.FormatInt(s.made.Add(1), 10))
	w.WriteHeader(http.StatusSeeOther)
}

func (s *Server) trash(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.rooms, r.PathValue("id"))
	w.WriteHeader(http.StatusNoContent)
}

func (s *Server) room(id string) *room {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.rooms == nil {
		s.rooms = map[string]*room{}
	}
	if s.rooms[id] == nil {
		s.rooms[id] = &room{tick: s.Tick, log: s.Log, conns: map[*websocket.Conn]bool{}}
	}
	return s.rooms[id]
}

// socket serves one client with gorilla's defaults.
func (s *Server) socket(w http.ResponseWriter, r *http.Request) {
	upgrader := websocket.Upgrader{
		Subprotocols: []string{board.Subprotocol},
		CheckOrigin:  func(*http.Request) bool { return true }, // it listens on loopback and holds nothing
	}
	ws, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // the upgrader has answered
	}
	defer ws.Close()
	var hello board.Hello
	if err := ws.ReadJSON(&hello); err != nil {
		return
	}
	peer := fmt.Sprintf("p%07d", s.made.Add(1)) // as long as Corkboard's
	rm := s.room(hello.Board)
	rm.join(ws)
	defer rm.leave(ws)
	for {
		_, frame, err := ws.ReadMessage()
		if err != nil {
			return
		}
		if rm.take(ws, peer, frame) != nil {
			return // the run counts the socket as lost
		}
	}
}

// place cuts "[x,y]" out of a client's presence frame without decoding it.
func place(frame string) (xy string, ok bool) {
	_, rest, found := strings.Cut(frame, `"cursor":[`)
	if !found {
		return "", false
	}
	xy, _, ok = strings.Cut(rest, "]")
	return xy, ok
}
