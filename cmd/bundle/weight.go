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

// boardBudget is what a board page's script and style may weigh together when it starts, compressed, in bytes.
const boardBudget = 60 << 10

// onBoards are the files that a board page asks for; what a script imports for its start comes along with it.
var onBoards = []string{"main.js", "on-board.css"}

// weigh lists what each script and style weighs on the wire: what pages start with, and apart from it
// what comes later, when it is needed. It is an error when a board page starts with more than its
// budget; a readable build has none.
func weigh(weights map[string]int, names manifest, account outputs, dev bool) (report string, err error) {
	var text strings.Builder
	board := 0
	for _, name := range []string{"main.js", "on-board.css", "pages.js", "on-pages.css"} {
		sum := 0
		for _, part := range account.start(names[name]) {
			sum += weights[part]
		}
		if slices.Contains(onBoards, name) {
			board += sum
		}
		fmt.Fprintf(&text, "%-18s %6.1f KiB compressed\n", name, kib(sum))
	}
	started := account.start(names["main.js"])
	for _, part := range account.later(names["main.js"]) {
		if !slices.Contains(started, part) {
			fmt.Fprintf(&text, "  later %-11s %6.1f KiB\n", unhashed(part), kib(weights[part]))
		}
	}
	fmt.Fprintf(&text, "a board            %6.1f KiB of %.0f\n", kib(board), kib(boardBudget))
	if board > boardBudget && !dev {
		return text.String(), fmt.Errorf("a board page starts with %.1f KiB of script and style, over its budget of %.0f KiB",
			kib(board), kib(boardBudget))
	}
	return text.String(), nil
}

func kib(bytes int) float64 { return float64(bytes) / 1024 }

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
