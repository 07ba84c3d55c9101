package notes

import (
	"cmp"
	"slices"
)

// Frames are the frames of a board, the smallest first.
type Frames []*Note

// FramesOf finds the frames among live notes.
func FramesOf(live []*Note) Frames {
	var all Frames
	for _, n := range live {
		if n.Kind == Frame {
			all = append(all, n)
		}
	}
	slices.SortFunc(all, smaller)
	return all
}

// Of returns the frame that n belongs to, nil when there is none: the smallest
// that holds its centre (C10). A frame belongs to larger ones alone; connectors
// belong to none.
func (f Frames) Of(n *Note) *Note {
	if n.Kind == Connector {
		return nil
	}
	x, y := n.X+n.W/2, n.Y+n.H/2
	for _, frame := range f {
		if frame.holds(x, y) && (n.Kind != Frame || smaller(n, frame) < 0) {
			return frame
		}
	}
	return nil
}

// holds tells whether a point lies in a frame. Its left and its top edge are its
// own, so that of two frames side by side one holds what lies between them.
func (n *Note) holds(x, y float64) bool {
	return x >= n.X && y >= n.Y && x < n.X+n.W && y < n.Y+n.H
}

// smaller orders frames by area; of two that are alike the upper one is first.
func smaller(a, b *Note) int {
	return cmp.Or(cmp.Compare(a.W*a.H, b.W*b.H), cmp.Compare(b.Z, a.Z), cmp.Compare(b.ID, a.ID))
}

// Section is a frame with the notes that belong to it and to no smaller one.
type Section struct {
	Frame *Note // nil: the notes that belong to no frame, always the first section
	Depth int   // how many frames this frame lies in
	Notes []*Note
}

// Outline is a board as it is read: what belongs to no frame, then frame by
// frame, each before those that lie in it, and everything in reading order.
// Connectors are left out.
func Outline(live []*Note) []Section {
	frames := FramesOf(live)
	within := map[*Note][]*Note{} // by frame, frames too
	for _, n := range live {
		if n.Kind != Connector {
			frame := frames.Of(n)
			within[frame] = append(within[frame], n)
		}
	}
	return sections(nil, 0, within, nil)
}

func sections(frame *Note, depth int, within map[*Note][]*Note, all []Section) []Section {
	at := len(all)
	all = append(all, Section{Frame: frame, Depth: depth})
	if frame != nil {
		depth++
	}
	for _, n := range Reading(within[frame]) {
		if n.Kind == Frame {
			all = sections(n, depth, within, all)
		} else {
			all[at].Notes = append(all[at].Notes, n)
		}
	}
	return all
}

// Reading puts notes into the order in which they are read: row by row from the
// top, and from left to right. A row begins with the highest note that is left,
// and holds those that begin above its middle.
func Reading(list []*Note) []*Note {
	byTop := slices.Clone(list)
	slices.SortFunc(byTop, func(a, b *Note) int {
		return cmp.Or(cmp.Compare(a.Y, b.Y), cmp.Compare(a.X, b.X), cmp.Compare(a.ID, b.ID))
	})
	for rest := byTop; len(rest) > 0; {
		n := 1
		for n < len(rest) && rest[n].Y < rest[0].Y+rest[0].H/2 {
			n++
		}
		slices.SortFunc(rest[:n], func(a, b *Note) int {
			return cmp.Or(cmp.Compare(a.X, b.X), cmp.Compare(a.Y, b.Y), cmp.Compare(a.ID, b.ID))
		})
		rest = rest[n:]
	}
	return byTop
}
