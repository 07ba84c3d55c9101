package load

import (
	"bytes"
	"strconv"
)

// Frames are read no further than what is counted: full decoding would cost the
// clients more than sending costs the server.

var (
	typeKey    = []byte(`{"type":"`)
	cursorsKey = []byte(`"cursors":[`)
	setKey     = []byte(`"set":{"x":`)
	yKey       = []byte(`,"y":`)
)

// typeOf is a frame's type; the server writes it first.
func typeOf(frame []byte) string {
	rest, ok := bytes.CutPrefix(frame, typeKey)
	if !ok {
		return ""
	}
	end := bytes.IndexByte(rest, '"')
	if end < 0 {
		return ""
	}
	return string(rest[:end])
}

// eachCursor calls do with the place of each cursor in a presence frame that
// has one: [["id",x,y],["id"]…].
func eachCursor(frame []byte, do func(x, y int64)) {
	start := bytes.Index(frame, cursorsKey)
	if start < 0 {
		return
	}
	rest := frame[start+len(cursorsKey):]
	for len(rest) > 0 && rest[0] != ']' {
		end := bytes.IndexByte(rest, ']')
		if end < 0 {
			return
		}
		if comma := bytes.IndexByte(rest[:end], ','); comma >= 0 {
			if x, y, ok := twoNumbers(rest[comma+1 : end]); ok {
				do(x, y)
			}
		}
		rest = bytes.TrimPrefix(rest[end+1:], []byte{','})
	}
}

// eachMove calls do with the place of each move in an events frame.
func eachMove(frame []byte, do func(x, y int64)) {
	for {
		start := bytes.Index(frame, setKey)
		if start < 0 {
			return
		}
		frame = frame[start+len(setKey):]
		end := bytes.IndexByte(frame, '}')
		if end < 0 {
			return
		}
		a, b, found := bytes.Cut(frame[:end], yKey)
		x, okX := number(a)
		y, okY := number(b)
		if found && okX && okY {
			do(x, y)
		}
	}
}

// twoNumbers reads "12,34".
func twoNumbers(text []byte) (x, y int64, ok bool) {
	a, b, found := bytes.Cut(text, []byte{','})
	if !found {
		return 0, 0, false
	}
	x, okX := number(a)
	y, okY := number(b)
	return x, y, okX && okY
}

// number reads a whole number that is not negative, as all that are sent here.
func number(text []byte) (n int64, ok bool) {
	for _, c := range text {
		if c < '0' || c > '9' {
			return 0, false
		}
		n = n*10 + int64(c-'0')
	}
	return n, len(text) > 0
}

// appendCursor is the frame of a sender's numbered cursor.
func appendCursor(to []byte, number int64, sender int) []byte {
	to = append(to, `{"type":"presence","cursor":[`...)
	to = strconv.AppendInt(to, number, 10)
	to = append(to, ',')
	to = strconv.AppendInt(to, int64(sender), 10)
	return append(to, `],"selection":[],"editing":null}`...)
}

// wireSize is what a frame of the server weighs with its header (RFC 6455, 5.2).
func wireSize(payload int) int64 {
	switch {
	case payload < 126:
		return int64(payload) + 2
	case payload < 1<<16:
		return int64(payload) + 4
	}
	return int64(payload) + 10
}
