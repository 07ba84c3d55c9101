package notes

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// MaxDepth bounds how deep arrays and objects may nest in JSON from outside.
const MaxDepth = 16

// ErrJSON is wrapped by what DecodeStrict says of bytes that are not acceptable
// JSON. Its text is a sentence for the sender.
var ErrJSON = errors.New("bad JSON")

// DecodeStrict decodes exactly one JSON value into v and refuses what
// encoding/json would let pass: unknown, duplicate and oddly spelled keys
// (ours are a-z, 0-9 and _), invalid UTF-8, lone surrogates, deep nesting and
// anything after the value. A *Rejection from within v is passed on as it is.
func DecodeStrict(data []byte, v any) error {
	if err := CheckStrict(data); err != nil {
		return err
	}
	return DecodeChecked(data, v)
}

// DecodeChecked is the rest of DecodeStrict, for data that has passed CheckStrict
// or is a part of what has.
func DecodeChecked(data []byte, v any) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(v); err != nil {
		var r *Rejection
		if errors.As(err, &r) {
			return r
		}
		return fmt.Errorf("%w: %s", ErrJSON, sentence(err))
	}
	return nil
}

// sentence puts encoding/json's errors into words for somebody who does not
// know our types.
func sentence(err error) string {
	var typeErr *json.UnmarshalTypeError
	if errors.As(err, &typeErr) {
		return fmt.Sprintf("%q cannot be a %s", typeErr.Field, typeErr.Value)
	}
	return strings.TrimPrefix(err.Error(), "json: ")
}

// CheckStrict does DecodeStrict's checks of the bytes alone, for callers whose
// decoder is another's.
func CheckStrict(data []byte) error {
	if !utf8.Valid(data) {
		return fmt.Errorf("%w: it is not valid UTF-8", ErrJSON)
	}
	if !json.Valid(data) {
		var v any
		return fmt.Errorf("%w: %s", ErrJSON, sentence(json.Unmarshal(data, &v)))
	}
	return scan(data)
}

// keys are those of an open object, as far as it was read.
type keys struct {
	few  [][]byte
	many map[string]bool // in their place when they are not few
}

const fewKeys = 16

// add reports false for a key that is there already.
func (k *keys) add(key []byte) bool {
	if k.many != nil {
		was := k.many[string(key)]
		k.many[string(key)] = true
		return !was
	}
	for _, known := range k.few {
		if bytes.Equal(known, key) {
			return false
		}
	}
	k.few = append(k.few, key)
	if len(k.few) > fewKeys {
		k.many = make(map[string]bool, 2*fewKeys)
		for _, known := range k.few {
			k.many[string(known)] = true
		}
	}
	return true
}

// reset makes room for another object's keys.
func (k *keys) reset() { k.few, k.many = k.few[:0], nil }

// scan walks valid JSON once. Each level has its keys; an array has none.
func scan(data []byte) error {
	var levels [MaxDepth]keys
	depth := 0
	for i := 0; i < len(data); i++ {
		switch data[i] {
		case '{', '[':
			if depth == MaxDepth {
				return fmt.Errorf("%w: it nests deeper than %d levels", ErrJSON, MaxDepth)
			}
			levels[depth].reset()
			depth++
		case '}', ']':
			depth--
		case '"':
			end := stringEnd(data, i)
			if err := checkString(data, i, end, levels[:depth]); err != nil {
				return err
			}
			i = end
		}
	}
	return nil
}

// stringEnd is the index of the quote that closes the string opened at i.
func stringEnd(data []byte, i int) int {
	for i++; data[i] != '"'; i++ {
		if data[i] == '\\' {
			i++
		}
	}
	return i
}

// checkString looks at the string data[start:end], quotes at both, which is a
// key when a colon follows.
func checkString(data []byte, start, end int, levels []keys) error {
	s := data[start+1 : end]
	if loneSurrogate(s) {
		return fmt.Errorf("%w: a string holds half of a surrogate pair", ErrJSON)
	}
	next := bytes.TrimLeft(data[end+1:min(end+64, len(data))], " \t\r\n")
	if len(next) == 0 && end+64 < len(data) {
		next = bytes.TrimLeft(data[end+1:], " \t\r\n")
	}
	if len(next) == 0 || next[0] != ':' {
		return nil
	}
	if !plainKey(s) {
		return fmt.Errorf("%w: unknown field %q", ErrJSON, s)
	}
	if !levels[len(levels)-1].add(s) {
		return fmt.Errorf("%w: the field %q stands twice", ErrJSON, s)
	}
	return nil
}

func plainKey(s []byte) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_' {
			return false
		}
	}
	return len(s) > 0
}

// loneSurrogate finds a \uD800–\uDFFF escape without its other half, which
// encoding/json would turn into U+FFFD and so silently change somebody's text.
func loneSurrogate(s []byte) bool {
	if bytes.IndexByte(s, '\\') < 0 {
		return false
	}
	for i := 0; i+1 < len(s); i++ {
		if s[i] != '\\' {
			continue
		}
		if s[i+1] != 'u' {
			i++
			continue
		}
		high := escaped(s[i:])
		i += 5
		if high < 0xD800 || high > 0xDFFF {
			continue
		}
		low := escaped(s[i+1:])
		if high > 0xDBFF || low < 0xDC00 || low > 0xDFFF {
			return true
		}
		i += 6
	}
	return false
}

// escaped is the value of the \uXXXX at the start of s, -1 when there is none.
func escaped(s []byte) int {
	if len(s) < 6 || s[0] != '\\' || s[1] != 'u' {
		return -1
	}
	v := 0
	for _, c := range s[2:6] {
		v = v<<4 | int(hexDigit(c))
	}
	return v
}

func hexDigit(c byte) byte {
	switch {
	case c >= 'a':
		return c - 'a' + 10
	case c >= 'A':
		return c - 'A' + 10
	}
	return c - '0'
}
