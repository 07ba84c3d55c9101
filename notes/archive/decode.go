package archive

import (
	"bytes"
	"encoding/json"
	"strconv"

	"corkboard/notes"
)

// Limits of a file.
const (
	MaxBytes = 10 << 20       // of the whole file
	MaxNotes = notes.MaxBatch // in it
	MaxLabel = 200            // code points of a client_id or an external_id
)

// Row is a note of a file, or a frame or a connector. Only the text is required,
// and the ends of a connector.
type Row struct {
	ClientID   string // the sender's own name for the row, "" for none
	ExternalID string // its id elsewhere, "" for none
	Text       string // a frame's title, a connector's label
	Kind       notes.NoteKind
	Color      string  // of the palette; the default when the file named none
	At         *Place  // nil: wherever there is room
	W, H       float64 // the default size when the file named none, and as high as the text needs

	// Extras as in the file. From and To name rows by their client_id, or notes
	// on the board by their id; rows with one Group make a group of their own.
	notes.Extras

	at string // pointer to the row
}

// Place is where a note's left upper corner lies.
type Place struct{ X, Y float64 }

// Decode reads {"notes":[…]} or the bare array. When anything is wrong, the
// error is a Faults that names all of it, and there are no rows.
func Decode(data []byte) ([]Row, error) {
	if len(data) > MaxBytes {
		return nil, whole("", TooLarge, "The file has %d bytes; at most %d can be imported at once.", len(data), MaxBytes)
	}
	data = bytes.TrimPrefix(data, []byte("\uFEFF")) // some editors write a byte-order mark
	if !json.Valid(data) {
		return nil, whole("", NotJSON, "The file is not JSON: %s.", syntax(data))
	}
	list, at, faults := rowsIn(bytes.TrimLeft(data, " \t\r\n"))
	if len(faults) > 0 {
		return nil, faults
	}
	if len(list) > MaxNotes {
		return nil, whole(at, TooMany, "The file holds %d notes; at most %d can be imported at once.", len(list), MaxNotes)
	}
	rows, readers := make([]Row, len(list)), make([]reader, len(list))
	for i, raw := range list {
		readers[i] = reader{row: &rows[i], index: i, at: at + "/" + strconv.Itoa(i)}
		readers[i].read(raw)
	}
	named := byClientID(rows)
	for _, r := range readers {
		r.ends(named)
		faults = append(faults, r.faults...)
	}
	if len(faults) > 0 {
		return nil, faults
	}
	return rows, nil
}

func syntax(data []byte) string {
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		return err.Error()
	}
	return "it cannot be read"
}

// rowsIn finds the list of rows in valid JSON and the pointer to it.
func rowsIn(data []byte) (list []json.RawMessage, at string, faults Faults) {
	switch data[0] {
	case '[':
		return elements(data), "", nil
	case '{':
	default:
		return nil, "", whole("", WrongType, "The file must be an object with “notes”, or an array of notes.")
	}
	found := false
	for _, m := range members(data) {
		pointer := "/" + escape(m.key)
		switch {
		case m.key != "notes":
			faults = append(faults, Fault{Pointer: pointer, Code: Unknown, Detail: "There is no field " + strconv.Quote(m.key) + "; only “notes” can be imported."})
		case found:
			faults = append(faults, Fault{Pointer: pointer, Code: Duplicate, Detail: "The field “notes” stands twice."})
		case m.value[0] != '[':
			found = true
			faults = append(faults, Fault{Pointer: pointer, Code: WrongType, Detail: "“notes” must be an array."})
		default:
			found = true
			list = elements(m.value)
		}
	}
	if !found {
		faults = append(faults, Fault{Pointer: "/notes", Code: Missing, Detail: "The field “notes” is missing."})
	}
	return list, "/notes", faults
}

// member is a key of an object and its value.
type member struct {
	key   string
	value json.RawMessage
}

// members are an object's, in order, duplicates too. The object is valid JSON,
// so that nothing can fail.
func members(object []byte) []member {
	dec := json.NewDecoder(bytes.NewReader(object))
	_, _ = dec.Token()
	var list []member
	for dec.More() {
		key, _ := dec.Token()
		name, _ := key.(string)
		m := member{key: name}
		if dec.Decode(&m.value) != nil {
			break
		}
		list = append(list, m)
	}
	return list
}

// elements are an array's.
func elements(array []byte) []json.RawMessage {
	var list []json.RawMessage
	_ = json.Unmarshal(array, &list) // it is valid JSON and an array
	return list
}
