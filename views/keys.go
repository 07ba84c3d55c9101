package views

// keyGroup is a heading of the help dialog and the keys below it.
type keyGroup struct {
	title string
	edits bool // of no use to somebody who can only look
	keys  []key
}

// key is what one gets and the ways to it.
type key struct {
	does string
	ways []string
}

var keyGroups = []keyGroup{
	{title: "Notes", edits: true, keys: []key{
		{"New note", []string{"N", "S"}},
		{"New note right there", []string{"Double-click"}},
		{"Write in the selected note", []string{"Enter", "any letter"}},
		{"Stop writing", []string{"Esc"}},
		{"Duplicate", []string{"Ctrl D", "Alt drag"}},
		{"Delete", []string{"Del"}},
		{"Bring to front, send to back", []string{"]", "["}},
		{"Undo", []string{"Ctrl Z"}},
		{"Redo", []string{"Ctrl Shift Z"}},
	}},
	{title: "Selecting and moving", edits: true, keys: []key{
		{"Select", []string{"V"}},
		{"Add to the selection", []string{"Shift click"}},
		{"Select an area", []string{"Drag on the desk"}},
		{"Select all", []string{"Ctrl A"}},
		{"Move by 1", []string{"Arrow keys"}},
		{"Move by 10", []string{"Shift arrow keys"}},
	}},
	{title: "Looking around", keys: []key{
		{"Move around", []string{"H", "hold Space"}},
		{"Zoom", []string{"Ctrl wheel", "Ctrl +", "Ctrl −"}},
		{"Zoom to 100 %", []string{"Ctrl 0"}},
		{"Show everything", []string{"Shift 1"}},
		{"These keys", []string{"?"}},
	}},
}

func (m *Me) name() string {
	if m == nil {
		return ""
	}
	return m.Name
}

// color is the person's colour, the first one before they chose.
func (m *Me) color() int {
	if m == nil {
		return 0
	}
	return m.Color
}
