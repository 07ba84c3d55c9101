package archive

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"
	"unicode/utf8"

	"corkboard/notes"
	"corkboard/notes/paper"
)

// reader reads one row and collects what is wrong with it.
type reader struct {
	row    *Row
	index  int
	at     string // pointer to the row
	faults Faults
	x, y   *float64
}

func (r *reader) fault(field, code, detail string) {
	pointer := r.at
	if field != "" {
		pointer += "/" + escape(field)
	}
	r.faults = append(r.faults, Fault{Index: &r.index, Pointer: pointer, Code: code, Detail: detail})
}

// fields are how each field of a row is read.
var fields = map[string]func(r *reader, name string, raw json.RawMessage){
	"client_id":   func(r *reader, name string, raw json.RawMessage) { r.label(name, raw, &r.row.ClientID) },
	"external_id": func(r *reader, name string, raw json.RawMessage) { r.label(name, raw, &r.row.ExternalID) },
	"text": func(r *reader, name string, raw json.RawMessage) {
		r.text(name, raw, &r.row.Text, func(c *notes.Create) { c.Text = r.row.Text })
	},
	"color": func(r *reader, name string, raw json.RawMessage) {
		r.text(name, raw, &r.row.Color, func(c *notes.Create) { c.Color = r.row.Color })
	},
	"x": func(r *reader, name string, raw json.RawMessage) {
		r.x = r.number(name, raw, func(c *notes.Create, v float64) { c.X = v })
	},
	"y": func(r *reader, name string, raw json.RawMessage) {
		r.y = r.number(name, raw, func(c *notes.Create, v float64) { c.Y = v })
	},
	"width": func(r *reader, name string, raw json.RawMessage) {
		r.size(&r.row.W, r.number(name, raw, func(c *notes.Create, v float64) { c.W = v }))
	},
	"height": func(r *reader, name string, raw json.RawMessage) {
		r.size(&r.row.H, r.number(name, raw, func(c *notes.Create, v float64) { c.H = v }))
	},
	"kind": func(*reader, string, json.RawMessage) {}, // it is read before the others
	"link": func(r *reader, name string, raw json.RawMessage) {
		r.text(name, raw, &r.row.Link, func(c *notes.Create) { c.Link = r.row.Link })
	},
	"picture": func(r *reader, name string, raw json.RawMessage) {
		r.text(name, raw, &r.row.Picture, func(c *notes.Create) { c.Picture = r.row.Picture })
	},
	"alt": func(r *reader, name string, raw json.RawMessage) {
		r.text(name, raw, &r.row.Alt, func(c *notes.Create) { c.Alt = r.row.Alt })
	},
	"locked": func(r *reader, name string, raw json.RawMessage) { r.flag(name, raw, &r.row.Locked) },
	"group":  func(r *reader, name string, raw json.RawMessage) { r.label(name, raw, &r.row.Group) },
	"from":   func(r *reader, name string, raw json.RawMessage) { r.label(name, raw, &r.row.From) },
	"to":     func(r *reader, name string, raw json.RawMessage) { r.label(name, raw, &r.row.To) },
}

// read reads the row, or names everything that keeps it from being one.
func (r *reader) read(raw json.RawMessage) {
	*r.row = Row{Color: notes.DefaultColor, W: notes.DefaultSize, H: notes.DefaultSize, at: r.at}
	if raw[0] != '{' {
		r.fault("", WrongType, "A note must be an object.")
		return
	}
	list := members(raw)
	r.kind(list)
	seen := map[string]bool{}
	for _, m := range list {
		read, known := fields[m.key]
		switch {
		case !known:
			r.fault(m.key, Unknown, fmt.Sprintf("There is no field %q.", m.key))
		case seen[m.key]:
			r.fault(m.key, Duplicate, fmt.Sprintf("The field %q stands twice.", m.key))
		default:
			read(r, m.key, m.value)
		}
		seen[m.key] = true
	}
	if !seen["text"] {
		r.fault("text", Missing, `The field "text" is missing.`)
	}
	r.place(seen)
	r.grow(seen)
}

// grow makes a note that names no height as high as its text needs.
func (r *reader) grow(seen map[string]bool) {
	if r.row.Kind != notes.Sticky || seen["height"] || r.row.Picture != "" {
		return
	}
	sheet := paper.Sheet{Text: r.row.Text, W: r.row.W, HasLink: r.row.Link != ""}
	r.row.H = min(max(r.row.H, sheet.Height()), notes.MaxSize)
}

// kind reads what the row is, which decides about its other fields.
func (r *reader) kind(list []member) {
	for _, m := range list {
		if m.key != "kind" {
			continue
		}
		switch kind := string(m.value); kind {
		case `"note"`:
		case `"frame"`:
			r.row.Kind, r.row.W, r.row.H = notes.Frame, frameWidth, frameHeight
		case `"connector"`:
			r.row.Kind, r.row.W, r.row.H = notes.Connector, 0, 0
		default:
			r.fault("kind", Invalid, `"kind" is "note", "frame" or "connector".`)
		}
		return
	}
}

// The size of a frame whose row names none.
const frameWidth, frameHeight = 800, 600

// place wants both coordinates or none, and of a connector none.
func (r *reader) place(seen map[string]bool) {
	if r.row.Kind == notes.Connector {
		for _, name := range []string{"x", "y", "width", "height"} {
			if seen[name] {
				r.fault(name, Invalid, "A connector lies between its two notes and has no place of its own.")
			}
		}
		return
	}
	switch {
	case seen["x"] && !seen["y"]:
		r.fault("y", Missing, `A note with "x" needs "y", too.`)
	case seen["y"] && !seen["x"]:
		r.fault("x", Missing, `A note with "y" needs "x", too.`)
	case r.x != nil && r.y != nil:
		r.row.At = &Place{*r.x, *r.y}
	}
}

// text reads a string that stands in the note; set puts it there.
func (r *reader) text(name string, raw json.RawMessage, into *string, set func(*notes.Create)) {
	if r.str(name, raw, into) {
		r.judge(name, set)
	}
}

// label reads a string that is only echoed.
func (r *reader) label(name string, raw json.RawMessage, into *string) {
	if !r.str(name, raw, into) {
		return
	}
	if n := utf8.RuneCountInString(*into); n > MaxLabel {
		r.fault(name, TooLong, fmt.Sprintf("%q has %d characters; at most %d are kept.", name, n, MaxLabel))
		return
	}
	for _, c := range *into {
		if c < 0x20 {
			r.fault(name, Invalid, fmt.Sprintf("%q holds a control character.", name))
			return
		}
	}
}

func (r *reader) flag(name string, raw json.RawMessage, into *bool) {
	if json.Unmarshal(raw, into) != nil || raw[0] == 'n' {
		r.fault(name, WrongType, fmt.Sprintf("%q must be true or false.", name))
	}
}

func (r *reader) str(name string, raw json.RawMessage, into *string) bool {
	if raw[0] != '"' {
		r.fault(name, WrongType, fmt.Sprintf("%q must be a string.", name))
		return false
	}
	if err := notes.CheckStrict(raw); err != nil {
		r.fault(name, Invalid, fmt.Sprintf("%q is not valid Unicode: a character is broken or half of a pair.", name))
		return false
	}
	_ = json.Unmarshal(raw, into) // it is a valid string
	return true
}

// number reads a number that stands in the note; nil when it is no good.
func (r *reader) number(name string, raw json.RawMessage, set func(*notes.Create, float64)) *float64 {
	if raw[0] != '-' && (raw[0] < '0' || raw[0] > '9') {
		r.fault(name, WrongType, fmt.Sprintf("%q must be a number.", name))
		return nil
	}
	v, err := strconv.ParseFloat(string(raw), 64)
	if err != nil {
		r.fault(name, Invalid, fmt.Sprintf("%q is far too large a number.", name))
		return nil
	}
	if !r.judge(name, func(c *notes.Create) { set(c, v) }) {
		return nil
	}
	return &v
}

func (r *reader) size(into, v *float64) {
	if v != nil && r.row.Kind != notes.Connector {
		*into = *v
	}
}

// judge asks the domain whether it would take a note with this one value.
func (r *reader) judge(name string, set func(*notes.Create)) bool {
	c := &notes.Create{Note: "a-new-note", W: notes.DefaultSize, H: notes.DefaultSize, Color: notes.DefaultColor, Z: notes.FirstKey}
	if r.row.Kind == notes.Frame {
		c.As = notes.Frame
	}
	set(c)
	_, err := notes.Begin(nothing, nil).Apply(notes.Op{Edit: c}, "", notes.Author{}, time.Time{})
	var rejection *notes.Rejection
	if errors.As(err, &rejection) {
		r.fault(name, string(rejection.Code), rejection.Reason)
		return false
	}
	return true
}

// nothing is an empty board. Drafts leave it so.
var nothing = notes.NewDocument(0, notes.Board{}, nil)
