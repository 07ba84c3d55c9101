//go:build !linux

package web

import (
	"errors"
	"syscall"
)

// poller is not there: every socket keeps its reader.
type poller struct{}

func newPoller() (poller, error) { return poller{}, errors.ErrUnsupported }

func (poller) run(func(fd int)) {}

func (poller) watch(syscall.RawConn, int) error { return errors.ErrUnsupported }
