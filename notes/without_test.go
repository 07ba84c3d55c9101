package notes

import (
	"encoding/json"
	"reflect"
	"testing"
)

// FuzzWithout: an object without fields is what a map without them is.
func FuzzWithout(f *testing.F) {
	for _, s := range []string{
		`{}`, `{"mid":1}`, `{"kind":"a","mid":2}`, ` { "mid" : 1 , "x" : {"mid":[1,{"kind":"},"}]} , "kind" : "\"," } `,
		`{"x":[[],{}],"y":"{[,","mid":{"a":1,"b":[2]},"z":null}`, `{"text":"\\","kind":"b","n":-1e3}`, `[1,{"mid":1}]`, `null`, `"x"`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if CheckStrict(data) != nil {
			return
		}
		want := map[string]json.RawMessage{}
		err := json.Unmarshal(data, &want)
		rest, ok := without(data, "mid", "kind")
		if string(rest) == "" && (err != nil || want == nil) && !ok {
			return
		}
		delete(want, "mid")
		delete(want, "kind")
		got := map[string]json.RawMessage{}
		if err := json.Unmarshal(rest, &got); err != nil || !ok || !reflect.DeepEqual(got, want) {
			t.Errorf("%s became %s, %v; want %s", data, rest, err, want)
		}
	})
}

// Keys are told apart however many there are.
func TestManyKeys(t *testing.T) {
	t.Parallel()
	object := func(n int, last string) []byte {
		m := []byte(`{`)
		for i := range n {
			m = append(append(append(m, `"k`...), string(rune('a'+i%26))+string(rune('a'+i/26))...), `":{"a":1},`...)
		}
		return append(m, last+`}`...)
	}
	for _, n := range []int{1, 15, 16, 17, 18, 500} {
		if err := CheckStrict(object(n, `"new":1`)); err != nil {
			t.Errorf("%d keys: %v", n, err)
		}
		for _, twice := range []string{"kaa", lastKey(n)} {
			if CheckStrict(object(n, `"`+twice+`":1`)) == nil {
				t.Errorf("%d keys: %s twice was let pass", n, twice)
			}
		}
	}
}

// lastKey is the last of n keys.
func lastKey(n int) string { return "k" + string(rune('a'+(n-1)%26)) + string(rune('a'+(n-1)/26)) }
