// Package words holds what the product says to people, in every language that
// it can be said in.
//
// The texts stand in the code, in English: say('Zoom in') in scripts,
// say(ctx, "Zoom in") in pages. A language's catalogue, a file beside this one,
// finds its own text by the English one. Pages look it up when they are made;
// scripts are bundled once for each language, with its texts already in them,
// so that no page loads words of another.
//
// A text may have {name}s that the code fills. A number of things has two texts,
// for one and for many, which do for the languages that are here; one with more
// forms (Intl.PluralRules tells which) needs plural to choose among them.
package words

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed *.json
var files embed.FS

// Language is the tag of a language that pages can be shown in, such as "de".
type Language string

// English is the language of the code, and what is shown for want of a better.
const English Language = "en"

// Languages are all that pages can be shown in.
var Languages = []Language{English, "de"}

// Name is what the language calls itself, for a list to choose from.
func (l Language) Name() string {
	switch l {
	case "de":
		return "Deutsch"
	default:
		return "English"
	}
}

// Dir is the direction in which a language is written: "ltr" or "rtl".
func (l Language) Dir() string {
	switch l {
	case "ar", "fa", "he", "ur":
		return "rtl"
	default:
		return "ltr"
	}
}

// Text is the language's own text for the English one, which stands for itself
// where there is none.
func (l Language) Text(english string) string {
	if own := builtIn()[l][english]; own != "" {
		return own
	}
	return english
}

// Say is the language's own text for the English one, its {name}s filled as by
// Fill. What people wrote keeps its direction and does not turn the words around it.
func (l Language) Say(english string, pairs ...any) string {
	own := slices.Clone(pairs)
	for i := 1; i < len(own); i += 2 {
		if written, isText := own[i].(string); isText {
			own[i] = l.isolated(written)
		}
	}
	return Fill(l.Text(english), own...)
}

// isolated is a name as it stands in a sentence of the language.
func (l Language) isolated(name string) string {
	if l.Dir() == "ltr" && !strings.ContainsFunc(name, turns) {
		return name
	}
	return "\u2068" + name + "\u2069"
}

// turns tells of a character that it is in a block of scripts that run from the
// right, or turns a text by itself. Scripts in the browser know the same ones.
func turns(r rune) bool {
	return r >= 0x590 && r <= 0x8ff || r >= 0xfb1d && r <= 0xfdff || r >= 0xfe70 && r <= 0xfefc ||
		r >= 0x10800 && r <= 0x10fff || r >= 0x1e800 && r <= 0x1efff || r >= 0x202a && r <= 0x202e
}

// Fill puts values in the place of a text's {name}s: pairs are a name and a value in turn.
func Fill(text string, pairs ...any) string {
	filled := make([]string, 0, len(pairs))
	for i := 0; i+1 < len(pairs); i += 2 {
		filled = append(filled, fmt.Sprintf("{%v}", pairs[i]), fmt.Sprint(pairs[i+1]))
	}
	return strings.NewReplacer(filled...).Replace(text)
}

// Number is a whole number as the language writes it: 10,000 or 10.000.
func (l Language) Number(n int) string {
	digits := strconv.Itoa(n)
	mark := ","
	if l == "de" {
		mark = "."
	}
	for i := len(digits) - 3; i > 0 && digits[i-1] != '-'; i -= 3 {
		digits = digits[:i] + mark + digits[i:]
	}
	return digits
}

// Catalog is a language's texts by the English ones.
type Catalog map[string]string

var builtIn = sync.OnceValue(func() map[Language]Catalog {
	all, err := Read(files)
	if err != nil {
		panic(err) // they are part of the program, and a test reads them
	}
	return all
})

// Read reads every catalogue of a folder: a language each, such as de.json.
func Read(folder fs.FS) (map[Language]Catalog, error) {
	names, err := fs.Glob(folder, "*.json")
	if err != nil {
		return nil, fmt.Errorf("find the catalogues: %w", err)
	}
	all := map[Language]Catalog{}
	for _, name := range names {
		text, err := fs.ReadFile(folder, name)
		if err != nil {
			return nil, fmt.Errorf("read a catalogue: %w", err)
		}
		var c Catalog
		if err := json.Unmarshal(text, &c); err != nil {
			return nil, fmt.Errorf("read the catalogue %s: %w", name, err)
		}
		all[Language(strings.TrimSuffix(name, path.Ext(name)))] = c
	}
	return all, nil
}
