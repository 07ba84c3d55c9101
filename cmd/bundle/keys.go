package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// partKeys makes what a script gets when it imports './part.ts?keys': the keys of the actions that the
// part will declare when it is loaded, by where they work. So the start knows which presses are meant
// for what has not come yet, and nobody has to say it twice.
func partKeys(folder string) api.Plugin {
	main := filepath.Join(folder, "src", "main.ts")
	return api.Plugin{Name: "keys of parts", Setup: func(build api.PluginBuild) {
		build.OnResolve(api.OnResolveOptions{Filter: `\?keys$`}, func(args api.OnResolveArgs) (api.OnResolveResult, error) {
			part := strings.TrimSuffix(args.Path, "?keys")
			return api.OnResolveResult{Path: filepath.Join(args.ResolveDir, part), Namespace: "keys"}, nil
		})
		build.OnLoad(api.OnLoadOptions{Filter: `.*`, Namespace: "keys"}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
			keys, err := keysOf(args.Path, main)
			if err != nil {
				return api.OnLoadResult{}, err
			}
			text, err := json.Marshal(keys)
			content := string(text)
			return api.OnLoadResult{Contents: &content, Loader: api.LoaderJSON}, err
		})
	}}
}

// keysOf are the keys that stand in the part's files and not in the start's, by where they work; "" is
// where no action says it.
func keysOf(part, start string) (map[string]string, error) {
	started, err := imports(start)
	if err != nil {
		return nil, err
	}
	files, err := imports(part)
	if err != nil {
		return nil, err
	}
	keys := map[string]string{}
	for _, file := range files.order {
		if started.texts[file] != "" {
			continue
		}
		text := comment.ReplaceAllString(files.texts[file], "")
		if m := hiddenKeys.FindString(text); m != "" {
			return nil, fmt.Errorf("%s: `%s`: a part's keys are literals, and where they work stands right behind them", filepath.Base(file), m)
		}
		for _, m := range literalKeys.FindAllStringSubmatch(text, -1) {
			keys[m[2]] = strings.TrimSpace(keys[m[2]] + " " + m[1])
		}
	}
	return keys, nil
}

var (
	comment      = regexp.MustCompile(`(?m)^\s*(?://|/?\*).*$`)
	literalKeys  = regexp.MustCompile(`\bkeys: '([^']+)'(?:, where: '(\w+)')?`)
	hiddenKeys   = regexp.MustCompile(`\bkeys(?:,|: [^']).*|(?:{|[^'],) where: '\w+'.*`)
	importedFile = regexp.MustCompile(`(?m)^(?:import|export)\s+(type\s)?(?:[^']*\sfrom\s+)?'(\.[^']+\.ts)'`)
)

// imported is a file with all that it imports when it starts: their texts, and the order in which they were met.
type imported struct {
	texts map[string]string
	order []string
}

func imports(entry string) (imported, error) {
	all := imported{texts: map[string]string{}, order: []string{entry}}
	for i := 0; i < len(all.order); i++ {
		file := all.order[i]
		text, err := os.ReadFile(file)
		if err != nil {
			return all, err
		}
		all.texts[file] = string(text)
		for _, m := range importedFile.FindAllStringSubmatch(string(text), -1) {
			next := filepath.Join(filepath.Dir(file), m[2])
			_, met := all.texts[next]
			if isType := m[1] != ""; !met && !isType { // nothing is loaded for a type
				all.texts[next] = ""
				all.order = append(all.order, next)
			}
		}
	}
	return all, nil
}
