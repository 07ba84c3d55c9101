package main

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"syscall"
	"time"
)

// listenAdmin takes the address of the operator's own pages, if there is one.
func (s *server) listenAdmin() (err error) {
	if s.config.AdminAddr == "" {
		return nil
	}
	s.admin, err = net.Listen("tcp", s.config.AdminAddr)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return fmt.Errorf("another program listens on %s: set ADMIN_ADDR to another address, such as ADMIN_ADDR=127.0.0.1:6061", s.config.AdminAddr)
	case err != nil:
		return fmt.Errorf("ADMIN_ADDR is %s, and it cannot be listened on: %w", s.config.AdminAddr, err)
	}
	return nil
}

// serveAdmin serves metrics and profiles until the listener closes. It has no
// part in the way down: a scrape that is cut off harms nobody.
func (s *server) serveAdmin() {
	if s.admin == nil {
		return
	}
	pages := &http.Server{Handler: s.web.AdminHandler(), ReadHeaderTimeout: 5 * time.Second, MaxHeaderBytes: 32 << 10}
	s.log.Info("metrics and profiles are served", "address", s.admin.Addr().String())
	go func() {
		if err := pages.Serve(s.admin); !errors.Is(err, net.ErrClosed) {
			s.log.Error("metrics and profiles are served no more", "error", err)
		}
	}()
}
