package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/evanw/esbuild/pkg/api"
)

// mutants are the browser's client with one guard taken out. The simulation must find each of them.
var mutants = []struct{ name, file, passage, instead string }{
	{"what has landed is sent again", "sync/settle.ts",
		"e.mid > 0 && e.mid <= last_mid", "false"},
	{"what was sent and has not landed is not sent again", "sync/outbox.ts",
		"    this.number(lastMid)\n", "for (const e of [...this.rebase.pending.entries]) if (e.mid > 0) this.rebase.withdraw(e); this.number(lastMid)\n"},
	{"gaps go unseen", "sync/settle.ts",
		"if (event.seq > head + 1) return this.hooks.gap()", ""},
	{"pending text is not rebased", "sync/pending.ts",
		"const delta = transform(op.delta, patch, 'second')", "const delta = op.delta"},
	{"the last writer of a text wins", "sync/frame.ts",
		"return { ...op, rev: confirmed.note(op.note)?.rev ?? 0 }",
		"{ const all = [...(confirmed.note(op.note)?.text ?? '')]; const mine = op.delta.filter((p) => typeof p === 'string').join('');" +
			" return { ...op, rev: confirmed.note(op.note)?.rev ?? 0, delta: [...(mine ? [mine] : []), ...(all.length ? [-all.length] : [])] } }"},
	{"pending edits are not kept over a reload", "sync/recover.ts",
		"rebase.pending.entries.map((entry) => saved(entry, rebase))", "[] as SavedEntry[]"},
	{"a restored backup is not asked about", "sync/arrival.ts",
		"this.offer('epoch')", ""},
	{"words typed into a note that is refused are not told", "sync/settle.ts",
		"wordsOf(lost, this.rebase)", "wordsOf([entry], this.rebase)"},
	{"an undo overwrites others", "sync/guards.ts",
		"const free = (o: SingleOp): SingleOp | undefined => allowed(o, guards, confirmed)", "return op; const free = (o: SingleOp): SingleOp => o"},
}

// hunter runs seeds until one fails, and says how.
const hunter = `
import { failureOf } from './testing/simulation.ts'
import { habits, plan } from './testing/steps.ts'
const once = [282, 4485] // found bugs, see sync/fuzz.test.ts
const seeds = [...once, ...Array.from({ length: Number(process.argv[2]) }, (_, i) => i + 1)]
for (const seed of seeds) {
	const failure = await failureOf(seed, plan(seed, 45, once.includes(seed) ? habits.first : habits.all), false)
	if (!failure) continue
	console.log('seed ' + seed + ': ' + failure)
	process.exit(3)
}`

func TestTheSimulationFindsEveryGuardThatIsTakenOut(t *testing.T) {
	t.Parallel()
	if said, err := hunt(t, "", "", "", "20"); err != nil {
		t.Fatalf("the client as it is fails: %v\n%s", err, said)
	}
	for _, m := range mutants {
		t.Run(m.name, func(t *testing.T) {
			said, err := hunt(t, m.file, m.passage, m.instead, "400")
			if err == nil || !strings.HasPrefix(said, "seed ") {
				t.Errorf("nothing was found: %v\n%s", err, said)
			}
		})
	}
}

// hunt runs the simulation of the client, with one passage of a file replaced.
func hunt(t *testing.T, file, passage, instead, seeds string) (string, error) {
	t.Helper()
	source, err := filepath.Abs("../../assets/src")
	if err != nil {
		t.Fatal(err)
	}
	replaced := file == ""
	plugin := api.Plugin{Name: "mutant", Setup: func(build api.PluginBuild) {
		build.OnLoad(api.OnLoadOptions{Filter: `\.ts$`}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
			text, err := os.ReadFile(args.Path)
			contents := string(text)
			if file != "" && strings.HasSuffix(filepath.ToSlash(args.Path), "src/"+file) {
				replaced = strings.Count(contents, passage) == 1
				contents = strings.Replace(contents, passage, instead, 1)
			}
			return api.OnLoadResult{Contents: &contents, Loader: api.LoaderTS}, err
		})
	}}
	target := filepath.Join(t.TempDir(), "hunt.mjs")
	options := testOptions(filepath.Dir(source), "", nil)
	options.Stdin = &api.StdinOptions{Contents: hunter, ResolveDir: source, Sourcefile: "hunt.ts", Loader: api.LoaderTS}
	options.Outbase, options.Outdir, options.OutExtension, options.Outfile = "", "", nil, target
	options.Plugins = []api.Plugin{plugin}
	if err := failure(api.Build(options)); err != nil {
		t.Fatal(err)
	}
	if !replaced {
		t.Fatalf("%s does not hold %q once", file, passage)
	}
	out, err := exec.Command("node", target, seeds).CombinedOutput()
	return string(out), err
}
