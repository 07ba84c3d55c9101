package pictures

import (
	"crypto/sha256"
	"encoding/base32"
	"regexp"
)

// Limits of what is taken and of what is kept.
const (
	MaxBytes = 10 << 20   // of a file that somebody sends
	MaxPixel = 50_000_000 // of a file that somebody sends: a telephone's camera has as many
	MaxSide  = 2048       // pixels of what is kept, the longer side
	maxKept  = 4 << 20    // bytes of what is kept; a larger one is scaled down
	maxInMem = 400 << 20  // bytes that the decoding of one picture may take
)

// The media types of what is kept.
const (
	PNG  = "image/png"
	JPEG = "image/jpeg"
)

// Picture is one that was made anew here.
type Picture struct {
	ID            string // see IsID
	Type          string // PNG or JPEG
	Width, Height int    // pixels, upright
	Bytes         []byte
}

var idPattern = regexp.MustCompile(`^[a-z2-7]{52}$`)

// IsID tells whether s may name a picture.
func IsID(s string) bool { return idPattern.MatchString(s) }

var idEncoding = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

func idOf(content []byte) string {
	sum := sha256.Sum256(content)
	return idEncoding.EncodeToString(sum[:])
}

// Refusal says why a file is not taken.
type Refusal struct {
	Code   string // for programs
	Reason string // a sentence or two for the person who sent it
}

// Codes of refusals.
const (
	NoPicture     = "no_picture"      // of no kind that is read here
	Drawing       = "svg_picture"     // an SVG
	CameraKind    = "heic_picture"    // HEIC or AVIF
	Moving        = "moving_picture"  // a WebP that moves
	TooLarge      = "too_large"       // too many bytes
	TooManyPixels = "too_many_pixels" // too much to read
	Damaged       = "damaged_picture" // of a known kind, and cannot be read
)

// Error makes a refusal an error.
func (r *Refusal) Error() string { return r.Reason }
