package web

import (
	"fmt"
	"os"
	"sync"
	"syscall"
)

// poller is an epoll of our own, which Go's runtime polls together with
// everything else: no thread waits in it.
type poller struct {
	fd   int
	file *os.File
}

func newPoller() (poller, error) {
	fd, err := syscall.EpollCreate1(syscall.EPOLL_CLOEXEC)
	if err != nil {
		return poller{}, fmt.Errorf("make a poller: %w", err)
	}
	if err := syscall.SetNonblock(fd, true); err != nil {
		_ = syscall.Close(fd)
		return poller{}, fmt.Errorf("make a poller: %w", err)
	}
	return poller{fd, os.NewFile(uintptr(fd), "epoll")}, nil
}

// run tells of descriptors on which something has come, for ever.
func (p poller) run(stirred func(fd int)) {
	raw, err := p.file.SyscallConn()
	if err != nil {
		panic("web: the poller cannot be reached: " + err.Error())
	}
	events := make([]syscall.EpollEvent, 128)
	err = raw.Read(func(poll uintptr) bool {
		for n := len(events); n == len(events); {
			var err error
			if n, err = syscall.EpollWait(int(poll), events, 0); err == syscall.EINTR {
				n = len(events) // once more
				continue
			}
			for _, e := range events[:max(n, 0)] {
				stirred(int(e.Fd))
			}
		}
		return false
	})
	panic("web: the poller has ended: " + fmt.Sprint(err))
}

// watching asks to be told of one descriptor. They are kept, for each brings a
// closure.
type watching struct {
	poll  int
	event syscall.EpollEvent
	err   error
	do    func(fd uintptr)
}

var watchings = sync.Pool{New: func() any {
	w := new(watching)
	w.do = func(fd uintptr) {
		w.err = syscall.EpollCtl(w.poll, syscall.EPOLL_CTL_MOD, int(fd), &w.event)
		if w.err == syscall.ENOENT {
			w.err = syscall.EpollCtl(w.poll, syscall.EPOLL_CTL_ADD, int(fd), &w.event)
		}
	}
	return w
}}

// watch has run tell of a descriptor once, also of what has come already.
func (p poller) watch(raw syscall.RawConn, fd int) error {
	w := watchings.Get().(*watching)
	defer watchings.Put(w)
	w.poll = p.fd
	w.event = syscall.EpollEvent{Events: syscall.EPOLLIN | syscall.EPOLLRDHUP | syscall.EPOLLONESHOT, Fd: int32(fd)}
	if err := raw.Control(w.do); err != nil {
		return err
	}
	return w.err
}
