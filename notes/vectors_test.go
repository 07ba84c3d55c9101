package notes

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
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

// framesVector: the outline of a board, its sections and their notes by id.
type framesVector struct {
	Notes   []*Note         `json:"notes"`
	Outline []outlineVector `json:"outline"`
}

type outlineVector struct {
	Frame string   `json:"frame"`
	Depth int      `json:"depth"`
	Notes []string `json:"notes"`
}

type linkVector struct {
	Link string `json:"link"`
	OK   bool   `json:"ok"`
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
	runVectors(t, "link", linkInputs, solveLink)
	runVectors(t, "frames", framesInputs, solveFrames)
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
	f := &Note{ID: "note-cccc", Kind: Frame, X: 1, Y: 2, W: 20000, H: 40, Color: "sand", Z: "a1", Text: "Ideas", Extras: Extras{Locked: true}, Created: 5}
	c := &Note{ID: "note-dddd", Kind: Connector, Color: "grey", Z: "a2", Text: "then", Extras: Extras{From: "note-aaaa", To: "note-bbbb"}, Created: 6}
	p := &Note{ID: "note-eeee", W: 40, H: 40, Color: "grey", Z: "a3", Created: 7, Extras: Extras{
		Link: "https://example.org/é", Group: "group-01", Picture: strings.Repeat("a0", 16), Alt: "A cat,\nasleep 🐈",
	}}
	return []hashVector{
		{Board: Board{Name: "Retro"}, Notes: []*Note{f}},
		{Board: Board{Name: "Retro"}, Notes: []*Note{n, m, f, c}},
		{Board: Board{Name: "Retro"}, Notes: []*Note{p}},
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
		`{"kind":"note.create","note":"note-aaaa","x":1.005,"y":-2.675,"w":200,"h":200,"color":"yellow","z":"a0","text":"hi"}`,
		`{"kind":"note.create","note":"note-aaaa","x":1,"y":2,"w":200,"h":200,"color":"yellow","z":"a0","text":""}`,
		`{"kind":"note.set","note":"note-aaaa","set":{"x":-0.001,"y":99.995}}`,
		`{"kind":"note.set","note":"note-aaaa","set":{"color":"teal","x":8},"base":{"x":1,"color":2}}`,
		`{"kind":"note.set","note":"note-aaaa","set":{"x":9},"base":{"x":1}}`,
		`{"kind":"note.text","note":"note-aaaa","rev":0,"delta":[2," all"]}`,
		`{"kind":"note.text","note":"note-aaaa","rev":0,"delta":["> ",-1]}`,
		`{"kind":"note.text","note":"note-aaaa","rev":9,"delta":["x"]}`,
		`{"kind":"note.text","note":"note-aaaa","rev":2,"delta":[99,"x"]}`,
		`{"kind":"note.delete","note":"note-aaaa","base":2}`,
		`{"kind":"note.delete","note":"note-aaaa"}`,
		`{"kind":"note.delete","note":"note-aaaa"}`,
		`{"kind":"note.text","note":"note-aaaa","rev":2,"delta":["x"]}`,
		`{"kind":"note.restore","note":"note-aaaa"}`,
		`{"kind":"note.restore","note":"note-aaaa"}`,
		`{"kind":"board.set","set":{"name":"Plan"}}`,
		`{"kind":"board.set","set":{"name":"Late"},"base":{"name":1}}`,
		`{"kind":"batch","ops":[{"kind":"note.delete","note":"note-aaaa"},{"kind":"note.set","note":"note-aaaa","set":{"x":1}}]}`,
		`{"kind":"batch","ops":[{"kind":"note.create","note":"note-bbbb","x":0,"y":0,"w":40,"h":2000,"color":"graphite","z":"Zz","text":"b"},{"kind":"note.text","note":"note-bbbb","rev":0,"delta":[1,"!"]}]}`,
		`{"kind":"note.create","note":"bad id!!","x":0,"y":0,"w":40,"h":40,"color":"grey","z":"a0","text":""}`,
		`{"kind":"note.create","note":"note-cccc","x":1000001,"y":0,"w":40,"h":40,"color":"grey","z":"a0","text":""}`,
		`{"kind":"note.create","note":"note-cccc","x":0,"y":0,"w":39,"h":40,"color":"grey","z":"a0","text":""}`,
		`{"kind":"note.create","note":"note-cccc","x":0,"y":0,"w":40,"h":40,"color":"grey","z":"a00","text":""}`,
		`{"kind":"note.create","note":"note-cccc","x":0,"y":0,"w":40,"h":40,"color":"grey","z":"a0","text":"\u0007"}`,
	}
	return []applyVector{rawOps(hand), rawOps(kindOps()), rawOps(lockOps()), rawOps(extraOps())}
}

func rawOps(list []string) (v applyVector) {
	for i, op := range list {
		v.Ops = append(v.Ops, json.RawMessage(fmt.Sprintf(`{"mid":%d,%s`, i+1, op[1:])))
	}
	return v
}

const place = `"x":0,"y":0,"w":200,"h":200,"color":"yellow","z":"a0","text":""`

// kindOps make frames and connectors, and what is not allowed of them.
func kindOps() []string {
	arrow := func(id, from, to, more string) string {
		return fmt.Sprintf(`{"kind":"note.create","as":"connector","note":%q,"x":0,"y":0,"w":0,"h":0,"color":"grey","z":"a1","text":"so","from":%q,"to":%q%s}`, id, from, to, more)
	}
	return []string{
		`{"kind":"note.create","note":"note-aaaa",` + place + `}`,
		`{"kind":"note.create","note":"frame-aa","as":"frame","x":-50.555,"y":0,"w":20000,"h":40,"color":"sand","z":"a0","text":"Ideas"}`,
		`{"kind":"note.create","note":"frame-bb","as":"frame","x":0,"y":0,"w":20000.01,"h":40,"color":"sand","z":"a0","text":""}`,
		`{"kind":"note.create","note":"blob-aaa","as":"blob",` + place + `}`,
		`{"kind":"note.create","note":"note-bbbb","from":"note-aaaa",` + place + `}`,
		arrow("arrow-aa", "note-aaaa", "frame-aa", ""),
		arrow("arrow-bb", "note-aaaa", "note-aaaa", ""),
		arrow("arrow-bb", "note-aaaa", "note-gone", ""),
		arrow("arrow-bb", "note-aaaa", "arrow-aa", ""),
		arrow("arrow-bb", "note-aaaa", "", ""),
		arrow("arrow-bb", "note-aaaa", "short", ""),
		`{"kind":"note.create","as":"connector","note":"arrow-bb","x":1,"y":0,"w":0,"h":0,"color":"grey","z":"a1","text":"","from":"note-aaaa","to":"frame-aa"}`,
		`{"kind":"note.set","note":"arrow-aa","set":{"x":5}}`,
		`{"kind":"note.set","note":"arrow-aa","set":{"color":"teal","x":0}}`,
		`{"kind":"note.set","note":"arrow-aa","set":{"to":"note-aaaa"}}`,
		`{"kind":"note.set","note":"note-aaaa","set":{"to":"frame-aa"}}`,
		`{"kind":"note.set","note":"frame-aa","set":{"w":5000}}`,
		`{"kind":"note.set","note":"note-aaaa","set":{"w":5000}}`,
		`{"kind":"batch","ops":[{"kind":"note.create","note":"note-cccc",` + place + `},{"kind":"note.set","note":"arrow-aa","set":{"to":"note-cccc"}}]}`,
		`{"kind":"note.set","note":"arrow-aa","set":{"from":"note-cccc","to":"note-aaaa"}}`,
		`{"kind":"note.text","note":"arrow-aa","rev":0,"delta":[2," that"]}`,
		`{"kind":"note.delete","note":"note-aaaa"}`,
		`{"kind":"note.set","note":"arrow-aa","set":{"from":"frame-aa"}}`,
		`{"kind":"note.set","note":"arrow-aa","set":{"from":"note-aaaa"}}`,
		`{"kind":"note.delete","note":"arrow-aa"}`,
		`{"kind":"note.restore","note":"arrow-aa"}`,
	}
}

// lockOps try what a lock allows.
func lockOps() []string {
	return []string{
		`{"kind":"note.create","note":"note-aaaa",` + place + `}`,
		`{"kind":"note.set","note":"note-aaaa","set":{"locked":true,"x":7}}`,
		`{"kind":"note.set","note":"note-aaaa","set":{"x":8}}`,
		`{"kind":"note.set","note":"note-aaaa","set":{"x":8},"base":{"x":1}}`,
		`{"kind":"note.set","note":"note-aaaa","set":{"locked":true}}`,
		`{"kind":"note.set","note":"note-aaaa","set":{"locked":true,"x":8}}`,
		`{"kind":"note.set","note":"note-aaaa","set":{"locked":false,"x":8},"base":{"locked":1}}`,
		`{"kind":"note.text","note":"note-aaaa","rev":0,"delta":["x"]}`,
		`{"kind":"note.delete","note":"note-aaaa"}`,
		`{"kind":"note.delete","note":"note-aaaa","base":1}`,
		`{"kind":"batch","ops":[{"kind":"note.set","note":"note-aaaa","set":{"locked":false}},{"kind":"note.text","note":"note-aaaa","rev":0,"delta":["x"]},{"kind":"note.set","note":"note-aaaa","set":{"locked":true}}]}`,
		`{"kind":"note.set","note":"note-aaaa","set":{"locked":false,"x":9}}`,
		`{"kind":"note.set","note":"note-aaaa","set":{"x":10}}`,
		`{"kind":"note.create","note":"note-bbbb","locked":true,` + place + `}`,
		`{"kind":"note.delete","note":"note-bbbb"}`,
	}
}

// extraOps set what few notes have.
func extraOps() []string {
	const picture = "0123456789abcdefghijklmnopqrstuv"
	set := func(values string) string { return `{"kind":"note.set","note":"note-aaaa","set":` + values + `}` }
	return []string{
		`{"kind":"note.create","note":"note-aaaa","link":"https://example.org","group":"group-aa","picture":"` + picture + `","alt":"A cat",` + place + `}`,
		set(`{"link":"mailto:ana@example.org"}`),
		set(`{"link":"javascript:alert(1)"}`),
		set(`{"link":"","group":""}`),
		set(`{"group":"group-bb"}`),
		set(`{"group":"short"}`),
		set(`{"picture":"` + picture[1:] + `"}`),
		set(`{"picture":"` + strings.ToUpper(picture) + `"}`),
		set(`{"picture":"` + strings.Repeat("0", 64) + `","alt":""}`),
		set(`{"picture":""}`),
		set(`{"alt":"` + strings.Repeat("漢", MaxAlt) + `"}`),
		set(`{"alt":"` + strings.Repeat("漢", MaxAlt+1) + `"}`),
		set(`{"alt":"\u0000"}`),
		`{"kind":"note.set","note":"note-aaaa","set":{"alt":"late","group":""},"base":{"alt":3,"group":4}}`,
	}
}

func linkInputs() []linkVector {
	var vs []linkVector
	for _, link := range []string{
		"", "https://example.org", "http://example.org/", "HTTPS://Example.ORG/Path?q=1#top", "hTTp://a", "https://b\u00fccher.example/stra\u00dfe", "https://例え.テスト/漢字?q=絵文字🐈",
		"https://user@example.org/", "https://user:pass@example.org:8080/x", "http://[::1]:8080/", "https://localhost", "https://a.b/c|d{e}^f", "https://example.org/%20",
		"mailto:ana@example.org", "MailTo:ana@example.org?subject=Hello%20you", "mailto:", "mailto:ana", "mailto:@example.org", "mailto:ana@", "mailto:?to=a@b",
		"javascript:alert(1)", "JavaScript:alert(1)", "java\tscript:alert(1)", " https://example.org", "https://example.org ", "https://exa mple.org", "https://example.org/\n", "\u0001javascript:alert(1)",
		"data:text/html,hi", "vbscript:x", "file:///etc/passwd", "ftp://example.org", "blob:https://example.org/x", "about:blank", "ws://example.org",
		"//example.org", "/path", "example.org", "https:example.org", "https:/example.org", "https:///path", "https://", "https://?q", "https://#x", "https://:80/", "https://user@/", "https://@:1/",
		"http:\\\\example.org", "https://example.org\\@evil.example", "https://a\"b", "https://a<b>", "https://a`b", "http\u017f://example.org", "https\uff1a//example.org", "\uff48ttps://example.org",
		"https://exam\u202eple.org", "https://exam\u200bple.org", "https://exam\u00a0ple.org", "https://exam\u3000ple.org", "https://exam\ufeffple.org", "https://exam\u2066ple.org", "https://exam\u007fple.org", "https://exam\u0085ple.org",
		"https://a/" + strings.Repeat("x", MaxLink-10), "https://a/" + strings.Repeat("x", MaxLink-9), "https://a/" + strings.Repeat("🐈", MaxLink-10), "https://a/" + strings.Repeat("🐈", MaxLink-9),
	} {
		vs = append(vs, linkVector{Link: link})
	}
	return vs
}

func framesInputs() []framesVector {
	at := func(id string, kind NoteKind, x, y, w, h float64, z string) *Note {
		return &Note{ID: id, Kind: kind, X: x, Y: y, W: w, H: h, Z: z, Color: "grey", Created: 1}
	}
	hand := []framesVector{
		{},
		{Notes: []*Note{at("second", "", 300, 10, 200, 200, "a0"), at("first", "", 0, 90, 200, 200, "a1"), at("third", "", -50, 110, 40, 40, "a2")}},
		{Notes: []*Note{ // nested; an edge; a connector; frames of one size in one place
			at("outer", Frame, 0, 0, 1000, 1000, "a0"), at("inner", Frame, 100, 100, 400, 400, "a1"), at("beside", Frame, 1000, 0, 1000, 1000, "a2"),
			at("in", "", 150, 150, 100, 100, "a3"), at("edge", "", 900, 400, 200, 200, "a4"), at("out", "", -99.9, 0, 100, 40, "a5"), at("half", "", -50, 500, 100, 40, "a6"),
			at("arrow", Connector, 0, 0, 0, 0, "a7"), at("twin-a", Frame, 600, 600, 100, 100, "a8"), at("twin-b", Frame, 600, 600, 100, 100, "a9"), at("twins", "", 620, 620, 40, 40, "aA"),
			at("same-a", Frame, 600, 800, 100, 100, "aB"), at("same-b", Frame, 600, 800, 100, 100, "aB"),
		}},
	}
	return append(hand, draw(drawn, func(t *rapid.T) (v framesVector) {
		for i := range rapid.IntRange(1, 14).Draw(t, "notes") {
			kind := rapid.SampledFrom([]NoteKind{Sticky, Sticky, Frame, Connector}).Draw(t, "kind")
			size := rapid.SampledFrom([]float64{40, 200, 500, 1000})
			place := rapid.IntRange(-4, 8)
			v.Notes = append(v.Notes, at(fmt.Sprintf("note-%02d", i), kind, float64(place.Draw(t, "x"))*50.5, float64(place.Draw(t, "y"))*50,
				size.Draw(t, "w"), size.Draw(t, "h"), "a"+string(rune('0'+rapid.IntRange(0, 5).Draw(t, "z")))))
		}
		return v
	})...)
}

func solveFrames(_ *testing.T, v framesVector) framesVector {
	v.Outline = nil
	for _, s := range Outline(v.Notes) {
		o := outlineVector{Depth: s.Depth, Notes: []string{}}
		if s.Frame != nil {
			o.Frame = s.Frame.ID
		}
		for _, n := range s.Notes {
			o.Notes = append(o.Notes, n.ID)
		}
		v.Outline = append(v.Outline, o)
	}
	return v
}

func solveLink(_ *testing.T, v linkVector) linkVector {
	v.OK = IsLink(v.Link)
	return v
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
