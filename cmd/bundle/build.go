package main

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/evanw/esbuild/pkg/api"

	"corkboard/assets/words"
)

// built is what esbuild made of the sources.
type built struct {
	files     []api.OutputFile
	account   outputs
	names     manifest
	languages []words.Language // other than English, in which there are the scripts too
}

// buildPages builds all there is, and the scripts once more for each language:
// with its texts in them, a page loads no words of another and none too late.
func buildPages(folder string, dev bool) (*built, error) {
	options := pageOptions(folder, dev)
	options.EntryPoints = slices.DeleteFunc(slices.Clone(entries), isScript)
	all, err := run(options)
	if err != nil {
		return nil, err
	}
	scripts, err := buildScripts(folder, dev)
	if err != nil {
		return nil, err
	}
	all.take(scripts)
	catalogs, err := words.Read(os.DirFS(filepath.Join(folder, "words")))
	if err != nil {
		return nil, err
	}
	for _, language := range slices.Sorted(maps.Keys(catalogs)) {
		scripts, err := buildScripts(folder, dev, translating(catalogs[language]))
		if err != nil {
			return nil, fmt.Errorf("build the scripts in %s: %w", language, err)
		}
		all.add(language, scripts)
	}
	return all, nil
}

func isScript(entry string) bool { return filepath.Ext(entry) == ".ts" }

// buildScripts builds each script with its parts; a readable build leaves them in as many files as they come in.
func buildScripts(folder string, dev bool, plugins ...api.Plugin) (*built, error) {
	all := &built{account: outputs{}, names: manifest{}}
	for _, entry := range entries {
		if !isScript(entry) {
			continue
		}
		options := pageOptions(folder, dev)
		options.EntryPoints = []string{entry}
		options.Plugins = append(options.Plugins, plugins...)
		build := merged
		if dev {
			build = run
		}
		script, err := build(options)
		if err != nil {
			return nil, err
		}
		all.take(script)
	}
	return all, nil
}

// take takes in what was built apart. What both made is the same.
func (b *built) take(other *built) {
	for _, file := range other.files {
		if _, known := b.account[filepath.Base(file.Path)]; !known {
			b.files = append(b.files, file)
		}
	}
	maps.Copy(b.account, other.account)
	maps.Copy(b.names, other.names)
}

func run(options api.BuildOptions) (*built, error) {
	result := api.Build(options)
	if err := failure(result); err != nil {
		return nil, err
	}
	account, err := readAccount(result.Metafile)
	if err != nil {
		return nil, err
	}
	return &built{files: result.OutputFiles, account: account, names: account.names()}, nil
}

// add takes in a language's scripts. Parts in which nothing is said are the same in all.
func (b *built) add(language words.Language, scripts *built) {
	b.languages = append(b.languages, language)
	for name, hashed := range scripts.names {
		if name != hashed {
			name = inLanguage(name, language)
		}
		b.names[name] = hashed
	}
	b.take(&built{files: scripts.files, account: scripts.account})
}

// inLanguage is the name of an entry in a language: "main.js" → "main.de.js".
func inLanguage(name string, language words.Language) string {
	ext := filepath.Ext(name)
	return strings.TrimSuffix(name, ext) + "." + string(language) + ext
}

// translating puts a language's texts in the place of the English ones.
func translating(catalog words.Catalog) api.Plugin {
	return api.Plugin{Name: "words", Setup: func(b api.PluginBuild) {
		b.OnLoad(api.OnLoadOptions{Filter: `\.ts$`}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
			source, err := os.ReadFile(args.Path)
			text := words.Translate(string(source), catalog)
			return api.OnLoadResult{Contents: &text, Loader: api.LoaderTS}, err
		})
	}}
}
