package notes

import (
	"math"
	"unicode/utf8"
)

// Limits of a document. They are part of the protocol: browsers check them
// before they send, the server always.
const (
	MaxText     = 10_000    // code points in one note
	MaxName     = 200       // code points in a board's name
	MaxNotes    = 20_000    // live notes on one board, of all kinds
	MaxBatch    = 10_000    // ops in one batch
	MaxCoord    = 1_000_000 // |x| and |y|, in board units (CSS pixels at 100 %)
	MinSize     = 40        // w and h
	MaxSize     = 2_000     // w and h of a note
	MaxFrame    = 20_000    // w and h of a frame
	DefaultSize = 200       // w and h of a note that names none
	MaxOrderKey = 64        // characters of a z key
	MaxLink     = 2_048     // code points in a link
	MaxAlt      = 1_000     // code points in a picture's alternative text
)

// DefaultColor is the colour of a note that names none.
const DefaultColor = "yellow"

// Colors are the names of the palette, in the order in which it is shown.
var Colors = []string{
	"yellow", "orange", "coral", "pink", "violet", "blue", "sky",
	"teal", "green", "lime", "sand", "white", "grey", "graphite",
}

// IsColor tells whether name is in the palette.
func IsColor(name string) bool {
	for _, c := range Colors {
		if c == name {
			return true
		}
	}
	return false
}

// IsID tells whether s may name a note or a client: 8 to 32 characters of
// 0-9A-Za-z, - and _.
func IsID(s string) bool {
	if len(s) < 8 || len(s) > 32 {
		return false
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		if !isDigit62(c) && c != '-' && c != '_' {
			return false
		}
	}
	return true
}

// Round keeps a coordinate to hundredths, by the same arithmetic as the
// browser's Math.floor(v*100+0.5)/100. The conversions keep a compiler from
// fusing the operations, which would round differently.
func Round(v float64) float64 {
	return math.Floor(float64(v*100)+0.5) / 100
}

// checkText refuses what a note may not hold: too many code points, control
// characters other than newline and tab, and text that is not UTF-8.
func checkText(s string) *Rejection {
	if !utf8.ValidString(s) {
		return reject(Invalid, "The text is not valid Unicode.")
	}
	for _, r := range s {
		if r < 0x20 && r != '\n' && r != '\t' {
			return reject(Invalid, "The text holds a control character (U+%04X); only line breaks and tabs may stand in a note.", r)
		}
	}
	if n := utf8.RuneCountInString(s); n > MaxText {
		return reject(TooLong, "The text has %d characters; a note holds at most %d.", n, MaxText)
	}
	return nil
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
