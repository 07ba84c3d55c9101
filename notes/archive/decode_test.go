package archive_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corkboard/notes"
	"corkboard/notes/archive"
)

func read(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestNotesAreAsHighAsTheirTexts(t *testing.T) {
	t.Parallel()
	long, most := strings.Repeat("word ", 100), strings.Repeat("word ", 1999)
	rows, err := archive.Decode([]byte(`[{"text":"` + long + `"},{"text":"` + long + `","width":400},{"text":"` + most + `"},
		{"text":"` + long + `","height":120},{"text":"` + long + `","picture":"` + strings.Repeat("a", 64) + `"},{"text":"` + long + `","kind":"frame"}]`))
	if err != nil {
		t.Fatal(err)
	}
	narrow, wide := rows[0].H, rows[1].H
	if narrow < 350 || narrow > 600 || wide <= notes.DefaultSize || wide >= narrow || rows[2].H != notes.MaxSize {
		t.Errorf("without a height they are %g, %g and %g high", narrow, wide, rows[2].H)
	}
	if rows[3].H != 120 || rows[4].H != notes.DefaultSize || rows[5].H != 600 {
		t.Errorf("those that do not grow are %g, %g and %g high", rows[3].H, rows[4].H, rows[5].H)
	}
}

func TestDecodeTheSample(t *testing.T) {
	t.Parallel()
	rows, err := archive.Decode(read(t, "notes.json"))
	if err != nil || len(rows) != 3 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	if r := rows[0]; r.ClientID != "a" || r.Text != "Only text is required" || r.Color != notes.DefaultColor || r.At != nil || r.W != notes.DefaultSize || r.H != notes.DefaultSize {
		t.Errorf("the first row is %+v", r)
	}
	if r := rows[1]; r.Color != "violet" || *r.At != (archive.Place{X: -40.5, Y: 12}) || r.W != 220 || r.H != 160 || r.ExternalID != "JIRA-12" {
		t.Errorf("the second row is %+v at %+v", r, r.At)
	}
	if r := rows[2]; r.Text != "👩\u200d👩\u200d👧\u200d👦 family, 🇩🇪 flag, e\u0301 combining" {
		t.Errorf("the third row is %q", r.Text)
	}
}

func TestDecodeFramesAndConnectors(t *testing.T) {
	t.Parallel()
	rows, err := archive.Decode([]byte(`[
		{"text":"so","kind":"connector","from":"a","to":"b","locked":true},
		{"text":"Ideas","kind":"frame","width":20000},
		{"text":"one","kind":"note","client_id":"a","group":"us","link":"https://example.org"},
		{"text":"two","client_id":"b","group":"us","alt":"A cat","picture":"` + strings.Repeat("a0", 16) + `"}]`))
	if err != nil {
		t.Fatal(err)
	}
	arrow, frame, one, two := rows[0], rows[1], rows[2], rows[3]
	if arrow.Kind != notes.Connector || arrow.Extras != (notes.Extras{From: "a", To: "b", Locked: true}) || arrow.W != 0 || arrow.At != nil {
		t.Errorf("the connector is %+v", arrow)
	}
	if frame.Kind != notes.Frame || frame.W != 20000 || frame.H != 600 {
		t.Errorf("the frame is %+v", frame)
	}
	if one.Kind != notes.Sticky || one.Link != "https://example.org" || one.Group != "us" || two.Alt != "A cat" || len(two.Picture) != 32 {
		t.Errorf("the notes are %+v and %+v", one, two)
	}
}

func TestDecodeTakesTheBareArrayAndAByteOrderMark(t *testing.T) {
	t.Parallel()
	rows, err := archive.Decode([]byte("\uFEFF [{\"text\":\"a\\nb\\tc\"}, {\"text\":\"\"}]"))
	if err != nil || len(rows) != 2 || rows[0].Text != "a\nb\tc" {
		t.Errorf("%+v, %v", rows, err)
	}
}

// faults decodes what must be wrong, and returns what is said of it, a fault a line.
func faults(t *testing.T, data []byte) []string {
	t.Helper()
	rows, err := archive.Decode(data)
	var list archive.Faults
	if !errors.As(err, &list) || len(list) == 0 || rows != nil {
		t.Fatalf("%.80s: %d rows, %v", data, len(rows), err)
	}
	said := make([]string, len(list))
	for i, f := range list {
		row := -1
		if f.Index != nil {
			row = *f.Index
		}
		said[i] = fmt.Sprintf("%d %s %s", row, f.Pointer, f.Code)
		if !strings.HasSuffix(f.Detail, ".") {
			t.Errorf("%q is no sentence", f.Detail)
		}
	}
	return said
}

func TestEveryBadRowIsNamed(t *testing.T) {
	t.Parallel()
	got := faults(t, read(t, "bad-rows.json"))
	want := []string{"1 /notes/1/text too_long", "2 /notes/2/x type", "2 /notes/2/y missing", "3 /notes/3/colour unknown"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestFaultsOfARow(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("é", notes.MaxText+1)
	for row, want := range map[string]string{
		`{}`:                                        "0 /0/text missing",
		`7`:                                         "0 /0 type",
		`null`:                                      "0 /0 type",
		`{"text":null}`:                             "0 /0/text type",
		`{"text":["a"]}`:                            "0 /0/text type",
		`{"text":"a","text":"b"}`:                   "0 /0/text duplicate",
		`{"text":"a","Text":"b"}`:                   "0 /0/Text unknown",
		`{"text":"a","a/b~c":1}`:                    "0 /0/a~1b~0c unknown",
		`{"text":"nul \u0000"}`:                     "0 /0/text invalid",
		`{"text":"bell \u0007"}`:                    "0 /0/text invalid",
		`{"text":"half \ud83d"}`:                    "0 /0/text invalid",
		`{"text":"half \udc00\ud83d"}`:              "0 /0/text invalid",
		"{\"text\":\"broken \xff\"}":                "0 /0/text invalid",
		`{"text":"` + long + `"}`:                   "0 /0/text too_long",
		`{"text":"a","color":"puce"}`:               "0 /0/color invalid",
		`{"text":"a","color":3}`:                    "0 /0/color type",
		`{"text":"a","x":1}`:                        "0 /0/y missing",
		`{"text":"a","y":1}`:                        "0 /0/x missing",
		`{"text":"a","x":"1","y":1}`:                "0 /0/x type",
		`{"text":"a","x":1e400,"y":1}`:              "0 /0/x invalid",
		`{"text":"a","x":1000001,"y":1}`:            "0 /0/x invalid",
		`{"text":"a","width":39}`:                   "0 /0/width invalid",
		`{"text":"a","height":2001}`:                "0 /0/height invalid",
		`{"text":"a","height":true}`:                "0 /0/height type",
		`{"text":"a","kind":"blob"}`:                "0 /0/kind invalid",
		`{"text":"a","kind":7}`:                     "0 /0/kind invalid",
		`{"width":20001,"text":"a","kind":"frame"}`: "0 /0/width invalid",
		`{"text":"a","locked":1}`:                   "0 /0/locked type",
		`{"text":"a","locked":null}`:                "0 /0/locked type",
		`{"text":"a","link":"javascript:alert(1)"}`: "0 /0/link invalid",
		`{"text":"a","link":7}`:                     "0 /0/link type",
		`{"text":"a","picture":"../../etc/passwd"}`: "0 /0/picture invalid",
		`{"text":"a","alt":"` + long[:3000] + `"}`:  "0 /0/alt too_long",
		`{"text":"a","group":"\u0001"}`:             "0 /0/group invalid",
		`{"text":"a","from":"note-aaaa"}`:           "0 /0/from invalid",
		`{"text":"a","kind":"connector"}`:           "0 /0/from missing; 0 /0/to missing",
		`{"text":"a","kind":"connector","from":"note-aaaa","to":"nobody"}`:                            "0 /0/to invalid",
		`{"text":"a","kind":"connector","from":"note-aaaa","to":"note-aaaa"}`:                         "0 /0/to invalid",
		`{"text":"a","kind":"connector","from":"note-aaaa","to":"me-myself","client_id":"me-myself"}`: "0 /0/to invalid",
		`{"text":"a","kind":"connector","from":"note-aaaa","to":"note-bbbb","x":0,"y":0}`:             "0 /0/x invalid; 0 /0/y invalid",
		`{"text":"a","client_id":4}`:                     "0 /0/client_id type",
		`{"text":"a","external_id":"\n"}`:                "0 /0/external_id invalid",
		`{"text":"a","client_id":"` + long + `"}`:        "0 /0/client_id too_long",
		`{"text":[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]}`: "0 /0/text type",
	} {
		if got := strings.Join(faults(t, []byte("["+row+"]")), "; "); got != want {
			t.Errorf("%.60s: %s, want %s", row, got, want)
		}
	}
}

func TestFaultsOfTheWhole(t *testing.T) {
	t.Parallel()
	for data, want := range map[string]string{
		``:                                "-1  not_json",
		`{"notes":[`:                      "-1  not_json",
		`[{"text":NaN}]`:                  "-1  not_json",
		`[] []`:                           "-1  not_json",
		`"notes"`:                         "-1  type",
		`{}`:                              "-1 /notes missing",
		`{"notes":7}`:                     "-1 /notes type",
		`{"notes":[],"notes":[]}`:         "-1 /notes duplicate",
		`{"notes":[],"frames":[]}`:        "-1 /frames unknown",
		strings.Repeat("[", 100_000):      "-1  not_json",
		strings.Repeat(" ", 10<<20) + "7": "-1  too_large",
		`[` + strings.Repeat(`{"text":""},`, notes.MaxBatch) + `{"text":""}]`: "-1  too_many",
	} {
		if got := strings.Join(faults(t, []byte(data)), "; "); got != want {
			t.Errorf("%.40q: %s, want %s", data, got, want)
		}
	}
}

func TestFaultsTellTheirCount(t *testing.T) {
	t.Parallel()
	_, err := archive.Decode([]byte(`[1,2,3,4,5]`))
	if err == nil || !strings.Contains(err.Error(), "/0: A note must be an object.") || !strings.Contains(err.Error(), "And 2 more.") {
		t.Error(err)
	}
}

// FuzzDecode: whatever comes, it ends in rows that the domain takes, or in faults.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"notes":[{"text":"a","x":1,"y":-2.5,"color":"sky"}]}`))
	f.Add([]byte(`[{"text":"\ud83d\ude00","client_id":"a"}]`))
	f.Add([]byte(`[{"text":1e9,"":{}}]`))
	f.Add([]byte(`[{"text":"a","width":40,"height":2000,"x":-1e6,"y":1e-7},{"text":"b","external_id":"é"}]`))
	f.Add([]byte("\uFEFF\n{\"notes\":[]}"))
	samples, err := filepath.Glob("testdata/*.json")
	if err != nil || len(samples) == 0 {
		f.Fatal(samples, err)
	}
	for _, name := range samples {
		data, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		rows, err := archive.Decode(data)
		if err != nil {
			var list archive.Faults
			if !errors.As(err, &list) || len(list) == 0 {
				t.Fatalf("%v is no list of faults", err)
			}
			return
		}
		if !json.Valid([]byte(strings.TrimPrefix(string(data), "\uFEFF"))) {
			t.Fatal("took what is not JSON")
		}
		place(t, rows, notes.NewDocument(0, notes.Board{}, nil))
	})
}
