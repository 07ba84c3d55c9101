package bus

import (
	"bytes"
	"testing"
)

// FuzzUnframe: what comes over a channel is another's, or comes through unchanged.
func FuzzUnframe(f *testing.F) {
	for _, data := range [][]byte{frame("board:b_1", []byte(`{"node":"n"}`)), frame("", nil), {}, {0}, {5}, {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1}} {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		topic, payload, err := unframe(data)
		if err != nil {
			return
		}
		sameTopic, samePayload, err := unframe(frame(topic, payload))
		if err != nil || sameTopic != topic || !bytes.Equal(samePayload, payload) {
			t.Fatalf("%q, %q came back as %q, %q, %v", topic, payload, sameTopic, samePayload, err)
		}
	})
}
