//go:build !linux

package web

import "syscall"

// writeAtOnce writes what a descriptor that never waits takes, -1 with an error.
func writeAtOnce(fd uintptr, b []byte) int {
	n, err := syscall.Write(int(fd), b)
	if err != nil {
		return -1
	}
	return n
}
