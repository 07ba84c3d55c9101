package store_test

import (
	"bytes"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// wire stands between a store and Postgres and cuts a connection at a chosen
// step of a transaction: step 0 is BEGIN, and each message after it one more.
type wire struct {
	server string // of Postgres, a socket's path or host:port
	mu     sync.Mutex
	armed  bool
	step   int
	after  bool
}

// newWire returns a wire and the address that leads through it.
func newWire(t *testing.T, address string) (*wire, string) {
	t.Helper()
	to, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	query := to.Query()
	w := &wire{server: to.Host}
	if host := query.Get("host"); strings.HasPrefix(host, "/") {
		w.server = filepath.Join(host, ".s.PGSQL.5432")
	}
	folder, err := os.MkdirTemp("", "wire") // t.TempDir's path is too long for a socket
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(folder) })
	listener, err := net.Listen("unix", filepath.Join(folder, ".s.PGSQL.5432"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go w.serve(listener)
	query.Set("host", folder)
	query.Set("sslmode", "disable")
	to.Host, to.RawQuery = "", query.Encode()
	return w, to.String()
}

// cut arms the wire: the next connection to come to this step is cut, before the
// message reaches Postgres, or after Postgres has answered and before the answer
// gets back.
func (w *wire) cut(step int, after bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.armed, w.step, w.after = true, step, after
}

// here tells whether to cut now, and disarms.
func (w *wire) here(step int) (cut, after bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.armed || step != w.step {
		return false, false
	}
	w.armed = false
	return true, w.after
}

func (w *wire) serve(listener net.Listener) {
	for {
		client, err := listener.Accept()
		if err != nil {
			return
		}
		network := "tcp"
		if strings.HasPrefix(w.server, "/") {
			network = "unix"
		}
		server, err := net.Dial(network, w.server)
		if err != nil {
			client.Close()
			continue
		}
		answers := make(chan []byte)
		go func() {
			defer close(answers)
			for {
				chunk := make([]byte, 64<<10)
				n, err := server.Read(chunk)
				if err != nil {
					return
				}
				answers <- chunk[:n]
			}
		}()
		go w.carry(client, server, answers)
	}
}

// carry passes on what the client sends, and what comes back until the wire is cut.
func (w *wire) carry(client, server net.Conn, answers <-chan []byte) {
	muted, heard := make(chan struct{}), make(chan struct{})
	go func() {
		for chunk := range answers {
			select {
			case <-muted:
				select {
				case <-heard:
				default:
					close(heard)
				}
			default:
				client.Write(chunk)
			}
		}
		client.Close()
	}()
	defer server.Close()
	defer client.Close()
	step := -1
	chunk := make([]byte, 64<<10)
	for {
		n, err := client.Read(chunk)
		if err != nil {
			return
		}
		step++
		if bytes.Contains(chunk[:n], []byte("BEGIN")) {
			step = 0
		}
		cut, after := w.here(step)
		if cut && after {
			close(muted)
			server.Write(chunk[:n])
			<-heard
		}
		if cut {
			return
		}
		server.Write(chunk[:n])
	}
}
