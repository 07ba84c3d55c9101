package notes

// KindSet changes fields of a note other than its text.
const KindSet Kind = "note.set"

func init() { register(func() Edit { return new(Set) }, func() Effect { return new(FieldsSet) }) }

// Values are the fields that Set can change; nil leaves a field alone.
type Values struct {
	X     *float64 `json:"x,omitempty"`
	Y     *float64 `json:"y,omitempty"`
	W     *float64 `json:"w,omitempty"`
	H     *float64 `json:"h,omitempty"`
	Color *string  `json:"color,omitempty"`
	Z     *string  `json:"z,omitempty"`
}

// Set changes fields. A field that Base names is left alone when it has changed
// after that seq, so that an undo never overwrites somebody else's later work.
type Set struct {
	Note string          `json:"note"`
	Set  Values          `json:"set"`
	Base map[Field]int64 `json:"base,omitempty"`
}

// FieldsSet gives fields new values.
type FieldsSet struct {
	Note string `json:"note"`
	Set  Values `json:"set"`
}

func (*Set) kind() Kind       { return KindSet }
func (*FieldsSet) kind() Kind { return KindSet }

func (s *Set) decide(d *Draft) (Effect, error) {
	n, r := d.alive(s.Note)
	if r != nil {
		return nil, r
	}
	if r := s.Set.check(); r != nil {
		return nil, r.with(n)
	}
	set := s.Set.current(n, s.Base)
	if len(set.fields()) == 0 {
		return nil, nil
	}
	set.round()
	return &FieldsSet{s.Note, set}, nil
}

func (s *FieldsSet) apply(r replica, seq int64) {
	old := r.note(s.Note)
	if old == nil {
		return
	}
	n := old.change(seq, s.Set.fields()...)
	s.Set.assign(n)
	r.put(n)
}

func (v Values) fields() []Field {
	var fs []Field
	v.each(func(f Field) { fs = append(fs, f) })
	return fs
}

// each calls do for the fields that are set, in a fixed order.
func (v Values) each(do func(Field)) {
	for _, m := range []struct {
		f   Field
		set bool
	}{
		{FieldX, v.X != nil}, {FieldY, v.Y != nil}, {FieldW, v.W != nil},
		{FieldH, v.H != nil}, {FieldColor, v.Color != nil}, {FieldZ, v.Z != nil},
	} {
		if m.set {
			do(m.f)
		}
	}
}

// current drops the fields that changed after their base.
func (v Values) current(n *Note, base map[Field]int64) Values {
	v.each(func(f Field) {
		if at, ok := base[f]; ok && n.FieldVersion(f) > at {
			v.drop(f)
		}
	})
	return v
}

func (v *Values) drop(f Field) {
	switch f {
	case FieldX:
		v.X = nil
	case FieldY:
		v.Y = nil
	case FieldW:
		v.W = nil
	case FieldH:
		v.H = nil
	case FieldColor:
		v.Color = nil
	case FieldZ:
		v.Z = nil
	}
}

func (v Values) check() *Rejection {
	for _, c := range []*float64{v.X, v.Y} {
		if c != nil && (!finite(*c) || *c < -MaxCoord || *c > MaxCoord) {
			return reject(Invalid, "x and y must lie between -%d and %d.", MaxCoord, MaxCoord)
		}
	}
	for _, c := range []*float64{v.W, v.H} {
		if c != nil && (!finite(*c) || *c < MinSize || *c > MaxSize) {
			return reject(Invalid, "w and h must lie between %d and %d.", MinSize, MaxSize)
		}
	}
	if v.Color != nil && !IsColor(*v.Color) {
		return reject(Invalid, "There is no colour %q.", *v.Color)
	}
	if v.Z != nil && !IsOrderKey(*v.Z) {
		return reject(Invalid, "%q is not an order key.", *v.Z)
	}
	return nil
}

// round replaces the measures by rounded ones of its own, so that the op's are
// not written to.
func (v *Values) round() {
	for _, c := range []**float64{&v.X, &v.Y, &v.W, &v.H} {
		if *c != nil {
			r := Round(**c)
			*c = &r
		}
	}
}

func (v Values) assign(n *Note) {
	for _, m := range []struct {
		from *float64
		to   *float64
	}{{v.X, &n.X}, {v.Y, &n.Y}, {v.W, &n.W}, {v.H, &n.H}} {
		if m.from != nil {
			*m.to = Round(*m.from)
		}
	}
	if v.Color != nil {
		n.Color = *v.Color
	}
	if v.Z != nil {
		n.Z = *v.Z
	}
}
