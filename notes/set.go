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

	Locked  *bool   `json:"locked,omitempty"`
	Link    *string `json:"link,omitempty"`
	Group   *string `json:"group,omitempty"`
	Picture *string `json:"picture,omitempty"`
	Alt     *string `json:"alt,omitempty"`
	From    *string `json:"from,omitempty"`
	To      *string `json:"to,omitempty"`
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
	if r := s.Set.check(n.Kind); r != nil {
		return nil, r.with(n)
	}
	set := s.Set.current(n, s.Base)
	if len(set.Fields()) == 0 {
		return nil, nil
	}
	if n.Locked && !set.unlocks() {
		return nil, locked(n)
	}
	if r := d.joins(n, set); r != nil {
		return nil, r.with(n)
	}
	set.round()
	return &FieldsSet{s.Note, set}, nil
}

func (s *FieldsSet) apply(r replica, seq int64) {
	old := r.note(s.Note)
	if old == nil {
		return
	}
	n := old.change(seq, s.Set.Fields()...)
	s.Set.assign(n)
	r.put(n)
}

// locked is why a locked note is left as it is.
func locked(n *Note) *Rejection {
	return reject(Locked, "The note is locked. Unlock it to change it.").with(n)
}

// unlocks tells whether the values may be given to a locked note: they unlock it,
// or touch nothing but the lock.
func (v Values) unlocks() bool {
	if v.Locked == nil {
		return false
	}
	return !*v.Locked || len(v.Fields()) == 1
}

// current drops the fields that changed after their base.
func (v Values) current(n *Note, base map[Field]int64) Values {
	for f, at := range base {
		if n.FieldVersion(f) > at {
			v.drop(f)
		}
	}
	return v
}

// check refuses values that a note of the kind cannot have.
func (v Values) check(kind NoteKind) *Rejection {
	if r := kind.checkPlace(v); r != nil {
		return r
	}
	if v.Color != nil && !IsColor(*v.Color) {
		return reject(Invalid, "There is no colour %q.", *v.Color)
	}
	if v.Z != nil && !IsOrderKey(*v.Z) {
		return reject(Invalid, "%q is not an order key.", *v.Z)
	}
	if r := v.checkExtras(); r != nil {
		return r
	}
	return kind.checkEnds(v)
}

// round replaces the measures by rounded ones of its own, so that the op's are
// not written to.
func (v *Values) round() {
	for _, c := range v.measures() {
		if *c != nil {
			r := Round(**c)
			*c = &r
		}
	}
}
