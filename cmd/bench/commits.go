package main

import (
	"bytes"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
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
	rate    int // edits a second of all clients together; 0: as fast as they are acked
}

// result gathers from all clients.
type result struct {
	mu    sync.Mutex
	edits int
	waits []time.Duration // from sending a frame to its ack
	err   error
}

func (l commitLoad) run(ctx context.Context, s *server, length time.Duration, base float64) error {
	sockets, err := l.open(s)
	if err != nil {
		return err
	}
	before, err := s.cpu()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, length)
	defer cancel()
	var r result
	var all sync.WaitGroup
	start := time.Now()
	for i, sock := range sockets {
		all.Go(func() { r.add(l.edit(ctx, sock, i)) })
	}
	all.Wait()
	took := time.Since(start)
	after, err := s.cpu()
	if err != nil {
		return err
	}
	if r.err != nil {
		return fmt.Errorf("%s: %w", l.name, r.err)
	}
	perSecond := float64(r.edits) / took.Seconds()
	fmt.Printf("| %s | %.0f | %s | %s | %.2f × pgbench; server %.2f CPU s for 1,000 edits |\n", l.name, perSecond,
		ms(percentile(r.waits, 50)), ms(percentile(r.waits, 99)), perSecond/base, (after-before).Seconds()*1000/float64(max(1, r.edits)))
	return nil
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

func (r *result) add(edits int, waits []time.Duration, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.edits += edits
	r.waits = append(r.waits, waits...)
	if err != nil {
		r.err = err
	}
}

// edit makes one note and moves it until the time is over.
func (l commitLoad) edit(ctx context.Context, sock *socket, number int) (edits int, waits []time.Duration, err error) {
	defer sock.conn.Close()
	note := fmt.Sprintf("bench-%08d", number)
	create := fmt.Sprintf(`{"mid":1,"kind":"note.create","note":%q,"x":0,"y":0,"w":200,"h":200,"color":"yellow","z":"a0","text":"bench"}`, note)
	if err := sock.propose(create); err != nil {
		return 0, nil, err
	}
	pace := l.pace(number)
	defer pace.Stop()
	for mid := 2; ctx.Err() == nil; mid += l.frame {
		if l.rate > 0 {
			select {
			case <-pace.C:
			case <-ctx.Done():
				return edits, waits, nil
			}
		}
		sent := time.Now()
		if err := sock.propose(l.moves(note, mid)); err != nil {
			return edits, waits, err
		}
		waits = append(waits, time.Since(sent))
		edits += l.frame
	}
	return edits, waits, nil
}

// pace ticks for one client at its share of the rate, out of step with the
// others, as people are.
func (l commitLoad) pace(number int) *time.Ticker {
	if l.rate == 0 {
		return time.NewTicker(time.Hour)
	}
	every := time.Second * time.Duration(l.clients) / time.Duration(l.rate)
	time.Sleep(every * time.Duration(number) / time.Duration(l.clients))
	return time.NewTicker(every)
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

func percentile(waits []time.Duration, p int) time.Duration {
	if len(waits) == 0 {
		return 0
	}
	slices.Sort(waits)
	return waits[min(len(waits)-1, len(waits)*p/100)]
}

func ms(d time.Duration) string { return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000) }

var tpsLine = regexp.MustCompile(`tps = ([0-9.]+)`)

func tps(out string) (float64, error) {
	m := tpsLine.FindStringSubmatch(out)
	if m == nil {
		return 0, fmt.Errorf("pgbench did not say its speed: %s", out)
	}
	return strconv.ParseFloat(m[1], 64)
}
