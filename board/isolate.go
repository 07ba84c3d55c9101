package board

import "corkboard/notes"

// isolate proposes again what the database refused, in smaller parts: turns of
// one transaction each alone, then the ops of a turn each alone, and at last
// the one op as refused, which uses its mid up. So one op that cannot be kept
// comes back to its author and everybody else's land, where the whole would be
// sent and refused for ever. It is false when there is nothing left to try.
func (r *room) isolate(turns []waitingTurn) bool {
	parts := turns
	if len(turns) == 1 {
		if parts = turns[0].parts(); parts == nil {
			return false
		}
	}
	for i := range parts {
		parts[i].alone = true
	}
	r.waiting = append(parts, r.waiting...)
	return true
}

// parts are what a refused turn is proposed as next; nil when it was refused as
// a refusal.
func (w waitingTurn) parts() []waitingTurn {
	switch ops := w.turn.Ops; {
	case len(ops) > 1:
		return w.single()
	case len(ops) == 0 || ops[0].Refused != nil:
		return nil
	}
	refusal := &notes.Rejection{Code: notes.Invalid, Reason: "This change cannot be kept by the database."}
	w.turn.Ops = []Submission{{Mid: w.turn.Ops[0].Mid, Refused: refusal}}
	return []waitingTurn{w}
}

// single cuts a turn into turns of one op. They are answered together, up to
// the first that has no acks.
func (w waitingTurn) single() []waitingTurn {
	parts := make([]waitingTurn, len(w.turn.Ops))
	var whole []Ack
	answered := false
	for i := range parts {
		parts[i] = w
		parts[i].turn.Ops = w.turn.Ops[i : i+1]
		parts[i].reply = func(a Answer, err error) {
			if answered {
				return
			}
			whole = append(whole, a.Acks...)
			a.Acks = whole
			if answered = err != nil || a.Fate != Lives || i == len(parts)-1; answered {
				w.reply(a, err)
			}
		}
	}
	return parts
}
