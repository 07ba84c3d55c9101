package bot

import (
	"strings"
	"time"

	"corkboard/board"
	"corkboard/notes"
)

// Outcome is an op and what became of it.
type Outcome struct {
	Op  notes.Op
	Ack board.Ack
}

// Offered is the status of an op that nobody may send again: it is its person's
// to keep or to drop.
const Offered board.Status = "offered"

// Typed is the text that the op was to put on the board: what its person gets
// back when it was refused.
func (o Outcome) Typed() string {
	switch e := o.Op.Edit.(type) {
	case *notes.Create:
		return e.Text
	case *notes.EditText:
		var typed strings.Builder
		for _, p := range e.Delta {
			typed.WriteString(p.Insert)
		}
		return typed.String()
	}
	return ""
}

// queue is what was proposed and is not settled, in the order of mids.
type queue struct {
	mid    int64
	sent   int64 // the last mid that was in a frame
	list   []proposal
	flying int // how many of them are in the frame that is in flight
}

type proposal struct {
	op   notes.Op
	done chan Outcome
}

// restart notes that nothing is in flight any more. A client that is new under
// an id that others have used goes on after their last mid; what was never sent
// may get other mids, after a server has forgotten the client.
func (q *queue) restart(lastMid int64) {
	q.flying = 0
	if len(q.list) == 0 {
		q.mid = max(q.mid, lastMid)
		return
	}
	if _, sent := q.oldestSent(); sent {
		return
	}
	q.mid, q.sent = lastMid, lastMid
	for i := range q.list {
		q.mid++
		q.list[i].op.Mid = q.mid
	}
}

// offer ends all that waits, and counts on from the server's last mid.
func (q *queue) offer(lastMid int64) {
	for _, p := range q.list {
		p.done <- Outcome{p.op, board.Ack{Mid: p.op.Mid, Status: Offered}}
	}
	*q = queue{mid: lastMid, sent: lastMid}
}

// oldestSent is the first mid that was in a frame and is not settled.
func (q *queue) oldestSent() (mid int64, ok bool) {
	if len(q.list) == 0 || q.list[0].op.Mid > q.sent {
		return 0, false
	}
	return q.list[0].op.Mid, true
}

// Propose queues an edit, made by make from the document as it is here, and
// returns at once, without a connection too; the bot must have been welcomed
// before. The channel gets one Outcome.
func (b *Bot) Propose(make func(*notes.Document) notes.Edit) <-chan Outcome {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.queue.mid++
	p := proposal{notes.Op{Mid: b.queue.mid, Edit: make(b.doc)}, newDone()}
	b.queue.list = append(b.queue.list, p)
	b.send()
	return p.done
}

// newDone makes room for the one outcome, so that nobody has to wait for it.
func newDone() chan Outcome { return make(chan Outcome, 1) }

// send sends what waits, if the bot is connected and no frame is in flight. A
// failure shows in the reader.
func (b *Bot) send() {
	q := &b.queue
	if len(q.list) == 0 || q.flying > 0 || b.conn == nil {
		return
	}
	q.flying = min(len(q.list), board.MaxOps)
	ops := make([]notes.Op, q.flying)
	for i := range ops {
		ops[i] = q.list[i].op
	}
	q.sent = max(q.sent, ops[len(ops)-1].Mid)
	_ = b.conn.WriteJSON(map[string]any{"type": "ops", "gen": b.gen, "ops": ops})
}

// settle takes answers, which come in the order of mids. What is to be tried
// again stays first.
func (b *Bot) settle(acks []board.Ack) {
	q := &b.queue
	retry := false
	for _, a := range acks {
		if a.Status == board.Retry {
			retry = true
			if b.config.OnHeld != nil {
				b.config.OnHeld(a)
			}
			continue
		}
		if len(q.list) == 0 || a.Mid != q.list[0].op.Mid {
			continue
		}
		b.finish(Outcome{q.list[0].op, a}, q.list[0].done)
		q.list = q.list[1:]
		q.flying = max(0, q.flying-1)
	}
	if retry {
		b.record.Retries++
		conn := b.conn
		time.AfterFunc(50*time.Millisecond, func() { b.tryAgain(conn) })
		return
	}
	b.send()
}

// tryAgain sends what was answered with retry, on the connection that said so:
// another one has sent it already.
func (b *Bot) tryAgain(on any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.conn != nil && on == any(b.conn) {
		b.queue.flying = 0
		b.send()
	}
}

func (b *Bot) finish(o Outcome, done chan<- Outcome) {
	switch o.Ack.Status {
	case board.OK:
		if b.config.OnAck != nil {
			b.config.OnAck(o.Ack.Mid, o.Ack.Seq)
		}
	case board.Rejected:
		b.record.Refused = append(b.record.Refused, o)
	}
	done <- o
}
