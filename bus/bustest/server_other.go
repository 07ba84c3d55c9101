//go:build !linux

package bustest

import "syscall"

// diesWithTheTest: only Linux ends a child with its parent; elsewhere the end
// of the test does.
var diesWithTheTest *syscall.SysProcAttr
