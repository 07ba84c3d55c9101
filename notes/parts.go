package notes

import (
	"bytes"
	"iter"
)

const jsonSpace = " \t\r\n"

// Members yields the keys, as they are spelled between their quotes, and the
// values of a JSON object, which is valid. Of anything else it yields nothing.
func Members(object []byte) iter.Seq2[[]byte, []byte] {
	return func(yield func(key, value []byte) bool) {
		for member := range partsOf(object, '{') {
			end := stringEnd(member, 0)
			_, value, _ := bytes.Cut(member[end:], []byte{':'})
			if !yield(member[1:end], bytes.TrimLeft(value, jsonSpace)) {
				return
			}
		}
	}
}

// Elements yields the elements of a JSON array, which is valid. Of anything else
// it yields nothing.
func Elements(array []byte) iter.Seq[[]byte] { return partsOf(array, '[') }

// partsOf yields what stands between the commas of an object or of an array.
func partsOf(whole []byte, open byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		whole := bytes.TrimLeft(whole, jsonSpace)
		if len(whole) == 0 || whole[0] != open {
			return
		}
		for at := 1; ; {
			end := memberEnd(whole, at)
			part := bytes.Trim(whole[at:end], jsonSpace)
			if len(part) > 0 && !yield(part) || whole[end] != ',' {
				return
			}
			at = end + 1
		}
	}
}
