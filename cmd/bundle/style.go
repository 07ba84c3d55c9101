package main

import (
	"path/filepath"

	"github.com/evanw/esbuild/pkg/api"
)

// styleTexts makes what a script gets when it imports a style sheet: its text, bundled and small. A part
// of the page that is loaded later brings its own look along that way.
func styleTexts(dev bool) api.Plugin {
	return api.Plugin{Name: "style texts", Setup: func(build api.PluginBuild) {
		build.OnResolve(api.OnResolveOptions{Filter: `\.css$`}, func(args api.OnResolveArgs) (api.OnResolveResult, error) {
			if args.Kind != api.ResolveJSImportStatement {
				return api.OnResolveResult{}, nil // an entry, or a sheet's own @import
			}
			return api.OnResolveResult{Path: filepath.Join(args.ResolveDir, args.Path), Namespace: "style"}, nil
		})
		build.OnLoad(api.OnLoadOptions{Filter: `.*`, Namespace: "style"}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
			options := api.BuildOptions{
				EntryPoints:      []string{args.Path},
				Bundle:           true,
				MinifyWhitespace: !dev,
				MinifySyntax:     !dev,
				Engines:          engines,
				LogLevel:         api.LogLevelSilent, // failure says it
			}
			result := api.Build(options)
			if len(result.Errors)+len(result.Warnings) > 0 {
				return api.OnLoadResult{Errors: result.Errors, Warnings: result.Warnings}, nil
			}
			text := string(result.OutputFiles[0].Contents)
			return api.OnLoadResult{Contents: &text, Loader: api.LoaderText}, nil
		})
	}}
}
