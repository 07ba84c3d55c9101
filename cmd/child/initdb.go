package child

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
)

// initialise makes the cluster and its database under another name and moves it into place when it is
// whole, so that a kill in the middle leaves nothing that looks like a database.
func (p *plan) initialise(ctx context.Context) error {
	p.log.Info("making the database", "folder", p.cluster(), "user", p.as.name)
	fresh := filepath.Join(p.folder, "cluster.new")
	if err := os.RemoveAll(fresh); err != nil {
		return err
	}
	if err := p.tool(ctx, "", "initdb", p.initdb(fresh)...); err != nil {
		return err
	}
	create := "CREATE DATABASE " + postgresUser + ";\n"
	if err := p.tool(ctx, create, "postgres", "--single", "-D", fresh, "postgres"); err != nil {
		return err
	}
	if err := os.Rename(fresh, p.cluster()); err != nil {
		return err
	}
	return syncFolder(p.folder)
}

// initdb trusts every connection: the wall is the 0700 folder of the socket.
func (p *plan) initdb(folder string) []string {
	arguments := []string{
		"-D", folder,
		"-U", postgresUser,
		"--auth=trust",
		"-E", "UTF8",
		"--locale=C",
		"--data-checksums",
	}
	if p.volatile {
		return append(arguments, "--no-sync")
	}
	return arguments
}

// tool runs one of Postgres's programs to its end, with the text as its input.
func (p *plan) tool(ctx context.Context, input, name string, arguments ...string) error {
	cmd := exec.Command(p.install.program(name), arguments...)
	cmd.Dir = p.folder
	cmd.Stdin = strings.NewReader(input)
	process, err := start(cmd, p.as, syscall.SIGKILL, p.output())
	if err != nil {
		return err
	}
	select {
	case <-process.done:
	case <-ctx.Done():
		_ = process.stop(step{syscall.SIGKILL, stopPatience})
		return ctx.Err()
	}
	if !cmd.ProcessState.Success() {
		return fmt.Errorf("make the database: %w", process.err)
	}
	return nil
}
