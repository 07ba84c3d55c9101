package boardtest

import (
	"errors"
	"testing"

	"corkboard/auth"
	"corkboard/board"
	"corkboard/notes"
)

// grantParts: who may do what, and that a commit checks it (I10, I11, I13, I18).
var grantParts = map[string]func(*testing.T, *World){
	"grants/by what a user has a role":                       userRoles,
	"grants/by link, key and console":                        otherPrincipals,
	"grants/of many at once":                                 manyGrants,
	"grants/a revoked link denies what is committed after":   revokedLink,
	"grants/a new role holds from the next commit":           changedRole,
	"grants/a viewer's op is refused before it is looked at": viewerRefused,
	"grants/a board in the trash is its owner's alone":       trashed,
	"grants/a grant on another board is worth nothing":       tenantWall,
	"grants/a link that expired gives nothing":               expiredLink,
	"grants/a key that was revoked gives nothing":            revokedKey,
}

func (w *World) role(t testing.TB, p board.Principal, boardID string) board.Role {
	t.Helper()
	g, err := w.Grant(t.Context(), p, boardID)
	if errors.Is(err, board.ErrNotFound) {
		return ""
	}
	must(t, err)
	return g.Role
}

// open has a user come by the board's link of a role.
func (w *World) open(t testing.TB, user board.Principal, boardID string, role board.Role) board.Link {
	t.Helper()
	l := w.link(t, boardID, role)
	must(t, w.OpenLink(t.Context(), user.ID, l))
	return l
}

func (w *World) link(t testing.TB, boardID string, role board.Role) board.Link {
	t.Helper()
	links, err := w.Links(t.Context(), boardID)
	must(t, err)
	for _, l := range links {
		if l.Role == role {
			return l
		}
	}
	t.Fatalf("board %s has no link for a %s", boardID, role)
	return board.Link{}
}

// manyGrants: those of many are what each alone would get.
func manyGrants(t *testing.T, w *World) {
	owner, editor, viewer, stranger := w.User(t, "Ana"), w.User(t, "Ben"), w.User(t, "Vera"), w.User(t, "Eve")
	b := w.Board(t, owner)
	w.open(t, editor, b, board.Editor)
	w.open(t, viewer, b, board.Viewer)
	embed := board.Principal{Kind: board.ByLink, ID: w.link(t, b, board.Viewer).ID}
	all := []board.Principal{owner, editor, viewer, stranger, embed, {Kind: board.ByUser, ID: "u_nobody"}, {Kind: board.ByLink, ID: "l_nowhere"}}
	grants, err := w.Grants(t.Context(), all, b)
	must(t, err)
	for _, p := range all {
		one, err := w.Grant(t.Context(), p, b)
		if got, ok := grants[p]; ok != (err == nil) || ok && got != one {
			t.Errorf("%s gets %+v (%v) among others, alone %+v, %v", p, got, ok, one, err)
		}
	}
	equal(t, "grants", len(grants), 4)
	none, err := w.Grants(t.Context(), all, "b_nowhere")
	must(t, err)
	equal(t, "grants on no board", len(none), 0)
}

func userRoles(t *testing.T, w *World) {
	owner, guest := w.User(t, "Ana"), w.User(t, "")
	b := w.Board(t, owner)
	equal(t, "the owner", w.role(t, owner, b), board.Owner)
	equal(t, "a stranger", w.role(t, guest, b), "")
	equal(t, "nobody", w.role(t, board.Principal{Kind: board.ByUser, ID: "u_none"}, b), "")
	w.open(t, guest, b, board.Viewer)
	equal(t, "by a viewer's link", w.role(t, guest, b), board.Viewer)
	w.open(t, guest, b, board.Editor)
	equal(t, "by both links", w.role(t, guest, b), board.Editor)
	w.open(t, guest, b, board.Viewer)
	equal(t, "by the lesser link again", w.role(t, guest, b), board.Editor)
	w.AddMember(t, b, guest.ID, board.Commenter)
	equal(t, "a role by name goes before links", w.role(t, guest, b), board.Commenter)
	g, err := w.Grant(t.Context(), guest, b)
	must(t, err)
	equal(t, "signed as", g.Actor, notes.Author{ID: guest.ID, Name: "Guest"})
	equal(t, "colour", g.Color, 3)
	equal(t, "board", g.Board, b)
	equal(t, "principal", g.Principal, guest)
}

func otherPrincipals(t *testing.T, w *World) {
	owner := w.User(t, "Ana")
	b, other := w.Board(t, owner), w.Board(t, owner)
	link := board.Principal{Kind: board.ByLink, ID: w.link(t, b, board.Viewer).ID}
	key := board.Principal{Kind: board.ByKey, ID: id("key")}
	must(t, w.AddKey(t.Context(), key.ID, b, board.Editor, "ck_abcd", auth.Hash(key.ID)))
	console := board.Principal{Kind: board.ByConsole, ID: "console"}
	for _, c := range []struct {
		who   board.Principal
		role  board.Role
		actor notes.Author
		there board.Role
	}{
		{link, board.Viewer, notes.Author{ID: "link", Name: "Guest"}, ""},
		{key, board.Editor, notes.Author{ID: key.ID, Name: "API"}, ""},
		{console, board.Owner, notes.Author{ID: "console", Name: "Console"}, board.Owner},
	} {
		g, err := w.Grant(t.Context(), c.who, b)
		must(t, err)
		equal(t, string(c.who.Kind)+": role", g.Role, c.role)
		equal(t, string(c.who.Kind)+": signed as", g.Actor, c.actor)
		equal(t, string(c.who.Kind)+": role on another board", w.role(t, c.who, other), c.there)
	}
	if _, err := w.Grant(t.Context(), board.Principal{Kind: "wish", ID: owner.ID}, b); err == nil {
		t.Error("a principal of no known kind got a grant")
	}
}

func revokedLink(t *testing.T, w *World) {
	owner, guest := w.User(t, "Ana"), w.User(t, "Ben")
	b := w.Board(t, owner)
	old := w.open(t, guest, b, board.Editor)
	seat := w.Seat(t, b, guest)
	create, note := NewNote("")
	w.Do(t, seat, create)
	next := board.Link{ID: id("link"), Board: b, Role: board.Editor}
	must(t, w.ReplaceLink(t.Context(), next, auth.Hash(next.ID), w.Clock.Now()))
	out := w.Propose(t, seat.Turn(Move(note, 9, 9)))
	equal(t, "fate", out.Answers[0].Fate, board.Denied)
	equal(t, "acks", len(out.Answers[0].Acks), 0)
	equal(t, "role now", out.Answers[0].Grant.Role, "")
	equal(t, "perm version", out.Head.PermVersion, 2)
	equal(t, "x", w.Check(t, b).Notes[note].X, 10)
	equal(t, "by the old link", w.role(t, guest, b), "")
	_, err := w.LinkByToken(t.Context(), auth.Hash(old.ID))
	isNotFound(t, "the old token", err)
	must(t, w.OpenLink(t.Context(), guest.ID, next))
	equal(t, "by the new link", w.role(t, guest, b), board.Editor)
}

func changedRole(t *testing.T, w *World) {
	owner, guest := w.User(t, "Ana"), w.User(t, "Ben")
	b := w.Board(t, owner)
	w.open(t, guest, b, board.Editor)
	seat := w.Seat(t, b, guest)
	w.AddMember(t, b, guest.ID, board.Viewer)
	create, _ := NewNote("")
	out := w.Propose(t, seat.Turn(create))
	equal(t, "fate", out.Answers[0].Fate, board.Lives)
	equal(t, "code", out.Answers[0].Acks[0].Code, notes.Forbidden)
	equal(t, "role now", out.Answers[0].Grant.Role, board.Viewer)
	equal(t, "seq", w.Check(t, b).Seq, 0)
}

func viewerRefused(t *testing.T, w *World) {
	owner := w.User(t, "Ana")
	b := w.Board(t, owner)
	seat := w.Seat(t, b, board.Principal{Kind: board.ByLink, ID: w.link(t, b, board.Viewer).ID})
	create, _ := NewNote("")
	acks := w.Do(t, seat, create, &notes.Delete{Note: "note_none"})
	for _, ack := range acks {
		equal(t, "code", ack.Code, notes.Forbidden)
	}
	equal(t, "seq", w.Check(t, b).Seq, 0)
}

func trashed(t *testing.T, w *World) {
	owner, guest := w.User(t, "Ana"), w.User(t, "Ben")
	b := w.Board(t, owner)
	link := w.open(t, guest, b, board.Editor)
	mine, theirs := w.Seat(t, b, owner), w.Seat(t, b, guest)
	must(t, w.SetTrashed(t.Context(), b, true, w.Clock.Now()))
	create, _ := NewNote("")
	out := w.Propose(t, mine.Turn(create), theirs.Turn(create))
	equal(t, "the owner's op", out.Answers[0].Acks[0].Code, notes.Forbidden)
	equal(t, "the guest's fate", out.Answers[1].Fate, board.Denied)
	equal(t, "head", out.Head.Trashed, true)
	equal(t, "seq", w.Check(t, b).Seq, 0)
	equal(t, "the guest's role", w.role(t, guest, b), "")
	g, err := w.Grant(t.Context(), owner, b)
	must(t, err)
	equal(t, "the owner's grant", g.Trashed, true)
	_, err = w.LinkByToken(t.Context(), auth.Hash(link.ID))
	isNotFound(t, "a link to it", err)
	must(t, w.SetTrashed(t.Context(), b, false, w.Clock.Now()))
	equal(t, "the guest's role after it came back", w.role(t, guest, b), board.Editor)
	equal(t, "an op after it came back", w.Do(t, mine, create)[0].Status, board.OK)
}

func tenantWall(t *testing.T, w *World) {
	mine, theirs := w.Desk(t), w.Desk(t)
	create, note := NewNote("secret")
	w.Do(t, theirs, create)
	out, err := w.Commit(t.Context(), board.Proposal{Board: theirs.Board, Turns: []board.Turn{mine.Turn(Move(note, 1, 1))}})
	must(t, err)
	equal(t, "a grant of another board", out.Answers[0].Fate, board.Denied)
	forged := *mine
	forged.Grant.Board, forged.Grant.PermVersion = theirs.Board, 0
	out, err = w.Commit(t.Context(), board.Proposal{Board: theirs.Board, Turns: []board.Turn{forged.Turn(Move(note, 1, 1))}})
	must(t, err)
	equal(t, "a grant that is evaluated again", out.Answers[0].Fate, board.Denied)
	mine.Mid = 0
	ack := w.Do(t, mine, Move(note, 1, 1))[0]
	equal(t, "a note of another board", ack.Code, notes.NotFound)
	if ack.Note != nil {
		t.Error("the refusal shows another board's note")
	}
	equal(t, "theirs", w.Check(t, theirs.Board).Notes[note].X, 10)
}

func expiredLink(t *testing.T, w *World) {
	owner, guest := w.User(t, "Ana"), w.User(t, "Ben")
	b := w.Board(t, owner)
	link := w.open(t, guest, b, board.Editor)
	w.ExpireLink(t, link.ID, w.Clock.Now().Add(hour))
	equal(t, "before", w.role(t, guest, b), board.Editor)
	seat := w.Seat(t, b, guest)
	doc := w.Document(t, b)
	create, _ := NewNote("in time")
	equal(t, "in time", w.ProposeOn(t, doc, 1, seat.Turn(create)).Answers[0].Fate, board.Lives)
	w.Clock.Advance(hour)
	late, _ := NewNote("too late")
	equal(t, "too late", w.ProposeOn(t, w.Document(t, b), 1, seat.Turn(late)).Answers[0].Fate, board.Denied)
	equal(t, "by having opened it", w.role(t, guest, b), "")
	equal(t, "by holding it", w.role(t, board.Principal{Kind: board.ByLink, ID: link.ID}, b), "")
	_, err := w.LinkByToken(t.Context(), auth.Hash(link.ID))
	isNotFound(t, "its token", err)
}

func revokedKey(t *testing.T, w *World) {
	owner := w.User(t, "Ana")
	b := w.Board(t, owner)
	key := board.Principal{Kind: board.ByKey, ID: id("key")}
	must(t, w.AddKey(t.Context(), key.ID, b, board.Editor, "ck_abcd", auth.Hash(key.ID)))
	seat := w.Seat(t, b, key)
	found, err := w.KeyByHash(t.Context(), auth.Hash(key.ID))
	must(t, err)
	equal(t, "the key", found, auth.Key{ID: key.ID, Board: b})
	w.RevokeKey(t, key.ID)
	if _, err := w.KeyByHash(t.Context(), auth.Hash(key.ID)); !errors.Is(err, auth.ErrUnknown) {
		t.Errorf("a revoked key: %v", err)
	}
	create, _ := NewNote("")
	equal(t, "fate", w.Propose(t, seat.Turn(create)).Answers[0].Fate, board.Denied)
}
