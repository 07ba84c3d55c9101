package main

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
)

// Servers and bots that share processors take each other's time and caches.
// With -pin the kernel keeps them apart; a Go program that is started on one
// processor also plans for one.

const serverCores = "0"

// command is a program that will be started, on the servers' processor with -pin.
func (o options) command(program string, args ...string) *exec.Cmd {
	if o.pin {
		return exec.Command("taskset", append([]string{"-c", serverCores, program}, args...)...)
	}
	return exec.Command(program, args...)
}

// pinSelf moves this program to the other processors, after the servers are
// started.
func (o options) pinSelf() error {
	if !o.pin {
		return nil
	}
	all := runtime.NumCPU()
	if all < 2 {
		return fmt.Errorf("-pin needs two processors, and there is %d", all)
	}
	out, err := exec.Command("taskset", "-a", "-p", "-c", fmt.Sprintf("1-%d", all-1), strconv.Itoa(os.Getpid())).CombinedOutput()
	if err != nil {
		return fmt.Errorf("-pin needs taskset, of util-linux: %w: %s", err, out)
	}
	runtime.GOMAXPROCS(all - 1)
	return nil
}
