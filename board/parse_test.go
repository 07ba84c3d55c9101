package board

import (
	"encoding/json"
	"reflect"
	"testing"

	"corkboard/notes"
)

// The short way to a message's type and fields takes and refuses the same as the
// long one.
func FuzzParse(f *testing.F) {
	for _, s := range []string{
		`{"type":"ops","gen":3,"ops":[{"mid":12,"kind":"note.delete","note":"note-aaaa"}]}`, `{"type":"ops","gen":3,"gen":4,"ops":[]}`,
		`{"type":"ops","Gen":3,"ops":[]}`, `{"gen":3,"type":"ops","ops":[{"mid":0}]}`, `{"type":"o\u0070s","gen":1,"ops":null}`,
		`{"type":"ops","gen":1,"ops":[],"cursor":null}`, `{"type":"ops"}{}`, `{"type":"\"","gen":1}`, `{"type":"ops","gen":1e3,"ops":[]}`, `[]`, `{"type":1}`,
		`{"type":"ops","gen":1,"ops":[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]}`, `{"type":"ops","gen":1,"ops":["\ud800"]}`,
		` { "ops" : [ {"mid":1} , {"mid":2,"x":[1,{"a":"],"}]} ] , "type" : "ops", "gen" : 3 } `, `{"type":"ops","gen":null,"ops":[1,null,"x"]}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, frame []byte) {
		var want opsMessage
		wrong := notes.DecodeStrict(frame, &want)
		kind, err := messageType(frame)
		if err != nil {
			if wrong == nil {
				t.Errorf("%s is refused: %v", frame, err)
			}
			return
		}
		var long pingMessage
		if err := json.Unmarshal(frame, &long); err != nil || kind != long.Type {
			t.Errorf("%s is of type %q, but %q, %v", frame, kind, long.Type, err)
		}
		got, err := parseAs[opsMessage](frame)
		if (err == nil) != (wrong == nil) || err == nil && !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, %v, but strictly %+v, %v", frame, got, err, want, wrong)
		}
		if kind != "ops" {
			return
		}
		short, err := parseOps(frame)
		short.Type = kind
		if (err == nil) != (wrong == nil) || err == nil && !reflect.DeepEqual(short, want) {
			t.Errorf("%s: in short %+v, %v, but strictly %+v, %v", frame, short, err, want, wrong)
		}
	})
}

// BenchmarkParse is what a client's frame costs before the room sees it.
func BenchmarkParse(b *testing.B) {
	for name, frame := range map[string]string{
		"move": `{"type":"ops","gen":3,"ops":[{"mid":12,"kind":"note.set","note":"note-aaaa","set":{"x":120.5,"y":-33}}]}`,
		"type": `{"type":"ops","gen":3,"ops":[{"mid":12,"kind":"note.text","note":"note-aaaa","rev":4,"delta":[12,"typed "]}]}`,
		"make": `{"type":"ops","gen":3,"ops":[{"mid":12,"kind":"note.create","note":"note-aaaa","x":1,"y":2,"w":200,"h":200,"color":"yellow","z":"a0","text":"hi"}]}`,
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				kind, err := messageType([]byte(frame))
				if err != nil || kind != "ops" {
					b.Fatal(kind, err)
				}
				m, err := parseOps([]byte(frame))
				if err != nil {
					b.Fatal(err)
				}
				if _, err := m.submissions(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
