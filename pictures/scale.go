package pictures

import (
	"image"
	"image/draw"
)

// shrunk is the picture in w × h pixels, no more than it has, each the average of
// what it covers. It goes by rows: beside the result it takes next to nothing.
func shrunk(m image.Image, w, h int) *image.RGBA {
	b := m.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	row := image.NewRGBA(image.Rect(0, 0, b.Dx(), 1))
	across, sum := make([]uint64, 4*w), make([]uint64, 4*w)
	done := 0
	for y := range b.Dy() {
		draw.Draw(row, row.Rect, m, image.Pt(b.Min.X, b.Min.Y+y), draw.Src)
		narrow(across, row.Pix, b.Dx(), w)
		_, here, next := share(y, b.Dy(), h)
		add(sum, across, here)
		if (y+1)*h >= (done+1)*b.Dy() {
			average(out.Pix[done*out.Stride:], sum, uint64(b.Dx())*uint64(b.Dy()))
			clear(sum)
			add(sum, across, next)
			done++
		}
	}
	return out
}

// narrow adds up a row of from pixels in to pixels; the weights of each are from
// together.
func narrow(sums []uint64, row []byte, from, to int) {
	clear(sums)
	for x := range from {
		i, here, next := share(x, from, to)
		for c := range 4 {
			v := uint64(row[4*x+c])
			sums[4*i+c] += v * here
			if next > 0 {
				sums[4*i+4+c] += v * next
			}
		}
	}
}

// share tells how much of pixel x of from belongs to pixel i of to, and how much
// to the one after it, together to.
func share(x, from, to int) (i int, here, next uint64) {
	i = x * to / from
	rest := min(to, (i+1)*from-x*to)
	return i, uint64(rest), uint64(to - rest)
}

func add(sums, row []uint64, weight uint64) {
	for i, v := range row {
		sums[i] += v * weight
	}
}

func average(pixels []byte, sums []uint64, weight uint64) {
	for i, v := range sums {
		pixels[i] = byte((v + weight/2) / weight)
	}
}
