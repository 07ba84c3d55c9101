package notes

import "unicode/utf8"

// KindBoard changes the board's own fields.
const KindBoard Kind = "board.set"

func init() { register(func() Edit { return new(SetBoard) }, func() Effect { return new(BoardSet) }) }

// BoardValues are the board's fields that can change; nil leaves one alone.
type BoardValues struct {
	Name *string `json:"name,omitempty"`
}

// SetBoard changes fields of the board; Base guards them as in Set.
type SetBoard struct {
	Set  BoardValues     `json:"set"`
	Base map[Field]int64 `json:"base,omitempty"`
}

// BoardSet gives fields of the board new values.
type BoardSet struct {
	Set BoardValues `json:"set"`
}

func (*SetBoard) kind() Kind { return KindBoard }
func (*BoardSet) kind() Kind { return KindBoard }

func (e *SetBoard) decide(d *Draft) (Effect, error) {
	name := e.Set.Name
	if name == nil {
		return nil, nil
	}
	if err := CheckName(*name); err != nil {
		return nil, err
	}
	if at, ok := e.Base[FieldName]; ok && d.board().Versions[FieldName] > at {
		return nil, nil
	}
	return &BoardSet{e.Set}, nil
}

func (e *BoardSet) apply(r replica, seq int64) {
	b := r.board()
	if e.Set.Name != nil {
		b.Name = *e.Set.Name
		b.Versions = map[Field]int64{FieldName: seq}
	}
	r.setBoard(b)
}

// CheckName refuses a board name that is empty, too long or holds control
// characters; the error is a *Rejection.
func CheckName(name string) error {
	if n := utf8.RuneCountInString(name); n == 0 || n > MaxName {
		return reject(Invalid, "A board's name has 1 to %d characters.", MaxName)
	}
	if r := checkText(name); r != nil {
		return r
	}
	for _, r := range name {
		if r < 0x20 {
			return reject(Invalid, "A board's name is one line.")
		}
	}
	return nil
}
