package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func never() bool  { return false }
func always() bool { return true }

func TestMissing(t *testing.T) {
	t.Parallel()
	needs := []need{{what: "a", have: never}, {what: "b", have: always}, {what: "c", have: never}}
	if got := names(missing(needs)); got != "a, c" {
		t.Errorf("missing: %s", got)
	}
	if err := install(missing(needs[1:2])); err != nil {
		t.Error(err)
	}
}

func TestServersOfOnesOwnNeedNoOther(t *testing.T) {
	t.Parallel()
	setting := func(name string) string { return map[string]string{"DATABASE_URL": "postgres://host/db"}[name] }
	if got := names(without(toRun, setting)); got != "Redis, Node, npm" {
		t.Errorf("with a DATABASE_URL it needs %s", got)
	}
	if got := names(toRun); got != "PostgreSQL, Redis, Node, npm" {
		t.Errorf("afterwards it needs %s", got)
	}
}

func TestOnlyRedisIsDispensable(t *testing.T) {
	t.Parallel()
	for _, n := range toTest {
		if got := dispensable([]need{n}); got != (n.what == "Redis") {
			t.Errorf("%s: %v", n.what, got)
		}
	}
}

func TestInstructions(t *testing.T) {
	t.Parallel()
	for system, want := range map[string]string{
		"linux":  "apt-get install postgresql redis-tools nodejs npm\n",
		"darwin": "brew install node postgresql@17 redis",
	} {
		if got := instructions(toRun, system); !strings.Contains(got, want) {
			t.Errorf("%s: %s", system, got)
		}
	}
}

func TestTestingNeedsAllThatRunningNeeds(t *testing.T) {
	t.Parallel()
	if got, want := names(toTest), names(toRun); !strings.HasPrefix(got, want) || !strings.Contains(got, "Chromium") {
		t.Errorf("testing needs %s, running needs %s", got, want)
	}
}

// TestSettingsArePutBack runs the very script, with a command that fails.
func TestSettingsArePutBack(t *testing.T) {
	t.Parallel()
	settings := filepath.Join(t.TempDir(), "createcluster.conf")
	const before = "ssl = on\n"
	if err := os.WriteFile(settings, []byte(before), 0o640); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("sh", "-euc", withoutCluster, "sh", settings, "sh", "-c", "cat "+settings+"; exit 3").Output()
	if !strings.Contains(string(out), "create_main_cluster = false") || err == nil {
		t.Errorf("the installation saw %q and ended with %v", out, err)
	}
	after, err := os.ReadFile(settings)
	if err != nil || string(after) != before {
		t.Errorf("afterwards the settings are %q (%v)", after, err)
	}
}
