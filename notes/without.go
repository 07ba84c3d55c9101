package notes

import (
	"bytes"
	"slices"
)

// without returns a JSON object, which is valid, without some of its fields; ok
// is false when it is no object.
func without(object []byte, fields ...string) (rest []byte, ok bool) {
	object = bytes.Trim(object, " \t\r\n")
	if len(object) == 0 || object[0] != '{' {
		return nil, false
	}
	rest = append(make([]byte, 0, len(object)), '{')
	for at := 1; ; {
		end := memberEnd(object, at)
		member := bytes.Trim(object[at:end], " \t\r\n")
		if len(member) > 0 && !slices.Contains(fields, string(member[1:stringEnd(member, 0)])) {
			if len(rest) > 1 {
				rest = append(rest, ',')
			}
			rest = append(rest, member...)
		}
		if object[end] == '}' {
			return append(rest, '}'), true
		}
		at = end + 1
	}
}

// memberEnd is the index of what follows the member, or the element, at i: a
// comma, or the end of the whole.
func memberEnd(whole []byte, i int) int {
	for depth := 0; ; i++ {
		switch whole[i] {
		case '"':
			i = stringEnd(whole, i)
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return i
			}
			depth--
		case ',':
			if depth == 0 {
				return i
			}
		}
	}
}
