package archive

import (
	"fmt"

	"corkboard/notes"
)

// byClientID finds rows by the sender's own names for them; of several with one
// name it is the first.
func byClientID(rows []Row) map[string]*Row {
	named := map[string]*Row{}
	for i := range rows {
		if name := rows[i].ClientID; name != "" && named[name] == nil {
			named[name] = &rows[i]
		}
	}
	return named
}

// ends looks at what a connector joins. Whether a note of the board is there is
// decided when the rows are put onto it.
func (r *reader) ends(named map[string]*Row) {
	for _, end := range []struct{ field, name string }{{"from", r.row.From}, {"to", r.row.To}} {
		row := named[end.name]
		switch {
		case r.row.Kind != notes.Connector:
			if end.name != "" {
				r.fault(end.field, Invalid, fmt.Sprintf("Only a connector has %q.", end.field))
			}
		case end.name == "":
			r.fault(end.field, Missing, fmt.Sprintf("A connector needs %q.", end.field))
		case row == nil && !notes.IsID(end.name):
			r.fault(end.field, Invalid, fmt.Sprintf("%q is neither the client_id of a row nor the id of a note.", end.field))
		case row != nil && row.Kind == notes.Connector:
			r.fault(end.field, Invalid, "A connector cannot end at a connector.")
		}
	}
	if r.row.Kind == notes.Connector && r.row.From != "" && r.row.From == r.row.To {
		r.fault("to", Invalid, "A connector joins two different notes.")
	}
}

// LooseEnds names the connectors that end at a note which is not on the board:
// why a plan of the rows was refused.
func LooseEnds(rows []Row, doc *notes.Document) (faults Faults) {
	named := byClientID(rows)
	for i, row := range rows {
		if row.Kind != notes.Connector {
			continue
		}
		for _, end := range []struct{ field, name string }{{"from", row.From}, {"to", row.To}} {
			n := doc.Notes[end.name]
			if named[end.name] == nil && (n == nil || n.Deleted != 0 || n.Kind == notes.Connector) {
				faults = append(faults, Fault{Index: &i, Pointer: row.at + "/" + end.field, Code: Invalid,
					Detail: fmt.Sprintf("There is no note %q on the board to which a connector can lead.", end.name)})
			}
		}
	}
	return faults
}

// renamed are the rows' extras in the words of the board: ends and groups by
// ids. A group is named after its first note.
func renamed(rows []Row, ids []string) []notes.Extras {
	made, groups := map[string]string{}, map[string]string{}
	for i, row := range rows {
		if _, known := made[row.ClientID]; !known {
			made[row.ClientID] = ids[i]
		}
		if _, known := groups[row.Group]; !known {
			groups[row.Group] = ids[i]
		}
	}
	delete(made, "")
	groups[""] = ""
	all := make([]notes.Extras, len(rows))
	for i, row := range rows {
		all[i] = row.Extras
		all[i].Group = groups[row.Group]
		for _, end := range []*string{&all[i].From, &all[i].To} {
			if id, ok := made[*end]; ok {
				*end = id
			}
		}
	}
	return all
}
