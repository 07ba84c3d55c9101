package board

import (
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"corkboard/notes"
)

// Question is what a transaction knows when it holds the board's lock: the turns
// to decide, and all that the decision may depend on.
type Question struct {
	Doc     *notes.Document         // not changed
	Missed  []notes.Event           // what leads from Doc to the board's locked seq
	History notes.History           // of what is durable
	At      time.Time               // of every event that comes of it
	Turns   []Turn                  // their grants as evaluated inside the transaction (I10)
	Clients map[string]*ClientState // of the turns, by client id; they are moved on
}

// Decision is the outcome of Decide: what the transaction must write.
type Decision struct {
	Draft   *notes.Draft // the document after Missed and Events
	Events  []notes.Event
	Answers []Answer
	Clients []Advance     // those whose LastMid moved
	Known   []ClientState // all clients of the turns that there are, as they are after it, for the outcome
}

// Advance is a client that used up mids.
type Advance struct {
	*ClientState       // as it is after that
	From         int64 // its LastMid before
}

// Unlogged are the answers that the client got now and that leave nothing in the
// log from which they could be given again, oldest first.
func (a Advance) Unlogged() []Ack {
	var unlogged []Ack
	for _, ack := range a.Results {
		if ack.Mid > a.From && ack.Status != OK {
			unlogged = append(unlogged, ack)
		}
	}
	return unlogged
}

// Decide is the pure middle of every Store's Commit. It runs the turns in
// order: it drops what an older generation sent and what is known already,
// checks the role, applies the rest. The error is the history's, or tells of a
// gap in Missed, and ends the transaction.
func Decide(q Question) (Decision, error) {
	var d Decision
	d.Draft = notes.Begin(q.Doc, d.remember(q.History))
	for _, e := range q.Missed {
		if err := d.Draft.Take(e); err != nil {
			return Decision{}, fmt.Errorf("catch up: %w", err)
		}
	}
	moved := map[string]bool{}
	for _, turn := range q.Turns {
		c := q.Clients[turn.Client]
		from := c.lastMid()
		answer, used, err := d.take(q.At, turn, c)
		if err != nil {
			return Decision{}, err
		}
		d.Answers = append(d.Answers, answer)
		if used && !moved[turn.Client] {
			moved[turn.Client] = true
			d.Clients = append(d.Clients, Advance{c, from})
		}
	}
	d.Known = withoutResults(q.Clients)
	return d, nil
}

// remember lets an op be merged with deltas that this decision made and that
// are not in the log yet.
func (d *Decision) remember(durable notes.History) notes.History {
	return func(note string, from, to int64) ([]notes.Delta, error) {
		var made []notes.Delta
		for _, t := range TextEdits(d.Events) {
			if t.Note == note && t.Rev > from && t.Rev <= to {
				made = append(made, t.Delta)
			}
		}
		to -= int64(len(made))
		if from == to {
			return made, nil
		}
		older, err := durable(note, from, to)
		return append(older, made...), err
	}
}

// TextEdits yields every text edit of the events with its seq, in order; those
// inside batches too.
func TextEdits(events []notes.Event) iter.Seq2[int64, *notes.TextEdited] {
	return func(yield func(int64, *notes.TextEdited) bool) {
		for _, e := range events {
			for _, t := range textEdits(e.Effect) {
				if !yield(e.Seq, t) {
					return
				}
			}
		}
	}
}

func textEdits(effect notes.Effect) []*notes.TextEdited {
	switch e := effect.(type) {
	case *notes.TextEdited:
		return []*notes.TextEdited{e}
	case *notes.BatchDone:
		var all []*notes.TextEdited
		for _, inner := range e.Effects {
			all = append(all, textEdits(inner)...)
		}
		return all
	}
	return nil
}

// take runs one turn; used tells whether it used up a mid.
func (d *Decision) take(at time.Time, turn Turn, c *ClientState) (answer Answer, used bool, err error) {
	answer = Answer{Grant: turn.Grant, Fate: fate(turn, c)}
	if answer.Fate != Lives {
		return answer, false, nil
	}
	for _, s := range turn.Ops {
		if s.Mid <= c.LastMid {
			answer.Acks = append(answer.Acks, c.known(s.Mid))
			continue
		}
		ack, err := d.decide(at, turn, s)
		if err != nil {
			return Answer{}, false, err
		}
		c.settle(ack)
		used = true
		answer.Acks = append(answer.Acks, ack)
	}
	return answer, used, nil
}

// fate decides before anything is applied: a turn with a hole in its mids has
// no effect at all (I4).
func fate(turn Turn, c *ClientState) Fate {
	switch {
	case turn.Grant.Role == "":
		return Denied
	case c == nil:
		return OutOfOrder // never entered, or not seen for so long that it was forgotten
	case c.Principal != turn.Grant.Principal.String() || c.Gen != turn.Gen:
		return Fenced
	}
	last := c.LastMid
	for i, s := range turn.Ops {
		if s.Mid < 1 || s.Mid > last+1 || i > 0 && s.Mid != turn.Ops[i-1].Mid+1 {
			return OutOfOrder
		}
		last = max(last, s.Mid)
	}
	return Lives
}

func (d *Decision) decide(at time.Time, turn Turn, s Submission) (Ack, error) {
	if r := refusal(turn.Grant, s); r != nil {
		return refused(s.Mid, r), nil
	}
	event, err := d.Draft.Apply(notes.Op{Mid: s.Mid, Edit: s.Op.Edit}, turn.Client, turn.Grant.Actor, at)
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
	return Ack{Mid: mid, Status: Rejected, Code: r.Code, Reason: short(r.Reason), Note: r.Note}
}

// maxReason is how many bytes of a reason are kept: what it quotes is the
// client's, and as long as the client likes.
const maxReason = 300

func short(reason string) string {
	if len(reason) <= maxReason {
		return reason
	}
	return strings.ToValidUTF8(reason[:maxReason-len("…")], "") + "…"
}

func (c *ClientState) lastMid() int64 {
	if c == nil {
		return 0
	}
	return c.LastMid
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
