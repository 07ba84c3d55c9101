package web

import (
	"syscall"
	"unsafe"
)

// writeAtOnce writes what a descriptor that never waits takes, -1 with an error.
// Go's scheduler is not told of the call: it takes some microseconds, after which
// its watchdog would hand the processor to another thread, and wake often to see
// whether it should.
func writeAtOnce(fd uintptr, b []byte) int {
	n, _, errno := syscall.RawSyscall(syscall.SYS_WRITE, fd, uintptr(unsafe.Pointer(unsafe.SliceData(b))), uintptr(len(b)))
	if errno != 0 {
		return -1
	}
	return int(n)
}
