package presence

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"
)

var start = time.Unix(1000, 0)

func at(x, y int) *Point { return &Point{x, y} }

func TestRosterTellsWhatChanged(t *testing.T) {
	t.Parallel()
	r := NewRoster()
	ana := Peer{ID: "a", User: "u1", Name: "Ana"}
	r.Put(ana, start)
	if c := r.Take(); len(c.Peers) != 1 || len(c.Cursors)+len(c.Gone) != 0 {
		t.Fatalf("a new peer: %+v", c)
	}
	r.Put(ana, start)
	if r.Changed() {
		t.Error("nothing changed, and there is news")
	}
	ana.Cursor = at(1, 2)
	r.Put(ana, start)
	ana.Cursor = at(3, 4)
	r.Put(ana, start)
	if c := r.Take(); !c.OnlyCursors() || !reflect.DeepEqual(c.Cursors, []Cursor{{"a", at(3, 4)}}) {
		t.Fatalf("two moves are one: %+v", c)
	}
	note := "note-1"
	ana.Editing, ana.Cursor = &note, at(5, 6)
	r.Put(ana, start)
	ana.Cursor = at(7, 8)
	r.Put(ana, start)
	if c := r.Take(); len(c.Peers) != 1 || *c.Peers[0].Cursor != *at(7, 8) || len(c.Cursors) != 0 {
		t.Fatalf("a record carries its pointer: %+v", c)
	}
	for what, change := range map[string]func(*Peer){
		"a view": func(p *Peer) { p.View = &View{0, 0, 800, 600} }, "following": func(p *Peer) { p.Following = &note }, "away": func(p *Peer) { p.Away = true },
		"holding": func(p *Peer) { p.Holding = true },
	} {
		change(&ana)
		ana.Cursor = at(ana.Cursor[0]+1, 8)
		r.Put(ana, start)
		r.Point(Cursor{"a", at(9, 9)}, start)
		ana.Cursor = at(9, 9)
		if c := r.Take(); len(c.Peers) != 1 || !reflect.DeepEqual(c.Peers[0], ana) {
			t.Fatalf("%s: %+v", what, c)
		}
	}
	r.Remove("a")
	r.Remove("never was")
	if c := r.Take(); !reflect.DeepEqual(c, Changes{Gone: []string{"a"}}) {
		t.Fatalf("gone: %+v", c)
	}
	if r.Point(Cursor{"a", at(0, 0)}, start) {
		t.Error("a late move brought a peer back")
	}
}

func TestRosterExpires(t *testing.T) {
	t.Parallel()
	r := NewRoster()
	r.Put(Peer{ID: "a"}, start)
	r.Put(Peer{ID: "b"}, start)
	r.Touch("b", start.Add(20*time.Second))
	if late := r.Expire(start.Add(10 * time.Second)); !reflect.DeepEqual(late, []string{"a"}) || r.Len() != 1 {
		t.Errorf("%v went, %d stay", late, r.Len())
	}
}

func TestPace(t *testing.T) {
	t.Parallel()
	const tick = 33 * time.Millisecond
	var p Pace
	if p.Wait(start, tick) != 0 {
		t.Error("the first change must not wait")
	}
	p.Sent(start)
	for _, since := range []time.Duration{0, time.Millisecond, 10 * time.Millisecond, 28 * time.Millisecond} {
		end := start.Add(since + p.Wait(start.Add(since), tick))
		if gap := end.Sub(start); gap <= tick-slot || gap > tick || end.UnixNano()%int64(slot) != 0 {
			t.Errorf("%v later it waits until %v after the last frame", since, gap)
		}
	}
	inTime := start.Add(-time.Duration(start.UnixNano()) % slot)
	p.Sent(inTime.Add(time.Millisecond)) // a little late
	if w := p.Wait(inTime.Add(2*time.Millisecond), tick); w != tick-2*time.Millisecond {
		t.Errorf("a room that is never at rest does not keep to the tick but waits %v", w)
	}
	if p.Wait(start.Add(time.Second), tick) != 0 {
		t.Error("after a pause the first change leaves at once")
	}
}

func TestCursorJSON(t *testing.T) {
	t.Parallel()
	for _, c := range []Cursor{{"k3f9", at(-12, 34)}, {"k3f9", nil}} {
		data, err := json.Marshal(c)
		var back Cursor
		if err != nil || json.Unmarshal(data, &back) != nil || !reflect.DeepEqual(back, c) {
			t.Errorf("%s came back as %+v, %v", data, back, err)
		}
	}
	for _, bad := range []string{`[]`, `["a",1]`, `[1,2,3]`, `["a",1.5,2]`, `{}`} {
		var c Cursor
		if json.Unmarshal([]byte(bad), &c) == nil {
			t.Errorf("%s was taken as %+v", bad, c)
		}
	}
}

func TestStateBounds(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 33)
	for name, s := range map[string]State{
		"far pointer":    {Cursor: at(MaxPointer+1, 0)},
		"many selected":  {Selection: make([]string, MaxSelection+1)},
		"long id":        {Selection: []string{long}},
		"long editing":   {Editing: &long},
		"far pointer, y": {Cursor: at(0, -MaxPointer-1)},
		"far view":       {View: &View{MaxPointer + 1, 0, 1, 1}},
		"empty view":     {View: &View{0, 0, 0, 1}},
		"wide view":      {View: &View{0, 0, 1, MaxView + 1}},
		"long following": {Following: &long},
	} {
		if s.Check() == nil {
			t.Errorf("%s was taken", name)
		}
	}
	if err := (State{Cursor: at(1, 1), Selection: []string{"a"}, View: &View{-5, -5, 1440, 900}}).Check(); err != nil {
		t.Error(err)
	}
}
