package board

import (
	"encoding/json"

	"corkboard/notes"
)

// snapshots is a room's: the last one that was packed, and who waits for the
// next. It belongs to the room's goroutine.
type snapshots struct {
	last       *Packed // of a document at epoch and seq; nil: none yet
	epoch, seq int64
	packing    bool
	waiting    []func()
}

// packSnapshot has the document encoded and compressed beside the room's
// goroutine, which takes milliseconds on a large board, and calls then in it.
// Whoever asks meanwhile gets the same one.
func (r *room) packSnapshot(then func()) {
	s := &r.snapshots
	s.waiting = append(s.waiting, then)
	if s.packing {
		return
	}
	s.packing = true
	doc, epoch := r.doc.Clone(), r.head.Epoch
	r.hub.Stats.Snapshots.Add(1)
	go func() {
		packed := pack(encode(SnapshotOf(doc)).Text())
		r.do(func() { r.snapshotPacked(packed, epoch, doc.Seq) })
	}()
}

func (r *room) snapshotPacked(packed *Packed, epoch, seq int64) {
	s := &r.snapshots
	waiting := s.waiting
	s.waiting, s.packing = nil, false
	if epoch == r.head.Epoch {
		s.last, s.epoch, s.seq = packed, epoch, seq
	}
	for _, then := range waiting {
		then()
	}
}

// forget drops the last snapshot, whose document was replaced.
func (s *snapshots) forget() { s.last = nil }

// snapshotFor returns a snapshot for a join, and the events that have come
// since; false when another must be packed first. It holds what stands behind
// the client's last mid, and whatever it was sent in this seat: what it shows must
// not go and come again, and an edit that was made on it must find it (I6). As long as few events have come, the last snapshot serves
// everybody, however many join a busy board.
func (r *room) snapshotFor(j join) (since []json.RawMessage, ok bool) {
	s := &r.snapshots
	needed := min(max(j.state.settledAt(), j.shown), r.doc.Seq) // a backup may have been put back since the hello
	if s.last == nil || s.epoch != r.head.Epoch || s.seq < needed {
		return nil, false
	}
	since, ok = r.tail.since(s.seq, r.doc.Seq)
	few := j.waited || size(since) <= worthEvents
	return since, ok && few
}

// settledAt is the seq of the client's last commit that is remembered; those
// that are not are older.
func (s ClientState) settledAt() (seq int64) {
	for _, ack := range s.Results {
		seq = max(seq, ack.Seq)
	}
	return seq
}

// SnapshotOf returns the live part of a document, from the bottom to the top.
func SnapshotOf(doc *notes.Document) Snapshot {
	return Snapshot{Seq: doc.Seq, Board: doc.Board, Notes: doc.Live()}
}
