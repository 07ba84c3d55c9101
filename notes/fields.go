package notes

import "slices"

// The fields that Set can change, in a fixed order, by what their values are.
// The first words are those that every note has. The functions below return
// where the values stand, in the same order.
var (
	measures = [4]Field{FieldX, FieldY, FieldW, FieldH}
	words    = [8]Field{FieldColor, FieldZ, FieldLink, FieldGroup, FieldPicture, FieldAlt, FieldFrom, FieldTo}
	flags    = [1]Field{FieldLocked}
)

// looks is how many words every note has: colour and z.
const looks = 2

func (v *Values) measures() [4]**float64 { return [4]**float64{&v.X, &v.Y, &v.W, &v.H} }

func (v *Values) words() [8]**string {
	return [8]**string{&v.Color, &v.Z, &v.Link, &v.Group, &v.Picture, &v.Alt, &v.From, &v.To}
}

func (v *Values) flags() [1]**bool { return [1]**bool{&v.Locked} }

func (n *Note) measures() [4]*float64 { return [4]*float64{&n.X, &n.Y, &n.W, &n.H} }

func (n *Note) words() [8]*string {
	return [8]*string{&n.Color, &n.Z, &n.Link, &n.Group, &n.Picture, &n.Alt, &n.From, &n.To}
}

func (n *Note) flags() [1]*bool { return [1]*bool{&n.Locked} }

// Values are those that n has now: of these fields, or of all that Set can change.
func (n *Note) Values(fields ...Field) Values {
	wanted := func(f Field) bool { return len(fields) == 0 || slices.Contains(fields, f) }
	c := *n // so that nobody writes to the note by them
	var v Values
	vm, vw, vf := v.measures(), v.words(), v.flags()
	cm, cw, cf := c.measures(), c.words(), c.flags()
	take(measures[:], cm[:], vm[:], wanted)
	take(words[:], cw[:], vw[:], wanted)
	take(flags[:], cf[:], vf[:], wanted)
	return v
}

func take[T any](fields []Field, of []*T, in []**T, wanted func(Field) bool) {
	for i, f := range fields {
		if wanted(f) {
			*in[i] = of[i]
		}
	}
}

// Fields lists what is given, in a fixed order.
func (v Values) Fields() []Field {
	m, w, f := v.measures(), v.words(), v.flags()
	all := make([]Field, 0, 4)
	all = given(measures[:], m[:], all)
	all = given(words[:], w[:], all)
	return given(flags[:], f[:], all)
}

func given[T any](fields []Field, in []**T, all []Field) []Field {
	for i, f := range fields {
		if *in[i] != nil {
			all = append(all, f)
		}
	}
	return all
}

func (v *Values) drop(f Field) {
	m, w, l := v.measures(), v.words(), v.flags()
	drop(measures[:], m[:], f)
	drop(words[:], w[:], f)
	drop(flags[:], l[:], f)
}

func drop[T any](fields []Field, in []**T, f Field) {
	if i := slices.Index(fields, f); i >= 0 {
		*in[i] = nil
	}
}

// assign gives the values to n, with its measures rounded.
func (v Values) assign(n *Note) {
	v.round()
	vm, vw, vf := v.measures(), v.words(), v.flags()
	nm, nw, nf := n.measures(), n.words(), n.flags()
	assign(vm[:], nm[:])
	assign(vw[:], nw[:])
	assign(vf[:], nf[:])
}

func assign[T any](in []**T, of []*T) {
	for i, value := range in {
		if *value != nil {
			*of[i] = **value
		}
	}
}

// ExtrasChanged tells whether any of the fields of Extras has changed after seq,
// or, with one of them, the whole note was made after it.
func (n *Note) ExtrasChanged(seq int64) bool {
	if n.Created > seq {
		return n.Kind != Sticky || n.Extras != (Extras{})
	}
	for _, f := range words[looks:] {
		if n.Versions[f] > seq {
			return true
		}
	}
	return n.Versions[FieldLocked] > seq
}
