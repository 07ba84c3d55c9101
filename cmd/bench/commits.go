package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// commitLoad is clients that send frames of edits, each waiting for its ack
// before the next frame, on one or several boards.
type commitLoad struct {
	name    string
	boards  int
	clients int
	frame   int // edits in a frame
}

// run returns the edits a second.
func (l commitLoad) run(ctx context.Context, s *server, length time.Duration) (float64, error) {
	sockets, err := l.open(s)
	if err != nil {
		return 0, err
	}
	ctx, cancel := context.WithTimeout(ctx, length)
	defer cancel()
	edits, errs := make([]int, len(sockets)), make([]error, len(sockets))
	var all sync.WaitGroup
	start := time.Now()
	for i, sock := range sockets {
		all.Go(func() { edits[i], errs[i] = l.edit(ctx, sock, i) })
	}
	all.Wait()
	took := time.Since(start)
	sum := 0
	for _, n := range edits {
		sum += n
	}
	if err := errors.Join(errs...); err != nil {
		return 0, fmt.Errorf("%s: %w", l.name, err)
	}
	return float64(sum) / took.Seconds(), nil
}

func (l commitLoad) open(s *server) ([]*socket, error) {
	var sockets []*socket
	for b := range l.boards {
		id, cookie, err := s.newBoard()
		if err != nil {
			return nil, err
		}
		for c := b; c < l.clients; c += l.boards {
			sock, err := s.join(id, cookie)
			if err != nil {
				return nil, err
			}
			sockets = append(sockets, sock)
		}
	}
	return sockets, nil
}

// edit makes one note and moves it until the time is over.
func (l commitLoad) edit(ctx context.Context, sock *socket, number int) (edits int, err error) {
	defer sock.conn.Close()
	note := fmt.Sprintf("bench-%08d", number)
	create := fmt.Sprintf(`{"mid":1,"kind":"note.create","note":%q,"x":0,"y":0,"w":200,"h":200,"color":"yellow","z":"a0","text":"bench"}`, note)
	if err := sock.propose(create); err != nil {
		return 0, err
	}
	for mid := 2; ctx.Err() == nil; mid += l.frame {
		if err := sock.propose(l.moves(note, mid)); err != nil {
			return edits, err
		}
		edits += l.frame
	}
	return edits, nil
}

// moves is a frame's ops, one after the other.
func (l commitLoad) moves(note string, mid int) string {
	ops := make([]string, l.frame)
	for i := range ops {
		ops[i] = fmt.Sprintf(`{"mid":%d,"kind":"note.set","note":%q,"set":{"x":%d,"y":%d}}`, mid+i, note, mid, i)
	}
	return strings.Join(ops, ",")
}

// propose sends a frame of ops and waits for its ack.
func (s *socket) propose(ops string) error {
	frame := fmt.Sprintf(`{"type":"ops","gen":%d,"ops":[%s]}`, s.gen, ops)
	if err := s.conn.WriteMessage(websocket.TextMessage, []byte(frame)); err != nil {
		return fmt.Errorf("send: %w", err)
	}
	for {
		_, answer, err := s.conn.ReadMessage()
		if err != nil {
			return fmt.Errorf("await an ack: %w", err)
		}
		if !bytes.HasPrefix(answer, []byte(`{"type":"ack"`)) {
			continue
		}
		if !bytes.Contains(answer, []byte(`"status":"ok"`)) {
			return fmt.Errorf("refused: %s", answer)
		}
		return nil
	}
}
