package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
)

// clusterSettings is where Debian keeps what a new PostgreSQL package does at its installation.
const clusterSettings = "/etc/postgresql-common/createcluster.conf"

// withoutCluster installs packages while no PostgreSQL package makes a cluster, and so none starts a
// server on the default port. The settings are put back as they were, whatever happens.
const withoutCluster = `
settings=$1; shift
kept=$(mktemp)
cp -p "$settings" "$kept"
trap 'cp -p "$kept" "$settings"; rm -f "$kept"' EXIT
echo "create_main_cluster = false" >> "$settings"
"$@"
`

// apt installs Debian packages.
type apt struct {
	become []string // what makes a command run as root
}

func (a apt) install(packages []string) error {
	if err := a.run("apt-get", "update", "-qq"); err != nil {
		return err
	}
	if !slices.Contains(packages, "postgresql") {
		return a.run(a.get(packages...)...)
	}
	if err := a.run(a.get("postgresql-common")...); err != nil {
		return err
	}
	if _, err := os.Stat(clusterSettings); errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("%s is missing: install %s yourself", clusterSettings, strings.Join(packages, " "))
	}
	return a.run(append([]string{"sh", "-euc", withoutCluster, "sh", clusterSettings}, a.get(packages...)...)...)
}

func (a apt) get(packages ...string) []string {
	command := []string{"env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-y", "--no-install-recommends"}
	return append(command, packages...)
}

func (a apt) run(command ...string) error {
	command = slices.Concat(a.become, command)
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w", command[0], err)
	}
	return nil
}
