package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"syscall"
	"time"
)

// restartAfter is the pause before a node that ended is started again: long
// enough to see the others carry on.
const restartAfter = 3 * time.Second

// node is one server of the cluster, started again whenever it ends.
type node struct {
	number  int
	addr    string
	program string
	env     []string
	log     *slog.Logger
}

func newNode(number int, program string, env []string, log *slog.Logger) (*node, error) {
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("find a port for node %d: %w", number, err)
	}
	defer free.Close()
	addr := free.Addr().String()
	return &node{
		number: number, addr: addr, program: program,
		env: append(env[:len(env):len(env)], "ADDR="+addr), log: log.With("node", number),
	}, nil
}

// live keeps the node running until ctx ends, and returns when it is down.
func (n *node) live(ctx context.Context) {
	for ctx.Err() == nil {
		if err := n.once(ctx); ctx.Err() == nil {
			n.log.Warn("the node has ended; it starts again in a moment", "error", err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(restartAfter):
		}
	}
}

// once is one life of the node's process. The end of ctx lets it say goodbye to
// its sockets.
func (n *node) once(ctx context.Context) error {
	cmd := exec.CommandContext(ctx, n.program, "serve")
	cmd.Env, cmd.Stdout, cmd.Stderr = n.env, os.Stdout, os.Stderr
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = stopPatience
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("start %s: %w", n.program, err)
	}
	n.log.Info("the node runs", "address", n.addr, "pid", cmd.Process.Pid)
	return cmd.Wait()
}
