package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

const (
	lookInterval = 400 * time.Millisecond
	stopPatience = 15 * time.Second
	program      = "bin/corkboard"
)

// watched are the extensions of the files that the program is made of.
var watched = map[string]bool{".go": true, ".templ": true, ".ts": true, ".css": true, ".svg": true, ".sql": true, ".mod": true, ".json": true}

// watch builds and runs the program in root until the context ends, and again after each change of a
// source. A build that fails leaves the program as it runs.
func watch(ctx context.Context, root, source string) error {
	var running *exec.Cmd
	defer func() { stop(running) }()
	seen := map[string]time.Time{}
	for ctx.Err() == nil {
		now, err := sources(root)
		if err != nil {
			return err
		}
		if !maps.Equal(seen, now) {
			running = rebuild(ctx, root, source, running)
			// Not read again: what the build itself wrote, or what changed meanwhile, is a change.
			if seen, err = settled(root, now); err != nil {
				return err
			}
		}
		select {
		case <-ctx.Done():
		case <-time.After(lookInterval):
		}
	}
	return nil
}

// settled is what was seen, with the generated files as the build left them.
func settled(root string, seen map[string]time.Time) (map[string]time.Time, error) {
	now, err := sources(root)
	if err != nil {
		return nil, err
	}
	for path, at := range now {
		if strings.HasSuffix(path, "_templ.go") {
			seen[path] = at
		}
	}
	return seen, nil
}

// sources are the watched files below root with the time of their last change.
func sources(root string) (map[string]time.Time, error) {
	found := map[string]time.Time{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil // removed while we looked
		}
		if err != nil {
			return err
		}
		if entry.IsDir() && isAside(path, entry.Name()) {
			return filepath.SkipDir
		}
		if !watched[filepath.Ext(path)] {
			return nil
		}
		if info, err := entry.Info(); err == nil {
			found[path] = info.ModTime()
		}
		return nil
	})
	return found, err
}

// isAside tells a folder that holds no sources of ours.
func isAside(path, name string) bool {
	return name == "node_modules" || name == "dist" || name == "bin" || (strings.HasPrefix(name, ".") && path != ".")
}

// rebuild makes everything and replaces the running program, which it returns.
func rebuild(ctx context.Context, root, source string, running *exec.Cmd) *exec.Cmd {
	began := time.Now()
	if err := build(ctx, root, source); err != nil {
		fmt.Fprintln(os.Stderr, "bundle:", err)
		return running
	}
	fmt.Printf("built in %d ms\n", time.Since(began).Milliseconds())
	stop(running)
	next := exec.Command(filepath.Join(root, program), "serve")
	next.Stdout, next.Stderr = os.Stdout, os.Stderr
	next.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // Ctrl-C comes to us, and we stop it
	if err := next.Start(); err != nil {
		fmt.Fprintln(os.Stderr, "bundle:", err)
		return nil
	}
	return next
}

func build(ctx context.Context, root, source string) error {
	if err := tool(ctx, root, "go", "tool", "templ", "generate", "-log-level", "error"); err != nil {
		return err
	}
	if err := bundlePages(source, true); err != nil {
		return err
	}
	return tool(ctx, root, "go", "build", "-o", program, "./cmd/corkboard")
}

func tool(ctx context.Context, root, name string, arguments ...string) error {
	cmd := exec.CommandContext(ctx, name, arguments...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = root, os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s %s: %w", name, strings.Join(arguments, " "), err)
	}
	return nil
}

// stop asks the program to end and waits for it.
func stop(running *exec.Cmd) {
	if running == nil {
		return
	}
	_ = running.Process.Signal(syscall.SIGTERM) // it may have ended by itself
	last := time.AfterFunc(stopPatience, func() { _ = running.Process.Kill() })
	defer last.Stop()
	_ = running.Wait()
}
