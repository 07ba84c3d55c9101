package web_test

import (
	"bytes"
	"compress/flate"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"corkboard/auth"
	"corkboard/board"
	"corkboard/notes"
)

const (
	pingText = `{"type":"ping"}`
	offer    = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits"
)

// goodWire are bytes after which the server answers a ping of ours.
var goodWire = map[string]string{
	"whole":                         frame(fin|text, pingText),
	"in two":                        frame(text, pingText[:5]) + frame(fin|more, pingText[5:]),
	"byte by byte":                  byteByByte(pingText),
	"empty fragments":               frame(text, "") + frame(more, "") + frame(more, pingText) + frame(fin|more, ""),
	"a ping between fragments":      frame(text, pingText[:5]) + frame(fin|pingKind, "are you there") + frame(fin|more, pingText[5:]),
	"pongs that nobody asked for":   frame(fin|pongKind, "") + frame(fin|pongKind, "x") + frame(fin|text, pingText),
	"a ping of 125 bytes":           frame(fin|pingKind, strings.Repeat("p", 125)) + frame(fin|text, pingText),
	"a character over two frames":   frame(text, `{"type":"shout é`[:16]) + frame(fin|more, `{"type":"shout é`[16:]+`"}`) + frame(fin|text, pingText),
	"masked with a key":             string(header(fin|text, masked, 2)) + "\x01\x02\x03\x04" + string([]byte{'{' ^ 1, '}' ^ 2}) + frame(fin|text, pingText),
	"as long as a frame may be":     frame(fin|text, `{"type":"ping"`+strings.Repeat(" ", board.MaxFrame-len(pingText))+`}`),
	"with a length longer than due": string([]byte{fin | text, masked | 126, 0, byte(len(pingText))}) + "\x00\x00\x00\x00" + pingText,
}

func byteByByte(s string) string {
	out := frame(text, s[:1])
	for _, b := range s[1:] {
		out += frame(more, string(b))
	}
	return out + frame(fin|more, "")
}

func TestGoodWire(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	for name, bytes := range goodWire {
		t.Run(name, func(t *testing.T) {
			l := c.owner.line()
			l.send(hello(c.board, "client-wire"))
			l.next(t, "welcome")
			l.write(bytes)
			l.next(t, "pong")
		})
	}
}

// badWire are bytes by which a socket ends, and with which code.
var badWire = map[string]struct {
	bytes string
	code  int
}{
	"not masked":                        {string(header(fin|text, 0, 2)) + "{}", websocket.CloseProtocolError},
	"reserved data frame 3":             {frame(fin|3, "x"), websocket.CloseProtocolError},
	"reserved data frame 7":             {frame(fin|7, "x"), websocket.CloseProtocolError},
	"reserved control frame 11":         {frame(fin|11, ""), websocket.CloseProtocolError},
	"reserved control frame 15":         {frame(fin|15, ""), websocket.CloseProtocolError},
	"compressed without an agreement":   {frame(fin|rsv1|text, "{}"), websocket.CloseProtocolError},
	"second reserved bit":               {frame(fin|rsv2|text, "{}"), websocket.CloseProtocolError},
	"third reserved bit":                {frame(fin|rsv3|text, "{}"), websocket.CloseProtocolError},
	"a ping of 126 bytes":               {frame(fin|pingKind, strings.Repeat("p", 126)), websocket.CloseProtocolError},
	"a ping in fragments":               {frame(pingKind, "p") + frame(fin|more, "q"), websocket.CloseProtocolError},
	"a continuation of nothing":         {frame(fin|more, "x"), websocket.CloseProtocolError},
	"a message within a message":        {frame(text, "x") + frame(fin|text, "y"), websocket.CloseProtocolError},
	"a close of one byte":               {frame(fin|closeKind, "\x03"), websocket.CloseNoStatusReceived}, // the library is lenient here
	"a close code that means nothing":   {frame(fin|closeKind, "\x03\xe7"), websocket.CloseProtocolError},
	"a close code nobody may send":      {frame(fin|closeKind, "\x03\xee"), websocket.CloseProtocolError},
	"a close reason that is not UTF-8":  {frame(fin|closeKind, "\x03\xe8\xff"), websocket.CloseProtocolError},
	"a goodbye":                         {frame(fin|closeKind, "\x03\xe8bye"), websocket.CloseNormalClosure},
	"a goodbye without a code":          {frame(fin|closeKind, ""), websocket.CloseNoStatusReceived},
	"binary":                            {frame(fin|binaryKind, pingText), websocket.CloseUnsupportedData},
	"not UTF-8":                         {frame(fin|text, "{\"type\":\"\xc3\"}"), websocket.CloseInvalidFramePayloadData},
	"not UTF-8 over two frames":         {frame(text, "{\"type\":\"\xc3") + frame(fin|more, "(\"}"), websocket.CloseInvalidFramePayloadData},
	"a surrogate in UTF-8":              {frame(fin|text, "\xed\xa0\x80"), websocket.CloseInvalidFramePayloadData},
	"an overlong character":             {frame(fin|text, "\xc0\xaf"), websocket.CloseInvalidFramePayloadData},
	"a byte too long":                   {frame(fin|text, strings.Repeat("x", board.MaxFrame+1)), websocket.CloseMessageTooBig},
	"too long in fragments":             {frame(text, strings.Repeat("x", board.MaxFrame)) + frame(fin|more, "x"), websocket.CloseMessageTooBig},
	"endless fragments":                 {frame(text, "x") + strings.Repeat(frame(more, strings.Repeat("x", 4096)), 300), websocket.CloseMessageTooBig},
	"a header that promises 4 GiB":      {string(header(fin|text, masked, 1<<32)) + "\x00\x00\x00\x00", websocket.CloseMessageTooBig},
	"too long, and more behind it":      {frame(fin|text, strings.Repeat("x", 2*board.MaxQueue)), websocket.CloseMessageTooBig},
	"something wrong, and more of that": {strings.Repeat(frame(fin|3, strings.Repeat("x", 100)), 1000), websocket.CloseProtocolError},
}

// TestBadWire: each ends its socket with the code that RFC 6455 gives it, or no
// socket at all, and with what is behind it unread.
func TestBadWire(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	for name, b := range badWire {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := c.owner.line()
			l.send(hello(c.board, auth.NewID("c"))) // of its own: the same one's newer socket would end this one
			l.next(t, "welcome")
			l.write(b.bytes)
			if code := l.ends(t); code != b.code {
				t.Errorf("closed with %d, want %d", code, b.code)
			}
		})
	}
}

// deflate is a message as RFC 7692 compresses it.
func deflate(t *testing.T, s string) string {
	t.Helper()
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.BestCompression)
	if err == nil {
		_, err = w.Write([]byte(s))
	}
	if err == nil {
		err = w.Flush()
	}
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSuffix(out.String(), "\x00\x00\xff\xff")
}

// TestCompressedFrames: browsers compress what they send once compression was
// agreed on.
func TestCompressedFrames(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	writer, w := c.owner.joined(c.board, "client-writes")
	for mid := range 4 { // so that a snapshot is worth compressing, and the one of the empty board does not serve
		writer.send(ops(w.Gen, createOp(mid+1, fmt.Sprintf("note-%d-long", mid), `"`+strings.Repeat("x", notes.MaxText)+`"`)))
		writer.next("ack")
	}
	squeezed := deflate(t, pingText)
	for name, b := range map[string]struct {
		bytes string
		code  int // 0: it is understood
	}{
		"whole":           {frame(fin|rsv1|text, squeezed), 0},
		"in two":          {frame(rsv1|text, squeezed[:3]) + frame(fin|more, squeezed[3:]), 0},
		"not compressed":  {frame(fin|text, pingText), 0},
		"no DEFLATE":      {frame(fin|rsv1|text, "\xff\xff\xff\xff"), websocket.CloseInvalidFramePayloadData},
		"cut short":       {frame(fin|rsv1|text, deflate(t, strings.Repeat("abc", 99)+"xyz")[:9]), websocket.CloseInvalidFramePayloadData},
		"not UTF-8":       {frame(fin|rsv1|text, deflate(t, "\xff")), websocket.CloseInvalidFramePayloadData},
		"binary":          {frame(fin|rsv1|binaryKind, squeezed), websocket.CloseUnsupportedData},
		"too long inside": {frame(fin|rsv1|text, deflate(t, strings.Repeat("x", board.MaxFrame+1))), websocket.CloseMessageTooBig},
		"too long packed": {frame(rsv1|text, "") + strings.Repeat(frame(more, strings.Repeat("\x00\x00\x00\xff\xff", 800)), 300), websocket.CloseMessageTooBig},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := c.owner.line(offer)
			l.send(hello(c.board, "client-"+strings.ReplaceAll(name, " ", "-")))
			if first, _, err := l.read(); first != fin|rsv1|text || err != nil {
				t.Fatalf("the welcome begins with %x, %v", first, err)
			}
			l.write(b.bytes)
			if b.code == 0 {
				l.next(t, "pong")
			} else if code := l.ends(t); code != b.code {
				t.Errorf("closed with %d, want %d", code, b.code)
			}
		})
	}
}

// TestABombIsNotUnpacked (I16): what a frame inflates to is read no further than
// a frame may be long.
func TestABombIsNotUnpacked(t *testing.T) {
	c := newCast(t)
	bomb := frame(fin|rsv1|text, deflate(t, strings.Repeat("x", 32<<20)))
	if len(bomb) > board.MaxQueue {
		t.Fatalf("the bomb is %d bytes long and would not be read for that", len(bomb))
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range 20 {
		l := c.owner.line(offer)
		l.send(hello(c.board, "client-bomb"))
		l.write(bomb)
		if code := l.ends(t); code != websocket.CloseMessageTooBig {
			t.Fatalf("closed with %d", code)
		}
	}
	runtime.ReadMemStats(&after)
	// Unpacked they are 640 MiB. With the race detector, pools lose much of what they hold.
	if took := after.TotalAlloc - before.TotalAlloc; took > 64<<20 {
		t.Errorf("%d MiB were allocated for 20 bombs", took>>20)
	}
}

// TestAFloodOfPings: they are answered while the other side reads, and when it
// does not, one answer waits, not thousands, and the server reads on.
func TestAFloodOfPings(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	l := c.owner.line()
	l.send(hello(c.board, "client-flood"))
	l.next(t, "welcome")
	flood := strings.Repeat(frame(fin|pingKind, strings.Repeat("p", 125)), 1000)
	_ = l.SetWriteDeadline(time.Now().Add(patience))
	for range 100 { // 13 MB, far more than what the system holds for a socket
		l.write(flood)
	}
	l.write(frame(fin|pingKind, "the last one"))
	for answers := 0; ; answers++ {
		first, payload, err := l.read()
		if err != nil {
			t.Fatalf("after %d answers: %v", answers, err)
		}
		if first == fin|pongKind && string(payload) == "the last one" {
			t.Logf("%d answers to %d pings", answers, 100*1000)
			break
		}
	}
	l.send(pingText)
	l.next(t, "pong")
}

// TestSilenceEndsASocket before it has said who it is, also in the middle of a
// frame.
func TestSilenceEndsASocket(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	silent := map[string]*line{}
	start := time.Now()
	for name, bytes := range map[string]string{"nothing": "", "half a header": "\x81", "half a frame": frame(fin|text, hello(c.board, "client-half"))[:20]} {
		silent[name] = c.owner.line()
		silent[name].write(bytes)
	}
	for name, l := range silent {
		_ = l.SetReadDeadline(start.Add(25 * time.Second)) // one that has said hello may be silent for longer
		if _, err := l.Read(make([]byte, 1)); err == nil || errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("%s: %v after %s", name, err, time.Since(start))
		}
	}
}
