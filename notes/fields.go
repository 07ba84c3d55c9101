package notes

import "slices"

// slot is where the value of a field stands in Values and in a note.
type slot[T any] struct {
	field Field
	in    func(*Values) **T
	of    func(*Note) *T
}

// The fields that Set can change, in a fixed order. The first words are those
// that every note has.
var (
	measures = []slot[float64]{
		{FieldX, func(v *Values) **float64 { return &v.X }, func(n *Note) *float64 { return &n.X }},
		{FieldY, func(v *Values) **float64 { return &v.Y }, func(n *Note) *float64 { return &n.Y }},
		{FieldW, func(v *Values) **float64 { return &v.W }, func(n *Note) *float64 { return &n.W }},
		{FieldH, func(v *Values) **float64 { return &v.H }, func(n *Note) *float64 { return &n.H }},
	}
	words = []slot[string]{
		{FieldColor, func(v *Values) **string { return &v.Color }, func(n *Note) *string { return &n.Color }},
		{FieldZ, func(v *Values) **string { return &v.Z }, func(n *Note) *string { return &n.Z }},
		{FieldLink, func(v *Values) **string { return &v.Link }, func(n *Note) *string { return &n.Link }},
		{FieldGroup, func(v *Values) **string { return &v.Group }, func(n *Note) *string { return &n.Group }},
		{FieldPicture, func(v *Values) **string { return &v.Picture }, func(n *Note) *string { return &n.Picture }},
		{FieldAlt, func(v *Values) **string { return &v.Alt }, func(n *Note) *string { return &n.Alt }},
		{FieldFrom, func(v *Values) **string { return &v.From }, func(n *Note) *string { return &n.From }},
		{FieldTo, func(v *Values) **string { return &v.To }, func(n *Note) *string { return &n.To }},
	}
	flags = []slot[bool]{
		{FieldLocked, func(v *Values) **bool { return &v.Locked }, func(n *Note) *bool { return &n.Locked }},
	}
)

// looks is how many words every note has: colour and z.
const looks = 2

// Values are those that n has now: of these fields, or of all that Set can change.
func (n *Note) Values(fields ...Field) Values {
	var v Values
	take(measures, &v, n, fields)
	take(words, &v, n, fields)
	take(flags, &v, n, fields)
	return v
}

// Fields lists what is given, in a fixed order.
func (v Values) Fields() []Field {
	var fs []Field
	fs = given(measures, &v, fs)
	fs = given(words, &v, fs)
	return given(flags, &v, fs)
}

// ExtrasChanged tells whether any of the fields of Extras has changed after seq, or
// the whole note was made after it.
func (n *Note) ExtrasChanged(seq int64) bool {
	if n.Created > seq {
		return n.Kind != Sticky || n.Extras != (Extras{})
	}
	for _, s := range words[looks:] {
		if n.Versions[s.field] > seq {
			return true
		}
	}
	return n.Versions[FieldLocked] > seq
}

func (v *Values) drop(f Field) {
	drop(measures, v, f)
	drop(words, v, f)
	drop(flags, v, f)
}

func drop[T any](slots []slot[T], v *Values, f Field) {
	for _, s := range slots {
		if s.field == f {
			*s.in(v) = nil
		}
	}
}

func given[T any](slots []slot[T], v *Values, fs []Field) []Field {
	for _, s := range slots {
		if *s.in(v) != nil {
			fs = append(fs, s.field)
		}
	}
	return fs
}

func assign[T any](slots []slot[T], v *Values, n *Note) {
	for _, s := range slots {
		if value := *s.in(v); value != nil {
			*s.of(n) = *value
		}
	}
}

// take points v to copies of what n has of the fields; of all when none is named.
func take[T any](slots []slot[T], v *Values, n *Note, fields []Field) {
	for _, s := range slots {
		if len(fields) == 0 || slices.Contains(fields, s.field) {
			value := *s.of(n)
			*s.in(v) = &value
		}
	}
}
