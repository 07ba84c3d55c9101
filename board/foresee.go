package board

import (
	"errors"
	"time"

	"corkboard/notes"
)

// Foresight is a decision that was made before anything was asked, on what the
// proposal says of itself. It may be written only where all of that is true, in
// the transaction that finds it so: the board is at Epoch, Seq and PermVersion,
// and each client of the decision is its principal's, of its generation, and has
// used its mids up to Advance.From. The clients' Results are those of now alone.
type Foresight struct {
	Decision
	Epoch       int64
	Seq         int64 // of the document in the proposal
	PermVersion int64 // under which all the grants were given
}

// errUnread ends a decision that needs the log.
var errUnread = errors.New("the log was not read")

// Foresee decides a proposal at a time without a database. It is false when only
// a database can decide: something is missing, a client sends again what it may
// have sent before, a turn would have no effect, a grant runs out some day, an edit needs older text
// edits.
func Foresee(p Proposal, at time.Time) (Foresight, bool) {
	clients, ok := foreseeable(p)
	if !ok {
		return Foresight{}, false
	}
	d, err := Decide(Question{
		Doc: p.Doc, At: at, Turns: p.Turns, Clients: clients,
		History: func(string, int64, int64) ([]notes.Delta, error) { return nil, errUnread },
	})
	if err != nil {
		return Foresight{}, false
	}
	for _, a := range d.Answers {
		if a.Fate != Lives {
			return Foresight{}, false
		}
	}
	return Foresight{Decision: d, Epoch: p.Epoch, Seq: p.Doc.Seq, PermVersion: p.Turns[0].Grant.PermVersion}, true
}

// foreseeable returns copies of the turns' clients; false unless all that a
// decision needs is there and every op is new.
func foreseeable(p Proposal) (map[string]*ClientState, bool) {
	if p.Doc == nil || len(p.Turns) == 0 {
		return nil, false
	}
	clients := make(map[string]*ClientState, len(p.Turns))
	for _, t := range p.Turns {
		known, ok := p.Clients[t.Client]
		switch {
		case !ok || known.Client != t.Client:
			return nil, false
		case t.Grant.Board != p.Board || t.Grant.PermVersion != p.Turns[0].Grant.PermVersion:
			return nil, false
		case !t.Grant.Until.IsZero(): // it may run out while the statement waits for the board
			return nil, false
		case len(t.Ops) == 0 || t.Ops[0].Mid <= known.LastMid:
			return nil, false
		}
		known.Results = nil
		clients[t.Client] = &known
	}
	return clients, true
}

// withoutResults are the clients of a question as an outcome tells of them.
func withoutResults(clients map[string]*ClientState) []ClientState {
	list := make([]ClientState, 0, len(clients))
	for _, c := range clients {
		now := *c
		now.Results = nil
		list = append(list, now)
	}
	return list
}
