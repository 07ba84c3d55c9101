package views

import (
	"context"
	"hash/fnv"
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
func (l BoardList) waits(ctx context.Context) string {
	if l.Kept == 0 {
		return say(ctx, "A board here keeps its notes until you restore it.")
	}
	return plural(ctx, l.Kept, "A board here keeps its notes for a day, then it is deleted for good.",
		"A board here keeps its notes for {n} days, then it is deleted for good.")
}

// waitsEmpty says the same where there is no board yet.
func (l BoardList) waitsEmpty(ctx context.Context) string {
	if l.Kept == 0 {
		return say(ctx, "A board you move to the trash keeps its notes and waits here until you restore it.")
	}
	return plural(ctx, l.Kept, "A board you move to the trash keeps its notes and waits here for a day, then it is deleted for good.",
		"A board you move to the trash keeps its notes and waits here for {n} days, then it is deleted for good.")
}

func rowID(id string) string { return "board-" + id }

// name is the board's name, or the words that stand for a missing one.
func (b BoardItem) name(ctx context.Context) string { return orUntitled(ctx, b.Name) }

// tileColor is one of the lively colours of the palette, always the same for one board.
func (b BoardItem) tileColor() string {
	lively := notes.Colors[:10]
	sum := fnv.New32a()
	_, _ = sum.Write([]byte(b.ID)) // a hash takes every write
	return lively[int(sum.Sum32()%uint32(len(lively)))]
}

// initial is the first letter of the name.
func (b BoardItem) initial(ctx context.Context) string {
	for _, letter := range strings.TrimSpace(b.name(ctx)) {
		return strings.ToUpper(string(letter))
	}
	return ""
}

// Untitled is what a board is called until somebody names it.
func Untitled(ctx context.Context) string { return say(ctx, "Untitled board") }

func orUntitled(ctx context.Context, name string) string {
	if name == "" {
		return Untitled(ctx)
	}
	return name
}

// count says a number of notes in words: "1 note", "12 notes".
func count(ctx context.Context, n int) string {
	if n == 0 {
		return say(ctx, "No notes")
	}
	return plural(ctx, n, "{n} note", "{n} notes")
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }
