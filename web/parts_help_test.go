package web

import (
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// handlerOf upgrades and passes the socket on.
func handlerOf(do func(*websocket.Conn)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		upgrader := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
		ws, err := upgrader.Upgrade(w, r, nil)
		if err != nil {
			return
		}
		do(ws)
	})
}

// closeCode reads until the close frame.
func closeCode(t *testing.T, ws *websocket.Conn, e **websocket.CloseError) int {
	t.Helper()
	_ = ws.SetReadDeadline(time.Now().Add(10 * time.Second))
	for {
		if _, _, err := ws.ReadMessage(); err != nil {
			if !errors.As(err, e) {
				t.Fatalf("no close frame: %v", err)
			}
			return (*e).Code
		}
	}
}
