package notes

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"
)

// Kind names what an op does.
type Kind string

// Op is a proposed edit. Mid is the client's own number of it (0 inside a batch).
type Op struct {
	Mid  int64
	Edit Edit
}

// Kind is the kind of the op's edit.
func (o Op) Kind() Kind { return o.Edit.kind() }

// Edit is what an op wants: one type for each kind, each in a file of its own
// (create.go, set.go, text.go, delete.go, board.go, batch.go).
type Edit interface {
	kind() Kind
	// decide answers with the effect on r, or with nil for a no-op, or with a
	// *Rejection. Any other error is the history's and ends the whole commit.
	decide(r *Draft) (Effect, error)
}

// Effect is what a committed op changed; applying it needs no decision.
type Effect interface {
	kind() Kind
	apply(r replica, seq int64)
}

// carrier is an effect that brings a whole note along, without which it could
// not be applied.
type carrier interface{ carried() *Note }

// replica is what effects are applied to: a Document or a Draft.
type replica interface {
	note(id string) *Note
	put(n *Note)
	board() Board
	setBoard(b Board)
}

// Event is a committed op: its place in the board's log, who made it and when,
// and the effect by which every replica moves on.
type Event struct {
	Seq    int64
	Client string
	Mid    int64
	Actor  Author
	At     time.Time
	Effect Effect
}

// Kind is the kind of the event's effect.
func (e Event) Kind() Kind { return e.Effect.kind() }

// codec makes the empty edit and effect of a kind, to be decoded into.
type codec struct {
	edit   func() Edit
	effect func() Effect
}

var codecs = map[Kind]codec{}

func register(edit func() Edit, effect func() Effect) {
	codecs[edit().kind()] = codec{edit, effect}
}

type wireOp struct {
	Mid  int64 `json:"mid,omitempty"`
	Kind Kind  `json:"kind"`
}

// UnmarshalJSON reads an op of the wire. An unknown kind and every bad argument
// is a *Rejection; unknown fields are refused. Duplicate keys are not seen
// here: the frame that holds the op must have passed CheckStrict.
func (o *Op) UnmarshalJSON(data []byte) error {
	if plain, ok := plainSet(data); ok {
		*o = plain
		return nil
	}
	return o.decode(data)
}

func (o *Op) decode(data []byte) error {
	var head wireOp
	if err := json.Unmarshal(data, &head); err != nil {
		return reject(Invalid, "An op must be an object with a kind and a whole number as mid.")
	}
	c, ok := codecs[head.Kind]
	if !ok {
		return reject(UnknownOp, "There is no op %q.", head.Kind)
	}
	edit := c.edit()
	if err := decodeArgs(data, edit); err != nil {
		return err
	}
	o.Mid, o.Edit = head.Mid, edit
	return nil
}

// decodeArgs decodes into edit the object's fields other than mid and kind.
func decodeArgs(data []byte, edit Edit) error {
	args, ok := without(data, "mid", "kind")
	if !ok {
		return reject(Invalid, "An op must be an object.")
	}
	if err := DecodeChecked(args, edit); err != nil {
		var r *Rejection
		if errors.As(err, &r) {
			return r
		}
		return reject(Invalid, "A %s op is wrong: %s.", edit.kind(), err)
	}
	return nil
}

// MarshalJSON writes the op as it goes over the wire.
func (o Op) MarshalJSON() ([]byte, error) {
	return join(wireOp{Mid: o.Mid, Kind: o.Kind()}, o.Edit)
}

// join marshals two structs into one object.
func join(head, rest any) ([]byte, error) {
	a, err := json.Marshal(head)
	if err != nil {
		return nil, fmt.Errorf("encode an op: %w", err)
	}
	b, err := json.Marshal(rest)
	if err != nil {
		return nil, fmt.Errorf("encode an op: %w", err)
	}
	if len(b) == 2 {
		return a, nil
	}
	return append(append(a[:len(a)-1], ','), b[1:]...), nil
}

// wireHead is all of an event on the wire but the effect, which comes last.
type wireHead struct {
	Seq    int64     `json:"seq"`
	Client string    `json:"client"`
	Mid    int64     `json:"mid"`
	Actor  Author    `json:"actor"`
	At     time.Time `json:"at"`
	Kind   Kind      `json:"kind"`
}

type wireEvent struct {
	wireHead
	Effect json.RawMessage `json:"effect"`
}

// MarshalJSON writes the event as it goes over the wire.
func (e Event) MarshalJSON() ([]byte, error) { return e.Append(nil) }

// Append appends the event as it goes over the wire. Each is written once for a
// whole room, and its head field by field: json.Marshal takes twice as
// long for that, and would read three times over what an effect writes.
func (e Event) Append(b []byte) ([]byte, error) {
	effect, err := json.Marshal(e.Effect)
	if err != nil {
		return nil, fmt.Errorf("encode the effect of seq %d: %w", e.Seq, err)
	}
	b = strconv.AppendInt(append(b, `{"seq":`...), e.Seq, 10)
	b = appendString(append(b, `,"client":`...), e.Client)
	b = strconv.AppendInt(append(b, `,"mid":`...), e.Mid, 10)
	b = appendString(append(b, `,"actor":{"id":`...), e.Actor.ID)
	b = appendString(append(b, `,"name":`...), e.Actor.Name)
	if b, err = e.At.AppendText(append(b, `},"at":"`...)); err != nil {
		return nil, fmt.Errorf("encode the time of seq %d: %w", e.Seq, err)
	}
	b = append(append(b, `","kind":"`...), e.Kind()...)
	return append(append(append(b, `","effect":`...), effect...), '}'), nil
}

// appendString appends a string as json.Marshal writes it.
func appendString(b []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' {
			escaped, _ := json.Marshal(s) // a string always can be
			return append(b, escaped...)
		}
	}
	return append(append(append(b, '"'), s...), '"')
}

// UnmarshalJSON reads an event of the wire. Unlike ops, events come from our
// own servers: fields that are not known yet are let pass.
func (e *Event) UnmarshalJSON(data []byte) error {
	var w wireEvent
	if err := json.Unmarshal(data, &w); err != nil {
		return fmt.Errorf("decode an event: %w", err)
	}
	effect, err := DecodeEffect(w.Kind, w.Effect)
	if err != nil {
		return fmt.Errorf("decode the event of seq %d: %w", w.Seq, err)
	}
	*e = Event{w.Seq, w.Client, w.Mid, w.Actor, w.At, effect}
	return nil
}

// DecodeEffect reads an effect of a kind, as the log keeps it.
func DecodeEffect(kind Kind, data []byte) (Effect, error) {
	c, ok := codecs[kind]
	if !ok {
		return nil, fmt.Errorf("unknown event kind %q", kind)
	}
	effect := c.effect()
	if err := json.Unmarshal(data, effect); err != nil {
		return nil, fmt.Errorf("effect of %s: %w", kind, err)
	}
	if c, ok := effect.(carrier); ok && (c.carried() == nil || !IsID(c.carried().ID)) {
		return nil, fmt.Errorf("effect of %s: it holds no note", kind)
	}
	return effect, nil
}
