package boardtest

import (
	"bytes"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"corkboard/auth"
	"corkboard/board"
	"corkboard/notes"
)

// sharingParts: links.
var sharingParts = map[string]func(*testing.T, *World){
	"sharing/a link is found by its token":                linkByToken,
	"sharing/replacing a link leaves the other role's":    replaceOne,
	"sharing/replacing at once leaves one link of a role": replaceAtOnce,
	"sharing/nothing is made for what is not there":       sharingNothing,
}

func linkByToken(t *testing.T, w *World) {
	owner := w.User(t, "Ana")
	link := board.Link{ID: id("link"), Role: board.Viewer, EmbedOrigins: []string{"https://a.example", "https://b.example"}}
	b := board.Summary{ID: id("board"), Name: "B"}
	must(t, w.AddBoard(t.Context(), b, owner.ID, []board.Link{link}, [][]byte{auth.Hash("token")}))
	found, err := w.LinkByToken(t.Context(), auth.Hash("token"))
	must(t, err)
	equal(t, "id", found.ID, link.ID)
	equal(t, "board", found.Board, b.ID)
	equal(t, "role", found.Role, board.Viewer)
	if !slices.Equal(found.EmbedOrigins, link.EmbedOrigins) {
		t.Errorf("origins: %q", found.EmbedOrigins)
	}
	_, err = w.LinkByToken(t.Context(), auth.Hash("no token"))
	isNotFound(t, "another token", err)
}

func replaceOne(t *testing.T, w *World) {
	b := w.Board(t, w.User(t, "Ana"))
	viewer := w.link(t, b, board.Viewer)
	next := board.Link{ID: id("link"), Board: b, Role: board.Editor}
	must(t, w.ReplaceLink(t.Context(), next, auth.Hash(next.ID), w.Clock.Now()))
	equal(t, "the viewer's link", w.link(t, b, board.Viewer).ID, viewer.ID)
	equal(t, "the editor's link", w.link(t, b, board.Editor).ID, next.ID)
	links, err := w.Links(t.Context(), b)
	must(t, err)
	equal(t, "links", len(links), 2)
}

func replaceAtOnce(t *testing.T, w *World) {
	b := w.Board(t, w.User(t, "Ana"))
	const times = 5
	var wg sync.WaitGroup
	for range times {
		wg.Go(func() {
			l := board.Link{ID: id("link"), Board: b, Role: board.Editor}
			if err := w.ReplaceLink(background, l, auth.Hash(l.ID), w.Clock.Now()); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	links, err := w.Links(t.Context(), b)
	must(t, err)
	equal(t, "links", len(links), 2)
	heads, err := w.Heads(t.Context(), []string{b})
	must(t, err)
	equal(t, "perm version", heads[b].PermVersion, 1+times)
}

func sharingNothing(t *testing.T, w *World) {
	owner := w.User(t, "Ana")
	b := w.Board(t, owner)
	l := board.Link{ID: id("link"), Board: "board_none", Role: board.Editor}
	isNotFound(t, "a link", w.ReplaceLink(t.Context(), l, auth.Hash("x"), w.Clock.Now()))
	isNotFound(t, "a key", w.AddKey(t.Context(), id("key"), "board_none", board.Editor, "ck_", auth.Hash("x")))
	isNotFound(t, "opening no link", w.OpenLink(t.Context(), owner.ID, board.Link{ID: "link_none"}))
	isNotFound(t, "opening as nobody", w.OpenLink(t.Context(), "u_none", w.link(t, b, board.Editor)))
	links, err := w.Links(t.Context(), "board_none")
	must(t, err)
	equal(t, "links", len(links), 0)
}

// catalogParts: boards as things.
var catalogParts = map[string]func(*testing.T, *World){
	"catalog/lists show the last modified first": listing,
	"catalog/the trash and back":                 trashAndBack,
	"catalog/a summary counts live notes":        counting,
	"catalog/a board may belong to nobody":       nobodysBoard,
	"catalog/the server's key is one":            serverKey,
	"catalog/what is not there":                  nothingThere,
}

func listing(t *testing.T, w *World) {
	owner := w.User(t, "Ana")
	var made []string
	for range 4 {
		made = append(made, w.Board(t, owner))
		w.Clock.Advance(hour)
	}
	w.Board(t, w.User(t, "Ben"))
	create, _ := NewNote("")
	w.Do(t, w.Seat(t, made[1], owner), create)
	want := []string{made[1], made[3], made[2], made[0]}
	equal(t, "order", w.list(t, owner, false, 9), join(want))
	equal(t, "the first two", w.list(t, owner, false, 2), join(want[:2]))
	equal(t, "the trash", w.list(t, owner, true, 9), "")
}

func (w *World) list(t testing.TB, owner board.Principal, trash bool, limit int) string {
	t.Helper()
	list, err := w.BoardsOf(t.Context(), owner.ID, trash, limit)
	must(t, err)
	ids := make([]string, len(list))
	for i, b := range list {
		ids[i] = b.ID
	}
	return join(ids)
}

func join(ids []string) string {
	var b bytes.Buffer
	for _, id := range ids {
		b.WriteString(id + " ")
	}
	return b.String()
}

func trashAndBack(t *testing.T, w *World) {
	owner := w.User(t, "Ana")
	a, b := w.Board(t, owner), w.Board(t, owner)
	at := w.Clock.Now().Add(hour)
	must(t, w.SetTrashed(t.Context(), a, true, at))
	equal(t, "live", w.list(t, owner, false, 9), join([]string{b}))
	equal(t, "trash", w.list(t, owner, true, 9), join([]string{a}))
	s, err := w.Summary(t.Context(), a)
	must(t, err)
	if s.TrashedAt == nil || !s.TrashedAt.Equal(at) {
		t.Errorf("trashed at %v, want %v", s.TrashedAt, at)
	}
	must(t, w.SetTrashed(t.Context(), a, false, at))
	equal(t, "trash afterwards", w.list(t, owner, true, 9), "")
	s, err = w.Summary(t.Context(), a)
	must(t, err)
	if s.TrashedAt != nil {
		t.Errorf("still trashed at %v", s.TrashedAt)
	}
}

func counting(t *testing.T, w *World) {
	seat := w.Desk(t)
	w.Clock.Advance(hour)
	one, first := NewNote("")
	two, _ := NewNote("")
	w.Do(t, seat, one, two, &notes.Delete{Note: first})
	s, err := w.Summary(t.Context(), seat.Board)
	must(t, err)
	equal(t, "notes", s.NoteCount, 1)
	equal(t, "name", s.Name, "Plans")
	if want := w.Clock.Now(); !s.ModifiedAt.Equal(want) || s.CreatedAt.Add(hour) != want || s.ModifiedAt.Location() != time.UTC {
		t.Errorf("created %v, modified %v, now is %v", s.CreatedAt, s.ModifiedAt, want)
	}
}

func nobodysBoard(t *testing.T, w *World) {
	b := board.Summary{ID: id("board"), Name: "B"}
	must(t, w.AddBoard(t.Context(), b, "", nil, nil))
	equal(t, "a user's role", w.role(t, w.User(t, "Ana"), b.ID), "")
	equal(t, "nobody's role", w.role(t, board.Principal{Kind: board.ByUser}, b.ID), "")
	equal(t, "nobody's list", w.list(t, board.Principal{}, false, 9), "")
	isNotFound(t, "a board of somebody who is not there", w.AddBoard(t.Context(), board.Summary{ID: id("board"), Name: "B"}, "u_none", nil, nil))
	if err := w.AddBoard(t.Context(), b, "", nil, nil); err == nil {
		t.Error("a board's id was given twice")
	}
}

func serverKey(t *testing.T, w *World) {
	keys := make(chan []byte, 4)
	for range cap(keys) {
		go func() {
			key, err := w.ServerKey(background)
			if err != nil {
				t.Error(err)
			}
			keys <- key
		}()
	}
	first := <-keys
	equal(t, "bytes", len(first), 32)
	for range cap(keys) - 1 {
		if !bytes.Equal(<-keys, first) {
			t.Error("two keys were made")
		}
	}
}

func nothingThere(t *testing.T, w *World) {
	_, err := w.Summary(t.Context(), "board_none")
	isNotFound(t, "a summary", err)
	isNotFound(t, "trashing", w.SetTrashed(t.Context(), "board_none", true, w.Clock.Now()))
}

// peopleParts: who is asking.
var peopleParts = map[string]func(*testing.T, *World){
	"people/a session finds its guest": sessions,
	"people/a profile":                 profile,
}

func sessions(t *testing.T, w *World) {
	u := auth.User{ID: id("u"), Color: 11, Guest: true}
	must(t, w.AddGuest(t.Context(), u, auth.Hash("token")))
	for range 3 { // each use renews it
		w.Clock.Advance(auth.SessionLife - hour)
		found, err := w.SessionUser(t.Context(), auth.Hash("token"))
		must(t, err)
		equal(t, "the guest", found, u)
	}
	isUnknown(t, "another token", second(w.SessionUser(t.Context(), auth.Hash("other"))))
	w.Clock.Advance(auth.SessionLife)
	isUnknown(t, "a session not used for too long", second(w.SessionUser(t.Context(), auth.Hash("token"))))
}

func second[T any](_ T, err error) error { return err }

func isUnknown(t testing.TB, what string, err error) {
	t.Helper()
	if !errors.Is(err, auth.ErrUnknown) {
		t.Errorf("%s: got %v, want %v", what, err, auth.ErrUnknown)
	}
}

func profile(t *testing.T, w *World) {
	who := w.User(t, "")
	b := w.Board(t, who)
	must(t, w.SetProfile(t.Context(), who.ID, "Zoë", 0))
	g, err := w.Grant(t.Context(), who, b)
	must(t, err)
	equal(t, "signed as", g.Actor.Name, "Zoë")
	equal(t, "colour", g.Color, 0)
	isUnknown(t, "nobody's profile", w.SetProfile(t.Context(), "u_none", "X", 1))
}
