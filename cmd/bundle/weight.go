package main

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/evanw/esbuild/pkg/api"
)

// boardBudget is what a board page's script and style may weigh together when it starts, compressed, in bytes: 60 kB.
const boardBudget = 60_000

// weigh lists what each script and style weighs on the wire: what pages start with, and apart from it
// what comes later, when it is needed. It is an error when a board page starts with more than its
// budget, in any language; a readable build has none.
func (b *built) weigh(weights map[string]int, dev bool) (report string, err error) {
	var text strings.Builder
	for _, name := range []string{"main.js", "on-board.css", "pages.js", "on-pages.css"} {
		fmt.Fprintf(&text, "%-18s %6.1f kB compressed\n", name, kB(b.start(weights, name)))
	}
	started := b.account.start(b.names["main.js"])
	for _, part := range b.account.later(b.names["main.js"]) {
		if !slices.Contains(started, part) {
			fmt.Fprintf(&text, "  later %-11s %6.1f kB\n", unhashed(part), kB(weights[part]))
		}
	}
	for _, script := range b.boardScripts() {
		board := b.start(weights, script) + b.start(weights, "on-board.css")
		fmt.Fprintf(&text, "a board, %-9s %6.1f kB of %.0f\n", script, kB(board), kB(boardBudget))
		if board > boardBudget && !dev {
			err = fmt.Errorf("a board page starts with %.1f kB of script (%s) and style, over its budget of %.0f kB", kB(board), script, kB(boardBudget))
		}
	}
	return text.String(), err
}

// start is what a page loads for an entry: with what a script imports when it starts.
func (b *built) start(weights map[string]int, name string) int {
	sum := 0
	for _, part := range b.account.start(b.names[name]) {
		sum += weights[part]
	}
	return sum
}

// boardScripts are the names of the board's script in every language.
func (b *built) boardScripts() []string {
	scripts := []string{"main.js"}
	for _, language := range b.languages {
		scripts = append(scripts, inLanguage("main.js", language))
	}
	return scripts
}

func kB(bytes int) float64 { return float64(bytes) / 1000 }

// unhashed is the name of an output without its hash: "offers-ABCDEFGH.js" → "offers".
func unhashed(name string) string {
	name = strings.TrimSuffix(name, filepath.Ext(name))
	if at := strings.LastIndexByte(name, '-'); at > 0 {
		return name[:at]
	}
	return name
}

// squeezed is the ending of a file's compressed twin.
const squeezed = ".br"

// compressed makes a compressed twin of each file that gains by it, as browsers fetch it.
func compressed(files []api.OutputFile) ([]api.OutputFile, error) {
	var small []api.OutputFile
	for _, file := range files {
		if ext := filepath.Ext(file.Path); ext == ".woff2" || ext == ".map" {
			continue
		}
		content, err := squeeze(file.Contents)
		if err != nil {
			return nil, fmt.Errorf("compress %s: %w", filepath.Base(file.Path), err)
		}
		small = append(small, api.OutputFile{Path: file.Path + squeezed, Contents: content})
	}
	return small, nil
}

// sizes are the bytes of compressed files by the names of those that they are twins of.
func sizes(small []api.OutputFile) map[string]int {
	weights := map[string]int{}
	for _, file := range small {
		weights[strings.TrimSuffix(filepath.Base(file.Path), squeezed)] = len(file.Contents)
	}
	return weights
}

// squeeze compresses with brotli, as small as it gets.
func squeeze(content []byte) ([]byte, error) {
	var out bytes.Buffer
	w := brotli.NewWriterLevel(&out, brotli.BestCompression)
	if _, err := w.Write(content); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
