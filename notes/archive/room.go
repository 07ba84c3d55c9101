package archive

import (
	"math"

	"corkboard/notes"
)

// box is a rectangle by its edges.
type box struct{ left, top, right, bottom float64 }

// onBoard tells whether notes may lie everywhere in b.
func (b box) onBoard() bool {
	return b.left >= -notes.MaxCoord && b.top >= -notes.MaxCoord && b.right <= notes.MaxCoord && b.bottom <= notes.MaxCoord
}

// room finds the place of a w by h rectangle that covers nothing: at the origin
// of an empty board, else to the right of everything, below, to the left or
// above it, else the first free place in the whole plane. Only where there is
// none at all does it cover something.
func room(taken []box, w, h float64) Place {
	if len(taken) == 0 {
		return Place{}
	}
	all := around(taken)
	for _, p := range []Place{
		{all.right + margin, all.top},
		{all.left, all.bottom + margin},
		{all.left - margin - w, all.top},
		{all.left, all.top - margin - h},
	} {
		if (box{p.X, p.Y, p.X + w, p.Y + h}).onBoard() {
			return p
		}
	}
	return gapIn(taken, w, h)
}

// around is the smallest box that holds all.
func around(all []box) box {
	out := all[0]
	for _, b := range all[1:] {
		out = box{min(out.left, b.left), min(out.top, b.top), max(out.right, b.right), max(out.bottom, b.bottom)}
	}
	return out
}

// gapIn looks for room in a plane that is used from edge to edge. It divides
// the plane into slots that hold the rectangle and takes the first free one.
func gapIn(taken []box, w, h float64) Place {
	const coarse = 10_000.0 // smaller slots would only be more of them
	slotW, slotH := max(w+2*margin, coarse), max(h+2*margin, coarse)
	type slot struct{ column, line int }
	used := map[slot]bool{}
	at := func(x, y float64) slot {
		return slot{int(math.Floor((x + notes.MaxCoord) / slotW)), int(math.Floor((y + notes.MaxCoord) / slotH))}
	}
	for _, b := range taken {
		first, last := at(b.left, b.top), at(b.right, b.bottom)
		for column := first.column; column <= last.column; column++ {
			for line := first.line; line <= last.line; line++ {
				used[slot{column, line}] = true
			}
		}
	}
	end := at(notes.MaxCoord, notes.MaxCoord)
	for line := range end.line {
		for column := range end.column {
			if !used[slot{column, line}] {
				return Place{float64(column)*slotW - notes.MaxCoord + margin, float64(line)*slotH - notes.MaxCoord + margin}
			}
		}
	}
	return Place{}
}
