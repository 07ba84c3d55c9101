package load

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"corkboard/board"
)

// target is the server under load, as one guest sees it. The guest makes all
// boards with one session: one person may make more boards than an address guests.
type target struct {
	url    string
	origin string
	http   *http.Client
	dialer websocket.Dialer

	mu     sync.Mutex
	cookie string
	boards []string
}

func newTarget(p Plan) *target {
	t := &target{url: strings.TrimSuffix(p.URL, "/"), origin: p.Origin}
	if t.origin == "" {
		t.origin = t.url
	}
	t.http = &http.Client{
		Timeout:       30 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	t.dialer = websocket.Dialer{
		Subprotocols: []string{board.Subprotocol}, HandshakeTimeout: 30 * time.Second,
		WriteBufferPool: new(sync.Pool), EnableCompression: p.Deflate,
	}
	return t
}

// newBoard presses "New board" as a person does, and waits where the server
// asks for patience.
func (t *target) newBoard(ctx context.Context) (id string, err error) {
	for {
		resp, err := t.post(ctx, "/boards", url.Values{"name": {"Load test " + time.Now().Format(time.DateTime)}})
		if err != nil {
			return "", fmt.Errorf("make a board: %w", err)
		}
		id, made := strings.CutPrefix(path(resp.Header.Get("Location")), "/b/")
		switch {
		case resp.StatusCode == http.StatusTooManyRequests:
			if err := await(ctx, resp.Header.Get("Retry-After")); err != nil {
				return "", err
			}
		case !made:
			return "", fmt.Errorf("make a board: the server answered %s", resp.Status)
		default:
			t.remember(id, resp.Cookies())
			return id, nil
		}
	}
}

func (t *target) remember(id string, cookies []*http.Cookie) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.boards = append(t.boards, id)
	if t.cookie == "" && len(cookies) > 0 {
		t.cookie = cookies[0].Name + "=" + cookies[0].Value
	}
}

// trash moves the boards of this run to the guest's trash.
func (t *target) trash(ctx context.Context) error {
	for _, id := range t.boards {
		resp, err := t.post(ctx, "/boards/"+id+"/trash", nil)
		if err != nil {
			return fmt.Errorf("move a board to the trash: %w", err)
		}
		if resp.StatusCode >= http.StatusBadRequest {
			return fmt.Errorf("move a board to the trash: the server answered %s", resp.Status)
		}
	}
	return nil
}

// post returns the answer with its body already read.
func (t *target) post(ctx context.Context, path string, form url.Values) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, t.url+path, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if t.cookie != "" {
		req.Header.Set("Cookie", t.cookie)
	}
	resp, err := t.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, io.LimitReader(resp.Body, 1<<20))
	return resp, err
}

// path is a Location's path, also where the whole URL is given.
func path(location string) string {
	u, err := url.Parse(location)
	if err != nil {
		return ""
	}
	return u.Path
}

func await(ctx context.Context, seconds string) error {
	n, err := strconv.Atoi(seconds)
	if err != nil {
		n = 1
	}
	return sleep(ctx, time.Duration(n)*time.Second)
}

// sleep waits, or returns the context's error.
func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
