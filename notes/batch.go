package notes

import (
	"encoding/json"
	"errors"
	"fmt"
)

// KindBatch does several ops or none of them.
const KindBatch Kind = "batch"

func init() { register(func() Edit { return new(Batch) }, func() Effect { return new(BatchDone) }) }

// Batch is all or nothing: a paste, an import, a group's move. Its ops have no
// mid of their own and hold no batch.
type Batch struct {
	Ops []Op `json:"ops"`
}

// BatchDone holds the effects of a batch in order, under one seq.
type BatchDone struct {
	Effects []Effect
}

func (*Batch) kind() Kind     { return KindBatch }
func (*BatchDone) kind() Kind { return KindBatch }

func (b *Batch) decide(d *Draft) (Effect, error) {
	if len(b.Ops) > MaxBatch {
		return nil, reject(TooMany, "A batch holds at most %d ops.", MaxBatch)
	}
	trial := d.nested()
	var done BatchDone
	for i, op := range b.Ops {
		effect, err := decideInner(trial, op)
		if err != nil {
			return nil, atIndex(err, i)
		}
		if effect == nil {
			continue
		}
		effect.apply(trial, trial.seq)
		done.Effects = append(done.Effects, effect)
	}
	if len(done.Effects) == 0 {
		return nil, nil
	}
	return &done, nil
}

func decideInner(trial *Draft, op Op) (Effect, error) {
	if op.Kind() == KindBatch {
		return nil, reject(Invalid, "A batch cannot hold a batch.")
	}
	if op.Mid != 0 {
		return nil, reject(Invalid, "Ops inside a batch have no mid.")
	}
	return op.Edit.decide(trial)
}

func atIndex(err error, i int) error {
	var r *Rejection
	if errors.As(err, &r) {
		r.Index = i
	}
	return err
}

func (b *BatchDone) apply(r replica, seq int64) {
	for _, e := range b.Effects {
		e.apply(r, seq)
	}
}

type wireEffect struct {
	Kind   Kind            `json:"kind"`
	Effect json.RawMessage `json:"effect"`
}

// MarshalJSON writes {"effects":[{"kind","effect"}…]}.
func (b *BatchDone) MarshalJSON() ([]byte, error) {
	list := make([]wireEffect, len(b.Effects))
	for i, e := range b.Effects {
		data, err := json.Marshal(e)
		if err != nil {
			return nil, fmt.Errorf("encode effect %d of a batch: %w", i, err)
		}
		list[i] = wireEffect{e.kind(), data}
	}
	return json.Marshal(map[string]any{"effects": list})
}

// UnmarshalJSON reads what MarshalJSON writes.
func (b *BatchDone) UnmarshalJSON(data []byte) error {
	var w struct {
		Effects []wireEffect `json:"effects"`
	}
	if err := json.Unmarshal(data, &w); err != nil {
		return fmt.Errorf("decode a batch: %w", err)
	}
	for i, e := range w.Effects {
		if e.Kind == KindBatch {
			return fmt.Errorf("effect %d of a batch is a batch", i)
		}
		effect, err := DecodeEffect(e.Kind, e.Effect)
		if err != nil {
			return fmt.Errorf("effect %d of a batch: %w", i, err)
		}
		b.Effects = append(b.Effects, effect)
	}
	return nil
}
