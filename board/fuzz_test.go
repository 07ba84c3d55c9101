package board

import (
	"encoding/json"
	"errors"
	"os"
	"reflect"
	"strings"
	"testing"

	"corkboard/notes"
	"corkboard/presence"
)

// vectorOps reads the ops of the domain's vectors.
func vectorOps(t testing.TB) []string {
	t.Helper()
	data, err := os.ReadFile("../notes/testdata/vectors/apply.json")
	if err != nil {
		t.Fatal(err)
	}
	var list []struct {
		Ops []json.RawMessage `json:"ops"`
	}
	if err := json.Unmarshal(data, &list); err != nil {
		t.Fatal(err)
	}
	var ops []string
	for _, v := range list {
		for _, op := range v.Ops {
			ops = append(ops, string(op))
		}
	}
	return ops
}

// FuzzHello: a hello is refused in words or comes through unchanged.
func FuzzHello(f *testing.F) {
	for _, s := range []string{
		`{"type":"hello","board":"b_AAAAAAAAAAAAAAAA","client":"c_AAAAAAAA","epoch":1,"seq":7,"ticket":"a.b"}`,
		`{"type":"hello","board":"b","client":"c_AAAAAAAA"}`, `{"type":"hello","board":"b","client":"c_AAAAAAAA","seq":-1}`,
		`{"type":"hello","board":"b","client":"c","seq":1e3}`, `{"type":"ops","gen":1,"ops":[]}`, `null`, ``, "\xff",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, frame []byte) {
		h, err := ParseHello(frame)
		if err != nil {
			expectRefusal(t, err)
			return
		}
		if h.Board == "" || len(h.Board) > 64 || !notes.IsID(h.Client) || h.Seq < 0 || h.Epoch < 0 {
			t.Fatalf("took %+v", h)
		}
		back, err := ParseHello(encode(h).Text())
		if err != nil || back != h {
			t.Fatalf("%+v came back as %+v, %v", h, back, err)
		}
	})
}

func expectRefusal(t *testing.T, err error) {
	t.Helper()
	if !errors.Is(err, ErrProtocol) {
		t.Fatalf("refused without words: %v", err)
	}
}

// FuzzFrame: a later frame is refused in words or comes through unchanged, and
// each of its ops is to be tried or is refused with its mid used up.
func FuzzFrame(f *testing.F) {
	all := vectorOps(f)
	for _, op := range all {
		f.Add([]byte(`{"type":"ops","gen":1,"ops":[` + op + `]}`))
	}
	f.Add([]byte(`{"type":"ops","gen":2,"ops":[` + strings.Join(all, ",") + `]}`))
	for _, s := range []string{
		`{"type":"ops","ops":null}`, `{"type":"ops","ops":[null]}`, `{"type":"ops","ops":[{"mid":1}]}`, `{"type":"ops","ops":[{"mid":1.5,"kind":"batch"}]}`,
		`{"type":"ping"}`, `{"type":"pong"}`, `{"type":"presence","cursor":[1,-2],"selection":["note-aaaa"],"editing":"note-aaaa"}`,
		`{"type":"presence","cursor":null,"selection":null,"editing":null}`, `{"type":"presence","cursor":[1],"selection":[]}`, `{"type":"dance"}`, `7`, `null`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, frame []byte) {
		kind, err := messageType(frame)
		if err != nil {
			expectRefusal(t, err)
			return
		}
		switch kind {
		case "ops":
			fuzzOps(t, frame)
		case "presence":
			fuzzPresence(t, frame)
		}
	})
}

func fuzzOps(t *testing.T, frame []byte) {
	m, err := parseAs[opsMessage](frame)
	if err != nil {
		expectRefusal(t, err)
		return
	}
	subs, err := m.submissions()
	if err != nil {
		expectRefusal(t, err)
		return
	}
	for i, s := range subs {
		switch {
		case s.Mid < 1 || len(subs) > MaxOps:
			t.Fatalf("op %d of %d has mid %d", i, len(subs), s.Mid)
		case s.Refused != nil && len(refused(s.Mid, s.Refused).Reason) > maxReason:
			t.Fatalf("a reason of %d bytes", len(s.Refused.Reason))
		case s.Refused == nil && (s.Op.Edit == nil || s.Op.Mid != s.Mid):
			t.Fatalf("op %d is %+v", i, s)
		}
	}
}

func fuzzPresence(t *testing.T, frame []byte) {
	m, err := parseAs[presenceMessage](frame)
	if err != nil {
		expectRefusal(t, err)
		return
	}
	if m.State.Check() != nil {
		return
	}
	if len(m.Selection) > presence.MaxSelection {
		t.Fatalf("%d notes are selected", len(m.Selection))
	}
	back, err := parseAs[presenceMessage](encode(m).Text())
	if err != nil || !reflect.DeepEqual(back, m) {
		t.Fatalf("%+v came back as %+v, %v", m, back, err)
	}
}

// FuzzNews: whatever comes over the bus, a room takes it or leaves it.
func FuzzNews(f *testing.F) {
	for _, s := range []string{
		`{"node":"n_1","epoch":1,"events":[{"seq":1,"client":"c_AAAAAAAA","mid":1,"kind":"note.delete","effect":{"note":"note-aaaa"}}]}`,
		`{"node":"n_1","events":[{"seq":1,"kind":"note.create","effect":{}}]}`, `{"node":"n_1","events":[null]}`, `{"node":"n_1","hello":true}`,
		`{"node":"n_1","presence":{"peers":[{"id":"p","cursor":[1,2],"selection":[]}],"cursors":[["p",1,2],["p"]],"gone":["p"]}}`, `{"recheck":true}`, `[]`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, payload []byte) {
		var n, back news
		if json.Unmarshal(payload, &n) != nil {
			return
		}
		if events, err := decodeEvents(n.Events); err == nil && len(events) != len(n.Events) {
			t.Fatalf("%d of %d events", len(events), len(n.Events))
		}
		first := n.encode()
		if err := json.Unmarshal(first, &back); err != nil || string(back.encode()) != string(first) {
			t.Fatalf("%s came back as %s, %v", first, back.encode(), err)
		}
	})
}
