package board_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var simMutations = flag.String("sim.mutations", "first", "how the engine is broken to see that the simulation fails: none, first or all")

// mutation is one way to break the engine: a passage of a source file, which
// stands there exactly once, and what it becomes. The first ones are tried in
// every run of the tests, all of them by make sim.
type mutation struct {
	file, passage, becomes string
	first                  bool
}

var mutations = map[string]mutation{
	"an op that comes again is done again": {
		"board/decide.go", "if s.Mid <= c.LastMid {", "if s.Mid < 0 {", true,
	},
	"older generations are not fenced off": {
		"board/decide.go", " || c.Gen != turn.Gen:", ":", true,
	},
	"gaps in the events are jumped": {
		"notes/apply.go", "if e.Seq != *seq+1 {", "if e.Seq < *seq {", true,
	},
	"the last writer of a text wins": {
		"notes/text.go", "delta = Transform(delta, earlier, true)", "_ = earlier", true,
	},
	"two who type at one place are put in the wrong order": {
		"notes/text.go", "delta = Transform(delta, earlier, true)", "delta = Transform(delta, earlier, false)", false,
	},
	"ops are acked before they are committed": {
		"board/session.go", "	s.queued++\n", `	s.queued++
	for i, sub := range subs {
		s.conn.Send(ackFrame([]Ack{{Mid: sub.Mid, Status: OK, Seq: r.doc.Seq + 1 + int64(i)}}))
	}
`, true,
	},
	"a join is seated without catching up": {
		"board/lane.go", "		if known() {", "		if r.doc != nil {", false,
	},
	"a join takes any head for one that the room has": {
		"board/join.go", "r.doc != nil && !r.behind && j.head.Epoch == r.head.Epoch && j.before <= j.head.Seq && j.head.Seq <= r.doc.Seq", "r.doc != nil && j.head.Epoch == r.head.Epoch", false,
	},
	"roles are not looked at": {
		"board/decide.go", "case !g.Role.CanEdit():", "case g.Role == \"nobody\":", false,
	},
	"a grant stands for ever": {
		"board/boardtest/commit.go", "if g.Board == id && g.Stands(b.head.PermVersion, at) {", "if g.Board == id && g.Stands(g.PermVersion, at) {", false,
	},
	"a client that starts over may be led back": {
		"board/snapshot.go", "max(j.state.settledAt(), j.shown)", "j.state.settledAt()", false,
	},
	"the answers to settled ops are forgotten": {
		"board/decide.go", "	c.Results = append(c.Results, a)\n", "", false,
	},
	"an undo overwrites later work": {
		"notes/set.go", "n.FieldVersion(f) > at {", "n.FieldVersion(f) < at {", false,
	},
	"locked notes are changed": {
		"notes/set.go", "if n.Locked && !set.unlocks() {", "if n.Locked && n.ID == \"\" {", false,
	},
	"locked notes are deleted": {
		"notes/delete.go", "case n.Locked:", "case n.Locked && n.ID == \"\":", false,
	},
	"connectors end at what is gone": {
		"notes/kind.go", "at == nil || at.Deleted != 0 || at.Kind == Connector", "at == nil || at.Kind == Connector", false,
	},
	"positions are never compared": {
		"board/room.go", "if !r.listening || !behind && head.Seq == r.doc.Seq {", "if !r.listening || head.Seq > 0 {", false,
	},
}

// A simulation that cannot fail proves nothing: each guard that is taken out of
// the engine must break one of its rules, in a plan that was named before or by chance.
func TestSimulationFailsWhenTheEngineIsBroken(t *testing.T) {
	t.Parallel()
	for name, m := range mutations {
		if *simMutations == "none" || *simMutations == "first" && !m.first {
			continue
		}
		t.Run(name, func(t *testing.T) { t.Logf("found by %s", m.run(t)) })
	}
}

// oracleSaid is the sentence of a failed run: an oracle's, and not a compiler's.
var oracleSaid = regexp.MustCompile(`[^\n: ][^\n:]*: ORACLE [A-Za-z0-9]+: [^\n]*`)

// run builds the engine with the mutation and returns the sentence of the
// oracle that found it.
func (m mutation) run(t *testing.T) string {
	cmd := exec.CommandContext(t.Context(), "go", "test", "-vet=off", "-overlay", m.overlay(t), "-run", "^TestSimulation(Regressions)?$",
		"./board", "-sim.seeds=2000", "-sim.shrink=false", "-sim.mutations=none", "-timeout=120s")
	cmd.Dir = ".."
	out, err := cmd.CombinedOutput()
	said := oracleSaid.Find(out)
	if err == nil || said == nil {
		t.Fatalf("no oracle found it: %v\n%s", err, bytes.TrimSpace(out[:min(len(out), 3000)]))
	}
	return string(said)
}

// overlay writes the mutated file and the list by which go finds it.
func (m mutation) overlay(t *testing.T) (path string) {
	original, err := filepath.Abs(filepath.Join("..", m.file))
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile(original)
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(source), m.passage); n != 1 {
		t.Fatalf("%s has the passage %q %d times: name the guard as it reads now", m.file, m.passage, n)
	}
	dir := t.TempDir()
	mutated := filepath.Join(dir, filepath.Base(m.file))
	must(t, os.WriteFile(mutated, []byte(strings.Replace(string(source), m.passage, m.becomes, 1)), 0o600))
	list, err := json.Marshal(map[string]any{"Replace": map[string]string{original: mutated}})
	must(t, err)
	path = filepath.Join(dir, "overlay.json")
	must(t, os.WriteFile(path, list, 0o600))
	return path
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(fmt.Errorf("prepare a mutation: %w", err))
	}
}
