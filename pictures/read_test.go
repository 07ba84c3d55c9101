package pictures

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"os"
	"strings"
	"testing"
)

// corners is a picture whose four corners tell how it lies.
func corners(w, h int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.Set(x, y, cornerColor(x < w/2, y < h/2))
		}
	}
	return m
}

var (
	red, green = color.NRGBA{255, 0, 0, 255}, color.NRGBA{0, 255, 0, 255}
	blue, grey = color.NRGBA{0, 0, 255, 255}, color.NRGBA{128, 128, 128, 255}
)

func cornerColor(left, top bool) color.NRGBA {
	switch {
	case left && top:
		return red
	case top:
		return green
	case left:
		return blue
	}
	return grey
}

func asPNG(t *testing.T, m image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, m); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func asJPEG(t *testing.T, m image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := jpeg.Encode(&out, m, nil); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// held is the JPEG as a camera writes it that was held in one of eight ways.
func held(file []byte, orientation uint16) []byte {
	tiff := []byte("Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01")
	tiff = binary.BigEndian.AppendUint16(tiff, orientation)
	tiff = append(tiff, 0, 0, 0, 0, 0, 0)
	segment := binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(tiff)+2))
	return append(append(append([]byte{}, file[:2]...), append(segment, tiff...)...), file[2:]...)
}

func read(t *testing.T, file []byte) (Picture, image.Image) {
	t.Helper()
	p, err := Read(context.Background(), file)
	if err != nil {
		t.Fatal(err)
	}
	m, name, err := image.Decode(bytes.NewReader(p.Bytes))
	if err != nil || "image/"+name != p.Type {
		t.Fatalf("%s was kept, which is %s: %v", p.Type, name, err)
	}
	if m.Bounds().Dx() != p.Width || m.Bounds().Dy() != p.Height || !IsID(p.ID) || p.ID != idOf(p.Bytes) {
		t.Fatalf("%d × %d, %q are said of %v", p.Width, p.Height, p.ID, m.Bounds())
	}
	return p, m
}

func TestPicturesAreWhatTheirContentSays(t *testing.T) {
	t.Parallel()
	var moving bytes.Buffer
	palette := color.Palette{red, green, blue, grey}
	frame := image.NewPaletted(image.Rect(0, 0, 30, 20), palette)
	if err := gif.EncodeAll(&moving, &gif.GIF{Image: []*image.Paletted{frame, frame}, Delay: []int{5, 5}}); err != nil {
		t.Fatal(err)
	}
	webp, err := os.ReadFile("testdata/corners.webp")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		file      []byte
		mediaType string
	}{
		"PNG": {asPNG(t, corners(30, 20)), PNG}, "JPEG": {asJPEG(t, corners(30, 20)), JPEG},
		"the first of a GIF": {moving.Bytes(), PNG}, "WebP": {webp, PNG},
	} {
		t.Run(name, func(t *testing.T) {
			if p, _ := read(t, c.file); p.Type != c.mediaType || p.Width != 30 || p.Height != 20 {
				t.Errorf("it became %s, %d × %d", p.Type, p.Width, p.Height)
			}
		})
	}
}

func TestPicturesStandUprightAndForgetWhereTheyWereTaken(t *testing.T) {
	t.Parallel()
	file := asJPEG(t, corners(64, 32))
	// Where the corner that is red in the file is seen.
	for orientation, seen := range map[uint16]struct{ right, bottom bool }{
		1: {false, false}, 2: {true, false}, 3: {true, true}, 4: {false, true},
		5: {false, false}, 6: {true, false}, 7: {true, true}, 8: {false, true}, 9: {false, false},
	} {
		p, m := read(t, held(file, orientation))
		if turned := orientation >= 5 && orientation <= 8; turned != (p.Height > p.Width) {
			t.Errorf("held as %d, it is %d × %d", orientation, p.Width, p.Height)
		}
		x, y := 4, 4
		if seen.right {
			x = p.Width - 5
		}
		if seen.bottom {
			y = p.Height - 5
		}
		if r, g, b, _ := m.At(x, y).RGBA(); r < 0xe000 || g > 0x2000 || b > 0x2000 {
			t.Errorf("held as %d, there is %x %x %x and not red", orientation, r, g, b)
		}
		if bytes.Contains(p.Bytes, []byte("Exif")) {
			t.Errorf("held as %d, what the camera wrote is kept", orientation)
		}
	}
}

func TestTheSecondHalfOfMirroredPicturesIsMirroredToo(t *testing.T) {
	t.Parallel()
	// Green is beside red in the file. Of the two that have red at the upper left, one has it below.
	file := asJPEG(t, corners(64, 32))
	_, m := read(t, held(file, 5))
	if _, g, _, _ := m.At(4, m.Bounds().Dy()-5).RGBA(); g < 0xe000 {
		t.Error("what was transposed has no green below its red")
	}
	_, m = read(t, held(file, 6))
	if _, g, _, _ := m.At(m.Bounds().Dx()-5, m.Bounds().Dy()-5).RGBA(); g < 0xe000 {
		t.Error("what was turned to the right has no green below its red")
	}
}

func TestLargePicturesAreScaledDown(t *testing.T) {
	t.Parallel()
	p, m := read(t, asPNG(t, corners(3000, 1000)))
	if p.Width != MaxSide || p.Height != MaxSide/3 {
		t.Errorf("it became %d × %d", p.Width, p.Height)
	}
	if r, g, b, a := m.At(100, 100).RGBA(); r != 0xffff || g != 0 || b != 0 || a != 0xffff {
		t.Errorf("red became %x %x %x %x", r, g, b, a)
	}
	if p, _ := read(t, asPNG(t, corners(20_000, 2))); p.Width != MaxSide || p.Height != 1 {
		t.Errorf("a line became %d × %d", p.Width, p.Height)
	}
}

func TestScalingAverages(t *testing.T) {
	t.Parallel()
	m := image.NewGray(image.Rect(0, 0, 5, 1))
	copy(m.Pix, []byte{0, 0, 255, 255, 100})
	out := shrunk(m, 2, 1)
	// Two and a half pixels each: 0, 0 and half of 255; half of 255, 255 and 100.
	if out.Pix[0] != 51 || out.Pix[4] != 193 {
		t.Errorf("the averages are %d and %d", out.Pix[0], out.Pix[4])
	}
	half := image.NewNRGBA(image.Rect(0, 0, 2, 2))
	half.Set(0, 0, red)
	half.Set(0, 1, red)
	if got := shrunk(half, 1, 1).RGBAAt(0, 0); got != (color.RGBA{128, 0, 0, 128}) {
		t.Errorf("red beside nothing is %v", got)
	}
}

func TestOnlyWhatHasHolesOrIsLightStaysAPNG(t *testing.T) {
	t.Parallel()
	noise := image.NewNRGBA(image.Rect(0, 0, 640, 640)) // 1.2 MB, whatever packs it
	seed := uint32(1)
	for i := range noise.Pix {
		seed = seed*1664525 + 1013904223
		noise.Pix[i] = byte(seed >> 24)
		if i%4 == 3 {
			noise.Pix[i] = 255
		}
	}
	if p, _ := read(t, asPNG(t, noise)); p.Type != JPEG {
		t.Errorf("a photograph is kept as %s of %d bytes", p.Type, len(p.Bytes))
	}
	noise.Pix[3] = 0
	if p, _ := read(t, asPNG(t, noise)); p.Type != PNG {
		t.Errorf("a picture with a hole is kept as %s", p.Type)
	}
}

// claiming is a PNG whose header says that it is of this size.
func claiming(w, h uint32) []byte {
	header := binary.BigEndian.AppendUint32([]byte("IHDR"), w)
	header = append(binary.BigEndian.AppendUint32(header, h), 8, 6, 0, 0, 0)
	file := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), header...)
	return binary.BigEndian.AppendUint32(file, crc32.ChecksumIEEE(header))
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	jpg := asJPEG(t, corners(64, 64))
	for name, c := range map[string]struct {
		file        []byte
		code, words string
	}{
		"50,000 × 50,000 pixels":  {claiming(50_000, 50_000), TooManyPixels, "50000 × 50000 pixels"},
		"a negative size":         {claiming(1<<31, 5), Damaged, ""},
		"no size":                 {claiming(0, 5), Damaged, ""},
		"too many bytes":          {append(jpg, make([]byte, MaxBytes)...), TooLarge, "10 MB"},
		"an SVG with a script":    {[]byte(`<?xml version="1.0"?><SVG xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></SVG>`), Drawing, "SVG"},
		"a page called a picture": {[]byte("<!doctype html><script>alert(1)</script>"), NoPicture, "no picture"},
		"HEIC":                    {[]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00"), CameraKind, "HEIC"},
		"nothing":                 {nil, NoPicture, "no picture"},
		"half a JPEG":             {jpg[:len(jpg)/2], Damaged, "JPEG"},
		"the beginning of a GIF":  {[]byte("GIF89a"), Damaged, "GIF"},
		"a WebP that moves":       {[]byte("RIFF\x14\x00\x00\x00WEBPANIM\x06\x00\x00\x00\x00\x00\x00\x00\x00\x00"), Moving, "move"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Read(context.Background(), c.file)
			var refusal *Refusal
			if !errors.As(err, &refusal) || refusal.Code != c.code || !strings.Contains(refusal.Reason, c.words) {
				t.Errorf("the answer is %v", err)
			}
		})
	}
}

func TestAPictureThatNeedsTooMuchMemoryIsRefusedByItsHeader(t *testing.T) {
	t.Parallel()
	progressive := asJPEG(t, corners(16, 16))
	at := bytes.Index(progressive, []byte{0xff, 0xc0})
	progressive[at+1] = 0xc2
	binary.BigEndian.PutUint16(progressive[at+5:], 6500)
	binary.BigEndian.PutUint16(progressive[at+7:], 6500)
	if _, _, err := measure(progressive); err == nil {
		t.Error("a progressive JPEG of 42 megapixels is read")
	}
	progressive[at+1] = 0xc0
	if _, _, err := measure(progressive); err != nil {
		t.Errorf("the same as a camera writes it: %v", err)
	}
}

func TestWhoWaitsForMemoryCanGo(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	if err := memory.Acquire(ctx, maxInMem); err != nil {
		t.Fatal(err)
	}
	defer memory.Release(maxInMem)
	cancel()
	if _, err := Read(ctx, asPNG(t, corners(8, 8))); !errors.Is(err, context.Canceled) {
		t.Errorf("the answer is %v", err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("RIFF\x14\x00\x00\x00WEBPVP8X"))
	f.Add(claiming(50_000, 50_000))
	f.Fuzz(func(t *testing.T, file []byte) {
		k, cost, err := measure(file)
		if err != nil || cost > 1<<20 {
			return
		}
		k.orientation(file)
		_, err = Read(context.Background(), file)
		var refusal *Refusal
		if err != nil && !errors.As(err, &refusal) {
			t.Errorf("%v is no refusal", err)
		}
	})
}
