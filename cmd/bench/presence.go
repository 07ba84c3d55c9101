package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"

	"corkboard/presence"
)

// epoch of the measurement: a cursor's place is the time it was sent, in
// microseconds cut into two whole numbers, so that each delivery tells its own
// latency.
const wrap = 1_000_000

// cursors counts what reached the sockets.
type cursors struct {
	delivered atomic.Int64
	bytes     atomic.Int64
	mu        sync.Mutex
	late      []time.Duration
}

// fanOut has peers on one board, each moving its cursor rate times a second.
func fanOut(ctx context.Context, s *server, peers, rate int, length time.Duration) error {
	id, cookie, err := s.newBoard()
	if err != nil {
		return err
	}
	var c cursors
	start := time.Now()
	sockets := make([]*socket, peers)
	for i := range sockets {
		if sockets[i], err = s.join(id, cookie); err != nil {
			return err
		}
		defer sockets[i].conn.Close()
		go c.read(sockets[i], start)
	}
	before, err := s.cpu()
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, length)
	defer cancel()
	var all sync.WaitGroup
	for i, sock := range sockets {
		all.Go(func() {
			time.Sleep(time.Second / time.Duration(rate) * time.Duration(i) / time.Duration(peers)) // out of step, as people are
			move(ctx, sock, rate, start)
		})
	}
	all.Wait()
	after, err := s.cpu()
	if err != nil {
		return err
	}
	c.report(peers, rate, length, after-before)
	return nil
}

func move(ctx context.Context, sock *socket, rate int, start time.Time) {
	tick := time.NewTicker(time.Second / time.Duration(rate))
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			at := time.Since(start).Microseconds()
			frame := fmt.Sprintf(`{"type":"presence","cursor":[%d,%d],"selection":[],"editing":null}`, at/wrap, at%wrap)
			if sock.conn.WriteMessage(websocket.TextMessage, []byte(frame)) != nil {
				return
			}
		}
	}
}

func (c *cursors) read(sock *socket, start time.Time) {
	for {
		_, frame, err := sock.conn.ReadMessage()
		if err != nil {
			return
		}
		if !bytes.HasPrefix(frame, []byte(`{"type":"presence"`)) {
			continue
		}
		var m presence.Changes
		if json.Unmarshal(frame, &m) != nil {
			continue
		}
		c.count(sock, m, len(frame), time.Since(start))
	}
}

// count takes a frame's cursors, but for the socket's own, which no client shows.
func (c *cursors) count(sock *socket, m presence.Changes, size int, now time.Duration) {
	c.bytes.Add(int64(size))
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, cursor := range m.Cursors {
		if cursor.ID == sock.peer || cursor.At == nil {
			continue
		}
		c.delivered.Add(1)
		sent := time.Duration(cursor.At[0]*wrap+cursor.At[1]) * time.Microsecond
		c.late = append(c.late, now-sent)
	}
}

func (c *cursors) report(peers, rate int, length, cpu time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := float64(max(1, c.delivered.Load()))
	fmt.Printf("| cursors, %d peers at %d a second each | %.0f delivered | %s | %s | server %.1f CPU s for a million deliveries, %.0f bytes each |\n",
		peers, rate, n/length.Seconds(), ms(percentile(c.late, 50)), ms(percentile(c.late, 99)), cpu.Seconds()*1e6/n, float64(c.bytes.Load())/n)
}
