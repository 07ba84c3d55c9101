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
	all, err := run(pageOptions(folder, dev))
	if err != nil {
		return nil, err
	}
	catalogs, err := words.Read(os.DirFS(filepath.Join(folder, "words")))
	if err != nil {
		return nil, err
	}
	for _, language := range slices.Sorted(maps.Keys(catalogs)) {
		options := pageOptions(folder, dev)
		options.EntryPoints = slices.DeleteFunc(slices.Clone(entries), func(e string) bool { return filepath.Ext(e) != ".ts" })
		options.Plugins = append(options.Plugins, translating(catalogs[language]))
		scripts, err := run(options)
		if err != nil {
			return nil, fmt.Errorf("build the scripts in %s: %w", language, err)
		}
		all.add(language, scripts)
	}
	return all, nil
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
	for _, file := range scripts.files {
		if _, known := b.account[filepath.Base(file.Path)]; !known {
			b.files = append(b.files, file)
		}
	}
	maps.Copy(b.account, scripts.account)
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
