package notes

import (
	"encoding/json"
	"testing"
	"time"
)

// Append writes what encoding/json would.
func TestEventIsWrittenAsItsFieldsAre(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 21, 17, 4, 5, 123456000, time.UTC)
	for _, name := range []string{"Ana", "", `A "n" \ a`, "<b>&amp;", "Zoë 𝒞", "\n\x01\x7f\u2028", "a\xffb"} {
		for _, when := range []time.Time{at, at.Truncate(time.Second), at.In(time.FixedZone("", 3600)), {}} {
			e := Event{Seq: 7, Client: "client-1", Mid: -1, Actor: Author{ID: "u_<1>", Name: name}, At: when, Effect: &NoteDeleted{Note: "note-aaaa"}}
			got, err := e.Append([]byte("before"))
			if err != nil {
				t.Fatal(err)
			}
			effect, err := json.Marshal(e.Effect)
			if err != nil {
				t.Fatal(err)
			}
			want, err := json.Marshal(wireEvent{wireHead{e.Seq, e.Client, e.Mid, e.Actor, e.At, e.Kind()}, effect})
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != "before"+string(want) {
				t.Errorf("written\n%s, want\n%s", got, want)
			}
		}
	}
	if _, err := (Event{At: time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC), Effect: &NoteDeleted{}}).Append(nil); err == nil {
		t.Error("a time that JSON cannot hold was written")
	}
}

// BenchmarkEvent is a move on its way to a room.
func BenchmarkEvent(b *testing.B) {
	x, y := 120.5, -33.0
	e := Event{
		Seq: 1234, Client: "c_abcdefgh01234567", Mid: 12, Actor: Author{ID: "u_abcdefgh01234567", Name: "Guest 12"}, At: time.Now().UTC(),
		Effect: &FieldsSet{Note: "n_abcdefgh01234567", Set: Values{X: &x, Y: &y}},
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := e.Append(nil); err != nil {
			b.Fatal(err)
		}
	}
}
