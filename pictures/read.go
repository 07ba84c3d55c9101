package pictures

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"

	"golang.org/x/image/webp"
	"golang.org/x/sync/semaphore"
)

// memory is what all decoding on this node may take together, in bytes: who
// comes when it is used up waits.
var memory = semaphore.NewWeighted(maxInMem)

// Read makes a picture of a file of any name and type. Errors: *Refusal, or the
// context's when it ends while others are being read.
func Read(ctx context.Context, file []byte) (Picture, error) {
	k, cost, err := measure(file)
	if err != nil {
		return Picture{}, err
	}
	if err := memory.Acquire(ctx, cost); err != nil {
		return Picture{}, fmt.Errorf("wait for other pictures: %w", err)
	}
	defer memory.Release(cost)
	seen, err := k.decode(bytes.NewReader(file))
	if err != nil {
		return Picture{}, damaged(k)
	}
	return keep(upright(scaled(seen, MaxSide), k.orientation(file)), k.name == "JPEG")
}

// measure finds out what the file is and what reading it will cost, in bytes of
// memory, from its first bytes alone: nothing of its size is taken for it.
func measure(file []byte) (kind, int64, error) {
	if len(file) > MaxBytes {
		return kind{}, 0, TooManyBytes()
	}
	k, err := kindOf(file)
	if err != nil {
		return kind{}, 0, err
	}
	c, err := k.config(bytes.NewReader(file))
	if err != nil || c.Width <= 0 || c.Height <= 0 {
		return kind{}, 0, damaged(k)
	}
	pixels := int64(c.Width) * int64(c.Height)
	cost := pixels * (k.extra(file) + bytesOf(c.ColorModel))
	if pixels > MaxPixel || cost > maxInMem {
		return kind{}, 0, tooManyPixels(c)
	}
	return k, max(cost, 1), nil
}

// bytesOf is what a pixel takes when it is decoded.
func bytesOf(m color.Model) int64 {
	switch m {
	case color.GrayModel:
		return 1
	case color.Gray16Model:
		return 2
	case color.YCbCrModel:
		return 3
	case color.NRGBA64Model, color.RGBA64Model:
		return 8
	}
	if _, ok := m.(color.Palette); ok {
		return 1
	}
	return 4
}

// TooManyBytes is the refusal of a file that is larger than MaxBytes.
func TooManyBytes() error {
	return &Refusal{TooLarge, fmt.Sprintf("This picture is larger than %d MB. Make it smaller and try again.", MaxBytes>>20)}
}

func tooManyPixels(c image.Config) error {
	return &Refusal{TooManyPixels, fmt.Sprintf("This picture has %d × %d pixels, which is too much to read here. "+
		"Make it smaller, up to about 7,000 × 7,000, and try again.", c.Width, c.Height)}
}

func damaged(k kind) error {
	return &Refusal{Damaged, "This " + k.name + " picture is damaged and cannot be read. Open and save it again, or take a screenshot of it."}
}

// The kinds that are read.
var (
	jpegKind = kind{name: "JPEG", config: jpeg.DecodeConfig, decode: jpeg.Decode, extra: jpegExtra, orientation: jpegOrientation}
	pngKind  = kind{name: "PNG", config: png.DecodeConfig, decode: png.Decode, extra: rows, orientation: asStored}
	gifKind  = kind{name: "GIF", config: gif.DecodeConfig, decode: gif.Decode, extra: rows, orientation: asStored}
	webpKind = kind{name: "WebP", config: webp.DecodeConfig, decode: webp.Decode, extra: webpExtra, orientation: webpOrientation}
)
