package main

import (
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// core has one file of a script with parts that come later: what it starts with. esbuild alone would cut
// the start into as many files as there are ways to share them with the parts; here the parts take what
// they share with the start from the start's own file.
//
// esbuild runs twice: first it splits, then, from what it split, it makes the start with all that others
// need of it as exports, and the parts, which import them under the names that became small there. All
// files get one hash, that of everything, since each names the others.
type core struct {
	entry string              // the start's name as it was split
	hash  string              // of all the files as they came out
	made  map[string]string   // texts by the names that they were split into
	split outputs             // esbuild's account of them
	start []string            // what the start is made of
	parts []string            // what is imported later
	alias map[string][]string // by file of the start: what it exports, as "name as other"
}

// merged builds a script that has parts which come later, twice: what came out first gives the hash, so
// that no file ever differs from an earlier one of its name, which browsers keep.
func merged(options api.BuildOptions) (*built, error) {
	c, err := splitUp(options)
	if err != nil {
		return nil, err
	}
	draft, err := c.join(options)
	if err != nil {
		return nil, err
	}
	c.hash = hashOf(draft.files)
	return c.join(options)
}

// join makes the start and its parts of what was split.
func (c *core) join(options api.BuildOptions) (*built, error) {
	c.share()
	first, err := run(c.startOptions(options))
	if err != nil {
		return nil, err
	}
	c.shorten(first)
	if len(c.parts) > 0 {
		later, err := run(c.partOptions(options))
		if err != nil {
			return nil, err
		}
		first.take(later)
	}
	first.names = manifest{stem(unhashed(c.entry)) + ".js": c.final(c.entry)}
	for name := range first.account {
		if name != c.final(c.entry) {
			first.names[name] = name
		}
	}
	return first, nil
}

// hashOf is one hash of all the files, as esbuild writes it in names.
func hashOf(files []api.OutputFile) string {
	hash := sha256.New()
	for _, file := range files {
		hash.Write(file.Contents)
	}
	return base32.StdEncoding.EncodeToString(hash.Sum(nil))[:8]
}

// splitUp runs esbuild for the first time.
func splitUp(options api.BuildOptions) (*core, error) {
	options.MinifyIdentifiers, options.MinifySyntax, options.MinifyWhitespace = false, false, false
	split, err := run(options)
	if err != nil {
		return nil, err
	}
	c := &core{split: split.account, made: map[string]string{}}
	for _, file := range split.files {
		c.made[filepath.Base(file.Path)] = string(file.Contents)
	}
	c.entry = split.names[stem(options.EntryPoints[0])+".js"]
	c.start = c.split.start(c.entry)
	for _, name := range c.split.later(c.entry) {
		if c.split[name].EntryPoint != "" && !slices.Contains(c.start, name) {
			c.parts = append(c.parts, name)
		}
	}
	return c, nil
}

// share names what the start exports: everything in it that could be imported.
func (c *core) share() {
	c.alias = map[string][]string{}
	n := 0
	for _, file := range c.start {
		for _, name := range c.split[file].Exports {
			c.alias[file] = append(c.alias[file], fmt.Sprintf("%s as s%d", name, n))
			n++
		}
	}
}

// final is the name under which a file of the first run comes out of the second.
func (c *core) final(name string) string { return unhashed(name) + "-" + c.hash + ".js" }

// startOptions make the one file of the start.
func (c *core) startOptions(options api.BuildOptions) api.BuildOptions {
	var text strings.Builder
	fmt.Fprintf(&text, "import %q\n", "./"+c.entry)
	for _, file := range c.start {
		if len(c.alias[file]) > 0 {
			fmt.Fprintf(&text, "export { %s } from %q\n", strings.Join(c.alias[file], ", "), "./"+file)
		}
	}
	c.made["start"] = text.String()
	options.Splitting = false
	options.EntryPoints = nil
	options.EntryPointsAdvanced = []api.EntryPoint{{InputPath: "./start", OutputPath: stem(c.final(c.entry))}}
	options.EntryNames = "[name]"
	options.Plugins = []api.Plugin{c.plugin(func(name string) bool { return false })}
	return options
}

// exported is the list of what the start exports, which ends its file.
var exported = regexp.MustCompile(`export\s*{([^}]*)};\s*$`)

// shorten has the start export what it shares under the names that it has become small with: only the
// parts read them, and a second name for each would weigh a quarter of a kB on the wire.
func (c *core) shorten(start *built) {
	short := map[string]string{}
	for i, file := range start.files {
		list := exported.FindSubmatchIndex(file.Contents)
		if filepath.Base(file.Path) != c.final(c.entry) || list == nil {
			continue
		}
		var names []string
		for pair := range strings.SplitSeq(string(file.Contents[list[2]:list[3]]), ",") {
			name, shared, renamed := strings.Cut(strings.TrimSpace(pair), " as ")
			if !renamed {
				shared = name
			}
			short[shared] = name
			names = append(names, name)
		}
		start.files[i].Contents = slices.Concat(file.Contents[:list[2]], []byte(strings.Join(names, ",")), file.Contents[list[3]:])
	}
	for _, aliases := range c.alias {
		for i, alias := range aliases {
			name, shared, _ := strings.Cut(alias, " as ")
			aliases[i] = name + " as " + short[shared]
		}
	}
}

// partOptions make the parts; what only they share are files of their own.
func (c *core) partOptions(options api.BuildOptions) api.BuildOptions {
	options.EntryPoints = nil
	for _, part := range c.parts {
		options.EntryPointsAdvanced = append(options.EntryPointsAdvanced, api.EntryPoint{InputPath: "./" + part, OutputPath: stem(c.final(part))})
	}
	options.EntryNames = "[name]"
	options.Plugins = []api.Plugin{c.plugin(func(name string) bool { return slices.Contains(c.start, name) })}
	return options
}

// plugin reads what the first run made. Of files for which elsewhere holds, only the names are known:
// the start's own file exports what they stand for.
func (c *core) plugin(elsewhere func(name string) bool) api.Plugin {
	return api.Plugin{Name: "merge", Setup: func(build api.PluginBuild) {
		build.OnResolve(api.OnResolveOptions{Filter: `^\./`}, func(args api.OnResolveArgs) (api.OnResolveResult, error) {
			name := strings.TrimPrefix(args.Path, "./")
			switch {
			case args.Kind == api.ResolveJSDynamicImport:
				return api.OnResolveResult{Path: "./" + c.final(name), External: true}, nil
			case args.Namespace == "start":
				return api.OnResolveResult{Path: args.Path, External: true}, nil
			case elsewhere(name):
				// Each importer gets its own, or these few names would be a file that they share.
				return api.OnResolveResult{Path: name, Namespace: "start", Suffix: "?" + args.Importer}, nil
			}
			return api.OnResolveResult{Path: name, Namespace: "made"}, nil
		})
		build.OnLoad(api.OnLoadOptions{Filter: `.*`, Namespace: "made"}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
			text := c.made[args.Path]
			return api.OnLoadResult{Contents: &text, Loader: api.LoaderJS}, nil
		})
		build.OnLoad(api.OnLoadOptions{Filter: `.*`, Namespace: "start"}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
			text := c.imported(args.Path)
			return api.OnLoadResult{Contents: &text, Loader: api.LoaderJS}, nil
		})
	}}
}

// imported is a file of the start as a part sees it.
func (c *core) imported(file string) string {
	var names []string
	for _, alias := range c.alias[file] {
		name, shared, _ := strings.Cut(alias, " as ")
		names = append(names, shared+" as "+name)
	}
	return fmt.Sprintf("export { %s } from %q", strings.Join(names, ", "), "./"+c.final(c.entry))
}
