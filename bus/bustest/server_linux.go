package bustest

import "syscall"

// diesWithTheTest leaves no server behind when a test is killed.
var diesWithTheTest = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
