package archive

import (
	"fmt"
	"strings"
)

// The codes of faults. They do not change; sentences may.
const (
	NotJSON   = "not_json"  // the file is no JSON at all
	TooLarge  = "too_large" // the file is too big
	TooMany   = "too_many"  // it holds too many notes
	Invalid   = "invalid"   // a value is out of range
	TooLong   = "too_long"  // a text is too long
	WrongType = "type"      // a value is of another type
	Unknown   = "unknown"   // there is no such field
	Duplicate = "duplicate" // a field stands twice
	Missing   = "missing"   // a field that must be there is not
)

// Fault is one thing that is wrong with a file.
type Fault struct {
	Index   *int   `json:"index,omitempty" doc:"The row, counted from 0"`
	Pointer string `json:"pointer" doc:"Where, as a JSON pointer (RFC 6901)" example:"/notes/3/text"`
	Code    string `json:"code" doc:"What, for programs"`
	Detail  string `json:"detail" doc:"What, as a sentence"`
}

// Faults are everything that is wrong with a file; there is at least one.
type Faults []Fault

// Error counts the faults and tells the first ones.
func (f Faults) Error() string {
	const told = 3
	words := make([]string, 0, told)
	for _, fault := range f[:min(told, len(f))] {
		words = append(words, strings.TrimPrefix(fault.Pointer+": ", ": ")+fault.Detail)
	}
	if more := len(f) - told; more > 0 {
		words = append(words, fmt.Sprintf("And %d more.", more))
	}
	return strings.Join(words, " ") + " Nothing was imported."
}

// whole is a fault of the file, not of a row.
func whole(pointer, code, format string, args ...any) Faults {
	return Faults{{Pointer: pointer, Code: code, Detail: fmt.Sprintf(format, args...)}}
}

// escape makes a key a part of a JSON pointer.
func escape(key string) string {
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(key)
}
