package presence_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"corkboard/notes"
	"corkboard/presence"
)

// slowly is what ParseState is a shorter way to.
func slowly(message []byte) (presence.State, error) {
	var m struct {
		Type string `json:"type"`
		presence.State
	}
	err := notes.DecodeStrict(message, &m)
	if err == nil && m.Type != "presence" {
		err = presence.ErrState
	}
	return m.State, err
}

var messages = []struct {
	text  string
	quick bool
}{
	{`{"type":"presence","cursor":[12,-34],"selection":[],"editing":null}`, true},
	{`{"type":"presence","cursor":null,"selection":["note-aaaa","b_2"],"editing":"note-aaaa"}`, true},
	{`{"type":"presence","cursor":[0,-0],"selection":[""],"editing":""}`, true},
	{`{"type":"presence","cursor":[999999999,0],"selection":[],"editing":null}`, true},
	{`{"type":"presence","cursor":[1e1,0],"selection":[],"editing":null}`, false},
	{`{"type":"presence","cursor":[1.0,0],"selection":[],"editing":null}`, false},
	{`{"type":"presence","cursor":[01,0],"selection":[],"editing":null}`, false},
	{`{"type":"presence","cursor":[9999999999,0],"selection":[],"editing":null}`, false},
	{`{"type":"presence","cursor":[-,0],"selection":[],"editing":null}`, false},
	{`{"type":"presence","cursor":[1,2,3],"selection":[],"editing":null}`, false},
	{`{"type":"presence","cursor":[1],"selection":[],"editing":null}`, false},
	{`{"type":"presence","cursor":null,"selection":["a",],"editing":null}`, false},
	{`{"type":"presence","cursor":null,"selection":[,"a"],"editing":null}`, false},
	{`{"type":"presence","cursor":null,"selection":["a""b"],"editing":null}`, false},
	{`{"type":"presence","cursor":null,"selection":["\u0061"],"editing":null}`, false},
	{`{"type":"presence","cursor":null,"selection":null,"editing":null}`, false},
	{`{"type":"presence","cursor":null,"selection":[],"editing":null,"editing":null}`, false},
	{`{"type":"presence","cursor":null,"selection":[],"editing":null,"more":1}`, false},
	{`{"type":"presence","Cursor":null,"selection":[],"editing":null}`, false},
	{`{"type":"presence","cursor":null,"selection":[],"editing":null}}`, false},
	{`{"type":"presence","cursor":null,"selection":[],"editing":nul`, false},
	{`{"type": "presence","cursor":null,"selection":[],"editing":null}`, false},
	{`{"type":"presence","cursor":[1,2],"selection":[],"editing":null,"view":[-1,2,1440,900]}`, true},
	{`{"type":"presence","cursor":null,"selection":[],"editing":"note-aaaa","view":[0,0,1,1],"following":"p_1","away":true,"holding":true}`, true},
	{`{"type":"presence","cursor":null,"selection":[],"editing":null,"following":"p_1"}`, true},
	{`{"type":"presence","cursor":null,"selection":[],"editing":null,"following":null,"away":true}`, true},
	{`{"type":"presence","cursor":null,"selection":["note-aaaa"],"editing":null,"holding":true}`, true},
	{`{"type":"presence","cursor":null,"selection":[],"editing":null,"holding":true,"away":true}`, false},
	{`{"type":"presence","cursor":null,"selection":[],"editing":null,"view":null}`, false},
	{`{"type":"presence","cursor":null,"selection":[],"editing":null,"view":[1,2,3]}`, false},
	{`{"type":"presence","cursor":null,"selection":[],"editing":null,"view":[1,2,3,4,5]}`, false},
	{`{"type":"presence","cursor":null,"selection":[],"editing":null,"away":false}`, false},
	{`{"type":"presence","cursor":null,"selection":[],"editing":null,"away":true,"view":[1,2,3,4]}`, false},
	{`{"type":"ping"}`, false},
	{``, false},
}

// What the quick parser takes means to it what it means to the strict decoder;
// everything else it leaves to that.
func same(t *testing.T, message []byte) (quick bool) {
	t.Helper()
	got, ok := presence.ParseState(message)
	if !ok {
		return false
	}
	want, err := slowly(message)
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%s: %+v, but strictly %+v, %v", message, got, want, err)
	}
	return true
}

func TestParseState(t *testing.T) {
	t.Parallel()
	for _, m := range messages {
		if quick := same(t, []byte(m.text)); quick != m.quick {
			t.Errorf("%s: taken is %v", m.text, quick)
		}
	}
}

func FuzzParseState(f *testing.F) {
	for _, m := range messages {
		f.Add([]byte(m.text))
	}
	f.Fuzz(func(t *testing.T, message []byte) { same(t, message) })
}

// The frame is what encoding/json would make of it.
func TestAppendFrame(t *testing.T) {
	t.Parallel()
	at, note := &presence.Point{-12, 34}, `no"te`
	peer := presence.Peer{ID: "k3f9", Name: "Ana <b>\u2028", State: presence.State{
		Cursor: at, Selection: []string{"a"}, Editing: &note, View: &presence.View{-1, 2, 3, 4}, Following: &note, Away: true, Holding: true,
	}}
	for _, c := range []presence.Changes{
		{},
		{Peers: []presence.Peer{peer, {ID: "b"}}},
		{Cursors: []presence.Cursor{{ID: "k3f9", At: at}, {ID: `od"d`, At: at}, {ID: "away"}}},
		{Gone: []string{"k3f9", `od"d`}},
		{Peers: []presence.Peer{peer}, Cursors: []presence.Cursor{{ID: "a", At: at}}, Gone: []string{"b"}},
	} {
		want, err := json.Marshal(struct {
			Type string `json:"type"`
			presence.Changes
		}{"presence", c})
		if err != nil {
			t.Fatal(err)
		}
		if got := c.AppendFrame(nil); string(got) != string(want) {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}
