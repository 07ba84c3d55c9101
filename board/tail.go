package board

import (
	"encoding/json"

	"corkboard/notes"
)

// A tail keeps a room's last events as they go over the wire, so that most
// clients that come back are caught up without asking the database.
type tail struct {
	first int64 // seq of list[0]
	list  []json.RawMessage
	bytes int
}

// maxTail bounds a tail, in bytes.
const maxTail = 1 << 20

func (t *tail) reset(after int64) { *t = tail{first: after + 1} }

// add appends an event, which must be the next, and returns its encoding.
func (t *tail) add(e notes.Event) json.RawMessage {
	raw := encodeEvent(e)
	if len(t.list) == 0 {
		t.first = e.Seq
	}
	t.list = append(t.list, raw)
	t.bytes += len(raw)
	for t.bytes > maxTail && len(t.list) > 1 {
		t.bytes -= len(t.list[0])
		t.list, t.first = t.list[1:], t.first+1
	}
	return raw
}

// since returns the events after seq up to head; ok is false when some of them
// are no longer kept.
func (t *tail) since(seq, head int64) (events []json.RawMessage, ok bool) {
	if seq == head {
		return nil, true
	}
	if seq > head || len(t.list) == 0 || seq+1 < t.first {
		return nil, false
	}
	return t.list[seq+1-t.first:], true
}

func size(raw []json.RawMessage) int {
	n := 0
	for _, r := range raw {
		n += len(r)
	}
	return n
}
