package web

import (
	"bytes"
	"io"
	"net"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"corkboard/board"
)

// BenchmarkFanOut sends a frame of a room's tick to each of 100 real sockets,
// and reports the processor time for a delivered frame, the readers' included:
// beside a writer for each socket that makes the frame anew, which is what a
// plain loop does.
func BenchmarkFanOut(b *testing.B) {
	text := []byte(`{"type":"presence","cursors":[` + strings.Repeat(`["abcde",1234.5,678.25],`, 19) + `["abcde",1,2]]}`)
	b.Run("each its own", func(b *testing.B) {
		fanOut(b, text, func(ws *websocket.Conn) func([]byte) {
			queue := make(chan []byte, 256)
			go func() {
				for text := range queue {
					_ = ws.SetWriteDeadline(time.Now().Add(writePatience))
					if ws.WriteMessage(websocket.TextMessage, text) != nil {
						return
					}
				}
			}()
			return func(text []byte) { queue <- text }
		})
	})
	b.Run("prepared", func(b *testing.B) {
		m := newMetrics(new(board.Stats))
		var frame *board.Frame
		fanOut(b, text, func(ws *websocket.Conn) func([]byte) {
			c := newConn(ws, false, m)
			return func(text []byte) {
				if frame == nil || &frame.Text()[0] != &text[0] {
					frame = board.NewFrame(text)
				}
				c.Send(frame)
			}
		})
	})
}

func fanOut(b *testing.B, text []byte, sender func(*websocket.Conn) func([]byte)) {
	const sockets = 100
	up := make(chan *websocket.Conn, 1)
	server := httptest.NewServer(handlerOf(func(ws *websocket.Conn) { up <- ws }))
	defer server.Close()
	var senders []func([]byte)
	var lines []net.Conn
	for range sockets {
		client, _, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(server.URL, "http"), nil)
		if err != nil {
			b.Fatal(err)
		}
		defer client.Close()
		senders, lines = append(senders, sender(<-up)), append(lines, client.NetConn())
	}
	size := int64(len(textFrame(text)))
	b.ResetTimer()
	start := processorTime(b)
	for n := 0; b.Loop(); n++ {
		tick := bytes.Clone(text)
		for _, send := range senders {
			send(tick)
		}
		for _, line := range lines {
			if _, err := io.CopyN(io.Discard, line, size); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(processorTime(b)-start)/float64(b.N*sockets), "cpu-ns/frame")
	b.ReportMetric(0, "ns/op")
}

// processorTime is what this process has used.
func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
