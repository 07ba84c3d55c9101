package web_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"corkboard/board"
	"corkboard/notes"
)

var goodOp = createOp(1, "note-aaaa", `"hi"`)

var badFrames = map[string]struct {
	frame string
	code  notes.Code // of the error or the rejection
	close int        // or the socket ends
}{
	"broken JSON":          {`{"type":"ops","gen":1,`, notes.Invalid, 0},
	"no JSON":              {`hello`, notes.Invalid, 0},
	"an array":             {`[1]`, notes.Invalid, 0},
	"two values":           {`{"type":"ping"}{"type":"ping"}`, notes.Invalid, 0},
	"unknown message":      {`{"type":"shout"}`, notes.Invalid, 0},
	"unknown field":        {`{"type":"ops","gen":1,"ops":[` + goodOp + `],"extra":1}`, notes.Invalid, 0},
	"duplicate field":      {`{"type":"ops","gen":1,"gen":1,"ops":[` + goodOp + `]}`, notes.Invalid, 0},
	"duplicate in an op":   {ops(1, `{"mid":1,"mid":1,"kind":"note.delete","note":"note-aaaa"}`), notes.Invalid, 0},
	"other case":           {`{"Type":"ping"}`, notes.Invalid, 0},
	"NaN":                  {ops(1, strings.Replace(goodOp, `"x":1`, `"x":NaN`, 1)), notes.Invalid, 0},
	"infinite":             {ops(1, strings.Replace(goodOp, `"x":1`, `"x":1e999`, 1)), notes.Invalid, 0},
	"nested":               {`{"type":"ops","ops":` + strings.Repeat("[", 40) + strings.Repeat("]", 40) + `}`, notes.Invalid, 0},
	"lone surrogate":       {ops(1, createOp(1, "note-aaaa", `"\ud800"`)), notes.Invalid, 0},
	"NUL":                  {ops(1, createOp(1, "note-aaaa", `"\u0000"`)), notes.Invalid, 0},
	"too long a text":      {ops(1, createOp(1, "note-aaaa", `"`+strings.Repeat("é", notes.MaxText+1)+`"`)), notes.TooLong, 0},
	"unknown op":           {ops(1, `{"mid":1,"kind":"note.fly","note":"note-aaaa"}`), notes.UnknownOp, 0},
	"unknown field of op":  {ops(1, `{"mid":1,"kind":"note.delete","note":"note-aaaa","wings":2}`), notes.Invalid, 0},
	"no mid":               {ops(1, `{"kind":"note.delete","note":"note-aaaa"}`), notes.Invalid, 0},
	"another board's note": {ops(1, `{"mid":1,"kind":"note.set","note":"note-other","set":{"x":1}}`), notes.NotFound, 0},
	"no ops":               {`{"type":"ops","gen":1,"ops":[]}`, notes.Invalid, 0},
	"too many ops":         {ops(1, slices.Repeat([]string{`{"mid":1,"kind":"note.delete","note":"note-aaaa"}`}, board.MaxOps+1)...), notes.Invalid, 0},
	"far away":             {`{"type":"presence","cursor":[1e300,0]}`, notes.Invalid, 0},
	"a mid too far":        {ops(1, createOp(2, "note-aaaa", `"hi"`)), "", int(board.CloseResync)},
	"oversize":             {`{"type":"` + strings.Repeat("x", board.MaxFrame) + `"}`, "", websocket.CloseMessageTooBig},
	"far oversize":         {strings.Repeat("x", 10*board.MaxFrame), "", websocket.CloseMessageTooBig},
	"broken UTF-8":         {"{\"type\":\"\xff\"}", "", websocket.CloseInvalidFramePayloadData},
}

// TestBadFrames: what is wrong is refused with a code and a sentence, has no
// effect, and closes the socket only where the table of close codes says so.
func TestBadFrames(t *testing.T) {
	t.Parallel()
	for name, b := range badFrames {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCast(t)
			watching, _ := c.owner.joined(c.board, "client-w")
			s, w := c.editor.joined(c.board, "client-e")
			s.send(strings.ReplaceAll(b.frame, `"gen":1,`, fmt.Sprintf(`"gen":%d,`, w.Gen)))
			if b.close != 0 {
				if code, reason := s.closed(); code != b.close || !strings.HasSuffix(reason, ".") {
					t.Errorf("closed with %d %q, want %d", code, reason, b.close)
				}
			} else {
				s.refused(b.code)
				s.send(`{"type":"ping"}`)
				s.next("pong")
			}
			c.untouched(t, watching)
		})
	}
}

// refused waits for the answer to a bad frame: an error, or a rejected op.
func (s *socket) refused(want notes.Code) {
	s.t.Helper()
	for {
		_ = s.ws.SetReadDeadline(time.Now().Add(patience))
		_, data, err := s.ws.ReadMessage()
		if err != nil {
			s.t.Fatal(err)
		}
		var m message
		if err := json.Unmarshal(data, &m); err != nil {
			s.t.Fatal(err)
		}
		code, reason := m.Code, m.Reason
		if m.Type == "ack" {
			code, reason = string(m.Acks[0].Code), m.Acks[0].Reason
		} else if m.Type != "error" {
			continue
		}
		if code != string(want) || !strings.HasSuffix(reason, ".") {
			s.t.Errorf("refused with %s: %q, want %s and a sentence", code, reason, want)
		}
		return
	}
}

func TestBinaryFramesEndTheSocket(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	s, _ := c.owner.joined(c.board, "client-a")
	if err := s.ws.WriteMessage(websocket.BinaryMessage, []byte(`{"type":"ping"}`)); err != nil {
		t.Fatal(err)
	}
	if code, _ := s.closed(); code != websocket.CloseUnsupportedData {
		t.Errorf("closed with %d", code)
	}
}

func TestEndlessNonsenseEndsTheSocket(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	s, _ := c.owner.joined(c.board, "client-a")
	for range 30 {
		_ = s.ws.WriteMessage(websocket.TextMessage, []byte(`nonsense`)) // may be closed by then
	}
	if code, _ := s.closed(); code != int(board.CloseBad) {
		t.Errorf("closed with %d", code)
	}
}

// A close frame holds 123 bytes of reason; one that is longer must not take the
// code along.
func TestALongReasonIsCut(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	s := c.owner.socket()
	s.send(strings.Replace(hello(c.board, "client-a"), `{`, `{"`+strings.Repeat("é", 200)+`":1,`, 1))
	if code, reason := s.closed(); code != int(board.CloseBad) || !strings.HasSuffix(reason, "é…") {
		t.Errorf("closed with %d %q", code, reason)
	}
}

// A socket that never says hello must not hold up the way down.
func TestGoingDownWithoutAHello(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	s := c.owner.socket()
	c.server.Drain()
	if code, _ := s.closed(); code != int(board.CloseRestart) {
		t.Errorf("closed with %d", code)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 8*time.Second) // less than it had to say hello
	defer cancel()
	if err := c.server.Wait(ctx); err != nil {
		t.Error(err)
	}
}
