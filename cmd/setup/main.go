// Command setup installs what this machine lacks to run or to test Corkboard, and does nothing, at once,
// when all is there.
//
//	go run ./cmd/setup run     Postgres, Redis, Node and npm
//	go run ./cmd/setup test    the same, Chromium, and a C compiler for the race detector
//
// On Debian and Ubuntu it installs with apt, as root or through sudo; elsewhere it says what to install.
// It starts no server and touches none that is there. To run, a server that DATABASE_URL or REDIS_URL names
// needs no other, and without Redis there is a way to go on.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"

	"corkboard/cmd/child"
)

// need is a thing that must be on the machine.
type need struct {
	what string
	have func() bool
	apt  []string // Debian's and Ubuntu's packages
	brew []string // Homebrew's

	instead string // the setting that makes it unnecessary for running
	spare   bool   // Corkboard runs without it, if it must
}

var toRun = []need{
	{
		what:    "PostgreSQL",
		have:    func() bool { return child.FindPostgres() == nil },
		apt:     []string{"postgresql"},
		brew:    []string{"postgresql@17"},
		instead: "DATABASE_URL",
	},
	{
		what:    "Redis",
		have:    haveRedis,
		apt:     []string{"redis-tools"}, // the same program as redis-server's, and no service that starts by itself
		brew:    []string{"redis"},
		instead: "REDIS_URL",
		spare:   true,
	},
	{what: "Node", have: onPath("node"), apt: []string{"nodejs"}, brew: []string{"node"}},
	{what: "npm", have: onPath("npm"), apt: []string{"npm"}, brew: []string{"node"}},
}

var toTest = append(slices.Clone(toRun),
	need{what: "a C compiler", have: onPath("gcc", "clang"), apt: []string{"gcc", "libc6-dev"}, brew: []string{"llvm"}},
	need{what: "Chromium", have: haveChromium, apt: []string{"chromium"}, brew: []string{"chromium"}},
)

func main() {
	var lacking []need
	purpose := strings.Join(os.Args[1:], " ")
	switch purpose {
	case "run":
		lacking = missing(without(toRun, os.Getenv))
	case "test":
		lacking = missing(toTest)
	default:
		fmt.Fprintln(os.Stderr, "usage: setup run|test")
		os.Exit(2)
	}
	if err := install(lacking); err != nil {
		fmt.Fprintln(os.Stderr, "setup:", err)
		if purpose == "test" || !dispensable(lacking) {
			os.Exit(1)
		}
	}
}

// without leaves out what a setting makes unnecessary.
func without(needs []need, setting func(name string) string) []need {
	return slices.DeleteFunc(slices.Clone(needs), func(n need) bool {
		return n.instead != "" && setting(n.instead) != ""
	})
}

// dispensable tells that Corkboard runs without any of these.
func dispensable(needs []need) bool {
	return !slices.ContainsFunc(needs, func(n need) bool { return !n.spare })
}

func onPath(names ...string) func() bool {
	return func() bool {
		return slices.ContainsFunc(names, func(name string) bool {
			_, err := exec.LookPath(name)
			return err == nil
		})
	}
}

func haveRedis() bool {
	_, _, err := child.FindRedis()
	return err == nil
}

// haveChromium is also true where apt has no Chromium of its own, as on Ubuntu, whose package is a snap
// that cannot be driven: the browser tests bring theirs there.
func haveChromium() bool {
	if onPath("chromium", "google-chrome")() {
		return true
	}
	return onPath("apt-cache")() && !hasCandidate("chromium")
}

func hasCandidate(pkg string) bool {
	said, err := exec.Command("apt-cache", "policy", pkg).Output()
	return err == nil && strings.Contains(string(said), "Candidate: ") && !strings.Contains(string(said), "Candidate: (none)")
}

func missing(needs []need) []need {
	return slices.DeleteFunc(slices.Clone(needs), func(n need) bool { return n.have() })
}

// install installs what is missing, or says in its error what a person has to install.
func install(needs []need) error {
	if len(needs) == 0 {
		return nil
	}
	fmt.Printf("missing: %s\n", names(needs))
	become, able := root()
	if _, err := exec.LookPath("apt-get"); err != nil || !able {
		return fmt.Errorf("%s\n%s", "this is to be installed by hand:", instructions(needs, runtime.GOOS))
	}
	if err := (apt{become}).install(packages(needs)); err != nil {
		return fmt.Errorf("%w\nwhat it tried:\n%s", err, instructions(needs, runtime.GOOS))
	}
	if still := missing(needs); len(still) > 0 {
		return fmt.Errorf("apt has installed %s, but there is still no %s", strings.Join(packages(needs), " "), names(still))
	}
	return nil
}

// root is what to put before a command that root must run, and whether it can be had.
func root() (become []string, able bool) {
	if os.Geteuid() == 0 {
		return nil, true
	}
	_, err := exec.LookPath("sudo")
	return []string{"sudo"}, err == nil
}

func names(needs []need) string {
	var list []string
	for _, n := range needs {
		list = append(list, n.what)
	}
	return strings.Join(list, ", ")
}

func packages(needs []need) []string {
	var list []string
	for _, n := range needs {
		list = append(list, n.apt...)
	}
	return list
}

// instructions are the commands for a person.
func instructions(needs []need, system string) string {
	if system == "darwin" {
		var list []string
		for _, n := range needs {
			list = append(list, n.brew...)
		}
		slices.Sort(list)
		return "  brew install " + strings.Join(slices.Compact(list), " ")
	}
	return "  apt-get install " + strings.Join(packages(needs), " ") +
		"\n(as root, on Debian or Ubuntu; on another system, its packages for " + names(needs) + ")"
}
