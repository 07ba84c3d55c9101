package paper

import (
	"iter"
	"strings"
	"unicode"
)

const (
	zeroWidthJoiner = '\u200d'
	asPicture       = '\ufe0f'
)

// letterWidth is a character's width in hundredths of the size: measured for
// ASCII, and for others as wide as a common letter of their alphabet is in the
// fonts that machines have for it. What only changes or joins the characters
// beside it takes no room.
func letterWidth(r rune) float64 {
	switch {
	case r >= ' ' && r <= '~':
		return letterWidths[r-' ']
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) || isSkinTone(r):
		return 0
	case unicode.Is(unicode.Hangul, r):
		return 92
	case isFlagHalf(r):
		return 62.5
	case r >= 0x1f000 && r < 0x20000:
		return 125 // emoji
	case r >= 0x2e80:
		return 100
	case unicode.Is(unicode.Arabic, r):
		return 49 // letters that are joined are narrow
	case unicode.In(r, indic...):
		return 50
	case unicode.Is(unicode.Hebrew, r):
		return 51
	case unicode.In(r, unicode.Thai, unicode.Lao):
		return 56
	default:
		return 62
	}
}

// widthAfter is a character's width beside the one before it.
func widthAfter(before, r rune) float64 {
	switch {
	case before == zeroWidthJoiner:
		return 0 // one picture with what it is joined to
	case r == asPicture && before < 0x1f000:
		return 62 // a sign that is narrower as a letter
	default:
		return letterWidth(r)
	}
}

var indic = []*unicode.RangeTable{
	unicode.Devanagari, unicode.Bengali, unicode.Gujarati, unicode.Gurmukhi,
}

func isSkinTone(r rune) bool { return r >= 0x1f3fb && r <= 0x1f3ff }

func isFlagHalf(r rune) bool { return r >= 0x1f1e6 && r <= 0x1f1ff }

// piece is what stands in one row if a row holds it: a word, or one character
// of a script that is written without spaces.
type piece struct {
	length float64 // in hundredths of the size
	spaced bool    // a space stands before it
}

// pieces are those of one line.
func pieces(line string, tightness float64) iter.Seq[piece] {
	return func(yield func(piece) bool) {
		for word := range strings.FieldsSeq(line) {
			next := piece{spaced: true}
			var before rune
			for _, r := range word {
				width := widthAfter(before, r)
				if next.length > 0 && width > 0 && breaksBetween(before, r) {
					if !yield(next) {
						return
					}
					next = piece{}
				}
				if width > 0 {
					next.length += width - tightness
				}
				before = r
			}
			if !yield(next) {
				return
			}
		}
	}
}

// breaksBetween tells whether a row may end between two characters of a word.
func breaksBetween(a, b rune) bool {
	if unicode.In(b, unicode.Pe, unicode.Pf) || unicode.In(a, unicode.Ps, unicode.Pi) || isFlagHalf(a) && isFlagHalf(b) {
		return false
	}
	return (standsAlone(a) || standsAlone(b)) && !isStop(b)
}

// isStop tells of the signs that no row begins with.
func isStop(r rune) bool {
	return r >= 0x80 && unicode.Is(unicode.Po, r) || strings.ContainsRune(".,:;!?%ー", r)
}

// standsAlone tells of the characters at whose sides a row may end with no space:
// squares, pictures, and scripts in which only a dictionary knows the words.
func standsAlone(r rune) bool {
	return r >= 0x2e80 || unicode.In(r, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}
