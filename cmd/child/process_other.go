//go:build unix && !linux

package child

import (
	"os/exec"
	"strconv"
	"strings"
	"syscall"
)

// attributes puts the program in a process group of its own, so that Ctrl-C in the terminal reaches
// this program first. There is no death signal here: the next start stops what was left.
func attributes(as account, _ syscall.Signal) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Credential: as.credential()}
}

// commandLine is what a running process was started with, "" when there is no such process.
func commandLine(pid int) string {
	raw, err := exec.Command("ps", "-ww", "-o", "args=", "-p", strconv.Itoa(pid)).Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(raw))
}
