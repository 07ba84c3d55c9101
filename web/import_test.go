package web_test

import (
	"fmt"
	"strings"
	"testing"

	"corkboard/board"
	"corkboard/notes"
)

func TestImportTheSample(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	m := makeBoard(t, s)
	p := s.program(m.APIKey)
	watcher, _ := s.person().open(strings.TrimPrefix(m.ViewURL, s.url)).joined(m.ID, "client-w")
	var done imported
	if a := p.call("POST", "/api/v1/boards/"+m.ID+"/notes:import", sample(t, "notes.json"), &done); a.status != 200 || len(done.Created) != 3 {
		t.Fatalf("%v", a)
	}
	if done.Created[1].ClientID != "b" || done.Created[1].ExternalID != "JIRA-12" || done.Created[1].Version != 1 || done.Rejected == nil || len(done.Rejected) != 0 {
		t.Errorf("%+v", done)
	}
	if e := watcher.next("events").Events; len(e) != 1 || !strings.Contains(string(e[0]), `"kind":"batch"`) || !strings.Contains(string(e[0]), "Only text is required") {
		t.Errorf("seen live: %s", e)
	}
	var list noteList
	p.call("GET", "/api/v1/boards/"+m.ID+"/notes", "", &list)
	if len(list.Data) != 3 || list.NextCursor != nil {
		t.Fatalf("%+v", list)
	}
	for i, n := range list.Data {
		if n.ID != done.Created[i].ID {
			t.Errorf("row %d is listed in another order", i)
		}
	}
	if n := list.Data[1]; n.Text != "Everything" || n.Color != "violet" || n.X != -40.5 || n.Y != 12 || n.Width != 220 || n.Height != 160 || n.Version != 1 || n.Author.Name == "" || n.Z == "" {
		t.Errorf("%+v", n)
	}
	if n := list.Data[0]; n.Color != notes.DefaultColor || n.Width != notes.DefaultSize || n.X < list.Data[1].X+220 {
		t.Errorf("the note without a place: %+v", n)
	}
}

func TestBadRowsChangeNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	m := makeBoard(t, s)
	p := s.program(m.APIKey)
	path := "/api/v1/boards/" + m.ID
	got := p.wrong(422, "invalid", "POST", path+"/notes:import", sample(t, "bad-rows.json"))
	told := ""
	for _, e := range got.Errors {
		told += fmt.Sprintf("%d %s %s; ", *e.Index, e.Pointer, e.Code)
		if !strings.HasSuffix(e.Detail, ".") {
			t.Errorf("%q is no sentence", e.Detail)
		}
	}
	if told != "1 /notes/1/text too_long; 2 /notes/2/x type; 2 /notes/2/y missing; 3 /notes/3/colour unknown; " {
		t.Errorf("told %s", told)
	}
	p.wrong(400, "not_json", "POST", path+"/notes:import", `{"notes":[{"text":NaN}]}`)
	p.wrong(422, "invalid", "POST", path+"/notes:import", `[{"text":"a","text":"b"}]`)
	p.wrong(400, "invalid", "POST", path+"/notes:import", ``)
	p.wrong(413, "too_large", "POST", path+"/notes:import", strings.Repeat(" ", 10<<20)+`[{"text":"x"}]`)
	var f facts
	p.call("GET", path, "", &f)
	if f.Seq != 0 || f.NoteCount != 0 {
		t.Errorf("a bad import left %+v", f)
	}
}

func TestFramesAndConnectorsComeAndGo(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	m := makeBoard(t, s)
	p := s.program(m.APIKey)
	path := "/api/v1/boards/" + m.ID
	p.wrong(422, "invalid", "POST", path+"/notes:import", `[{"text":"a","link":"javascript:alert(1)"}]`)
	loose := p.wrong(422, "invalid", "POST", path+"/notes:import", `{"notes":[{"text":"a","client_id":"a"},{"text":"","kind":"connector","from":"a","to":"note-gone"}]}`)
	if len(loose.Errors) != 1 || loose.Errors[0].Pointer != "/notes/1/to" || *loose.Errors[0].Index != 1 {
		t.Errorf("a connector to nowhere: %+v", loose)
	}
	var done imported
	p.call("POST", path+"/notes:import", `[
		{"kind":"connector","text":"so","from":"a","to":"f"},
		{"kind":"frame","text":"Ideas","client_id":"f","width":5000,"x":0,"y":0},
		{"text":"all","client_id":"a","locked":true,"link":"https://example.org","group":"us","picture":"`+strings.Repeat("a0", 16)+`","alt":"A cat"}]`, &done)
	var list struct{ Data []map[string]any }
	p.call("GET", path+"/notes", "", &list)
	if len(done.Created) != 3 || len(list.Data) != 3 {
		t.Fatalf("%+v became %+v", done, list)
	}
	arrow, frame, all := list.Data[0], list.Data[1], list.Data[2]
	if arrow["kind"] != "connector" || arrow["from"] != all["id"] || arrow["to"] != frame["id"] || arrow["width"] != 0.0 {
		t.Errorf("the connector is %v", arrow)
	}
	if frame["kind"] != "frame" || frame["text"] != "Ideas" || frame["width"] != 5000.0 || frame["height"] != 600.0 || frame["locked"] != nil {
		t.Errorf("the frame is %v", frame)
	}
	if all["kind"] != "note" || all["locked"] != true || all["link"] != "https://example.org" || all["group"] != all["id"] || all["alt"] != "A cat" || all["created_at"] == nil {
		t.Errorf("the note is %v", all)
	}
	var f facts
	if p.call("GET", path, "", &f); f.NoteCount != 1 {
		t.Errorf("%+v", f)
	}
}

func TestImportsAreRepeatedByKey(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	m := makeBoard(t, s)
	p := s.program(m.APIKey)
	path := "/api/v1/boards/" + m.ID
	rows := `[{"text":"a"},{"text":"b","client_id":"x"}]`
	var first, again imported
	p.call("POST", path+"/notes:import", rows, &first, "Idempotency-Key", "monday")
	p.call("POST", path+"/notes:import", rows, &again, "Idempotency-Key", "monday")
	if len(first.Created) != 2 || fmt.Sprint(first) != fmt.Sprint(again) {
		t.Errorf("%+v, then %+v", first, again)
	}
	p.wrong(422, "key_reused", "POST", path+"/notes:import", `[{"text":"c"}]`, "Idempotency-Key", "monday")
	var f facts
	if p.call("GET", path, "", &f); f.Seq != 1 || f.NoteCount != 2 {
		t.Errorf("%+v", f)
	}
	var other imported
	p.call("POST", path+"/notes:import", rows, &other, "Idempotency-Key", "tuesday")
	p.call("POST", path+"/notes:import", rows, &other)
	if p.call("GET", path, "", &f); f.Seq != 3 || f.NoteCount != 6 {
		t.Errorf("%+v", f)
	}
	// A deleted note does not make its import another one.
	g, err := s.store.Grant(t.Context(), board.Principal{Kind: board.ByConsole, ID: "test"}, m.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.hub.Submit(t.Context(), g, "client-1", []notes.Edit{&notes.Delete{Note: first.Created[0].ID}}); err != nil {
		t.Fatal(err)
	}
	p.call("POST", path+"/notes:import", rows, &again, "Idempotency-Key", "monday")
	if fmt.Sprint(first) != fmt.Sprint(again) {
		t.Errorf("after a deletion: %+v", again)
	}
}

func TestAFullBoardTakesNoMore(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	m := makeBoard(t, s)
	p := s.program(m.APIKey)
	path := "/api/v1/boards/" + m.ID
	const parts = 10 // as many notes at once as there may be take a busy machine longer than a commit is given
	part := `[` + strings.TrimSuffix(strings.Repeat(`{"text":"x"},`, notes.MaxNotes/parts), ",") + `]`
	for range parts {
		if a := p.call("POST", path+"/notes:import", part, nil); a.status != 200 {
			t.Fatalf("%v", a)
		}
	}
	p.wrong(422, "too_many", "POST", path+"/notes:import", `[{"text":"x"}]`)
	var f facts
	if p.call("GET", path, "", &f); f.NoteCount != notes.MaxNotes || f.Seq != parts {
		t.Errorf("%+v", f)
	}
}
