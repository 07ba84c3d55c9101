package web_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"corkboard/auth"
	"corkboard/board"
	"corkboard/notes"
)

// patience bounds every wait of a test for something that must come.
const patience = 30 * time.Second

// socket is a real client's.
type socket struct {
	t  *testing.T
	ws *websocket.Conn
}

// message is what a server sends, as far as tests look at it.
type message struct {
	Type    string            `json:"type"`
	Gen     int64             `json:"gen"`
	Epoch   int64             `json:"epoch"`
	Seq     int64             `json:"seq"`
	Role    string            `json:"role"`
	Code    string            `json:"code"`
	Reason  string            `json:"reason"`
	Acks    []board.Ack       `json:"acks"`
	Events  []json.RawMessage `json:"events"`
	LastMid int64             `json:"last_mid"`
	Peers   []struct {
		Name  string
		Color int
	} `json:"peers"`
}

// dial opens a socket; headers are pairs, and replace the browser's own.
func (p *person) dial(protocol string, headers ...string) (*websocket.Conn, *http.Response, error) {
	h := http.Header{"Origin": {p.site.url}}
	if c := p.cookie(); c != nil {
		h.Set("Cookie", c.String())
	}
	for i := 0; i < len(headers); i += 2 {
		h.Del(headers[i])
		if headers[i+1] != "" {
			h.Set(headers[i], headers[i+1])
		}
	}
	d := websocket.Dialer{Subprotocols: []string{protocol}, HandshakeTimeout: patience, EnableCompression: true}
	return d.DialContext(p.site.t.Context(), strings.Replace(p.site.url, "http", "ws", 1)+"/ws", h)
}

func (p *person) socket(headers ...string) *socket {
	p.site.t.Helper()
	ws, resp, err := p.dial(board.Subprotocol, headers...)
	if err != nil {
		p.site.t.Fatalf("dial: %v, %v", err, resp)
	}
	p.site.t.Cleanup(func() { ws.Close() })
	if !strings.Contains(resp.Header.Get("Sec-Websocket-Extensions"), "no_context_takeover") {
		p.site.t.Errorf("compression was offered, and not taken: %v", resp.Header)
	}
	return &socket{p.site.t, ws}
}

// joined is a socket that has said hello and got its welcome.
func (p *person) joined(boardID, client string) (*socket, message) {
	p.site.t.Helper()
	s := p.socket()
	s.send(hello(boardID, client))
	return s, s.next("welcome")
}

func hello(boardID, client string) string {
	return fmt.Sprintf(`{"type":"hello","board":%q,"client":%q}`, boardID, client)
}

func (s *socket) send(frame string) {
	s.t.Helper()
	if err := s.ws.WriteMessage(websocket.TextMessage, []byte(frame)); err != nil {
		s.t.Fatalf("send %.80s: %v", frame, err)
	}
}

// next returns the next message of a type; others are passed over.
func (s *socket) next(kind string) message {
	s.t.Helper()
	for {
		_ = s.ws.SetReadDeadline(time.Now().Add(patience))
		_, data, err := s.ws.ReadMessage()
		if err != nil {
			s.t.Fatalf("waiting for %s: %v", kind, err)
		}
		var m message
		if err := json.Unmarshal(data, &m); err != nil {
			s.t.Fatalf("%s: %v", data, err)
		}
		if m.Type == kind {
			return m
		}
	}
}

// closed reads until the server closes the socket, and returns code and reason.
func (s *socket) closed() (int, string) {
	s.t.Helper()
	for {
		_ = s.ws.SetReadDeadline(time.Now().Add(patience))
		if _, _, err := s.ws.ReadMessage(); err != nil {
			var e *websocket.CloseError
			if !errors.As(err, &e) {
				s.t.Fatalf("closed without a close frame: %v", err)
			}
			return e.Code, e.Text
		}
	}
}

func createOp(mid int, id, text string) string {
	return fmt.Sprintf(`{"mid":%d,"kind":"note.create","note":%q,"x":1,"y":2,"w":200,"h":200,"color":"sky","z":"a0","text":%s}`, mid, id, text)
}

func ops(gen int64, list ...string) string {
	return fmt.Sprintf(`{"type":"ops","gen":%d,"ops":[%s]}`, gen, strings.Join(list, ","))
}

// stored is the board as Postgres has it.
func (c *cast) stored(t *testing.T) *notes.Document {
	t.Helper()
	doc, _, err := c.store.Load(t.Context(), c.board)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestTwoSocketsEditOneBoard(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	a, welcomed := c.owner.joined(c.board, "client-a")
	b, _ := c.viewer.joined(c.board, "client-b")
	a.send(ops(welcomed.Gen, createOp(1, "note-aaaa", `"hi"`)))
	if m := a.next("ack"); len(m.Acks) != 1 || m.Acks[0].Status != board.OK || m.Acks[0].Seq != 1 {
		t.Errorf("%+v", m)
	}
	if m := b.next("events"); len(m.Events) != 1 || !strings.Contains(string(m.Events[0]), `"text":"hi"`) {
		t.Errorf("%+v", m)
	}
	if n := c.stored(t).Notes["note-aaaa"]; n == nil || n.Text != "hi" {
		t.Errorf("stored: %+v", n)
	}
	a.send(`{"type":"ping"}`)
	if m := a.next("pong"); m.Seq != 1 {
		t.Errorf("%+v", m)
	}
	numbers := c.nobody.get("/metrics").body
	for _, want := range []string{"corkboard_sockets 2", "corkboard_rooms 1", "corkboard_sessions 2", "corkboard_commits_total 1", "corkboard_events_total 1",
		"corkboard_batch_ops_count 1", "corkboard_batch_ops_sum 1", "corkboard_ack_seconds_count 1", "corkboard_divergence_total 0", "corkboard_gap_repairs_total 0", "corkboard_slow_sockets_cut_total 0"} {
		if !strings.Contains(numbers, "\n"+want+"\n") {
			t.Errorf("the metrics do not say %q", want)
		}
	}
}

func TestViewerOpChangesNothing(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	watching, _ := c.owner.joined(c.board, "client-w")
	s, w := c.viewer.joined(c.board, "client-v")
	if w.Role != "viewer" {
		t.Errorf("%+v", w)
	}
	s.send(ops(w.Gen, createOp(1, "note-aaaa", `"hi"`)))
	if m := s.next("ack"); m.Acks[0].Status != board.Rejected || m.Acks[0].Code != notes.Forbidden || !strings.HasSuffix(m.Acks[0].Reason, ".") {
		t.Errorf("%+v", m)
	}
	c.untouched(t, watching)
}

// untouched shows that nothing was applied, logged or broadcast: the next event
// that a watcher sees is seq 1.
func (c *cast) untouched(t *testing.T, watching *socket) {
	t.Helper()
	if doc := c.stored(t); doc.Seq != 0 || len(doc.Notes) != 0 {
		t.Errorf("stored: seq %d, %d notes", doc.Seq, len(doc.Notes))
	}
	probe, w := c.editor.joined(c.board, "client-probe")
	probe.send(ops(w.Gen, createOp(1, "note-probe", `"probe"`)))
	m := watching.next("events")
	if len(m.Events) != 1 || !strings.Contains(string(m.Events[0]), "note-probe") || !strings.Contains(string(m.Events[0]), `"seq":1,`) {
		t.Errorf("the watcher was told %s", m.Events)
	}
}

func TestHelloIsJudged(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	trashed := c.owner.newBoard()
	c.owner.post("/boards/"+trashed+"/trash", nil)
	link, err := c.library.EmbedLink(t.Context(), strings.TrimPrefix(c.embed, "/embed/"))
	if err != nil {
		t.Fatal(err)
	}
	key, err := c.store.ServerKey(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ticketed := func(ticket string) string {
		return strings.Replace(hello(c.board, "client-a"), `{`, `{"ticket":"`+ticket+`",`, 1)
	}
	for name, h := range map[string]struct {
		who   string
		frame string
		code  int
	}{
		"no hello":        {"owner", `{"type":"ping"}`, int(board.CloseBad)},
		"broken":          {"owner", `{"type":`, int(board.CloseBad)},
		"short client id": {"owner", hello(c.board, "a"), int(board.CloseBad)},
		"unknown field":   {"owner", `{"type":"hello","board":"` + c.board + `","client":"client-a","role":"owner"}`, int(board.CloseBad)},
		"unknown board":   {"owner", hello("b_AAAAAAAAAAAAAAAA", "client-a"), int(board.CloseGone)},
		"odd board":       {"owner", hello("x' OR 1=1", "client-a"), int(board.CloseGone)},
		"NUL in board":    {"owner", `{"type":"hello","board":"b_\u0000AAAAAAAA","client":"client-a"}`, int(board.CloseGone)},
		"not mine":        {"stranger", hello(c.board, "client-a"), int(board.CloseGone)},
		"no session":      {"nobody", hello(c.board, "client-a"), int(board.CloseDenied)},
		"in the trash":    {"owner", hello(trashed, "client-a"), int(board.CloseTrashed)},
		"a forged ticket": {"nobody", ticketed("bF94.AAAA"), int(board.CloseDenied)},
		"a late ticket":   {"nobody", ticketed(auth.Ticket(key, link.ID, time.Now().Add(-time.Hour))), int(board.CloseDenied)},
		"another's":       {"nobody", ticketed(auth.Ticket(key, "l_unknown", time.Now())), int(board.CloseGone)},
	} {
		s := c.who(h.who).socket()
		s.send(h.frame)
		if code, reason := s.closed(); code != h.code || !strings.HasSuffix(reason, ".") {
			t.Errorf("%s: closed with %d %q, want %d", name, code, reason, h.code)
		}
	}
}

// TestTicketOpensAnEmbedsSocket: without a cookie, as a viewer, whoever's
// browser it is.
func TestTicketOpensAnEmbedsSocket(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	var got struct{ Ticket string }
	if err := json.Unmarshal([]byte(c.nobody.get(c.embed+"/ticket").body), &got); err != nil {
		t.Fatal(err)
	}
	for _, who := range []string{"nobody", "owner"} {
		s := c.who(who).socket()
		s.send(fmt.Sprintf(`{"type":"hello","board":%q,"client":"client-%s","ticket":%q}`, c.board, who, got.Ticket))
		m := s.next("welcome")
		if m.Role != "viewer" {
			t.Errorf("%s is %q in the embed", who, m.Role)
		}
		s.send(ops(m.Gen, createOp(1, "note-aaaa", `"hi"`)))
		if a := s.next("ack"); a.Acks[0].Code != notes.Forbidden {
			t.Errorf("%+v", a)
		}
	}
	other := c.owner.newBoard()
	s := c.nobody.socket()
	s.send(fmt.Sprintf(`{"type":"hello","board":%q,"client":"client-x","ticket":%q}`, other, got.Ticket))
	if code, _ := s.closed(); code != int(board.CloseGone) {
		t.Errorf("the ticket opens another board: %d", code)
	}
}

func TestOriginOfSockets(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	for origin, allowed := range map[string]bool{
		c.url: true,
		strings.Replace(c.url, "http:", "https:", 1):        false,
		strings.Replace(c.url, "127.0.0.1", "localhost", 1): false,
		"http://127.0.0.1":      false,
		c.url + "/":             false,
		"https://evil.example":  false,
		"null":                  false,
		"":                      false,
		c.url + ".evil.example": false,
	} {
		ws, resp, err := c.owner.dial(board.Subprotocol, "Origin", origin)
		switch {
		case allowed && err != nil:
			t.Errorf("%q is refused: %v", origin, err)
		case !allowed && (err == nil || resp == nil || resp.StatusCode != http.StatusForbidden):
			t.Errorf("%q: %v, %v; want 403", origin, err, resp)
		}
		if ws != nil {
			ws.Close()
		}
	}
	// A program without a cookie may come without an origin: it needs a ticket.
	s := c.nobody.socket("Origin", "")
	s.send(hello(c.board, "client-a"))
	if code, _ := s.closed(); code != int(board.CloseDenied) {
		t.Errorf("closed with %d", code)
	}
}

func TestAnotherVersionIsTold(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	ws, _, err := c.owner.dial("corkboard.v0")
	if err != nil {
		t.Fatal(err)
	}
	defer ws.Close()
	if code, reason := (&socket{t, ws}).closed(); code != int(board.CloseOutdated) || reason == "" {
		t.Errorf("closed with %d %q", code, reason)
	}
}

func TestNoSocketIsNoSocket(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	if a := c.owner.get("/ws", "Origin", c.url); a.status != http.StatusBadRequest {
		t.Errorf("%v", a)
	}
}

// TestRightsAreTakenFromOpenSockets (I11): turning a link off, and the trash,
// close what came by it.
func TestRightsAreTakenFromOpenSockets(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	edits, _ := c.editor.joined(c.board, "client-e")
	views, _ := c.viewer.joined(c.board, "client-v")
	c.owner.post("/b/"+c.board+"/links/editor/reset", nil)
	if code, _ := edits.closed(); code != int(board.CloseDenied) {
		t.Errorf("the editor's socket closed with %d", code)
	}
	c.owner.post("/boards/"+c.board+"/trash", nil)
	if code, _ := views.closed(); code != int(board.CloseTrashed) {
		t.Errorf("the viewer's socket closed with %d", code)
	}
}

func TestRenamingIsSeenLive(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	s, _ := c.viewer.joined(c.board, "client-v")
	c.owner.post("/boards/"+c.board+"/rename", map[string][]string{"name": {"Plan B"}})
	if m := s.next("events"); !strings.Contains(string(m.Events[0]), `"name":"Plan B"`) {
		t.Errorf("%s", m.Events)
	}
}

// TestANewNameIsSeenLive: by those who are on the board with them.
func TestANewNameIsSeenLive(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	watching, _ := c.owner.joined(c.board, "client-w")
	c.editor.joined(c.board, "client-e")
	c.editor.post("/me", map[string][]string{"name": {"Ben"}, "color": {"4"}})
	for {
		for _, p := range watching.next("presence").Peers {
			if p.Name == "Ben" && p.Color == 4 {
				return
			}
		}
	}
}

// TestGoingDown: sockets are told to come back, and then everything is quiet.
func TestGoingDown(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	s, _ := c.owner.joined(c.board, "client-a")
	c.server.Drain()
	go c.hub.Close(t.Context())
	s.next("drain")
	if code, _ := s.closed(); !board.CloseCode(code).ComesBack() {
		t.Errorf("closed with %d, which means: stay away", code)
	}
	if err := c.server.Wait(t.Context()); err != nil {
		t.Error(err)
	}
}
