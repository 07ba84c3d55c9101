package board

import (
	"errors"
	"fmt"
	"time"

	"corkboard/notes"
)

// Decision is the outcome of Decide: what the transaction must write.
type Decision struct {
	Events  []notes.Event
	Answers []Answer
	Clients []*ClientState // those whose LastMid moved
}

// Decide is the pure middle of every Store's Commit. It runs the turns, in
// order, on draft: it drops what an older generation sent and what is known
// already, checks the role, applies the rest. clients holds the state of each
// turn's client and is moved on; grants are already evaluated inside the
// transaction (I10). The error is the history's and ends the transaction.
func Decide(draft *notes.Draft, at time.Time, turns []Turn, clients map[string]*ClientState) (Decision, error) {
	var d Decision
	moved := map[string]bool{}
	for _, turn := range turns {
		answer, err := d.take(draft, at, turn, clients[turn.Client])
		if err != nil {
			return Decision{}, err
		}
		d.Answers = append(d.Answers, answer)
		if c := clients[turn.Client]; answer.Fate == Lives && !moved[turn.Client] {
			moved[turn.Client] = true
			d.Clients = append(d.Clients, c)
		}
	}
	return d, nil
}

func (d *Decision) take(draft *notes.Draft, at time.Time, turn Turn, c *ClientState) (Answer, error) {
	answer := Answer{Grant: turn.Grant}
	switch {
	case turn.Grant.Role == "":
		answer.Fate = Denied
		return answer, nil
	case c == nil || c.Gen != turn.Gen:
		answer.Fate = Fenced
		return answer, nil
	}
	for _, s := range turn.Ops {
		if s.Mid > c.LastMid+1 || s.Mid < 1 {
			answer.Fate = OutOfOrder
			break
		}
		if s.Mid <= c.LastMid {
			answer.Acks = append(answer.Acks, c.known(s.Mid))
			continue
		}
		ack, err := d.decide(draft, at, turn, s)
		if err != nil {
			return Answer{}, err
		}
		c.settle(ack)
		answer.Acks = append(answer.Acks, ack)
	}
	return answer, nil
}

func (d *Decision) decide(draft *notes.Draft, at time.Time, turn Turn, s Submission) (Ack, error) {
	if r := refusal(turn.Grant, s); r != nil {
		return refused(s.Mid, r), nil
	}
	event, err := draft.Apply(s.Op, turn.Client, turn.Grant.Actor, at)
	var r *notes.Rejection
	switch {
	case errors.As(err, &r):
		return refused(s.Mid, r), nil
	case err != nil:
		return Ack{}, fmt.Errorf("apply op %d: %w", s.Mid, err)
	case event == nil:
		return Ack{Mid: s.Mid, Status: Noop}, nil
	}
	d.Events = append(d.Events, *event)
	return Ack{Mid: s.Mid, Status: OK, Seq: event.Seq}, nil
}

// refusal is why the op may not even be looked at.
func refusal(g Grant, s Submission) *notes.Rejection {
	switch {
	case !g.Role.CanEdit():
		return &notes.Rejection{Code: notes.Forbidden, Reason: "You can look at this board, but not change it."}
	case g.Trashed:
		return &notes.Rejection{Code: notes.Forbidden, Reason: "This board is in the trash. Restore it to change it."}
	}
	return s.Refused
}

func refused(mid int64, r *notes.Rejection) Ack {
	return Ack{Mid: mid, Status: Rejected, Code: r.Code, Reason: r.Reason, Note: r.Note}
}

// settle uses up the ack's mid and keeps the answer.
func (c *ClientState) settle(a Ack) {
	c.LastMid = a.Mid
	a.Note = nil
	c.Results = append(c.Results, a)
	if extra := len(c.Results) - KeptResults; extra > 0 {
		c.Results = append([]Ack(nil), c.Results[extra:]...)
	}
}

// known is the answer that a mid got before. One that is no longer kept was
// settled long ago; its client has seen the answer or a snapshot since.
func (c *ClientState) known(mid int64) Ack {
	for _, a := range c.Results {
		if a.Mid == mid {
			return a
		}
	}
	return Ack{Mid: mid, Status: Noop}
}
