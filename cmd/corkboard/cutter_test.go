package main

import (
	"io"
	"net"
	"sync/atomic"
	"testing"
)

// cutter is a wire between a client and a server. On demand it lets the next
// edit through and cuts instead of carrying the answer back: the server has
// committed, the client does not know.
type cutter struct {
	t      *testing.T
	target string
	armed  atomic.Bool
	cuts   atomic.Int64
}

// listen starts the wire and returns its URL.
func (c *cutter) listen() string {
	c.t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(func() { l.Close() })
	go func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			go c.carry(client)
		}
	}()
	return "http://" + l.Addr().String()
}

// cutNextAnswer makes the next bytes from the server the last of their connection.
func (c *cutter) cutNextAnswer() { c.armed.Store(true) }

func (c *cutter) carry(client net.Conn) {
	defer client.Close()
	server, err := net.Dial("tcp", c.target)
	if err != nil {
		return
	}
	defer server.Close()
	go func() {
		defer server.Close()
		_, _ = io.Copy(server, client)
	}()
	buf := make([]byte, 64<<10)
	for {
		n, err := server.Read(buf)
		if err != nil {
			return
		}
		// What the server sends once it is armed answers the edit: nothing else
		// is under way on this connection.
		if c.armed.CompareAndSwap(true, false) {
			c.cuts.Add(1)
			return
		}
		if _, err := client.Write(buf[:n]); err != nil {
			return
		}
	}
}
