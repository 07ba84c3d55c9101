package load

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"corkboard/auth"
	"corkboard/board"
	"corkboard/notes"
)

// ackPatience bounds the wait for the answer to one frame: a commit may wait
// for a database that comes back.
const ackPatience = 30 * time.Second

// retryAfter is the pause before ops are sent again whose outcome is unknown.
const retryAfter = 50 * time.Millisecond

// editor is a client that moves a note of its own. Its first op makes the note;
// the edit of number n then has the mid n + 1.
type editor struct {
	*client
	note string
}

// edit keeps to the clock: what falls due while a frame is on its way shares
// the next frame, as in a browser, and its latency counts from when it was due.
func (e *editor) edit(ctx context.Context, perSecond float64, offset time.Duration) error {
	if err := e.create(); err != nil {
		return err
	}
	r := e.room.run
	every := time.Duration(float64(time.Second) / perSecond)
	due := r.now() + offset
	var frame []byte
	for {
		idle := due > r.now()
		if idle && sleep(ctx, due-r.now()) != nil || ctx.Err() != nil {
			return nil
		}
		if idle {
			due = max(due, r.now()) // a timer that was late is not the server's fault
		}
		frame = fmt.Appendf(frame[:0], `{"type":"ops","gen":%d,"ops":[`, e.gen)
		first := e.room.edits.senders[e.index].last.Load() + 1
		count := 0
		for ; count < board.MaxOps && due <= r.now(); count++ {
			frame = e.appendMove(frame, e.room.edits.next(e.index, due))
			due += every
		}
		frame = append(frame[:len(frame)-1], `]}`...)
		r.count.proposed.Add(int64(count))
		if err := e.settle(frame, first+1, count); err != nil {
			return err
		}
	}
}

func (e *editor) create() error {
	create := notes.Op{Mid: 1, Edit: &notes.Create{
		Note: e.note, X: 0, Y: float64(e.index), W: 200, H: 200, Color: "yellow", Z: notes.FirstKey, Text: "moved by a load test",
	}}
	frame, err := opsFrame(e.gen, create)
	if err != nil {
		return err
	}
	return e.settle(frame, 1, 1)
}

func opsFrame(gen int64, ops ...notes.Op) ([]byte, error) {
	frame, err := json.Marshal(struct {
		Type string     `json:"type"`
		Gen  int64      `json:"gen"`
		Ops  []notes.Op `json:"ops"`
	}{"ops", gen, ops})
	if err != nil {
		return nil, fmt.Errorf("encode ops: %w", err)
	}
	return frame, nil
}

func (e *editor) appendMove(to []byte, number int64) []byte {
	to = append(to, `{"mid":`...)
	to = strconv.AppendInt(to, number+1, 10)
	to = append(to, `,"kind":"note.set","note":"`...)
	to = append(to, e.note...)
	to = append(to, `","set":{"x":`...)
	to = strconv.AppendInt(to, number, 10)
	to = append(to, `,"y":`...)
	to = strconv.AppendInt(to, int64(e.index), 10)
	return append(to, `}},`...)
}

// settle sends a frame of ops, again where the outcome is unknown, until all of
// its mids are answered.
func (c *client) settle(frame []byte, first int64, count int) error {
	patience := time.NewTimer(ackPatience)
	defer patience.Stop()
	for open, again := count, true; open > 0 || again; {
		if again {
			if err := c.send(frame); err != nil {
				return fmt.Errorf("send ops: %w", err)
			}
			open, again = count, false // a frame is answered as a whole, or not at all
		}
		select {
		case <-c.ended:
			return errors.New("the socket ended before an ack")
		case <-patience.C:
			return fmt.Errorf("no ack came within %s", ackPatience)
		case acks := <-c.acks:
			for _, a := range acks {
				switch {
				case a.Mid < first || a.Mid >= first+int64(count):
				case a.Status == board.Retry:
					again = true
				case a.Status == board.OK:
					open--
				default:
					return fmt.Errorf("an edit was answered %q: %s", a.Status, a.Reason)
				}
			}
			if again {
				time.Sleep(retryAfter)
			}
		}
	}
	return nil
}

// takeAcks notes the latency of a client's own edits.
func (c *client) takeAcks(frame []byte) error {
	r := c.room.run
	now := r.now()
	var m struct {
		Acks []board.Ack `json:"acks"`
	}
	if err := json.Unmarshal(frame, &m); err != nil {
		return fmt.Errorf("read acks: %w", err)
	}
	for _, a := range m.Acks {
		if number := a.Mid - 1; a.Status == board.OK && number > 0 && c.index >= 0 {
			r.count.acked.Add(1)
			c.acked.Store(number)
			if age, known := c.room.edits.age(c.index, number, now); known {
				r.count.ackLate.add(age)
			}
		}
		c.seq.Store(max(c.seq.Load(), a.Seq))
	}
	select {
	case c.acks <- m.Acks:
	case <-c.ended:
	}
	return nil
}

// takeMoves notes the edits of others, each of which must come, in order.
func (c *client) takeMoves(frame []byte) error {
	r := c.room.run
	now, receipts := r.now(), int64(0)
	var err error
	eachMove(frame, func(number, sender int64) {
		if sender == int64(c.index) || sender >= int64(len(c.told)) {
			return
		}
		if last := c.told[sender].Load(); number != last+1 {
			err = fmt.Errorf("after edit %d of a bot came its edit %d", last, number)
		}
		receipts++
		c.told.advance(int(sender), number)
		if age, known := c.room.edits.age(int(sender), number, now); known {
			r.count.editLate.add(age)
		}
	})
	r.count.notices.Add(receipts)
	return err
}

// fill makes notes on the board of a room, before anybody else is there.
func (r *run) fill(ctx context.Context, rm *room) error {
	const together = 200 // in a batch: a frame holds 64 KiB
	if r.plan.Notes == 0 {
		return nil
	}
	c, err := r.target.open(ctx, rm, -1)
	if err != nil {
		return err
	}
	defer c.ws.Close()
	go func() { defer close(c.ended); _ = c.read() }() // a cut shows in settle
	for mid, made := int64(1), 0; made < r.plan.Notes; mid++ {
		var batch notes.Batch
		for ; made < r.plan.Notes && len(batch.Ops) < together; made++ {
			batch.Ops = append(batch.Ops, notes.Op{Edit: sample(made)})
		}
		frame, err := opsFrame(c.gen, notes.Op{Mid: mid, Edit: &batch})
		if err != nil {
			return err
		}
		if err := c.settle(frame, mid, 1); err != nil {
			return fmt.Errorf("fill a board: %w", err)
		}
	}
	return nil
}

// sample is a note as people make them: a few words, somewhere on a grid.
func sample(n int) *notes.Create {
	return &notes.Create{
		Note: auth.NewID("n"), X: float64(n % 100 * 240), Y: float64(n / 100 * 240), W: 200, H: 200,
		Color: notes.Colors[n%len(notes.Colors)], Z: notes.FirstKey, Text: fmt.Sprintf("Note %d: what went well, and what we try next", n),
	}
}
