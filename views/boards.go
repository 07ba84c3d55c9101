package views

import (
	"hash/fnv"
	"strconv"
	"strings"
	"time"

	"corkboard/notes"
)

// BoardItem is one board in a list.
type BoardItem struct {
	ID       string
	Name     string
	Notes    int // how many live notes it holds
	Modified time.Time
	Trashed  time.Time // when it went to the trash; unused outside it
}

// BoardList is what the list of boards and the trash show. Now is the time
// against which "2 hours ago" is said.
type BoardList struct {
	Boards []BoardItem // in the order in which they are shown
	Now    time.Time
	Kept   int // days that a board stays in the trash; 0: for ever
}

// waits says for how long a board stays in the trash.
func (l BoardList) waits() string {
	switch l.Kept {
	case 0:
		return "until you restore it"
	case 1:
		return "for a day, then it is deleted for good"
	}
	return "for " + strconv.Itoa(l.Kept) + " days, then it is deleted for good"
}

func rowID(id string) string { return "board-" + id }

// name is the board's name, or the words that stand for a missing one.
func (b BoardItem) name() string { return orUntitled(b.Name) }

// tileColor is one of the lively colours of the palette, always the same for one board.
func (b BoardItem) tileColor() string {
	lively := notes.Colors[:10]
	sum := fnv.New32a()
	_, _ = sum.Write([]byte(b.ID)) // a hash takes every write
	return lively[int(sum.Sum32()%uint32(len(lively)))]
}

// initial is the first letter of the name.
func (b BoardItem) initial() string {
	for _, letter := range strings.TrimSpace(b.name()) {
		return strings.ToUpper(string(letter))
	}
	return ""
}

func orUntitled(name string) string {
	if name == "" {
		return "Untitled board"
	}
	return name
}

// count says a number of notes in words: "1 note", "12 notes".
func count(n int) string {
	switch n {
	case 0:
		return "No notes"
	case 1:
		return "1 note"
	default:
		return strconv.Itoa(n) + " notes"
	}
}

// ago says how long before now t was, as people say it.
func ago(t, now time.Time) string {
	past := now.Sub(t)
	switch {
	case past < time.Minute:
		return "just now"
	case past < time.Hour:
		return plural(int(past/time.Minute), "minute")
	case past < 24*time.Hour:
		return plural(int(past/time.Hour), "hour")
	case past < 7*24*time.Hour:
		return plural(int(past/(24*time.Hour)), "day")
	case t.Year() == now.Year():
		return t.Format("on 2 January")
	default:
		return t.Format("on 2 January 2006")
	}
}

func plural(n int, unit string) string {
	if n == 1 {
		return "1 " + unit + " ago"
	}
	return strconv.Itoa(n) + " " + unit + "s ago"
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }
