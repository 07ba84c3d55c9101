package load

import (
	"context"
	"fmt"
	"time"

	"corkboard/cmd/loadtest/bot"
)

// compareWithin bounds how long replicas may take to come as far as the acks.
const compareWithin = 15 * time.Second

// replicas are bots that hold the whole document: one on each board, from
// before the load.
type replicas struct {
	run     *run
	witness []*bot.Bot
}

// watch seats the witnesses, where the plan asks for them.
func (r *run) watch() *replicas {
	all := &replicas{run: r}
	if r.plan.Verify && r.plan.Edits > 0 {
		for _, rm := range r.rooms {
			all.witness = append(all.witness, r.replica(rm))
		}
	}
	return all
}

func (r *run) replica(rm *room) *bot.Bot {
	return bot.New(bot.Config{Nodes: []string{r.target.url}, Origin: r.target.origin, Cookie: r.target.cookie, Board: rm.board})
}

func (s *replicas) close() {
	for _, b := range s.witness {
		b.Close()
	}
}

// compare holds each witness, which followed every event, against a newcomer,
// which takes a snapshot, and the newcomer against the acks. It returns how
// many acknowledged edits are not in the document.
func (s *replicas) compare(ctx context.Context) (lost int64) {
	ctx, cancel := context.WithTimeout(ctx, compareWithin)
	defer cancel()
	for i, witness := range s.witness {
		rm := s.run.rooms[i]
		newcomer := s.run.replica(rm)
		n, err := rm.compare(ctx, witness, newcomer)
		newcomer.Close()
		lost += n
		s.run.failed(err)
	}
	return lost
}

func (rm *room) compare(ctx context.Context, witness, newcomer *bot.Bot) (lost int64, err error) {
	var last int64
	for _, c := range rm.clients {
		last = max(last, c.seq.Load())
	}
	for _, b := range []*bot.Bot{witness, newcomer} {
		if err := b.AwaitSeq(ctx, last); err != nil {
			return 0, fmt.Errorf("a replica did not come as far as the acks: %w", err)
		}
	}
	for _, e := range rm.editors {
		note, found := newcomer.Note(e.note)
		acked := e.acked.Load()
		if !found && acked > 0 {
			lost += acked
		} else if found {
			lost += max(0, acked-int64(note.X))
		}
	}
	if lost > 0 {
		return lost, fmt.Errorf("%d edits were acknowledged and are lost", lost)
	}
	seq, hash := newcomer.Hash()
	if other, otherHash := witness.Hash(); other != seq || otherHash != hash {
		return 0, fmt.Errorf("replicas differ: %s at seq %d, %s at seq %d", hash, seq, otherHash, other)
	}
	return 0, nil
}
