package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/evanw/esbuild/pkg/api"
)

// entries are what pages ask for by name; the rest, such as fonts, comes along with them.
var entries = []string{
	"src/main.ts",  // the board
	"src/pages.ts", // every other page
	"css/on-board.css",
	"css/on-pages.css",
	"css/reading.css", // the board, where no script runs
	"icons/mark.svg",  // the tab's icon
}

// manifest maps the name of an entry or a font to its file in dist, also of an entry in a language (main.de.js), and the name of a script's part to itself.
type manifest map[string]string

// reloader has a page load itself again when a build has changed the manifest.
const reloader = `;if(!self.reloads){self.reloads=true;let was;setInterval(async()=>{try{const now=await(await fetch(` +
	`"/assets/manifest.json",{cache:"no-store"})).text();if(was&&now!==was)location.reload();was=now}catch{}},1000)}`

// bundlePages writes assets/dist anew. What was there stays when the build fails.
func bundlePages(source string, dev bool) error {
	folder, err := filepath.Abs(source)
	if err != nil {
		return err
	}
	made, err := buildPages(folder, dev)
	if err != nil {
		return err
	}
	if dev {
		made.names["build"] = time.Now().Format(time.RFC3339Nano)
	}
	small, err := compressed(made.files)
	if err != nil {
		return err
	}
	if err := writeDist(filepath.Join(folder, "dist"), append(made.files, small...), made.names); err != nil {
		return err
	}
	report, err := made.weigh(sizes(small), dev)
	fmt.Print(report)
	return err
}

// engines are the oldest browsers that the pages are written for.
var engines = []api.Engine{
	{Name: api.EngineChrome, Version: "111"},
	{Name: api.EngineFirefox, Version: "113"},
	{Name: api.EngineSafari, Version: "16.4"},
}

func pageOptions(folder string, dev bool) api.BuildOptions {
	options := api.BuildOptions{
		AbsWorkingDir:     folder,
		EntryPoints:       entries,
		EntryNames:        "[name]-[hash]",
		AssetNames:        "[name]-[hash]",
		ChunkNames:        "[name]-[hash]",
		Outdir:            "dist",
		Bundle:            true,
		Splitting:         true, // import() makes a file of its own
		Plugins:           []api.Plugin{styleTexts(dev), partKeys(folder)},
		Metafile:          true,
		Format:            api.FormatESModule,
		Platform:          api.PlatformBrowser,
		Charset:           api.CharsetUTF8,
		MinifyWhitespace:  !dev,
		MinifyIdentifiers: !dev,
		MinifySyntax:      !dev,
		Loader:            map[string]api.Loader{".woff2": api.LoaderFile, ".svg": api.LoaderCopy},
		Target:            api.ES2022,
		Engines:           engines,
		LogLevel:          api.LogLevelSilent, // failure says it
	}
	if dev {
		options.Sourcemap = api.SourceMapLinked
		options.Footer = map[string]string{"js": reloader}
	}
	return options
}

// failure is what went wrong in a build, warnings included: they are mistakes too.
func failure(result api.BuildResult) error {
	said := api.FormatMessages(result.Errors, api.FormatMessagesOptions{Kind: api.ErrorMessage})
	said = append(said, api.FormatMessages(result.Warnings, api.FormatMessagesOptions{Kind: api.WarningMessage})...)
	if len(said) == 0 {
		return nil
	}
	return errors.New(strings.TrimSpace(strings.Join(said, "")))
}

// stem is a path's last name without its extension.
func stem(path string) string {
	return strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
}

// writeDist replaces the folder's content, but for the file that keeps the folder in git.
func writeDist(folder string, files []api.OutputFile, names manifest) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	old, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	fresh := []string{".gitkeep", "manifest.json"}
	for _, file := range files {
		fresh = append(fresh, filepath.Base(file.Path))
		if err := os.WriteFile(filepath.Join(folder, filepath.Base(file.Path)), file.Contents, 0o644); err != nil {
			return err
		}
	}
	for _, entry := range old {
		if !slices.Contains(fresh, entry.Name()) {
			if err := os.RemoveAll(filepath.Join(folder, entry.Name())); err != nil {
				return err
			}
		}
	}
	text, err := json.MarshalIndent(names, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, "manifest.json"), append(text, '\n'), 0o644)
}
