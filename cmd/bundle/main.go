// Command bundle makes what browsers load, from assets/src, assets/css, assets/icons and the packages
// that npm has put in assets/node_modules.
//
//	go run ./cmd/bundle              write assets/dist: minified, hashed names, manifest.json
//	go run ./cmd/bundle -dev         the same with source maps, readable, and reloading by itself
//	go run ./cmd/bundle -watch       build the whole program, run it, and again on each change
//	go run ./cmd/bundle -test DIR    write every *.test.ts as one file that `node --test` can run
//
// It prints what the pages weigh and fails when a board page's script and style are over their budget.
// The Go package assets embeds the result.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	dev := flag.Bool("dev", false, "readable output with source maps, for development")
	watching := flag.Bool("watch", false, "build and run the program, and again on each change")
	tests := flag.String("test", "", "bundle the TypeScript tests into this `folder` instead")
	source := flag.String("assets", "assets", "the `folder` with src, css, icons and node_modules")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	var err error
	switch {
	case *watching:
		err = watch(ctx, ".", *source)
	case *tests != "":
		err = bundleTests(*source, *tests)
	default:
		err = bundlePages(*source, *dev)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bundle:", err)
		os.Exit(1)
	}
}
