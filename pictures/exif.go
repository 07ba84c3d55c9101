package pictures

import (
	"bytes"
	"encoding/binary"
)

// Cameras store what the sensor saw and a note on how they were held. The note
// is all that is read of EXIF; none of it is kept.

func jpegOrientation(file []byte) int {
	for marker, content := range jpegSegments(file) {
		if tiff, ok := bytes.CutPrefix(content, []byte("Exif\x00\x00")); ok && marker == 0xe1 {
			return orientationIn(tiff)
		}
	}
	return 1
}

func webpOrientation(file []byte) int {
	for name, content := range webpChunks(file) {
		if name == "EXIF" {
			return orientationIn(bytes.TrimPrefix(content, []byte("Exif\x00\x00")))
		}
	}
	return 1
}

// orientationIn finds the tag in the first directory of a TIFF; 1 when it is not
// there or makes no sense.
func orientationIn(tiff []byte) int {
	const tag, entry = 0x0112, 12
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if tiff[0] == 'I' {
		order = binary.LittleEndian
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return 1
	}
	directory := tiff[at+2:]
	for n := order.Uint16(tiff[at:]); n > 0 && len(directory) >= entry; n-- {
		if order.Uint16(directory) == tag {
			if o := int(order.Uint16(directory[8:])); o >= 1 && o <= 8 {
				return o
			}
			return 1
		}
		directory = directory[entry:]
	}
	return 1
}
