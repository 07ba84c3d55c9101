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
// step of a transaction: step 0 is BEGIN, and each message after it one more. A
// statement that is a transaction of its own is the step aloneStep.
type wire struct {
	server string // of Postgres, a socket's path or host:port
	mu     sync.Mutex
	armed  bool
	step   int
	when   moment
	cuts   int // so far
	said   int // messages of clients, so far
}

// moment is when a step is cut.
type moment int

const (
	before  moment = iota // the message does not reach Postgres
	after                 // Postgres has answered, and nothing of it gets back
	halfway               // of the answer, the end does not get back: that it is committed
)

const (
	aloneStep = -1
	otherStep = -2 // signing in, preparing
)

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

// cut arms the wire: the next connection to come to this step is cut.
func (w *wire) cut(step int, when moment) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.armed, w.step, w.when = true, step, when
}

// here tells whether to cut now, and disarms.
func (w *wire) here(step int) (cut bool, when moment) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.said++
	if !w.armed || step != w.step {
		return false, before
	}
	w.armed = false
	w.cuts++
	return true, w.when
}

// count is of cuts and of clients' messages, so far.
func (w *wire) count() (cuts, said int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.cuts, w.said
}

// step is which one a message of the client's is, after the step before it.
func step(last int, message []byte) int {
	switch {
	case bytes.Contains(message, []byte("BEGIN")):
		return 0
	case last >= 0:
		return last + 1
	case message[0] == 'B': // Bind: a prepared statement is run
		return aloneStep
	}
	return otherStep
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
	cutting, heard := make(chan moment, 1), make(chan struct{})
	go func() {
		for chunk := range answers {
			select {
			case when := <-cutting:
				if when == halfway {
					client.Write(chunk[:len(chunk)-readyForQuery])
				}
				close(heard)
			default:
				client.Write(chunk)
			}
		}
		client.Close()
	}()
	defer server.Close()
	defer client.Close()
	at := otherStep
	chunk := make([]byte, 64<<10)
	for {
		n, err := client.Read(chunk)
		if err != nil {
			return
		}
		at = step(at, chunk[:n])
		cut, when := w.here(at)
		if cut && when != before {
			cutting <- when
			server.Write(chunk[:n])
			<-heard
		}
		if cut {
			return
		}
		server.Write(chunk[:n])
		if bytes.Contains(chunk[:n], []byte("COMMIT")) || bytes.Contains(chunk[:n], []byte("ROLLBACK")) {
			at = otherStep
		}
	}
}

// readyForQuery is the length of the message by which Postgres says that a
// transaction has ended, the last of an answer.
const readyForQuery = 6
