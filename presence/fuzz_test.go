package presence

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"
)

// FuzzChanges: news of people from another node is refused or comes through
// unchanged, and a roster takes whatever it says.
func FuzzChanges(f *testing.F) {
	for _, s := range []string{
		`{"peers":[{"id":"k3f9","user":"u_1","name":"Ana","color":3,"role":"editor","cursor":[1,-2],"selection":["note-aaaa"],"editing":"note-aaaa"}]}`,
		`{"peers":[{"id":"k3f9","cursor":null,"selection":[],"editing":null,"view":[-3,4,1440,900],"following":"p_1","away":true}]}`,
		`{"cursors":[["k3f9",12,34],["k3f9"]],"gone":["k3f9"]}`, `{"cursors":[[null]]}`, `{"cursors":[["k",null,null]]}`, `{"cursors":[null]}`, `{"peers":[null]}`, `{"cursors":[["k",1e3,2]]}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var c, back Changes
		if json.Unmarshal(data, &c) != nil {
			return
		}
		first, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(first, &back); err != nil {
			t.Fatalf("%s is not taken back: %v", first, err)
		}
		if second, _ := json.Marshal(back); string(second) != string(first) {
			t.Fatalf("%s came back as %s", first, second)
		}
		roster := NewRoster()
		now := time.Unix(0, 0)
		for _, p := range c.Peers {
			roster.Put(p, now)
		}
		for _, cursor := range c.Cursors {
			roster.Point(cursor, now)
		}
		for _, id := range c.Gone {
			roster.Remove(id)
		}
		if all := roster.All(); len(all) != roster.Len() || !reflect.DeepEqual(all, roster.All()) {
			t.Fatalf("%d peers of %d", len(all), roster.Len())
		}
	})
}
