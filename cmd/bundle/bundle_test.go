package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// project is a small assets folder.
func project(t *testing.T, changes map[string]string) string {
	t.Helper()
	folder := t.TempDir()
	files := map[string]string{
		"src/main.ts":                      `import { shout } from "./shout.ts"; console.log(shout("board")); void import("./later.ts")`,
		"src/pages.ts":                     `import lib from "lib"; console.log(lib)`,
		"src/shout.ts":                     `export const shout = (word: string): string => word.toUpperCase()`,
		"src/shout.test.ts":                `import assert from "node:assert/strict"; import { test } from "node:test"; import { shout } from "./shout.ts"; test("shouts", () => assert.equal(shout("a"), "A"))`,
		"src/later.ts":                     `import { shout } from "./shout.ts"; import style from "../css/later.css"; console.log(shout(style))`,
		"css/later.css":                    `@import "./more.css"; i { color: rgb(255, 0, 0); }`,
		"css/more.css":                     `u { color: green }`,
		"css/on-board.css":                 `@import "./font.css"; a { b { color: red } }`,
		"css/on-pages.css":                 `p { color: red }`,
		"css/reading.css":                  `h2 { color: red }`,
		"css/font.css":                     `@font-face { font-family: F; src: url("fonts/f-latin.woff2") }`,
		"icons/mark.svg":                   `<svg xmlns="http://www.w3.org/2000/svg"/>`,
		"node_modules/lib/index.js":        `export default "lib"`,
		"node_modules/fonts/f-latin.woff2": "a font",
		"dist/.gitkeep":                    "",
		"dist/old-ABCDEFGH.js":             "old",
	}
	for name, text := range changes {
		files[name] = text
	}
	for name, text := range files {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func readManifest(t *testing.T, folder string) manifest {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(folder, "dist", "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	var names manifest
	if err := json.Unmarshal(text, &names); err != nil {
		t.Fatal(err)
	}
	return names
}

func inDist(t *testing.T, folder, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(folder, "dist", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestPages(t *testing.T) {
	t.Parallel()
	folder := project(t, nil)
	if err := bundlePages(folder, false); err != nil {
		t.Fatal(err)
	}
	names := readManifest(t, folder)
	for name, want := range map[string]string{
		"main.js":       "toUpperCase",
		"pages.js":      `"lib"`,
		"on-board.css":  names["f-latin.woff2"],
		"mark.svg":      "<svg",
		"f-latin.woff2": "a font",
	} {
		if text := inDist(t, folder, names[name]); !strings.Contains(text, want) {
			t.Errorf("%s is %q, without %q", name, text, want)
		}
		if hashed := names[name]; len(hashed) != len(name)+len("-ABCDEFGH") {
			t.Errorf("%s became %s", name, hashed)
		}
	}
	entries, err := os.ReadDir(filepath.Join(folder, "dist"))
	if err != nil {
		t.Fatal(err)
	}
	twins := len(names) - 1 // all but the font
	if want := len(names) + twins + len([]string{".gitkeep", "manifest.json"}); len(entries) != want {
		t.Errorf("dist has %v", entries)
	}
}

// TestAFileNeverChangesUnderItsName though its source is the same: browsers keep it for a year.
func TestAFileNeverChangesUnderItsName(t *testing.T) {
	t.Parallel()
	folder := project(t, nil)
	seen := map[string][]byte{}
	for _, short := range []bool{true, false} {
		options := pageOptions(folder, false)
		options.EntryPoints = []string{"src/main.ts"}
		options.MinifyIdentifiers = short
		script, err := merged(options)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range script.files {
			if other, known := seen[file.Path]; known && !bytes.Equal(file.Contents, other) {
				t.Errorf("%s is %q and %q", filepath.Base(file.Path), other, file.Contents)
			}
			seen[file.Path] = file.Contents
		}
	}
}

func TestAScriptStartsWithOneFileWhosePartsShareWithIt(t *testing.T) {
	t.Parallel()
	folder := project(t, nil)
	if err := bundlePages(folder, false); err != nil {
		t.Fatal(err)
	}
	names := readManifest(t, folder)
	for hashed := range names {
		if strings.HasPrefix(hashed, "later-") && strings.Contains(inDist(t, folder, hashed), "toUpperCase") {
			t.Errorf("%s has again what the start has", hashed)
		}
	}
	if text := inDist(t, folder, names["main.js"]); strings.Contains(text, " as ") {
		t.Errorf("what it shares has two names: %s", text)
	}
	main := filepath.Join(folder, "dist", names["main.js"])
	out, err := exec.Command("node", "--input-type=module", "-e", "import "+strconv.Quote(main)).CombinedOutput()
	if want := "BOARD\nU{COLOR:GREEN}I{COLOR:RED}"; err != nil || !strings.HasPrefix(string(out), want) {
		t.Errorf("it says %s %v", out, err)
	}
}

func TestWhatComesLaterIsAFileOfItsOwnWithItsLook(t *testing.T) {
	t.Parallel()
	folder := project(t, nil)
	if err := bundlePages(folder, false); err != nil {
		t.Fatal(err)
	}
	for hashed := range readManifest(t, folder) {
		if strings.HasPrefix(hashed, "later-") {
			if text := inDist(t, folder, hashed); !strings.Contains(text, "u{color:green}i{color:red}") {
				t.Errorf("it is %s", text)
			}
			return
		}
	}
	t.Error("there is none")
}

func TestTheStartKnowsTheKeysOfAPart(t *testing.T) {
	t.Parallel()
	changes := map[string]string{
		"src/main.ts":  `import { shout } from "./shout.ts"; import keys from "./part.ts?keys"; console.log(shout("board"), keys); void import("./part.ts")` + "\nimport './first.ts'",
		"src/first.ts": `console.log({ keys: 'F' })`,
		"src/type.ts":  `export type Type = string; export const no = { keys: 'T' }`,
		"src/more.ts":  `console.log({ id: 'more', keys: 'M Alt+M', where: 'board' })`,
		"src/part.ts": "import './first.ts'\nimport './more.ts'\nimport type { Type } from './type.ts'\n" +
			"// keys: none in here\nconsole.log({ keys: 'A' as Type }, { keys: 'Ctrl+B' })",
	}
	folder := project(t, changes)
	if err := bundlePages(folder, false); err != nil {
		t.Fatal(err)
	}
	text := inDist(t, folder, readManifest(t, folder)["main.js"])
	if !strings.Contains(text, `"":"A Ctrl+B"`) || !strings.Contains(text, `board:"M Alt+M"`) {
		t.Errorf("the start is %s", text)
	}

	for _, hidden := range []string{"{ keys: 'A' + 'B' , where: 'board' }", "{ keys: KEY }", "{ keys, run }", "{ ...shared, where: 'board' }"} {
		changes["src/more.ts"] = "console.log(" + hidden + ")"
		if err := bundlePages(project(t, changes), false); err == nil || !strings.Contains(err.Error(), "more.ts") {
			t.Errorf("%s: the error is %v", hidden, err)
		}
	}
}

func TestScriptsComeInEachLanguage(t *testing.T) {
	t.Parallel()
	folder := project(t, map[string]string{
		"words/de.json": `{"board": "Brett", "later": "später"}`,
		"src/main.ts":   `import { say } from "./say.ts"; console.log(say("board"), say('pin')); void import("./later.ts")`,
		"src/later.ts":  `import { say } from "./say.ts"; console.log(say("later"))`,
		"src/say.ts":    `export const say = (english: string): string => english`,
	})
	if err := bundlePages(folder, false); err != nil {
		t.Fatal(err)
	}
	names := readManifest(t, folder)
	german, english := inDist(t, folder, names["main.de.js"]), inDist(t, folder, names["main.js"])
	if !strings.Contains(german, `"Brett"`) || !strings.Contains(german, `"pin"`) || strings.Contains(german, `"board"`) {
		t.Errorf("main.de.js is %s", german)
	}
	if !strings.Contains(english, `"board"`) || strings.Contains(english, "Brett") {
		t.Errorf("main.js is %s", english)
	}
	if names["pages.de.js"] != names["pages.js"] {
		t.Error("a script that says nothing is there twice")
	}
	said := ""
	for hashed := range names {
		if strings.HasPrefix(hashed, "later-") {
			said += inDist(t, folder, hashed)
		}
	}
	if !strings.Contains(said, `"later"`) || !strings.Contains(said, `"später"`) {
		t.Errorf("what comes later says %s", said)
	}
}

func TestDevelopmentHasSourceMapsAndReloads(t *testing.T) {
	t.Parallel()
	folder := project(t, nil)
	if err := bundlePages(folder, true); err != nil {
		t.Fatal(err)
	}
	names := readManifest(t, folder)
	text := inDist(t, folder, names["main.js"])
	if !strings.Contains(text, "//# sourceMappingURL="+names["main.js"]+".map") || !strings.Contains(text, "location.reload") {
		t.Errorf("main.js is %s", text)
	}
	if names["build"] == "" {
		t.Error("a page could not see that there is a new build")
	}
}

func TestFailedBuildKeepsTheLastOne(t *testing.T) {
	t.Parallel()
	folder := project(t, map[string]string{"src/shout.ts": "export const shout = ("})
	err := bundlePages(folder, false)
	if err == nil || !strings.Contains(err.Error(), "src/shout.ts:1") {
		t.Errorf("the error is %v", err)
	}
	if inDist(t, folder, "old-ABCDEFGH.js") != "old" {
		t.Error("the last build is gone")
	}
}

func TestBudget(t *testing.T) {
	t.Parallel()
	text := noise(boardBudget)
	for script, changes := range map[string]map[string]string{
		"main.js": {"src/shout.ts": `export const shout = (word: string) => word + "` + text + `"`},
		"main.de.js": {
			"words/de.json": `{"board": "` + text + `"}`,
			"src/main.ts":   `import { say } from "./say.ts"; console.log(say("board"))`,
			"src/say.ts":    `export const say = (english: string): string => english`,
		},
	} {
		err := bundlePages(project(t, changes), false)
		if err == nil || !strings.Contains(err.Error(), "("+script+")") || !strings.Contains(err.Error(), "budget of 60 kB") {
			t.Errorf("%s: the error is %v", script, err)
		}
	}
}

func TestBudgetIsInThousands(t *testing.T) {
	t.Parallel()
	page := &built{names: manifest{"main.js": "main-A.js", "on-board.css": "on-board-A.css"}, account: outputs{}}
	for weight, over := range map[int]bool{60_000: false, 60_001: true} {
		report, err := page.weigh(map[string]int{"main-A.js": weight - 7_000, "on-board-A.css": 7_000}, false)
		if (err != nil) != over || !strings.Contains(report, "60.0 kB of 60\n") {
			t.Errorf("%d bytes: %v\n%s", weight, err, report)
		}
	}
}

// noise is text that weighs at least so many bytes, however it is compressed.
func noise(weight int) string {
	random := make([]byte, weight)
	source := rand.New(rand.NewPCG(1, 2))
	for i := range random {
		random[i] = byte(source.Uint32())
	}
	return base64.StdEncoding.EncodeToString(random)
}

func TestTestsRunInNode(t *testing.T) {
	t.Parallel()
	folder, target := project(t, nil), filepath.Join(t.TempDir(), "tests")
	if err := bundleTests(folder, target); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("node", "--test", filepath.Join(target, "shout.test.mjs")).CombinedOutput()
	if err != nil || !strings.Contains(string(out), "pass 1") {
		t.Errorf("%v:\n%s", err, out)
	}
	if err := bundleTests(filepath.Join(folder, "css"), target); err == nil {
		t.Error("a folder without tests passes")
	}
}

func TestSourcesSeeChangesAndNothingAside(t *testing.T) {
	t.Parallel()
	folder := project(t, map[string]string{"views/page.templ": "", "views/page_templ.go": "", ".data/x.go": ""})
	before, err := sources(folder)
	if err != nil {
		t.Fatal(err)
	}
	for path := range before {
		if strings.Contains(path, "node_modules") || strings.Contains(path, "dist/") || strings.Contains(path, ".data") {
			t.Errorf("%s is watched", path)
		}
	}
	later := time.Now().Add(time.Hour)
	page, generated := filepath.Join(folder, "views/page.templ"), filepath.Join(folder, "views/page_templ.go")
	for _, path := range []string{page, generated} {
		if err := os.Chtimes(path, later, later); err != nil {
			t.Fatal(err)
		}
	}
	after, err := settled(folder, before)
	if err != nil {
		t.Fatal(err)
	}
	now, err := sources(folder)
	if err != nil {
		t.Fatal(err)
	}
	if !after[generated].Equal(now[generated]) {
		t.Error("what the build generates counts as a change")
	}
	if after[page].Equal(now[page]) {
		t.Error("a change during the build is lost")
	}
}
