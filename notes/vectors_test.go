package notes

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// The vectors are run here and by assets/src/notes/vectors.test.ts. With
// -update they are written anew from this implementation, which the properties
// in delta_test.go, zorder_test.go and apply_test.go hold to its rules.
var update = flag.Bool("update", false, "write testdata/vectors")

const drawn = 60 // random cases a file, beside those that were written by hand

type deltaVector struct {
	Text    string `json:"text"`
	Delta   Delta  `json:"delta"`
	After   string `json:"after"`
	Inverse Delta  `json:"inverse"`
}

type composeVector struct {
	Text string `json:"text"`
	A    Delta  `json:"a"`
	B    Delta  `json:"b"`
	Both Delta  `json:"both"`
}

// transformVector: first was ordered before second, both were made on text.
type transformVector struct {
	Text        string `json:"text"`
	First       Delta  `json:"first"`
	Second      Delta  `json:"second"`
	FirstAfter  Delta  `json:"first_after"`  // Transform(first, second, false)
	SecondAfter Delta  `json:"second_after"` // Transform(second, first, true)
	Result      string `json:"result"`
}

type zorderVector struct {
	Below   string `json:"below"`
	Above   string `json:"above"`
	Between string `json:"between"`
}

type hashVector struct {
	Board Board   `json:"board"`
	Notes []*Note `json:"notes"`
	Hash  string  `json:"hash"`
}

// applyVector runs ops one after the other from an empty board named "Retro";
// after each it tells what came of it: an effect, null for a no-op, or the code
// of a rejection. Actor is always {"id":"u1","name":"Ana"}.
type applyVector struct {
	Ops   []json.RawMessage `json:"ops"`
	Steps []applyStep       `json:"steps"`
}

type applyStep struct {
	Kind   Kind            `json:"kind,omitempty"`
	Effect json.RawMessage `json:"effect,omitempty"`
	Code   Code            `json:"code,omitempty"`
	Seq    int64           `json:"seq"`
	Hash   string          `json:"hash"`
}

func TestVectors(t *testing.T) {
	t.Parallel()
	runVectors(t, "delta", deltaInputs, solveDelta)
	runVectors(t, "compose", composeInputs, solveCompose)
	runVectors(t, "transform", transformInputs, solveTransform)
	runVectors(t, "zorder", zorderInputs, solveZorder)
	runVectors(t, "hash", hashInputs, solveHash)
	runVectors(t, "apply", applyInputs, solveApply)
}

// runVectors solves the inputs of each stored vector again and compares.
func runVectors[V any](t *testing.T, name string, inputs func() []V, solve func(*testing.T, V) V) {
	t.Run(name, func(t *testing.T) {
		path := filepath.Join("testdata", "vectors", name+".json")
		if *update {
			writeVectors(t, path, inputs(), solve)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var vectors []V
		if err := json.Unmarshal(data, &vectors); err != nil || len(vectors) == 0 {
			t.Fatalf("%d vectors, %v", len(vectors), err)
		}
		for i, v := range vectors {
			want, _ := json.Marshal(v)
			got, _ := json.Marshal(solve(t, v))
			if !bytes.Equal(got, want) {
				t.Errorf("%s, vector %d:\n got %s\nwant %s", name, i, got, want)
			}
		}
	})
}

func writeVectors[V any](t *testing.T, path string, inputs []V, solve func(*testing.T, V) V) {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	for i, v := range inputs {
		out.WriteString(map[bool]string{true: "[", false: ","}[i == 0])
		if err := enc.Encode(solve(t, v)); err != nil {
			t.Fatal(err)
		}
	}
	out.WriteString("]\n")
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// draw makes n values, the same ones in each run.
func draw[V any](n int, gen func(*rapid.T) V) []V {
	all := make([]V, n)
	g := rapid.Custom(gen)
	for i := range all {
		all[i] = g.Example(i + 1)
	}
	return all
}

func deltaInputs() []deltaVector {
	return append([]deltaVector{
		{Text: "", Delta: Delta{}},
		{Text: "hello", Delta: Delta{{Keep: 5}, {Insert: " you"}}},
		{Text: "a👩‍👩‍👧‍👦b", Delta: Delta{{Keep: 1}, {Delete: 7}}},
		{Text: "é e\u0301", Delta: Delta{{Keep: 3}, {Insert: "x"}, {Delete: 1}}},
	}, draw(drawn, func(t *rapid.T) deltaVector {
		text := drawText(t, "text", 12)
		return deltaVector{Text: text, Delta: drawDelta(t, "d", text)}
	})...)
}

func solveDelta(t *testing.T, v deltaVector) deltaVector {
	v.After = mustApply(t, v.Delta, v.Text)
	v.Inverse, _ = v.Delta.Invert(v.Text)
	return v
}

func composeInputs() []composeVector {
	return draw(drawn, func(t *rapid.T) composeVector {
		text := drawText(t, "text", 10)
		a := drawDelta(t, "a", text)
		after, _ := a.Apply(text)
		return composeVector{Text: text, A: a, B: drawDelta(t, "b", after)}
	})
}

func solveCompose(_ *testing.T, v composeVector) composeVector {
	v.Both = Compose(v.A, v.B)
	return v
}

func transformInputs() []transformVector {
	return append([]transformVector{
		{Text: "", First: Delta{{Insert: "first"}}, Second: Delta{{Insert: "second"}}},
		{Text: "abc", First: Delta{{Delete: 3}}, Second: Delta{{Keep: 1}, {Insert: "x"}, {Delete: 1}}},
		{Text: "abc", First: Delta{{Keep: 3}, {Insert: "!"}}, Second: Delta{{Insert: "X"}, {Delete: 3}}},
	}, draw(drawn, func(t *rapid.T) transformVector {
		text := drawText(t, "text", 10)
		return transformVector{Text: text, First: drawDelta(t, "a", text), Second: drawDelta(t, "b", text)}
	})...)
}

func solveTransform(t *testing.T, v transformVector) transformVector {
	v.FirstAfter = Transform(v.First, v.Second, false)
	v.SecondAfter = Transform(v.Second, v.First, true)
	v.Result = mustApply(t, v.SecondAfter, mustApply(t, v.First, v.Text))
	return v
}

func zorderInputs() []zorderVector {
	vs := []zorderVector{
		{"", "", ""}, {"a0", "", ""}, {"", "a0", ""}, {"a0", "a1", ""}, {"az", "", ""}, {"zz", "", ""},
		{"", "Z0", ""}, {"Zz", "a0", ""}, {"a0", "a0V", ""}, {"a0V", "a1", ""}, {"a0z", "a1", ""}, {"a5", "a5", ""}, {"a5", "a4", ""},
		{"bzz", "", ""}, {"", "b00", ""}, {"a0", "a00V", ""}, {"not!", "a1", ""},
	}
	key := FirstKey
	for range drawn { // always into the same gap: keys grow
		next := Between(key, "a1")
		vs = append(vs, zorderVector{Below: key, Above: "a1"})
		if len(next) > 12 {
			break
		}
		key = next
	}
	return vs
}

func solveZorder(_ *testing.T, v zorderVector) zorderVector {
	v.Between = Between(v.Below, v.Above)
	return v
}

func hashInputs() []hashVector {
	n := &Note{ID: "note-aaaa", X: -40.5, Y: 12.34, W: 220, H: 160, Color: "violet", Z: "a0V", Text: "👩‍👩‍👧‍👦 \"é\"\n<b>", Rev: 7, Created: 3}
	m := &Note{ID: "note-bbbb", X: 0, Y: -999999.99, W: 40, H: 2000, Color: "grey", Z: "a0", Text: "", Created: 4}
	return []hashVector{
		{Board: Board{Name: ""}, Notes: []*Note{}},
		{Board: Board{Name: "Retro é"}, Notes: []*Note{n}},
		{Board: Board{Name: "Retro é"}, Notes: []*Note{n, m}},
		{Board: Board{Name: "Retro é"}, Notes: []*Note{m, n}},
	}
}

func solveHash(_ *testing.T, v hashVector) hashVector {
	v.Hash = NewDocument(9, v.Board, v.Notes).Hash()
	return v
}

func applyInputs() []applyVector {
	hand := []string{
		`{"mid":1,"kind":"note.create","note":"note-aaaa","x":1.005,"y":-2.675,"w":200,"h":200,"color":"yellow","z":"a0","text":"hi"}`,
		`{"mid":2,"kind":"note.create","note":"note-aaaa","x":1,"y":2,"w":200,"h":200,"color":"yellow","z":"a0","text":""}`,
		`{"mid":3,"kind":"note.set","note":"note-aaaa","set":{"x":-0.001,"y":99.995}}`,
		`{"mid":4,"kind":"note.set","note":"note-aaaa","set":{"color":"teal","x":8},"base":{"x":1,"color":2}}`,
		`{"mid":5,"kind":"note.set","note":"note-aaaa","set":{"x":9},"base":{"x":1}}`,
		`{"mid":6,"kind":"note.text","note":"note-aaaa","rev":0,"delta":[2," all"]}`,
		`{"mid":7,"kind":"note.text","note":"note-aaaa","rev":0,"delta":["> ",-1]}`,
		`{"mid":8,"kind":"note.text","note":"note-aaaa","rev":9,"delta":["x"]}`,
		`{"mid":9,"kind":"note.text","note":"note-aaaa","rev":2,"delta":[99,"x"]}`,
		`{"mid":10,"kind":"note.delete","note":"note-aaaa","base":2}`,
		`{"mid":11,"kind":"note.delete","note":"note-aaaa"}`,
		`{"mid":12,"kind":"note.delete","note":"note-aaaa"}`,
		`{"mid":13,"kind":"note.text","note":"note-aaaa","rev":2,"delta":["x"]}`,
		`{"mid":14,"kind":"note.restore","note":"note-aaaa"}`,
		`{"mid":15,"kind":"note.restore","note":"note-aaaa"}`,
		`{"mid":16,"kind":"board.set","set":{"name":"Plan"}}`,
		`{"mid":17,"kind":"board.set","set":{"name":"Late"},"base":{"name":1}}`,
		`{"mid":18,"kind":"batch","ops":[{"kind":"note.delete","note":"note-aaaa"},{"kind":"note.set","note":"note-aaaa","set":{"x":1}}]}`,
		`{"mid":19,"kind":"batch","ops":[{"kind":"note.create","note":"note-bbbb","x":0,"y":0,"w":40,"h":2000,"color":"graphite","z":"Zz","text":"b"},{"kind":"note.text","note":"note-bbbb","rev":0,"delta":[1,"!"]}]}`,
		`{"mid":20,"kind":"note.create","note":"bad id!!","x":0,"y":0,"w":40,"h":40,"color":"grey","z":"a0","text":""}`,
		`{"mid":21,"kind":"note.create","note":"note-cccc","x":1000001,"y":0,"w":40,"h":40,"color":"grey","z":"a0","text":""}`,
		`{"mid":22,"kind":"note.create","note":"note-cccc","x":0,"y":0,"w":39,"h":40,"color":"grey","z":"a0","text":""}`,
		`{"mid":23,"kind":"note.create","note":"note-cccc","x":0,"y":0,"w":40,"h":40,"color":"grey","z":"a00","text":""}`,
		`{"mid":24,"kind":"note.create","note":"note-cccc","x":0,"y":0,"w":40,"h":40,"color":"grey","z":"a0","text":"\u0007"}`,
	}
	ops := make([]json.RawMessage, len(hand))
	for i, h := range hand {
		ops[i] = json.RawMessage(h)
	}
	return []applyVector{{Ops: ops}}
}

func solveApply(t *testing.T, v applyVector) applyVector {
	doc := NewDocument(0, Board{Name: "Retro"}, nil)
	v.Steps = nil
	for _, raw := range v.Ops {
		v.Steps = append(v.Steps, solveStep(t, doc, raw))
	}
	return v
}

func solveStep(t *testing.T, doc *Document, raw []byte) applyStep {
	var op Op
	var step applyStep
	var e *Event
	err := json.Unmarshal(raw, &op)
	if err == nil {
		e, err = Begin(doc, nil).Apply(op, "client-1", Author{ID: "u1", Name: "Ana"}, time.Unix(0, 0).UTC())
	}
	var r *Rejection
	switch {
	case errors.As(err, &r):
		step.Code = r.Code
	case err != nil:
		t.Fatal(err)
	case e != nil:
		step.Kind = e.Kind()
		if step.Effect, err = json.Marshal(e.Effect); err != nil {
			t.Fatal(err)
		}
		if err := doc.ApplyEvent(*e); err != nil {
			t.Fatal(err)
		}
	}
	step.Seq, step.Hash = doc.Seq, doc.Hash()
	return step
}
