package load

import (
	"encoding/json"
	"slices"
	"testing"

	"corkboard/presence"
)

// What the clients cut out of a frame must be what the product's own decoder
// finds in it.
func TestCursorsAreReadAsTheProductWritesThem(t *testing.T) {
	t.Parallel()
	at := func(x, y int) *presence.Point { return &presence.Point{x, y} }
	for name, changes := range map[string]presence.Changes{
		"nothing":  {},
		"one":      {Cursors: []presence.Cursor{{ID: "p_a", At: at(1, 0)}}},
		"several":  {Cursors: []presence.Cursor{{ID: "p_a", At: at(1, 0)}, {ID: "p_b"}, {ID: "p_c", At: at(4711, 19)}}},
		"no place": {Cursors: []presence.Cursor{{ID: "p_a"}}},
		"all kinds": {
			Peers:   []presence.Peer{{ID: "p_z", Name: `"cursors":[["p_x",7,7]]`, State: presence.State{Cursor: at(5, 5)}}},
			Cursors: []presence.Cursor{{ID: "p_a", At: at(3, 2)}}, Gone: []string{"p_q"},
		},
	} {
		frame, err := json.Marshal(struct {
			Type string `json:"type"`
			presence.Changes
		}{"presence", changes})
		if err != nil {
			t.Fatal(err)
		}
		var want, got [][2]int64
		for _, c := range changes.Cursors {
			if c.At != nil {
				want = append(want, [2]int64{int64(c.At[0]), int64(c.At[1])})
			}
		}
		eachCursor(frame, func(x, y int64) { got = append(got, [2]int64{x, y}) })
		if !slices.Equal(got, want) {
			t.Errorf("%s: of %s, %v was read", name, frame, got)
		}
		if kind := typeOf(frame); kind != "presence" {
			t.Errorf("%s: its type was read as %q", name, kind)
		}
	}
}

func TestBrokenFramesAreNoCursors(t *testing.T) {
	t.Parallel()
	for _, frame := range []string{
		"", `{`, `{"type":"`, `{"type":"presence","cursors":[`, `{"type":"presence","cursors":[["a",1`,
		`{"type":"presence","cursors":[["a",1]]}`, `{"type":"presence","cursors":[["a",1,x]]}`, `{"type":"presence","cursors":[["a",-1,2]]}`,
	} {
		eachCursor([]byte(frame), func(x, y int64) { t.Errorf("of %s, %d,%d was read", frame, x, y) })
		typeOf([]byte(frame))
	}
}

func TestACursorIsSentAsTheProductReadsIt(t *testing.T) {
	t.Parallel()
	var m struct {
		Type string `json:"type"`
		presence.State
	}
	if err := json.Unmarshal(appendCursor(nil, 12, 3), &m); err != nil {
		t.Fatal(err)
	}
	if m.Type != "presence" || m.Cursor == nil || *m.Cursor != (presence.Point{12, 3}) || m.Check() != nil {
		t.Errorf("it is read as %+v", m)
	}
}
