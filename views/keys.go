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

// keyGroups are the keys of assets/src/ui/shortcuts.ts, in the words of people.
var keyGroups = []keyGroup{
	{title: "Notes", edits: true, keys: []key{
		{"New note", []string{"N", "S"}},
		{"New note right there", []string{"Double-click"}},
		{"Write in the note", []string{"Enter", "F2", "any letter"}},
		{"Duplicate", []string{"Ctrl+D", "Alt+drag"}},
		{"Delete", []string{"Delete", "Backspace"}},
		{"Bring to front", []string{"]", "Ctrl+]"}},
		{"Send to back", []string{"[", "Ctrl+["}},
		{"Undo", []string{"Ctrl+Z"}},
		{"Redo", []string{"Ctrl+Shift+Z", "Ctrl+Y"}},
	}},
	{title: "While writing", edits: true, keys: []key{
		{"On to the right", []string{"Tab"}},
		{"On to the left", []string{"Shift+Tab"}},
		{"On below", []string{"Ctrl+Enter"}},
		{"On above", []string{"Ctrl+Shift+Enter"}},
		{"Stop writing", []string{"Esc"}},
	}},
	{title: "Selecting and moving", edits: true, keys: []key{
		{"Select", []string{"V"}},
		{"Add to the selection", []string{"Shift+click"}},
		{"Select the note in focus", []string{"Space"}},
		{"Select an area", []string{"Drag on the desk"}},
		{"Select all", []string{"Ctrl+A"}},
		{"Select nothing", []string{"Esc"}},
		{"Move by 1", []string{"Arrow keys"}},
		{"Move by 10", []string{"Shift+arrow keys"}},
	}},
	{title: "Looking around", keys: []key{
		{"Move around", []string{"H", "hold Space"}},
		{"Move around, nothing selected", []string{"Shift+arrow keys"}},
		{"Go to the next note", []string{"Ctrl+arrow keys"}},
		{"First and last note", []string{"Home", "End"}},
		{"Zoom in", []string{"Ctrl++", "+"}},
		{"Zoom out", []string{"Ctrl+−", "−"}},
		{"Zoom at the pointer", []string{"Ctrl+wheel"}},
		{"Zoom to 100 %", []string{"Ctrl+0", "Shift+0"}},
		{"Show everything", []string{"Shift+1"}},
		{"Show the selection", []string{"Shift+2"}},
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
