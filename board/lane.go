package board

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"corkboard/notes"
)

// maxCommitOps bounds how many ops go into one transaction.
const maxCommitOps = 2000

// waitingTurn is a turn that waits for the next transaction.
type waitingTurn struct {
	turn  Turn
	by    *Session            // nil: it came without a socket
	epoch int64               // in which its client was welcomed; 0: it follows no log
	state *ClientState        // what is known of the client; kept up to date by each answer
	reply func(Answer, error) // in the room's goroutine
	alone bool                // it shares no transaction, see isolate
}

// waiter wants the document to be as new as the database was when it came.
// Both are called in the room's goroutine.
type waiter struct {
	ready func()
	fail  func(error)
}

// next starts the database job that is wanted most, if none is running. Group
// commit comes from here: turns that arrive during a job wait and share the
// next transaction.
func (r *room) next() {
	if r.busy {
		return
	}
	switch {
	case len(r.waiting) > 0:
		r.startCommit()
	case len(r.waiters) > 0 || r.behind && r.doc != nil && r.listening:
		r.startCatchUp()
	default:
		for _, f := range r.quiet {
			f()
		}
		r.quiet = nil
	}
}

// depth is what a commit takes of a goroutine's stack, in bytes.
const depth = 10 << 10

// deepen has a new goroutine's stack grow to its depth at once. Else it would be
// found too small three times on the way down through the database's driver, and
// copied each time.
//
//go:noinline
func deepen(at int) byte {
	var room [depth]byte
	return room[at]
}

// start runs job beside the room's goroutine and finish, which it returns, in it.
func (r *room) start(job func(context.Context) (finish func())) {
	r.busy = true
	go func() {
		deepen(0)
		ctx, cancel := context.WithTimeout(context.Background(), storeTimeout)
		defer cancel()
		finish := job(ctx)
		r.do(func() {
			r.busy = false
			finish()
			r.unpark()
			r.next()
		})
	}()
}

func (r *room) unpark() {
	parked := r.parked
	r.parked = nil
	for _, events := range parked {
		if r.doc != nil {
			r.advance(events)
		}
	}
}

// startCommit puts what waits into one transaction.
func (r *room) startCommit() {
	turns := r.takeWaiting()
	p := r.proposal(turns)
	served := r.takeWaiters()
	r.start(func(ctx context.Context) func() {
		out, err := r.commit(ctx, p)
		if errors.Is(err, ErrEpoch) {
			return r.startOver(ctx, p, turns, served)
		}
		r.hub.outages.note(err)
		return func() {
			if err != nil {
				r.commitFailed(turns, served, err)
				return
			}
			r.committed(out, turns)
			for _, w := range served {
				w.ready()
			}
		}
	})
}

// proposal is of turns, with what the room knows of their clients. One that is
// behind knows that it would be wrong.
func (r *room) proposal(turns []waitingTurn) Proposal {
	p := Proposal{Board: r.id, Doc: r.doc, Epoch: r.head.Epoch, Clients: map[string]ClientState{}}
	for _, t := range turns {
		p.Turns = append(p.Turns, t.turn)
		if !r.behind {
			p.Clients[t.turn.Client] = *t.state
		}
	}
	return p
}

// remember takes what the store said of the turns' clients.
func (r *room) remember(turns []waitingTurn, clients []ClientState) {
	now := make(map[string]ClientState, len(clients))
	for _, c := range clients {
		now[c.Client] = c
	}
	for _, t := range turns {
		if c, known := now[t.turn.Client]; known {
			*t.state = c
		}
	}
}

func (r *room) takeWaiting() []waitingTurn {
	ops, n := 0, 0
	for n < len(r.waiting) && (n == 0 || ops+len(r.waiting[n].turn.Ops) <= maxCommitOps) {
		if n > 0 && (r.waiting[0].alone || r.waiting[n].alone) {
			break
		}
		ops += len(r.waiting[n].turn.Ops)
		n++
	}
	turns := r.waiting[:n:n]
	r.waiting = append([]waitingTurn(nil), r.waiting[n:]...)
	return turns
}

func (r *room) takeWaiters() []waiter {
	w := r.waiters
	r.waiters = nil
	r.behind = false
	return w
}

// commit proposes again while the outcome is unknown: the ops' mids make sure
// that they have one effect (I2, I3). What was known of the clients is in doubt
// then.
func (r *room) commit(ctx context.Context, p Proposal) (Outcome, error) {
	for try := 0; ; try++ {
		out, err := r.hub.store.Commit(ctx, p)
		if !errors.Is(err, ErrUnavailable) || try == 3 {
			return out, err
		}
		p.Clients = nil
		if !pause(ctx, try) {
			return out, err
		}
	}
}

// pause waits before a try is followed by the next one, longer each time; false
// when ctx is over.
func pause(ctx context.Context, try int) bool {
	select {
	case <-time.After(time.Duration(50<<try)*time.Millisecond + rand.N(50*time.Millisecond)):
		return true
	case <-ctx.Done():
		return false
	}
}

// committed delivers to our own sessions and answers the turns, then tells the
// other nodes; a failure there harms nobody.
func (r *room) committed(out Outcome, turns []waitingTurn) {
	if out.Doc != nil {
		r.replace(out.Doc, out.Head)
	}
	if len(out.Missed) > 0 && r.listening {
		r.hub.Stats.GapRepairs.Add(1)
	}
	r.hub.Stats.commit(out)
	r.advance(out.Missed)
	frame := r.take(out.Events)
	r.remember(turns, out.Clients)
	r.deliver(frame, r.answerTurns(frame, turns, out.Answers))
	r.heed(out.Head)
	if len(out.Events) > 0 {
		raw, _ := r.tail.since(out.Events[0].Seq-1, r.doc.Seq)
		r.tellEvents(raw)
	}
}

// answerTurns gives the authors their answers, each behind the events of the
// commit, and before anybody else gets these: they wait, and the others do not
// know yet that there is something to wait for. It returns who has had the frame.
func (r *room) answerTurns(frame *Frame, turns []waitingTurn, answers []Answer) (had map[*Session]bool) {
	had = make(map[*Session]bool, len(turns))
	for i, t := range turns {
		if frame != nil && r.sessions[t.by] && !had[t.by] {
			had[t.by] = true
			t.by.conn.Send(frame)
		}
		t.reply(answers[i], nil)
	}
	return had
}

func (r *room) commitFailed(turns []waitingTurn, served []waiter, err error) {
	r.hub.Stats.FailedCommits.Add(1)
	r.hub.log.Error("a commit failed", "board", r.id, "error", err)
	if errors.Is(err, ErrRefused) && r.isolate(turns) {
		r.waiters = append(served, r.waiters...)
		return
	}
	r.behind = r.doc != nil
	for _, t := range turns {
		t.reply(Answer{}, err)
	}
	r.serveFailed(served, err)
}

func (r *room) serveFailed(served []waiter, err error) {
	for _, w := range served {
		w.fail(err)
	}
	if errors.Is(err, ErrNotFound) {
		r.closeAll(CloseGone, whyGone)
	}
}

// startCatchUp reads what the room has not got: the missing events, or the
// whole document where the log does not help.
func (r *room) startCatchUp() {
	doc, head := r.doc, r.head
	served := r.takeWaiters()
	r.start(func(ctx context.Context) func() {
		fresh, events, now, err := r.catchUp(ctx, doc, head)
		return func() {
			if err != nil {
				r.hub.log.Error("a board cannot be read", "board", r.id, "error", err)
				r.serveFailed(served, err)
				return
			}
			if fresh != nil {
				r.replace(fresh, now)
			} else if len(events) > 0 && r.listening {
				r.hub.Stats.GapRepairs.Add(1)
			}
			r.advance(events)
			r.head.LogFloor = now.LogFloor
			r.heed(now)
			for _, w := range served {
				w.ready()
			}
		}
	})
}

func (r *room) catchUp(ctx context.Context, doc *notes.Document, head Head) (fresh *notes.Document, events []notes.Event, now Head, err error) {
	if doc != nil {
		heads, err := r.hub.store.Heads(ctx, []string{r.id})
		if err != nil {
			return nil, nil, Head{}, err
		}
		now, exists := heads[r.id]
		switch {
		case !exists:
			return nil, nil, Head{}, ErrNotFound
		case now.Epoch == head.Epoch && now.Seq == doc.Seq:
			return nil, nil, now, nil
		case now.Epoch == head.Epoch && now.Seq < doc.Seq:
			if err := r.renew(ctx, head.Epoch); err != nil {
				return nil, nil, Head{}, err
			}
		case now.Epoch == head.Epoch:
			events, err = r.hub.store.Events(ctx, r.id, doc.Seq)
			if !errors.Is(err, ErrTruncated) {
				return nil, events, now, err
			}
		}
	}
	fresh, now, err = r.reload(ctx, head.Epoch)
	return fresh, nil, now, err
}

// upToDate calls with in the room's goroutine once the document is as new as
// the database was when it was called: at once if that is known, else after the
// next job.
func (r *room) upToDate(ctx context.Context, known func() bool, with func()) error {
	result := make(chan error, 1)
	r.do(func() {
		if known() {
			with()
			result <- nil
			return
		}
		r.waiters = append(r.waiters, waiter{
			ready: func() { with(); result <- nil },
			fail:  func(err error) { result <- err },
		})
		r.next()
	})
	return r.await(ctx, result)
}

// submitAndWait is for callers without a socket.
func (r *room) submitAndWait(ctx context.Context, turn Turn, state *ClientState) ([]Ack, error) {
	var acks []Ack
	result := make(chan error, 1)
	r.do(func() {
		r.waiting = append(r.waiting, waitingTurn{turn: turn, state: state, reply: func(a Answer, err error) {
			acks = a.Acks
			if err == nil && a.Fate != Lives {
				err = fateError(a.Fate)
			}
			result <- err
		}})
		r.next()
	})
	if err := r.await(ctx, result); err != nil {
		return nil, err
	}
	return acks, nil
}

// errTwice says that the same request runs a second time, which has overtaken this one.
var errTwice = fmt.Errorf("the same request runs twice at once: %w", ErrUnavailable)

// fateError is what a turn's fate means to a caller without a socket: a fence
// or a hole in its mids comes from the same request running twice at once.
func fateError(f Fate) error {
	if f == Denied {
		return ErrNotFound
	}
	return errTwice
}

func (r *room) await(ctx context.Context, result <-chan error) error {
	select {
	case err := <-result:
		return err
	case <-ctx.Done():
		return ctx.Err()
	case <-r.done:
		return ErrClosing
	}
}
