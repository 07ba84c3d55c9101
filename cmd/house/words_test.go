package house

import (
	"bytes"
	"encoding/json"
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"corkboard/assets/words"
)

var update = flag.Bool("update", false, "put every text that has no entry into the catalogues, empty, and drop those that nothing says")

// Every text that the product says to people has an entry in every catalogue,
// with the same {name}s, and there are no others.
func TestEveryTextIsTranslated(t *testing.T) {
	t.Parallel()
	said := texts(t)
	for _, language := range words.Languages[1:] {
		file := filepath.Join(root, "assets", "words", string(language)+".json")
		catalog := readCatalog(t, file)
		if *update {
			catalog = brought(catalog, said)
			writeCatalog(t, file, catalog)
		}
		for text, where := range said {
			if own := catalog[text]; strings.TrimSpace(own) == "" {
				t.Errorf("%s says %q, which has no text in %s: run go test ./cmd/house -update and fill it in", where, text, file)
			} else if want, got := placeholders(text), placeholders(own); !slices.Equal(want, got) {
				t.Errorf("%q fills %v, and in %s %v", text, want, file, got)
			}
		}
		for text := range catalog {
			if _, is := said[text]; !is {
				t.Errorf("nothing says %q, which is in %s: run go test ./cmd/house -update", text, file)
			}
		}
	}
}

var placeholder = regexp.MustCompile(`\{\w+\}`)

// placeholders are the {name}s of a text, each once.
func placeholders(text string) []string {
	found := placeholder.FindAllString(text, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

// texts are all that is said to people, with a place where it is said.
func texts(t *testing.T) map[string]string {
	t.Helper()
	said := map[string]string{}
	note := func(rel string, uses []words.Use) {
		for _, use := range uses {
			where := rel + ":" + strconv.Itoa(use.Line)
			if use.Fault != "" {
				t.Errorf("%s: %s", where, use.Fault)
			}
			for _, l := range use.Texts {
				said[l.Text] = where
			}
		}
	}
	src := filepath.Join(root, "assets", "src")
	walk(t, src, ".ts", func(file, rel string) {
		if !strings.HasSuffix(rel, ".test.ts") && !strings.HasPrefix(rel, "testing/") && rel != "say.ts" {
			note("assets/src/"+rel, words.InScript(content(t, file)))
		}
	})
	for _, ext := range []string{".go", ".templ"} {
		walk(t, filepath.Join(root, "views"), ext, func(file, rel string) {
			if !strings.HasSuffix(rel, "_test.go") && !strings.HasSuffix(rel, "_templ.go") {
				note("views/"+rel, words.InPage(content(t, file)))
			}
		})
	}
	for text, where := range troubles(t) {
		said[text] = where
	}
	return said
}

// troubles are what a request that failed is answered with.
func troubles(t *testing.T) map[string]string {
	t.Helper()
	const file = "web/errors.go"
	set := token.NewFileSet()
	parsed, err := parser.ParseFile(set, filepath.Join(root, file), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]string{}
	ast.Inspect(parsed, func(n ast.Node) bool {
		pair, is := n.(*ast.KeyValueExpr)
		if !is {
			return true
		}
		name, named := pair.Key.(*ast.Ident)
		value, plain := pair.Value.(*ast.BasicLit)
		if named && plain && slices.Contains([]string{"title", "detail", "kept", "hint"}, name.Name) {
			text, _ := strconv.Unquote(value.Value)
			said[text] = file + ":" + strconv.Itoa(set.Position(value.Pos()).Line)
		}
		return true
	})
	return said
}

// The server says in English why nothing can be saved, and scripts say it again
// in their language: by the very same sentence.
func TestOutagesAreTold(t *testing.T) {
	t.Parallel()
	script := content(t, filepath.Join(root, "assets", "src", "ui", "reasons.ts"))
	outages := regexp.MustCompile(`&Outage\{"\w+", ("[^"]+")\}`).FindAllStringSubmatch(content(t, filepath.Join(root, "board", "outage.go")), -1)
	if len(outages) == 0 {
		t.Error("there are no outages")
	}
	for _, o := range outages {
		if sentence, _ := strconv.Unquote(o[1]); !strings.Contains(script, sentence) {
			t.Errorf("no script knows %q", sentence)
		}
	}
}

func readCatalog(t *testing.T, file string) words.Catalog {
	t.Helper()
	text := content(t, file)
	var c words.Catalog
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		t.Fatal(file, err)
	}
	if text != encoded(t, c) && !*update {
		t.Errorf("%s is not in order, or has a text twice: run go test ./cmd/house -update", file)
	}
	return c
}

// brought is the catalogue with an entry for each text that is said.
func brought(c words.Catalog, said map[string]string) words.Catalog {
	with := words.Catalog{}
	for text := range said {
		with[text] = c[text]
	}
	return with
}

func writeCatalog(t *testing.T, file string, c words.Catalog) {
	t.Helper()
	if err := os.WriteFile(file, []byte(encoded(t, c)), 0o644); err != nil {
		t.Fatal(err)
	}
}

// encoded is the catalogue as its file has it: an entry a line, in the order of
// the English texts.
func encoded(t *testing.T, c words.Catalog) string {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(c); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func content(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// What people read comes out of say: a literal that is shown as it stands would
// be English in every language. Pages are held to it by a test of views.
func TestScriptsShowNoWordsPastTheCatalogue(t *testing.T) {
	t.Parallel()
	if found := shown(`toasts.show('Done.'); x.title = "Old"; make('p', 'a-class', 'Words'); a.ariaLabel = 'X'`); len(found) != 4 {
		t.Errorf("it sees %q", found)
	}
	if found := shown("toasts.show(`${n} notes`); show({ label: 'Undo', run }); now(words); make('p', 'words'); x.title = `${a}: ${b}`; now(say('Yes'))"); len(found) != 2 {
		t.Errorf("it sees %q", found)
	}
	src := filepath.Join(root, "assets", "src")
	walk(t, src, ".ts", func(file, rel string) {
		if strings.HasSuffix(rel, ".test.ts") || strings.HasPrefix(rel, "testing/") {
			return
		}
		for _, words := range shown(content(t, file)) {
			t.Errorf("assets/src/%s shows %s, which no catalogue has: use say", rel, words)
		}
	})
}

// shows finds literals where only words for people go.
var shows = regexp.MustCompile(`(?:\b(?:textContent|title|placeholder|ariaLabel|alt) = ` +
	`|\('(?:aria-label|aria-description|title|placeholder|alt)', ` +
	`|\b(?:toasts\.show|announcer\.now|others\.tell|now|tell)\(` +
	`|\b(?:label|title|also): ` +
	`|\bmake\('\w+', '[^']*', )` +
	"('(?:[^'\\\\]|\\\\.)*'|\"[^\"]*\"|`[^`]*`)")

var inserted = regexp.MustCompile(`\$\{[^}]*\}`)

// shown are the literals of a script that are shown and have words in them.
func shown(source string) []string {
	var found []string
	for _, m := range shows.FindAllStringSubmatch(source, -1) {
		if strings.ContainsFunc(inserted.ReplaceAllString(m[1], ""), unicode.IsLetter) {
			found = append(found, m[1])
		}
	}
	return found
}
