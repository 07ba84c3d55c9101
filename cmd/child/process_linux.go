package child

import (
	"fmt"
	"os"
	"strings"
	"syscall"
)

// attributes puts the program in a process group of its own, so that Ctrl-C in the terminal reaches
// this program first, and has the kernel signal it when this program dies.
func attributes(as account, death syscall.Signal) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{
		Setpgid:    true,
		Credential: as.credential(),
		Pdeathsig:  death,
	}
}

// commandLine is what a running process was started with, "" when there is no such process.
func commandLine(pid int) string {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	if err != nil {
		return ""
	}
	return strings.TrimRight(strings.ReplaceAll(string(raw), "\x00", " "), " ")
}
