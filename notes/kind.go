package notes

// NoteKind is what a note is on the board. It is chosen when the note is made.
type NoteKind string

// The kinds of notes. A sticky note names none, on the wire and in store.
const (
	Sticky    NoteKind = ""
	Frame     NoteKind = "frame"     // a named area; its text is its title
	Connector NoteKind = "connector" // an arrow between two notes; its text is its label
)

func (k NoteKind) check() *Rejection {
	switch k {
	case Sticky, Frame, Connector:
		return nil
	}
	return reject(Invalid, "There is no kind of note %q.", string(k))
}

// maxSize is the largest width and height of a note of the kind.
func (k NoteKind) maxSize() float64 {
	if k == Frame {
		return MaxFrame
	}
	return MaxSize
}

// checkPlace refuses a place or a size that no note of the kind has.
func (k NoteKind) checkPlace(v Values) *Rejection {
	if k == Connector {
		for _, c := range v.measures() {
			if *c != nil && **c != 0 {
				return reject(Invalid, "A connector lies between its two notes: its x, y, w and h are 0.")
			}
		}
		return nil
	}
	for _, c := range []*float64{v.X, v.Y} {
		if c != nil && (!finite(*c) || *c < -MaxCoord || *c > MaxCoord) {
			return reject(Invalid, "x and y must lie between -%d and %d.", MaxCoord, MaxCoord)
		}
	}
	for _, c := range []*float64{v.W, v.H} {
		if c != nil && (!finite(*c) || *c < MinSize || *c > k.maxSize()) {
			return reject(Invalid, "w and h must lie between %d and %d.", MinSize, int(k.maxSize()))
		}
	}
	return nil
}

// checkEnds refuses what a note of the kind cannot have as its ends, whatever
// else is on the board.
func (k NoteKind) checkEnds(v Values) *Rejection {
	for _, end := range []*string{v.From, v.To} {
		switch {
		case end == nil:
		case k != Connector && *end != "":
			return reject(Invalid, "Only a connector has from and to.")
		case k == Connector && !IsID(*end):
			return reject(Invalid, "A connector's from and to are ids of notes.")
		}
	}
	return nil
}

// joins refuses ends that the connector n cannot be given on the board as it is.
// An end that is not given anew may be gone: the connector is then not shown.
func (d *Draft) joins(n *Note, v Values) *Rejection {
	if n.Kind != Connector || v.From == nil && v.To == nil {
		return nil
	}
	from, to := n.From, n.To
	for _, end := range []struct{ given, now *string }{{v.From, &from}, {v.To, &to}} {
		if end.given == nil {
			continue
		}
		*end.now = *end.given
		if at := d.note(*end.given); at == nil || at.Deleted != 0 || at.Kind == Connector {
			return reject(Invalid, "A connector joins two notes that are on the board.")
		}
	}
	if from == to {
		return reject(Invalid, "A connector joins two different notes.")
	}
	return nil
}
