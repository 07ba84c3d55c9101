package archive

import (
	"math"
	"slices"

	"corkboard/notes"
)

// Plan makes one edit that puts the rows on the board, above what lies there,
// and returns it with the new notes' ids in the order of the rows. Rows without
// a place go into free space, see layOut. The same rows, document and ids give
// the same edit.
func Plan(rows []Row, doc *notes.Document, newID func(i int) string) (notes.Edit, []string) {
	live := doc.Live()
	z := ""
	if len(live) > 0 {
		z = live[len(live)-1].Z
	}
	places := layOut(rows, live)
	ids := make([]string, len(rows))
	for i := range rows {
		ids[i] = newID(i)
	}
	extras := renamed(rows, ids)
	batch := &notes.Batch{Ops: make([]notes.Op, 0, len(rows))}
	for _, connectors := range []bool{false, true} { // which come behind what they join
		for i, row := range rows {
			if (row.Kind == notes.Connector) != connectors {
				continue
			}
			z = notes.Between(z, "")
			batch.Ops = append(batch.Ops, notes.Op{Edit: &notes.Create{
				Note: ids[i], As: row.Kind, X: places[i].X, Y: places[i].Y, W: row.W, H: row.H,
				Color: row.Color, Z: z, Text: row.Text, Extras: extras[i],
			}})
		}
	}
	return batch, ids
}

const (
	gap    = 24.0  // between notes of the grid
	margin = 100.0 // between the grid and everything else
)

// layOut gives every row its place: its own, or a cell of a grid, line by line,
// as square as can be, beside what lies on the board and what has a place. A
// line is as high as the highest in it.
func layOut(rows []Row, live []*notes.Note) []Place {
	places := make([]Place, len(rows))
	var taken []box
	for _, n := range live {
		if n.Kind == notes.Connector {
			continue
		}
		taken = append(taken, box{n.X, n.Y, n.X + n.W, n.Y + n.H})
	}
	var waiting []int
	cellW := 0.0
	for i, row := range rows {
		if row.Kind == notes.Connector {
			continue
		}
		if row.At != nil {
			places[i] = *row.At
			taken = append(taken, box{row.At.X, row.At.Y, row.At.X + row.W, row.At.Y + row.H})
			continue
		}
		waiting = append(waiting, i)
		cellW = max(cellW, row.W+gap)
	}
	if len(waiting) == 0 {
		return places
	}
	columns := int(math.Ceil(math.Sqrt(float64(len(waiting)))))
	tops, height := stacked(rows, waiting, columns)
	origin := room(taken, float64(columns)*cellW-gap, height)
	for k, i := range waiting {
		places[i] = Place{origin.X + float64(k%columns)*cellW, origin.Y + tops[k/columns]}
	}
	return places
}

// stacked tells where the lines of a grid begin, one below the other, and how
// high all of it is.
func stacked(rows []Row, waiting []int, columns int) (tops []float64, height float64) {
	for line := range slices.Chunk(waiting, columns) {
		tops = append(tops, height)
		highest := 0.0
		for _, i := range line {
			highest = max(highest, rows[i].H)
		}
		height += highest + gap
	}
	return tops, height - gap
}
