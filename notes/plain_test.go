package notes

import "testing"

// What clients send most is read the short way, and what that cannot know is
// left to the decoder.
func TestPlainSet(t *testing.T) {
	t.Parallel()
	for op, plain := range map[string]bool{
		`{"mid":12,"kind":"note.set","note":"note-aaaa","set":{"x":120.5,"y":-33}}`:          true,
		`{"mid":1,"kind":"note.set","note":"note-aaaa","set":{"w":40,"h":2e3,"x":-1,"y":0}}`: true,
		`{"kind":"note.set","set":{"color":"blue","z":"a0"},"note":"note-aaaa"}`:             true,
		`{"mid":12,"kind":"note.set","note":"note-aaaa","set":{"x":1},"base":{"x":4}}`:       false,
		`{"mid":12,"kind":"note.set","note":"note-aaaa","set":{"text":"x"}}`:                 false,
		`{"mid":12,"kind":"note.set","note":"note-aaaa","set":{"x":null}}`:                   false,
		`{"mid":12,"kind":"note.set","note":"note-aaaa","set":{"x":"1"}}`:                    false,
		`{"mid":12,"kind":"note.set","note":"note-aaaa","set":null}`:                         false,
		`{"mid":1.5,"kind":"note.set","note":"note-aaaa","set":{"x":1}}`:                     false,
		`{"mid":12,"kind":"note.set","note":"n\u006fte-aaaa","set":{"x":1}}`:                 false,
		`{"mid":12,"kind":"note.set","note":"nöte-aaaa","set":{"x":1}}`:                      false,
		`{"mid":12,"kind":"note.delete","note":"note-aaaa"}`:                                 false,
		`{"mid":12,"note":"note-aaaa"}`:                                                      false,
		`[{"mid":12,"kind":"note.set","note":"note-aaaa","set":{"x":120.5,"y":-33}}]`:        false,
	} {
		if _, ok := plainSet([]byte(op)); ok != plain {
			t.Errorf("%s is plain: %v", op, ok)
		}
		sameByDecoder(t, []byte(op))
	}
}
