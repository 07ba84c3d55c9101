package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

// outputs is esbuild's account of a build: what each file that it wrote is made of, by the file's name.
type outputs map[string]output

type output struct {
	EntryPoint string
	Inputs     map[string]any
	Exports    []string
	Imports    []struct {
		Path string
		Kind string // "import-statement", "dynamic-import" and others
	}
}

func readAccount(metafile string) (outputs, error) {
	var account struct{ Outputs map[string]output }
	if err := json.Unmarshal([]byte(metafile), &account); err != nil {
		return nil, fmt.Errorf("read the account of the build: %w", err)
	}
	byName := outputs{}
	for path, o := range account.Outputs {
		byName[filepath.Base(path)] = o
	}
	return byName, nil
}

// start is the file and all that it imports when it starts.
func (o outputs) start(name string) []string { return o.reach(name, "import-statement") }

// later is all that the file may import in the end.
func (o outputs) later(name string) []string {
	return o.reach(name, "import-statement", "dynamic-import")
}

// reach are the file and what it leads to by imports of these kinds, in the order of their names.
func (o outputs) reach(name string, kinds ...string) []string {
	seen := []string{name}
	for i := 0; i < len(seen); i++ {
		for _, imported := range o[seen[i]].Imports {
			next := filepath.Base(imported.Path)
			if slices.Contains(kinds, imported.Kind) && !slices.Contains(seen, next) {
				seen = append(seen, next)
			}
		}
	}
	slices.Sort(seen)
	return seen
}

// names tells which output came from which entry or font. Parts of scripts go by their own names.
func (o outputs) names() manifest {
	names := manifest{}
	for name, output := range o {
		from := output.EntryPoint
		if from == "" && len(output.Inputs) == 1 && filepath.Ext(name) != ".js" {
			for input := range output.Inputs {
				from = input
			}
		}
		switch {
		case strings.HasSuffix(name, ".map"):
		case slices.Contains(entries, from) || (from != "" && filepath.Ext(name) != ".js"):
			names[stem(from)+filepath.Ext(name)] = name
		default:
			names[name] = name
		}
	}
	return names
}
