package web_test

import (
	"fmt"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"corkboard/board"
)

// cutPatience is how long one that is too slow may take to hear that it is: the
// others would wait that long, or longer, if anybody waited for it.
const cutPatience = time.Second

// crowd is a room of real sockets that tell how late each edit reached them.
type crowd struct {
	*cast
	writer *line
	gen    int64
	mid    int
	sent   time.Time

	mu    sync.Mutex
	late  []time.Duration
	heard sync.WaitGroup // of the edit that is on its way
	size  int
}

// gather seats readers, each with a goroutine that reads, and one who writes.
func gather(t *testing.T, readers int) *crowd {
	t.Helper()
	c := &crowd{cast: newCast(t), size: readers}
	for i := range readers {
		l := c.viewer.line()
		l.send(hello(c.board, fmt.Sprintf("client-%03d", i)))
		l.next(t, "welcome")
		go c.listen(l)
	}
	c.writer = c.owner.line()
	c.writer.send(hello(c.board, "client-writer"))
	c.gen = c.writer.next(t, "welcome").Gen
	return c
}

func (c *crowd) listen(l *line) {
	for {
		_, payload, err := l.read()
		if err != nil {
			return
		}
		if strings.HasPrefix(string(payload[:min(len(payload), 20)]), `{"type":"events"`) {
			c.mu.Lock()
			c.late = append(c.late, time.Since(c.sent))
			c.mu.Unlock()
			c.heard.Done()
		}
	}
}

// edit makes a note as large as one may be and waits until everybody has it.
func (c *crowd) edit() {
	c.t.Helper()
	c.mid++
	op := createOp(c.mid, fmt.Sprintf("note-%05d", c.mid), `"`+strings.Repeat("🧷", 10_000)+`"`)
	c.heard.Add(c.size)
	c.mu.Lock()
	c.sent = time.Now()
	c.mu.Unlock()
	c.writer.send(ops(c.gen, op))
	if ack := c.writer.next(c.t, "ack").Acks[0]; ack.Status != board.OK {
		c.t.Fatalf("acked %+v", ack)
	}
	c.heard.Wait()
}

// latency returns the p95 of what was heard since it was last asked for.
func (c *crowd) latency() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	slices.Sort(c.late)
	p95 := c.late[len(c.late)*95/100]
	c.late = nil
	return p95
}

// TestWhoStopsReadingIsCutAndHarmsNobody (I16): a socket in a room of a hundred
// stops reading. It is cut once 1 MiB waits for it, the others are as fast as
// before, and it comes back to what it has missed.
func TestWhoStopsReadingIsCutAndHarmsNobody(t *testing.T) {
	c := gather(t, 98)
	for range 10 {
		c.edit()
	}
	calm := c.latency()

	stuck := c.viewer.line()
	stuck.send(hello(c.board, "client-stuck"))
	had := stuck.next(t, "welcome")
	_ = stuck.Conn.(*net.TCPConn).SetReadBuffer(4096) // a hint; what the system takes more makes the test longer
	everybody := c.hub.Stats.Sessions.Load()
	edits := 0
	for ; c.hub.Stats.Sessions.Load() == everybody; edits++ {
		if edits == 500 {
			t.Fatal("20 MB of edits later, who does not read is still there")
		}
		c.edit()
	}
	during := c.latency()
	t.Logf("cut after %d edits; p95 of the others %s before and %s meanwhile", edits, calm, during)
	if during > 3*calm+cutPatience/2 {
		t.Errorf("the others waited %s, before it was %s", during, calm)
	}
	if code := stuck.ends(t); code != 0 && code != int(board.CloseSlow) {
		t.Errorf("closed with %d", code)
	}
	if numbers := c.nobody.get("/metrics").body; !strings.Contains(numbers, "\ncorkboard_slow_sockets_cut_total 1\n") {
		t.Error("the metrics do not count it")
	}
	c.comesBack(t, had)
}

// comesBack says hello again from where it was and is brought to the head.
func (c *crowd) comesBack(t *testing.T, had message) {
	t.Helper()
	l := c.viewer.line()
	l.send(fmt.Sprintf(`{"type":"hello","board":%q,"client":"client-stuck","epoch":%d,"seq":%d}`, c.board, had.Epoch, had.Seq))
	for seq := l.next(t, "welcome").Seq; seq < int64(c.mid); {
		seq += int64(len(l.next(t, "events").Events))
	}
}
