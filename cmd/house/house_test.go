package house

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

const root = "../.."

func TestGoKeepsItsFloors(t *testing.T) {
	t.Parallel()
	report(t, goPlan.violations(goUses(t)))
}

func TestTypeScriptKeepsItsFloors(t *testing.T) {
	t.Parallel()
	report(t, tsPlan.violations(tsUses(t)))
}

func report(t *testing.T, violations []string) {
	t.Helper()
	for _, v := range violations {
		t.Error(v)
	}
}

// The checker must see a break, otherwise its silence means nothing.
func TestBreaksAreSeen(t *testing.T) {
	t.Parallel()
	for _, broken := range []use{
		{file: "notes/note.go", imported: "corkboard/board"},
		{file: "board/room.go", imported: "corkboard/notes/archive"},
		{file: "store/commit.go", imported: "corkboard/web"},
		{file: "web/boards.go", imported: "github.com/lib/pq"},
		{file: "board/room.go", imported: "github.com/gorilla/websocket"},
		{file: "notes/note.go", imported: "github.com/nobody/knows"},
		{file: "attic/box.go", imported: "corkboard/notes"},
		{file: "web/web.go", imported: "corkboard/attic"},
	} {
		if goPlan.violation(broken) == "" {
			t.Errorf("%+v was let pass", broken)
		}
	}
	for _, broken := range []use{
		{file: "notes/apply.ts", imported: "../sync/client.ts"},
		{file: "sync/client.ts", imported: "../ui/stage.ts"},
		{file: "ui/stage.ts", imported: "htmx.org"},
		{file: "ui/stage.ts", imported: "../main.ts"},
	} {
		if tsPlan.violation(broken) == "" {
			t.Errorf("%+v was let pass", broken)
		}
	}
}

func goUses(t *testing.T) []use {
	t.Helper()
	var uses []use
	walk(t, root, ".go", func(file, rel string) {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range parsed.Imports {
			imported, _ := strconv.Unquote(spec.Path.Value)
			if standard(imported) {
				continue
			}
			uses = append(uses, use{rel, imported, strings.HasSuffix(rel, "_test.go")})
		}
	})
	return uses
}

func standard(imported string) bool {
	first, _, _ := strings.Cut(imported, "/")
	return first != "corkboard" && !strings.Contains(first, ".")
}

// importLine finds import and re-export statements, and dynamic imports.
var importLine = regexp.MustCompile(`(?m)^(?:import|export)\s+(?:type\s+)?(?:\{[^}]*\}|\*(?:\s+as\s+\w+)?|\w+(?:\s*,\s*\{[^}]*\})?)\s+from\s+['"]([^'"]+)['"]` +
	`|^import\s+['"]([^'"]+)['"]` +
	`|\bimport\(\s*['"]([^'"]+)['"]`)

func tsUses(t *testing.T) []use {
	t.Helper()
	src := filepath.Join(root, "assets", "src")
	var uses []use
	walk(t, src, ".ts", func(file, rel string) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range importLine.FindAllStringSubmatch(string(text), -1) {
			uses = append(uses, use{rel, m[1] + m[2] + m[3], strings.HasSuffix(rel, ".test.ts")})
		}
	})
	return uses
}

// walk calls do for each file below dir that ends in ext, with its path and its
// path from dir.
func walk(t *testing.T, dir, ext string, do func(file, rel string)) {
	t.Helper()
	seen := 0
	err := filepath.WalkDir(dir, func(file string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (entry.Name() == "node_modules" || len(entry.Name()) > 2 && strings.HasPrefix(entry.Name(), ".")):
			return filepath.SkipDir
		case !strings.HasSuffix(file, ext) || strings.HasSuffix(file, ".d.ts"):
			return nil
		}
		rel, err := filepath.Rel(dir, file)
		if err == nil {
			seen++
			do(file, filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil || seen == 0 {
		t.Fatalf("%s: %d files read, %v", dir, seen, err)
	}
}
