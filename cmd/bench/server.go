package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/gorilla/websocket"

	"corkboard/auth"
	"corkboard/board"
)

// server is the program under measurement, in a process of its own.
type server struct {
	url string
	cmd *exec.Cmd
	log bytes.Buffer
}

func startServer(ctx context.Context, program, database, redis, dir string) (*server, error) {
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("find a free port: %w", err)
	}
	address := free.Addr().String()
	free.Close()
	program, err = filepath.Abs(program)
	if err != nil {
		return nil, fmt.Errorf("find the server: %w", err)
	}
	s := &server{url: "http://" + address, cmd: exec.CommandContext(ctx, program, "serve")}
	s.cmd.Env = append(os.Environ(), "ADDR="+address, "PUBLIC_URL="+s.url, "DATA_DIR="+dir, "DATABASE_URL="+database, "REDIS_URL="+redis, "LOG_LEVEL=error")
	s.cmd.Stdout, s.cmd.Stderr = &s.log, &s.log
	if err := s.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start %s (make build makes it): %w", program, err)
	}
	for range 200 {
		if resp, err := http.Get(s.url + "/readyz"); err == nil {
			resp.Body.Close()
			if resp.StatusCode == http.StatusOK {
				return s, nil
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
	s.stop()
	return nil, fmt.Errorf("the server did not become ready: %s", s.log.String())
}

func (s *server) stop() {
	_ = s.cmd.Process.Signal(syscall.SIGTERM)
	_ = s.cmd.Wait()
}

// newBoard makes a board and returns its id and a cookie that may edit it.
func (s *server) newBoard() (id, cookie string, err error) {
	id, cookie, err = s.throughPage()
	if err != nil {
		return "", "", fmt.Errorf("make a board: %w", err)
	}
	return id, cookie, nil
}

// throughPage presses "New board" as a person does.
func (s *server) throughPage() (id, cookie string, err error) {
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.PostForm(s.url+"/boards", url.Values{})
	if err != nil {
		return "", "", err
	}
	resp.Body.Close()
	if len(resp.Cookies()) == 0 {
		return "", "", fmt.Errorf("no session came with %s", resp.Status)
	}
	c := resp.Cookies()[0]
	return strings.TrimPrefix(resp.Header.Get("Location"), "/b/"), c.Name + "=" + c.Value, nil
}

// socket is a client that has said hello.
type socket struct {
	conn *websocket.Conn
	gen  int64
}

func (s *server) join(id, cookie string) (*socket, error) {
	dialer := websocket.Dialer{Subprotocols: []string{board.Subprotocol}}
	conn, _, err := dialer.Dial("ws"+strings.TrimPrefix(s.url, "http")+"/ws", http.Header{"Origin": {s.url}, "Cookie": {cookie}})
	if err != nil {
		return nil, fmt.Errorf("connect: %w", err)
	}
	if err := conn.WriteJSON(board.Hello{Type: "hello", Board: id, Client: auth.NewID("c")}); err != nil {
		return nil, fmt.Errorf("say hello: %w", err)
	}
	var welcome struct {
		Type string `json:"type"`
		Gen  int64  `json:"gen"`
	}
	_, frame, err := conn.ReadMessage()
	if err == nil {
		err = json.Unmarshal(frame, &welcome)
	}
	if err != nil {
		return nil, fmt.Errorf("read the welcome: %w", err)
	}
	if welcome.Type != "welcome" {
		return nil, fmt.Errorf("no welcome but %s", frame)
	}
	return &socket{conn, welcome.Gen}, nil
}
