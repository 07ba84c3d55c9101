// Command cluster runs several nodes of Corkboard on this machine as they run on many: one Postgres, one
// Redis, and a plain reverse proxy in front that sends each connection to the next node, whoever it is from.
//
//	go run ./cmd/cluster [-nodes 2] [-addr 127.0.0.1:8080] [-data ./.data/cluster] [-program bin/corkboard]
//
// It prints each node's address and process id: kill one and watch a board stay live. A node that ends is
// started again after a moment. compose.yaml is the same in containers.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"sync"
	"syscall"
	"time"

	"corkboard/cmd/child"
)

// Times of a cluster.
const (
	startPatience = 3 * time.Minute // a first start makes a database
	stopPatience  = 15 * time.Second
)

type options struct {
	nodes   int
	addr    string
	data    string
	program string
}

func main() {
	var o options
	flag.IntVar(&o.nodes, "nodes", 2, "how many nodes to run")
	flag.StringVar(&o.addr, "addr", "127.0.0.1:8080", "where the proxy listens")
	flag.StringVar(&o.data, "data", "./.data/cluster", "the folder of the private Postgres and Redis")
	flag.StringVar(&o.program, "program", "bin/corkboard", "the server to run; make build makes it")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, o, slog.New(slog.NewTextHandler(os.Stderr, nil))); err != nil {
		fmt.Fprintln(os.Stderr, "cluster:", err)
		os.Exit(1)
	}
}

// run brings everything up, waits for the end of ctx, and takes it down in the
// opposite order.
func run(ctx context.Context, o options, log *slog.Logger) (err error) {
	if o.nodes < 1 {
		return fmt.Errorf("-nodes is %d: a cluster has at least one", o.nodes)
	}
	program, err := filepath.Abs(o.program)
	if err != nil {
		return fmt.Errorf("find the server: %w", err)
	}
	listener, err := net.Listen("tcp", o.addr)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	defer listener.Close()
	shared, err := startShared(ctx, o.data, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, shared.stop()) }()
	env := append(os.Environ(), "PUBLIC_URL=http://"+listener.Addr().String(), "DATA_DIR="+o.data,
		"DATABASE_URL="+shared.postgres.URL(), "REDIS_URL="+shared.redis.URL(),
		"ADMIN_ADDR=") // one address is not for several nodes
	nodes, addresses := make([]*node, o.nodes), make([]string, o.nodes)
	for i := range nodes {
		if nodes[i], err = newNode(i+1, program, env, log); err != nil {
			return err
		}
		addresses[i] = nodes[i].addr
	}
	return beside(ctx, nodes, func(ctx context.Context) error {
		return serve(ctx, listener, newBalancer(addresses, log), log)
	})
}

// beside does something while the nodes live, and takes them down after it.
func beside(ctx context.Context, nodes []*node, do func(context.Context) error) error {
	ctx, cancel := context.WithCancel(ctx)
	var lives sync.WaitGroup
	defer lives.Wait()
	defer cancel()
	for _, n := range nodes {
		lives.Go(func() { n.live(ctx) })
	}
	return do(ctx)
}

// serve is the proxy's life. Sockets are not waited for: the nodes end them.
func serve(ctx context.Context, listener net.Listener, b *balancer, log *slog.Logger) error {
	go b.watch(ctx)
	server := &http.Server{Handler: b, ReadHeaderTimeout: 10 * time.Second}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	log.Info("the cluster is up", "open", "http://"+listener.Addr().String())
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	ending, cancel := context.WithTimeout(context.Background(), stopPatience)
	defer cancel()
	if err := server.Shutdown(ending); err != nil {
		return fmt.Errorf("stop the proxy: %w", err)
	}
	return nil
}

// shared is what the nodes have in common.
type shared struct {
	postgres *child.Postgres
	redis    *child.Redis
}

func startShared(ctx context.Context, data string, log *slog.Logger) (*shared, error) {
	ctx, cancel := context.WithTimeout(ctx, startPatience)
	defer cancel()
	postgres, err := child.StartPostgres(ctx, data, log)
	if err != nil {
		return nil, err
	}
	redis, err := child.StartRedis(ctx, data, log)
	if err != nil {
		return nil, errors.Join(err, postgres.Stop())
	}
	return &shared{postgres, redis}, nil
}

func (s *shared) stop() error { return errors.Join(s.redis.Stop(), s.postgres.Stop()) }
