package notes

// KindCreate makes a note.
const KindCreate Kind = "note.create"

func init() { register(func() Edit { return new(Create) }, func() Effect { return new(Created) }) }

// Create makes a note of a kind under an id of the client's making.
type Create struct {
	Note  string  `json:"note"`
	X     float64 `json:"x"`
	Y     float64 `json:"y"`
	W     float64 `json:"w"`
	H     float64 `json:"h"`
	Color string  `json:"color"`
	Z     string  `json:"z"`
	Text  string  `json:"text"`

	As NoteKind `json:"as,omitempty"`
	Extras
}

// Created puts a whole note on the board.
type Created struct {
	Note *Note `json:"note"`
}

func (*Create) kind() Kind  { return KindCreate }
func (*Created) kind() Kind { return KindCreate }

func (c *Create) decide(d *Draft) (Effect, error) {
	if !IsID(c.Note) {
		return nil, reject(Invalid, "A note's id has 8 to 32 characters of 0-9, A-Z, a-z, - and _.")
	}
	if n := d.note(c.Note); n != nil {
		return nil, reject(Exists, "There is a note %q already.", c.Note).with(n)
	}
	if d.live >= MaxNotes {
		return nil, reject(TooMany, "The board is full: it holds %d notes.", MaxNotes)
	}
	n := &Note{
		ID: c.Note, Kind: c.As, X: c.X, Y: c.Y, W: c.W, H: c.H, Color: c.Color, Z: c.Z, Text: c.Text, Extras: c.Extras,
		Author: d.actor, At: d.at, Created: d.seq,
	}
	if r := n.check(); r != nil {
		return nil, r
	}
	values := n.Values()
	if r := d.joins(n, values); r != nil {
		return nil, r
	}
	values.assign(n)
	return &Created{n}, nil
}

func (c *Created) carried() *Note { return c.Note }

func (c *Created) apply(r replica, _ int64) { r.put(c.Note) }
