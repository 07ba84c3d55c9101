package notes

import (
	"bytes"
	"strconv"
)

// plainSet reads the op that comes most, a note.set, when it is spelled as our
// own clients spell it: without escapes, and with fields that there are. Ok is
// false for everything else, and what is wrong with it is for the decoder to say.
// The decoder takes three times as long for a frame with it.
func plainSet(data []byte) (o Op, ok bool) {
	set := &Set{}
	isSet := false
	for key, value := range Members(data) {
		ok := false
		switch string(key) {
		case "mid":
			o.Mid, ok = plainInt(value)
		case "kind":
			isSet = string(value) == `"`+string(KindSet)+`"`
			ok = isSet
		case "note":
			set.Note, ok = plainString(value)
		case "set":
			ok = set.Set.plain(value)
		}
		if !ok {
			return Op{}, false
		}
	}
	o.Edit = set
	return o, isSet
}

func (v *Values) plain(data []byte) bool {
	if !bytes.HasPrefix(data, []byte{'{'}) {
		return false
	}
	for key, value := range Members(data) {
		ok := false
		switch Field(key) {
		case FieldX:
			v.X, ok = plainNumber(value)
		case FieldY:
			v.Y, ok = plainNumber(value)
		case FieldW:
			v.W, ok = plainNumber(value)
		case FieldH:
			v.H, ok = plainNumber(value)
		case FieldColor:
			v.Color, ok = plainPointer(value)
		case FieldZ:
			v.Z, ok = plainPointer(value)
		}
		if !ok {
			return false
		}
	}
	return true
}

func plainInt(value []byte) (int64, bool) {
	n, err := strconv.ParseInt(string(value), 10, 64)
	return n, err == nil
}

func plainNumber(value []byte) (*float64, bool) {
	n, err := strconv.ParseFloat(string(value), 64)
	return &n, err == nil
}

func plainPointer(value []byte) (*string, bool) {
	s, ok := plainString(value)
	return &s, ok
}

// plainString reads a string of ASCII without escapes.
func plainString(value []byte) (string, bool) {
	inner, ok := bytes.CutPrefix(value, []byte{'"'})
	if !ok {
		return "", false
	}
	inner = inner[:len(inner)-1]
	for _, c := range inner {
		if c == '\\' || c >= 0x80 {
			return "", false
		}
	}
	return string(inner), true
}
