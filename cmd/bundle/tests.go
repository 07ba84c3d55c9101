package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// bundleTests writes each assets/src/**/*.test.ts to a file of the same place and name in target, with
// the extension .test.mjs and everything but Node's own modules in it.
func bundleTests(source, target string) error {
	folder, err := filepath.Abs(source)
	if err != nil {
		return err
	}
	tests, err := findTests(filepath.Join(folder, "src"))
	if err != nil {
		return err
	}
	if target, err = filepath.Abs(target); err != nil {
		return err
	}
	if err := os.RemoveAll(target); err != nil {
		return err
	}
	if err := failure(api.Build(testOptions(folder, target, tests))); err != nil {
		return err
	}
	fmt.Printf("%d test files\n", len(tests))
	return nil
}

func findTests(folder string) ([]string, error) {
	var tests []string
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && strings.HasSuffix(path, ".test.ts") {
			tests = append(tests, path)
		}
		return err
	})
	if err == nil && len(tests) == 0 {
		err = errors.New("there are no tests in " + folder)
	}
	return tests, err
}

func testOptions(folder, target string, tests []string) api.BuildOptions {
	return api.BuildOptions{
		AbsWorkingDir: folder,
		EntryPoints:   tests,
		Outbase:       "src",
		Outdir:        target,
		OutExtension:  map[string]string{".js": ".mjs"},
		Bundle:        true,
		Plugins:       []api.Plugin{styleTexts(false), partKeys(folder)},
		Write:         true,
		Format:        api.FormatESModule,
		Platform:      api.PlatformNode,
		Target:        api.ES2022,
		Sourcemap:     api.SourceMapInline,
		LogLevel:      api.LogLevelSilent, // failure says it
	}
}
