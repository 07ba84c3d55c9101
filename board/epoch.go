package board

import (
	"context"

	"corkboard/notes"
)

// renew gives the board a new epoch, because its log was seen to have gone back:
// a backup was restored under the eyes of this node (I14). Every node that comes
// later, and every client, starts over from what the database holds now.
func (r *room) renew(ctx context.Context, epoch int64) error {
	first, err := r.hub.store.Renew(ctx, r.id, epoch)
	if err == nil && first {
		r.hub.Stats.NewEpochs.Add(1)
		r.hub.log.Warn("the log of a board went back: it gets a new epoch, and everybody on it starts over", "board", r.id)
	}
	return err
}

// reload reads the board's document. Epochs only grow: an older one than the room
// has followed comes from a backup, and must not be given to anybody again.
func (r *room) reload(ctx context.Context, followed int64) (*notes.Document, Head, error) {
	doc, head, err := r.hub.store.Load(ctx, r.id)
	if err != nil || head.Epoch >= followed {
		return doc, head, err
	}
	if err := r.renew(ctx, head.Epoch); err != nil {
		return nil, Head{}, err
	}
	return r.hub.store.Load(ctx, r.id)
}

// startOver reads the board anew after a commit found that the log is not the
// one that the room has followed, and finishes with what waits: clients that were
// welcomed before are told to start over, everything else is proposed again.
func (r *room) startOver(ctx context.Context, p Proposal, turns []waitingTurn, served []waiter) (finish func()) {
	err := r.renew(ctx, p.Epoch) // unless the board has left this epoch already
	if err != nil {
		return func() { r.commitFailed(turns, served, err) }
	}
	doc, head, err := r.reload(ctx, p.Epoch)
	return func() {
		if err != nil {
			r.commitFailed(turns, served, err)
			return
		}
		r.waiting = append(turns, r.waiting...)
		r.replace(doc, head)
		r.heed(head)
		for _, w := range served {
			w.ready()
		}
	}
}

// dropBygone leaves out the turns of clients that were welcomed in another epoch:
// what they were made on is gone (I14).
func (r *room) dropBygone() {
	turns := r.waiting
	r.waiting = nil
	for _, t := range turns {
		if t.epoch == 0 || t.epoch == r.head.Epoch {
			r.waiting = append(r.waiting, t)
			continue
		}
		t.reply(Answer{Fate: Bygone}, nil)
	}
}
