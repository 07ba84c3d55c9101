package pictures

import (
	"bytes"
	"encoding/binary"
	"image"
	"io"
)

// kind is a sort of file that is read here.
type kind struct {
	name        string
	config      func(io.Reader) (image.Config, error)
	decode      func(io.Reader) (image.Image, error)
	extra       func(file []byte) int64 // bytes a pixel that the decoder takes beside the picture
	orientation func(file []byte) int   // 1 to 8, as EXIF has it
}

// kindOf looks at the content alone: names and types are what somebody says.
func kindOf(file []byte) (kind, error) {
	switch {
	case bytes.HasPrefix(file, []byte("\xff\xd8\xff")):
		return jpegKind, nil
	case bytes.HasPrefix(file, []byte("\x89PNG\r\n\x1a\n")):
		return pngKind, nil
	case bytes.HasPrefix(file, []byte("GIF87a")), bytes.HasPrefix(file, []byte("GIF89a")):
		return gifKind, nil
	case len(file) > 15 && string(file[:4]) == "RIFF" && string(file[8:12]) == "WEBP":
		return webpKind, still(file)
	}
	return kind{}, unsupported(file)
}

// unsupported says what the file is, as far as it is known, and what to do.
func unsupported(file []byte) error {
	code, what := NoPicture, "This file is no picture that can be read here."
	switch {
	case isSVG(file):
		code, what = Drawing, "SVG drawings can hold programs, so they are not taken."
	case len(file) > 11 && string(file[4:8]) == "ftyp":
		code, what = CameraKind, "HEIC and AVIF pictures cannot be read here."
	}
	return &Refusal{code, what + " Save it as PNG, JPEG, GIF or WebP, or take a screenshot of it."}
}

// still refuses WebP pictures that move, of which not even the first one is read.
func still(file []byte) error {
	for name := range webpChunks(file) {
		if name == "ANIM" {
			return &Refusal{Moving, "WebP pictures that move cannot be read here. Save it as GIF or PNG, or take a screenshot of it."}
		}
	}
	return nil
}

func isSVG(file []byte) bool {
	head := bytes.ToLower(file[:min(len(file), 1024)])
	return bytes.Contains(head, []byte("<svg"))
}

func asStored([]byte) int { return 1 }

// rows: a decoder that works by rows takes next to nothing, but an interlaced
// PNG is put together from parts.
func rows([]byte) int64 { return 1 }

// jpegExtra: a progressive JPEG is kept as coefficients until it is whole, four
// bytes for each of three samples.
func jpegExtra(file []byte) int64 {
	for marker := range jpegSegments(file) {
		if marker == 0xc2 {
			return 12
		}
	}
	return 0
}

// webpExtra: the lossless half of WebP works on several pictures at once.
func webpExtra([]byte) int64 { return 8 }

// jpegSegments walks what stands before the picture itself: marker and content.
func jpegSegments(file []byte) func(yield func(marker byte, content []byte) bool) {
	return func(yield func(byte, []byte) bool) {
		for at := 2; at+4 <= len(file) && file[at] == 0xff; {
			marker, size := file[at+1], int(binary.BigEndian.Uint16(file[at+2:]))
			end := at + 2 + size
			if marker == 0xda || size < 2 || end > len(file) || !yield(marker, file[at+4:end]) {
				return
			}
			at = end
		}
	}
}

// webpChunks walks the parts of a WebP file: name and content.
func webpChunks(file []byte) func(yield func(name string, content []byte) bool) {
	return func(yield func(string, []byte) bool) {
		for at := 12; at+8 <= len(file); {
			size := int64(binary.LittleEndian.Uint32(file[at+4:]))
			end := int64(at) + 8 + size
			if end > int64(len(file)) || !yield(string(file[at:at+4]), file[at+8:end]) {
				return
			}
			at = int(end + size%2)
		}
	}
}
