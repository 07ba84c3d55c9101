package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// boardBudget is what a board page's script and style may weigh together, compressed, in bytes.
const boardBudget = 60 << 10

// onBoards are the files of the budget.
var onBoards = []string{"main.js", "app.css"}

// weigh lists what each script and style weighs on the wire. It is an error when a board page is
// over its budget; a readable build has none.
func weigh(files []api.OutputFile, names manifest, dev bool) (report string, err error) {
	weights, err := compressed(files)
	if err != nil {
		return "", err
	}
	board := 0
	for _, name := range onBoards {
		board += weights[names[name]]
	}
	var text strings.Builder
	for _, name := range []string{"main.js", "app.css", "pages.js"} {
		fmt.Fprintf(&text, "%-10s %6.1f KiB compressed\n", name, kib(weights[names[name]]))
	}
	fmt.Fprintf(&text, "a board    %6.1f KiB of %.0f\n", kib(board), kib(boardBudget))
	if board > boardBudget && !dev {
		return text.String(), fmt.Errorf("a board page loads %.1f KiB of script and style, over its budget of %.0f KiB",
			kib(board), kib(boardBudget))
	}
	return text.String(), nil
}

func kib(bytes int) float64 { return float64(bytes) / 1024 }

// compressed is the gzipped size of each file by its name.
func compressed(files []api.OutputFile) (map[string]int, error) {
	weights := map[string]int{}
	for _, file := range files {
		var out bytes.Buffer
		zip, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
		if err != nil {
			return nil, err
		}
		if _, err := zip.Write(file.Contents); err != nil {
			return nil, err
		}
		if err := zip.Close(); err != nil {
			return nil, err
		}
		weights[filepath.Base(file.Path)] = out.Len()
	}
	return weights, nil
}
