package board

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"corkboard/notes"
	"corkboard/presence"
)

// Subprotocol is the WebSocket subprotocol; its version changes with any change
// that an older client would not understand.
const Subprotocol = "corkboard.v1"

// ErrProtocol is wrapped by the refusal of a frame; the text is for its sender.
var ErrProtocol = errors.New("protocol")

// Hello is a client's first message, and its way to start over.
type Hello struct {
	Type   string `json:"type"`
	Board  string `json:"board"`
	Client string `json:"client"`
	Epoch  int64  `json:"epoch"`
	Seq    int64  `json:"seq"` // what the client has; 0: nothing
	Ticket string `json:"ticket"`
}

// ParseHello reads a hello. The error wraps ErrProtocol.
func ParseHello(frame []byte) (Hello, error) {
	var h Hello
	if err := notes.DecodeStrict(frame, &h); err != nil {
		return h, fmt.Errorf("%w: %s", ErrProtocol, err)
	}
	switch {
	case h.Type != "hello":
		return h, fmt.Errorf("%w: the first message must be a hello", ErrProtocol)
	case !notes.IsID(h.Client):
		return h, fmt.Errorf("%w: a client id has 8 to 32 characters of 0-9, A-Z, a-z, - and _", ErrProtocol)
	case len(h.Board) > 64 || h.Board == "":
		return h, fmt.Errorf("%w: a hello names its board", ErrProtocol)
	case h.Seq < 0 || h.Epoch < 0:
		return h, fmt.Errorf("%w: epoch and seq are not negative", ErrProtocol)
	}
	return h, nil
}

// The later messages of a client, one type each.
type (
	opsMessage struct {
		Type string            `json:"type"`
		Gen  int64             `json:"gen"`
		Ops  []json.RawMessage `json:"ops"`
	}
	presenceMessage struct {
		Type string `json:"type"`
		presence.State
	}
	pingMessage struct {
		Type string `json:"type"`
	}
)

// messageType checks a frame and reads its type; the other fields are read later.
func messageType(frame []byte) (string, error) {
	if err := notes.CheckStrict(frame); err != nil {
		return "", fmt.Errorf("%w: %s", ErrProtocol, err)
	}
	if kind, ok := leadingType(frame); ok {
		return kind, nil
	}
	var m pingMessage
	if err := json.Unmarshal(frame, &m); err != nil {
		return "", fmt.Errorf("%w: a message is an object with a type", ErrProtocol)
	}
	return m.Type, nil
}

// leadingType reads the type of a checked frame that begins with it, as those
// of our own clients do.
func leadingType(frame []byte) (kind string, ok bool) {
	rest, ok := bytes.CutPrefix(frame, []byte(`{"type":"`))
	if !ok {
		return "", false
	}
	before, _, ok := bytes.Cut(rest, []byte(`"`))
	return string(before), ok && bytes.IndexByte(before, '\\') < 0
}

// parseAs reads a checked frame whose type is known, and refuses fields of other
// types.
func parseAs[M any](frame []byte) (M, error) {
	var m M
	if err := notes.DecodeChecked(frame, &m); err != nil {
		return m, fmt.Errorf("%w: %s", ErrProtocol, err)
	}
	return m, nil
}

// parseOps reads a checked frame of ops, without reflection when it has no other
// fields than those that there are.
func parseOps(frame []byte) (opsMessage, error) {
	var m opsMessage
	for key, value := range notes.Members(frame) {
		var err error
		switch string(key) {
		case "type": // it brought the frame here
		case "gen":
			m.Gen, err = strconv.ParseInt(string(value), 10, 64)
		case "ops":
			for op := range notes.Elements(value) {
				m.Ops = append(m.Ops, op)
			}
		default:
			return parseAs[opsMessage](frame)
		}
		if err != nil {
			return parseAs[opsMessage](frame)
		}
	}
	if len(m.Ops) == 0 {
		return parseAs[opsMessage](frame)
	}
	return m, nil
}

// submissions reads the ops of a frame one by one: a bad one uses up its mid
// and is refused, the others stand. Only an op without a readable mid makes the
// whole frame bad.
func (m opsMessage) submissions() ([]Submission, error) {
	if len(m.Ops) == 0 || len(m.Ops) > MaxOps {
		return nil, fmt.Errorf("%w: a frame holds 1 to %d ops", ErrProtocol, MaxOps)
	}
	subs := make([]Submission, len(m.Ops))
	for i, raw := range m.Ops {
		err := subs[i].Op.UnmarshalJSON(raw)
		subs[i].Mid = subs[i].Op.Mid
		if err != nil {
			subs[i].Mid = midOf(raw)
		}
		var r *notes.Rejection
		switch {
		case subs[i].Mid < 1:
			return nil, fmt.Errorf("%w: every op has a mid, a whole number from 1", ErrProtocol)
		case errors.As(err, &r):
			subs[i].Refused = r
		case err != nil:
			return nil, fmt.Errorf("%w: op %d cannot be read: %s", ErrProtocol, i, err)
		}
	}
	return subs, nil
}

// midOf is the mid of an op that cannot be read; 0 when it has none.
func midOf(op []byte) int64 {
	var head struct {
		Mid int64 `json:"mid"`
	}
	if json.Unmarshal(op, &head) != nil {
		return 0
	}
	return head.Mid
}

// limits is what a welcome tells a client to keep to.
type limits struct {
	Ops   int `json:"ops"`
	Frame int `json:"frame"`
	Text  int `json:"text"`
	Notes int `json:"notes"`
}

var serverLimits = limits{MaxOps, MaxFrame, notes.MaxText, notes.MaxNotes}

// welcome is followed by the fields "roster" and, where the client gets a
// document, "snapshot", which are shared.
type welcome struct {
	Type      string            `json:"type"`
	Epoch     int64             `json:"epoch"`
	Seq       int64             `json:"seq"`
	Gen       int64             `json:"gen"`
	New       bool              `json:"new,omitempty"`   // nothing was known of the client
	Ahead     bool              `json:"ahead,omitempty"` // the client had more of this epoch than there is
	Role      Role              `json:"role"`
	Peer      string            `json:"peer"`
	LastMid   int64             `json:"last_mid"`
	Results   []Ack             `json:"results,omitempty"`
	Events    []json.RawMessage `json:"events,omitempty"`
	Limits    limits            `json:"limits"`
	Heartbeat int               `json:"heartbeat"` // milliseconds
}

// Snapshot is a document as a welcome and a page carry it.
type Snapshot struct {
	Seq   int64         `json:"seq"`
	Board notes.Board   `json:"board"`
	Notes []*notes.Note `json:"notes"`
}

// encode makes a frame of a message of ours, which always can be encoded.
func encode(v any) *Frame {
	data, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("board: a message of ours cannot be encoded: %v", err))
	}
	return NewFrame(data)
}

// encodeEvent makes the wire's form of an event of ours, which always can be.
func encodeEvent(e notes.Event) json.RawMessage {
	raw, err := e.Append(nil)
	if err != nil {
		panic(fmt.Sprintf("board: an event cannot be encoded: %v", err))
	}
	return raw
}

// eventsFrame puts events side by side that were encoded before.
func eventsFrame(events []json.RawMessage) *Frame {
	const open, end = `{"type":"events","events":[`, `]}`
	text := make([]byte, 0, len(open)+size(events)+len(events)+len(end))
	text = append(text, open...)
	for i, e := range events {
		if i > 0 {
			text = append(text, ',')
		}
		text = append(text, e...)
	}
	return NewFrame(append(text, end...))
}

func ackFrame(acks []Ack) *Frame {
	return encode(struct {
		Type string `json:"type"`
		Acks []Ack  `json:"acks"`
	}{"ack", acks})
}

func presenceFrame(c presence.Changes) *Frame {
	f := NewFrame(c.AppendFrame(nil))
	f.Droppable = c.OnlyCursors()
	return f
}

func permFrame(role Role) *Frame {
	return encode(struct {
		Type string `json:"type"`
		Role Role   `json:"role"`
	}{"perm", role})
}

func errorFrame(code notes.Code, reason string) *Frame {
	return encode(struct {
		Type   string     `json:"type"`
		Code   notes.Code `json:"code"`
		Reason string     `json:"reason"`
	}{"error", code, reason})
}

// drainWithin is the time over which the clients of a node that goes down spread
// their return.
const drainWithin = 1500 * time.Millisecond

var (
	drainFrame = encode(struct {
		Type   string `json:"type"`
		Within int    `json:"within"`
	}{"drain", int(drainWithin.Milliseconds())})
	resyncFrame = encode(struct {
		Type string `json:"type"`
	}{"resync"})
)
