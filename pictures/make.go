package pictures

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	"image/jpeg"
	"image/png"
)

// Sizes and qualities of what is kept.
const (
	jpegQuality = 86
	minSide     = 256     // below this nothing is scaled down further
	heavyPNG    = 1 << 20 // bytes from which a picture without holes is better a JPEG
)

// keep writes the picture in the smallest of the forms that suit it.
func keep(m image.Image, photo bool) (Picture, error) {
	for side := MaxSide; ; side /= 2 {
		m = scaled(m, side)
		content, mediaType, err := encode(m, photo)
		if err != nil {
			return Picture{}, err
		}
		if len(content) <= maxKept || side <= minSide {
			size := m.Bounds().Size()
			return Picture{idOf(content), mediaType, size.X, size.Y, content}, nil
		}
	}
}

// encode makes a JPEG of what was one, or of what has no holes and is heavy
// as a PNG; of all else a PNG, which keeps the edges of letters.
func encode(m image.Image, photo bool) ([]byte, string, error) {
	if photo {
		return jpegOf(m)
	}
	var out bytes.Buffer
	if err := png.Encode(&out, m); err != nil {
		return nil, "", fmt.Errorf("write a PNG: %w", err)
	}
	if out.Len() > heavyPNG && isOpaque(m) {
		return jpegOf(m)
	}
	return out.Bytes(), PNG, nil
}

func jpegOf(m image.Image) ([]byte, string, error) {
	var out bytes.Buffer
	if err := jpeg.Encode(&out, m, &jpeg.Options{Quality: jpegQuality}); err != nil {
		return nil, "", fmt.Errorf("write a JPEG: %w", err)
	}
	return out.Bytes(), JPEG, nil
}

func isOpaque(m image.Image) bool {
	o, ok := m.(interface{ Opaque() bool })
	return ok && o.Opaque()
}

// scaled is the picture with its longer side at most so many pixels.
func scaled(m image.Image, side int) image.Image {
	b := m.Bounds()
	longer := max(b.Dx(), b.Dy())
	if longer <= side {
		return m
	}
	return shrunk(m, max(1, b.Dx()*side/longer), max(1, b.Dy()*side/longer))
}

// upright turns and mirrors the picture as its orientation says.
func upright(m image.Image, orientation int) image.Image {
	if orientation <= 1 || orientation > 8 {
		return m
	}
	in := image.NewRGBA(image.Rect(0, 0, m.Bounds().Dx(), m.Bounds().Dy()))
	draw.Draw(in, in.Rect, m, m.Bounds().Min, draw.Src)
	w, h := in.Rect.Dx(), in.Rect.Dy()
	if orientation >= 5 {
		w, h = h, w
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			from := stored(orientation, x, y, w, h)
			out.SetRGBA(x, y, in.RGBAAt(from.X, from.Y))
		}
	}
	return out
}

// stored is where the pixel at x, y of an upright picture of w × h lies in the
// file.
func stored(orientation, x, y, w, h int) image.Point {
	right, bottom := w-1-x, h-1-y
	return [...]image.Point{
		{x, y}, {right, y}, {right, bottom}, {x, bottom},
		{y, x}, {y, right}, {bottom, right}, {bottom, x},
	}[orientation-1]
}
