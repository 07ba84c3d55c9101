package notes

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"
	"unicode/utf8"
)

// fuzzed is the board on which fuzzed ops and events fall: two live notes, one
// of them with text edits behind it, a deleted one, one that is locked, and an
// arrow to it.
func fuzzed(t testing.TB) *Document {
	t.Helper()
	doc := NewDocument(0, Board{Name: "Retro"}, nil)
	note := func(id, text string) *Create {
		return &Create{Note: id, W: DefaultSize, H: DefaultSize, Color: DefaultColor, Z: FirstKey, Text: text}
	}
	for i, edit := range []Edit{
		note(idA, "hello"), note(idB, "漢👩"), note("note-gone", "old"), &Delete{Note: "note-gone"},
		&EditText{Note: idA, Rev: 0, Delta: Delta{{Keep: 5}, {Insert: " you"}}},
		&EditText{Note: idA, Rev: 1, Delta: Delta{{Insert: "> "}, {Delete: 1}}},
		&Create{Note: "note-lock", As: Frame, W: MaxFrame, H: MinSize, Color: "sand", Z: FirstKey, Extras: Extras{Locked: true}},
		&Create{Note: "note-join", As: Connector, Color: "grey", Z: FirstKey, Extras: Extras{From: idA, To: "note-lock"}},
	} {
		event, err := Begin(doc, nil).Apply(Op{Mid: int64(i) + 1, Edit: edit}, "client-1", Author{ID: "u1"}, time.Time{})
		if err == nil {
			err = doc.ApplyEvent(*event)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return doc
}

// vectors reads a file of the vectors into a list of anything.
func vectors[V any](t testing.TB, name string) []V {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "vectors", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var list []V
	if err := json.Unmarshal(data, &list); err != nil {
		t.Fatal(err)
	}
	return list
}

// again encodes v and decodes it into into, and fails unless that encodes alike.
func again(t *testing.T, v, into any) {
	t.Helper()
	first, err := json.Marshal(v)
	if err != nil {
		t.Fatalf("%+v cannot be encoded: %v", v, err)
	}
	if err := json.Unmarshal(first, into); err != nil {
		t.Fatalf("%s is not taken back: %v", first, err)
	}
	second, err := json.Marshal(into)
	if err != nil || string(first) != string(second) {
		t.Fatalf("%s came back as %s, %v", first, second, err)
	}
}

// FuzzOp: an op of the wire is refused in words or comes through unchanged, and
// what it does leaves the board within its limits and every replica alike.
func FuzzOp(f *testing.F) {
	for _, v := range vectors[applyVector](f, "apply") {
		for _, op := range v.Ops {
			f.Add([]byte(op))
		}
	}
	for _, s := range []string{
		`null`, `{"kind":"batch","ops":null}`, `{"kind":"batch","ops":[null]}`, `{"mid":-1,"kind":"note.restore","note":"note-gone"}`,
		`{"kind":"note.text","note":"note-aaaa","rev":0,"delta":[2147483647,2147483647,"x"]}`, `{"kind":"note.set","note":"note-bbbb","set":{"x":-0.0,"w":1e308}}`,
		` { "set" : { "color" : "blue" , "z" : "a0" } , "mid" : 7, "kind" : "note.set", "note" : "note-bbbb" } `, `{"kind":"note.set","set":{"y":1e999}}`,
		`{"kind":"note.text","note":"note-aaaa","rev":-9223372036854775808,"delta":["x"]}`, `{"kind":"note.set","note":"note-bbbb","set":{"z":"z"},"base":{"":9}}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if CheckStrict(data) != nil {
			return
		}
		sameByDecoder(t, data)
		var op, back Op
		if err := json.Unmarshal(data, &op); err != nil {
			expectRejection(t, err)
			return
		}
		again(t, op, &back)
		doc := fuzzed(t)
		before := doc.Hash()
		event, err := Begin(doc, nil).Apply(op, "client-1", Author{ID: "u1", Name: "Ana"}, time.Unix(0, 0).UTC())
		if doc.Hash() != before {
			t.Fatal("deciding changed the document")
		}
		if err != nil {
			expectRejection(t, err)
			return
		}
		if event != nil {
			follows(t, doc, *event)
		}
	})
}

// sameByDecoder: what is read the short way is read so by the decoder.
func sameByDecoder(t *testing.T, data []byte) {
	t.Helper()
	plain, ok := plainSet(data)
	if !ok {
		return
	}
	var decoded Op
	if err := decoded.decode(data); err != nil || !reflect.DeepEqual(plain, decoded) {
		t.Fatalf("%s is %+v in short, and %+v in full, %v", data, plain.Edit, decoded.Edit, err)
	}
}

func expectRejection(t *testing.T, err error) {
	t.Helper()
	var r *Rejection
	if !errors.As(err, &r) || r.Code == "" || r.Reason == "" {
		t.Fatalf("refused without a code and a sentence: %v", err)
	}
}

// follows applies the event as it is and as it comes over the wire.
func follows(t *testing.T, doc *Document, event Event) {
	t.Helper()
	var wired Event
	again(t, event, &wired)
	there := doc.Clone()
	if err := errors.Join(doc.ApplyEvent(event), there.ApplyEvent(wired)); err != nil {
		t.Fatal(err)
	}
	if doc.Hash() != there.Hash() {
		t.Fatalf("%+v is one thing here and another over the wire", event)
	}
	for _, n := range doc.Notes {
		if r := n.check(); r != nil || !IsID(n.ID) {
			t.Fatalf("a note out of bounds: %+v, %v", n, r)
		}
	}
	if err := CheckName(doc.Board.Name); err != nil || doc.Len() != len(doc.Live()) {
		t.Fatalf("the board is called %q and counts %d of %d notes: %v", doc.Board.Name, doc.Len(), len(doc.Live()), err)
	}
}

// FuzzEvent: an event of the bus or of the log is refused or comes through
// unchanged, and no replica breaks over it, whoever sent it.
func FuzzEvent(f *testing.F) {
	for _, v := range vectors[applyVector](f, "apply") {
		for _, step := range v.Steps {
			data, err := json.Marshal(wireEvent{wireHead: wireHead{Seq: step.Seq, Client: "client-1", Mid: 1, Kind: step.Kind}, Effect: step.Effect})
			if err != nil {
				f.Fatal(err)
			}
			f.Add(data)
		}
	}
	for _, effect := range []string{`null`, `{}`, `{"note":null}`, `{"note":{"id":""}}`, `{"effects":[{"kind":"note.restore","effect":null}]}`, `7`} {
		for kind := range codecs {
			f.Add([]byte(`{"seq":7,"kind":"` + string(kind) + `","effect":` + effect + `}`))
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var event, back Event
		if json.Unmarshal(data, &event) != nil {
			return
		}
		again(t, event, &back)
		doc := fuzzed(t)
		event.Seq = doc.Seq + 1
		if err := doc.ApplyEvent(event); err != nil {
			t.Fatal(err)
		}
		_, _ = doc.Hash(), doc.Live()
	})
}

// FuzzDelta: what is taken is canonical and comes through unchanged; on a text
// that it fits it can be undone, and two of them merge to the same (T1).
func FuzzDelta(f *testing.F) {
	raw := func(d Delta) []byte {
		data, err := json.Marshal(d)
		if err != nil {
			f.Fatal(err)
		}
		return data
	}
	for _, v := range vectors[transformVector](f, "transform") {
		f.Add(v.Text, raw(v.First), raw(v.Second))
	}
	for _, v := range vectors[deltaVector](f, "delta") {
		f.Add(v.Text, raw(v.Delta), raw(v.Inverse))
	}
	f.Add("a", []byte(`["x",-1,"y",2147483647,2147483647]`), []byte(`[-2147483648]`))
	f.Fuzz(func(t *testing.T, text string, first, second []byte) {
		a, aFits := fitting(t, text, first)
		b, bFits := fitting(t, text, second)
		if !aFits || !bFits {
			return
		}
		afterA, afterB := mustApply(t, a, text), mustApply(t, b, text)
		left := mustApply(t, Transform(b, a, true), afterA)
		if right := mustApply(t, Transform(a, b, false), afterB); left != right {
			t.Fatalf("%q: %v before %v gives %q one way and %q the other", text, a, b, left, right)
		}
		if got := mustApply(t, Compose(a, Transform(b, a, true)), text); got != left {
			t.Fatalf("%q: %v and %v composed give %q, want %q", text, a, b, got, left)
		}
	})
}

// fitting reads a delta that is to be used on text; false when it is none, or
// walks past the end.
func fitting(t *testing.T, text string, data []byte) (Delta, bool) {
	t.Helper()
	var d, back Delta
	if !utf8.ValidString(text) || CheckStrict(data) != nil || json.Unmarshal(data, &d) != nil {
		return nil, false
	}
	again(t, d, &back)
	if !reflect.DeepEqual(d, back) {
		t.Fatalf("%s was taken as %v, which is not canonical: %v", data, d, back)
	}
	after, err := d.Apply(text)
	inverse, inverseErr := d.Invert(text)
	if (err == nil) != (inverseErr == nil) {
		t.Fatalf("%v on %q: %v, undone: %v", d, text, err, inverseErr)
	}
	if err == nil && mustApply(t, inverse, after) != text {
		t.Fatalf("%v on %q is not undone by %v", d, text, inverse)
	}
	return d, err == nil
}

// FuzzBetween: whatever the neighbours, the key is one, and lies between them
// where they leave room.
func FuzzBetween(f *testing.F) {
	for _, v := range vectors[zorderVector](f, "zorder") {
		f.Add(v.Below, v.Above)
	}
	f.Fuzz(func(t *testing.T, below, above string) {
		key := Between(below, above)
		if len(below) < MaxOrderKey && len(above) < MaxOrderKey && !IsOrderKey(key) {
			t.Fatalf("%q is no key", key)
		}
		if IsOrderKey(below) && key <= below {
			t.Fatalf("%q does not lie above %q", key, below)
		}
		if IsOrderKey(above) && below < above && (below == "" || IsOrderKey(below)) && key >= above {
			t.Fatalf("%q does not lie below %q", key, above)
		}
	})
}
