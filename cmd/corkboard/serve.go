package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"syscall"
	"time"

	"corkboard/assets"
	"corkboard/auth"
	"corkboard/board"
	"corkboard/jobs"
	"corkboard/web"
)

// drainPatience bounds the way down: what is being committed ends, sockets are
// told to come back, requests are answered.
const drainPatience = 10 * time.Second

// server is a node: config, open, run, close. Tests run it on port 0.
type server struct {
	config config
	log    *slog.Logger
	out    io.Writer

	listener net.Listener
	admin    net.Listener // nil: the operator has no pages of their own
	services *services
	hub      *board.Hub
	web      *web.Server
	http     *http.Server
	jobs     *jobs.Jobs // running, unless nil
}

// serve runs a node until the context ends.
func serve(ctx context.Context, c config, t terminal) error {
	s := &server{config: c, log: newLog(c, t.err), out: t.out}
	if err := s.open(ctx); err != nil {
		return errors.Join(err, s.close())
	}
	return errors.Join(s.run(ctx), s.close())
}

// open takes the address first: when it is not to be had, nothing else is started.
func (s *server) open(ctx context.Context) error {
	if err := assets.Check(); err != nil {
		s.log.Warn(err.Error())
	}
	if err := errors.Join(s.listen(), s.listenAdmin()); err != nil {
		return err
	}
	var err error
	if s.services, err = connect(ctx, s.config, s.log); err != nil {
		return err
	}
	s.hub = board.NewHub(s.services.store, s.services.bus, s.log)
	library, err := newLibrary(ctx, s.services, s.hub)
	if err != nil {
		return err
	}
	place, err := s.config.openShelf()
	if err != nil {
		return err
	}
	probe(ctx, place, s.log)
	s.jobs = jobs.New(s.services.store, place, s.config.Keep.forJobs(), s.log)
	s.jobs.Start()
	if s.web, err = s.newWeb(library, board.NewPictures(s.services.store, place)); err != nil {
		return err
	}
	s.http = &http.Server{
		Handler:           s.web.Handler(),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       time.Minute,
		WriteTimeout:      time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
	}
	return nil
}

func (s *server) newWeb(library *board.Library, pictures *board.Pictures) (*web.Server, error) {
	public, err := s.publicURL()
	if err != nil {
		return nil, err
	}
	proxies, err := web.ParseProxies(s.config.TrustedProxies)
	if err != nil {
		return nil, fmt.Errorf("TRUSTED_PROXIES: %w", err)
	}
	return web.New(web.Options{
		PublicURL: public,
		Version:   version,
		Hub:       s.hub,
		Library:   library,
		Pictures:  pictures,
		Boards:    s.services.store,
		Auth:      auth.New(s.services.store),
		Log:       s.log,
		Proxies:   proxies,
		Ready:     s.ready,
		TrashDays: s.config.Keep.TrashDays,
		Counters:  s.counters(),

		PrivateMetrics: s.admin != nil,
	}), nil
}

func (s *server) listen() error {
	listener, err := net.Listen("tcp", s.config.Addr)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return fmt.Errorf("another program listens on %s: stop it, or set ADDR to another address, such as ADDR=127.0.0.1:8081", s.config.Addr)
	case errors.Is(err, syscall.EACCES):
		return fmt.Errorf("this user may not listen on %s: set ADDR to a port from 1024 up", s.config.Addr)
	case err != nil:
		return fmt.Errorf("ADDR is %s, and it cannot be listened on: %w", s.config.Addr, err)
	}
	s.listener = listener
	return nil
}

// publicURL is the configured one; with port 0 it gets the port that we got.
func (s *server) publicURL() (*url.URL, error) {
	u, err := url.Parse(s.config.PublicURL)
	if err != nil {
		return nil, fmt.Errorf("PUBLIC_URL: %w", err)
	}
	if u.Port() == "0" {
		_, port, err := net.SplitHostPort(s.listener.Addr().String())
		if err != nil {
			return nil, err
		}
		u.Host = net.JoinHostPort(u.Hostname(), port)
	}
	return u, nil
}

// ready says why requests should go elsewhere.
func (s *server) ready(ctx context.Context) error {
	pending, err := s.services.store.Pending(ctx)
	if err == nil && pending {
		err = errors.New("the tables lack a migration: run corkboard migrate")
	}
	return err
}

// run serves until the context ends, or something that cannot be done without does.
func (s *server) run(ctx context.Context) error {
	failed := make(chan error, 1)
	go func() { failed <- s.http.Serve(s.listener) }()
	s.serveAdmin()
	fmt.Fprintf(s.out, "Corkboard is running: open %s\n", s.web.PublicURL)
	select {
	case <-ctx.Done():
		return nil
	case err := <-failed:
		return fmt.Errorf("the server stopped: %w", err)
	case <-s.services.died:
		return fmt.Errorf("the private Postgres ended by itself: %w", s.services.why())
	}
}

// close takes the node down in order: others are told to go elsewhere, what is
// being committed is answered, and only then does the database go.
func (s *server) close() error {
	ctx, cancel := context.WithTimeout(context.Background(), drainPatience)
	defer cancel()
	var errs []error
	if s.web != nil {
		s.log.Info("going down")
		s.web.Drain()
	}
	if s.hub != nil {
		s.hub.Drain(ctx)
		s.hub.Close(ctx)
	}
	if s.web != nil {
		errs = append(errs, s.endRequests(ctx))
	}
	if s.listener != nil {
		_ = s.listener.Close() // closed already, when it was served
	}
	if s.admin != nil {
		_ = s.admin.Close() // ends what serves it
	}
	if s.jobs != nil {
		s.jobs.Close()
	}
	if s.services != nil {
		errs = append(errs, s.services.close())
	}
	return errors.Join(errs...)
}

// endRequests waits for requests and sockets, and cuts off what takes too long.
func (s *server) endRequests(ctx context.Context) error {
	err := errors.Join(s.http.Shutdown(ctx), s.web.Wait(ctx))
	if err != nil {
		s.log.Warn("some requests or sockets were cut off", "error", err)
		return s.http.Close()
	}
	return nil
}
