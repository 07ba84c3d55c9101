package board

import (
	"encoding/json"
	"testing"
	"time"

	"corkboard/notes"
)

// BenchmarkEvents is what a commit of one event costs on its way into the frame
// for a whole room.
func BenchmarkEvents(b *testing.B) {
	x := 120.5
	e := notes.Event{
		Seq: 4711, Client: "c_0123456789", Mid: 12, Actor: notes.Author{ID: "u_0123456789", Name: "Ana"}, At: time.Unix(1e9, 123456000).UTC(),
		Effect: &notes.FieldsSet{Note: "n_0123456789", Set: notes.Values{X: &x, Y: &x}},
	}
	b.ReportAllocs()
	for b.Loop() {
		eventsFrame([]json.RawMessage{encodeEvent(e)})
	}
}

// The frames and events that are put together by hand are encoding/json's.
func TestEventsFrame(t *testing.T) {
	t.Parallel()
	e := notes.Event{Seq: 1, Client: "client-1", Mid: 2, Actor: notes.Author{ID: "u", Name: "<Ana> \u2028"}, At: time.Unix(1e9, 0).UTC(), Effect: &notes.NoteDeleted{Note: "note-aaaa"}}
	for n := range 3 {
		var events []json.RawMessage
		list := []notes.Event{}
		for range n {
			events, list = append(events, encodeEvent(e)), append(list, e)
		}
		want, err := json.Marshal(struct {
			Type   string        `json:"type"`
			Events []notes.Event `json:"events"`
		}{"events", list})
		if err != nil {
			t.Fatal(err)
		}
		if got := eventsFrame(events).Text(); string(got) != string(want) {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}
