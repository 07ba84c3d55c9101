// Package child runs a private Postgres and a private Redis as child processes, for the machine on
// which nobody has set up either.
//
//	pg, err := child.StartPostgres(ctx, "./.data", log)   // pg.URL() is a DATABASE_URL
//	rd, err := child.StartRedis(ctx, "./.data", log)      // rd.URL() is a REDIS_URL
//	defer pg.Stop()
//
// Both listen on unix sockets in a 0700 folder and on no TCP port, so that they meet no server that
// is there already and nobody else on the machine can connect. Postgres keeps its files in
// DATA_DIR/postgres and syncs every commit; Redis carries news only and keeps nothing.
//
// Neither outlives the program that started it, even when that is killed with SIGKILL: on Linux the
// kernel tells the child. Elsewhere an orphan may stay; the next start on the same folder stops it.
//
// Postgres refuses to run as root. Started by root, the servers run as the postgres and the redis
// user; a data folder that those users cannot reach is replaced by one under /var/lib/corkboard, with
// a link to it in the data folder.
package child

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"time"
)

// process is a running program that ends with this one.
type process struct {
	name   string
	pid    int
	output *lines
	done   chan struct{}
	err    error // why it ended; set before done is closed
}

// start runs cmd as the account and returns once the program is executed. death is the signal that
// it gets when this program ends in any way.
func start(cmd *exec.Cmd, as account, death syscall.Signal, output *lines) (*process, error) {
	p := &process{
		name:   filepath.Base(cmd.Args[0]),
		output: output,
		done:   make(chan struct{}),
	}
	cmd.Env = append(os.Environ(), "LC_ALL=C") // what it says is read here
	cmd.Stdout, cmd.Stderr = p.output, p.output
	cmd.WaitDelay = 2 * time.Second // grandchildren may hold the output open
	cmd.SysProcAttr = attributes(as, death)
	started := make(chan error)
	go p.run(cmd, started)
	if err := <-started; err != nil {
		return nil, fmt.Errorf("start %s: %w", cmd.Path, err)
	}
	return p, nil
}

// run lives as long as the program. It keeps its thread, because the kernel takes the end of the
// thread that forked for the death of the parent.
func (p *process) run(cmd *exec.Cmd, started chan<- error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := cmd.Start(); err != nil {
		started <- err
		return
	}
	p.pid = cmd.Process.Pid
	started <- nil
	err := cmd.Wait()
	p.output.flush()
	p.err = p.ended(err)
	close(p.done)
}

// ended says why the program is gone, with its last words.
func (p *process) ended(err error) error {
	if err == nil || errors.Is(err, exec.ErrWaitDelay) {
		err = errors.New("it ended by itself")
	}
	if words := p.output.last(); words != "" {
		return fmt.Errorf("%s: %w; it said:\n%s", p.name, err, words)
	}
	return fmt.Errorf("%s: %w", p.name, err)
}

// step is a signal and how long to wait for what it does.
type step struct {
	signal syscall.Signal
	wait   time.Duration
}

// stop goes from the polite signal to the last one and returns when the program is gone.
func (p *process) stop(steps ...step) error {
	p.output.hush()
	for _, s := range steps {
		if p.gone() {
			return nil
		}
		if err := p.signal(s.signal); err != nil {
			return fmt.Errorf("stop %s: %w", p.name, err)
		}
		select {
		case <-p.done:
			return nil
		case <-time.After(s.wait):
		}
	}
	return fmt.Errorf("%s (process %d) does not stop", p.name, p.pid)
}

func (p *process) gone() bool {
	select {
	case <-p.done:
		return true
	default:
		return false
	}
}

func (p *process) signal(s syscall.Signal) error {
	err := syscall.Kill(p.pid, s)
	if errors.Is(err, os.ErrProcessDone) || errors.Is(err, syscall.ESRCH) {
		return nil
	}
	return err
}
