package notes

import (
	"strings"
	"testing"
)

func TestDecodeStrict(t *testing.T) {
	t.Parallel()
	type thing struct {
		A string `json:"a"`
		B []int  `json:"b"`
	}
	for name, in := range map[string]string{
		"plain":           `{"a":"x","b":[1,2]}`,
		"escaped quote":   `{"a":"\"a\":1,\\"}`,
		"surrogate pair":  `{"a":"\ud83d\ude00"}`,
		"space at colon":  "{\"a\" \n\t : \"x\"}",
		"colon in string": `{"a":"a\":"}`,
	} {
		var v thing
		if err := DecodeStrict([]byte(in), &v); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, in := range map[string]string{
		"duplicate":          `{"a":"x","a":"y"}`,
		"deep duplicate":     `{"b":[{"a":1,"a":2}]}`,
		"unknown":            `{"c":1}`,
		"case":               `{"A":"x"}`,
		"kelvin sign":        `{"` + "\u212a" + `":"x"}`,
		"escaped key":        `{"\u0061":"x"}`,
		"lone high":          `{"a":"\ud83d"}`,
		"lone high, text":    `{"a":"\ud83dxxxxxx"}`,
		"lone low":           `{"a":"\ude00"}`,
		"two highs":          `{"a":"\ud83d\ud83d"}`,
		"after an escape":    `{"a":"\\\ud83d"}`,
		"invalid UTF-8":      "{\"a\":\"\xff\"}",
		"NaN":                `{"b":[NaN]}`,
		"huge number":        `{"b":[1e999]}`,
		"two values":         `{"a":"x"}{}`,
		"truncated":          `{"a":"x"`,
		"wrong type":         `{"a":1}`,
		"nested too deep":    strings.Repeat("[", 17) + strings.Repeat("]", 17),
		"far colon, unknown": `{"c"` + strings.Repeat(" ", 100) + `:1}`,
		"empty":              ``,
	} {
		var v thing
		if err := DecodeStrict([]byte(in), &v); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
}

func FuzzCheckStrict(f *testing.F) {
	f.Add([]byte(`{"a":["\ud83d\ude00",{"b":null}]}`))
	f.Add([]byte(`"\`))
	f.Fuzz(func(_ *testing.T, data []byte) { _ = CheckStrict(data) })
}
