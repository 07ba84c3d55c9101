package board_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"corkboard/auth"
	"corkboard/board"
	"corkboard/board/boardtest"
	"corkboard/bus"
	"corkboard/notes"
)

// shelf is a library on a store in memory, with three people.
type shelf struct {
	t                   *testing.T
	store               *boardtest.Store
	library             *board.Library
	ana, ben, eve       auth.User
	board               board.Summary
	editToken, viewable string
}

func newShelf(t *testing.T) *shelf {
	t.Helper()
	s := &shelf{t: t, store: boardtest.NewStore(time.Now)}
	hub := board.NewHub(s.store, bus.NewMemory(), slog.New(slog.DiscardHandler))
	t.Cleanup(func() { hub.Close(context.Background()) })
	s.library = board.NewLibrary(s.store, hub, []byte("0123456789abcdef0123456789abcdef"))
	for _, u := range []*auth.User{&s.ana, &s.ben, &s.eve} {
		*u = auth.User{ID: auth.NewID("u"), Guest: true}
		s.must(s.store.AddGuest(t.Context(), *u, auth.Hash(u.ID)))
	}
	b, err := s.library.Create(t.Context(), s.ana, "Retro")
	s.must(err)
	s.board = b
	links := s.links()
	s.editToken, s.viewable = links[0].Token, links[1].Token
	return s
}

func (s *shelf) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *shelf) grant(u auth.User) board.Grant {
	s.t.Helper()
	g, err := s.store.Grant(s.t.Context(), board.Principal{Kind: board.ByUser, ID: u.ID}, s.board.ID)
	s.must(err)
	return g
}

func (s *shelf) links() []board.SharedLink {
	s.t.Helper()
	links, err := s.library.Links(s.t.Context(), s.grant(s.ana))
	s.must(err)
	if len(links) != 2 || links[0].Role != board.Editor || links[1].Role != board.Viewer {
		s.t.Fatalf("links: %+v", links)
	}
	return links
}

func TestCreateNamesTheBoard(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	b, err := s.library.Create(t.Context(), s.ben, "")
	if err != nil || b.Name != board.FirstName || !notes.IsID(b.ID) {
		t.Errorf("%+v, %v", b, err)
	}
	for _, name := range []string{"two\nlines", strings.Repeat("x", notes.MaxName+1), "nul\x00"} {
		var r *notes.Rejection
		if _, err := s.library.Create(t.Context(), s.ben, name); !errors.As(err, &r) {
			t.Errorf("%q was taken: %v", name, err)
		}
	}
	if list, err := s.library.List(t.Context(), s.ben, false); err != nil || len(list) != 1 || list[0].ID != b.ID {
		t.Errorf("%+v, %v", list, err)
	}
}

func TestLinksGiveTheirRoleAndCanBeCopiedAgain(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	if again := s.links(); again[0].Token != s.editToken || again[1].Token != s.viewable || s.editToken == s.viewable || len(s.editToken) < 22 {
		t.Errorf("%+v", again)
	}
	for token, want := range map[string]board.Role{s.editToken: board.Editor, s.viewable: board.Viewer} {
		u := map[board.Role]auth.User{board.Editor: s.ben, board.Viewer: s.eve}[want]
		id, err := s.library.Open(t.Context(), u, token)
		if err != nil || id != s.board.ID || s.grant(u).Role != want {
			t.Errorf("%q, %v, role %q", id, err, s.grant(u).Role)
		}
	}
	if _, err := s.library.Open(t.Context(), s.eve, "unknown"); !errors.Is(err, board.ErrNotFound) {
		t.Errorf("an unknown token: %v", err)
	}
}

func TestResetLinkEndsTheOldOne(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	_, err := s.library.Open(t.Context(), s.ben, s.editToken)
	s.must(err)
	s.must(s.library.ResetLink(t.Context(), s.grant(s.ana), board.Editor))
	if fresh := s.links(); fresh[0].Token == s.editToken || fresh[1].Token != s.viewable {
		t.Error("the wrong link was replaced")
	}
	if _, err := s.library.Open(t.Context(), s.eve, s.editToken); !errors.Is(err, board.ErrNotFound) {
		t.Errorf("the old token: %v", err)
	}
	if _, err := s.store.Grant(t.Context(), board.Principal{Kind: board.ByUser, ID: s.ben.ID}, s.board.ID); !errors.Is(err, board.ErrNotFound) {
		t.Errorf("who came by the old link still is in: %v", err)
	}
	for _, role := range []board.Role{board.Owner, board.Facilitator, "", "king"} {
		if err := s.library.ResetLink(t.Context(), s.grant(s.ana), role); !errors.Is(err, board.ErrNotFound) {
			t.Errorf("%q: %v", role, err)
		}
	}
}

// TestOnlyRolesThatMay: each thing, and the roles that may do it.
func TestOnlyRolesThatMay(t *testing.T) {
	t.Parallel()
	for what, c := range map[string]struct {
		do  func(*shelf, board.Grant) error
		may string
	}{
		"links":  {func(s *shelf, g board.Grant) error { _, err := s.library.Links(s.t.Context(), g); return err }, "owner facilitator"},
		"reset":  {func(s *shelf, g board.Grant) error { return s.library.ResetLink(s.t.Context(), g, board.Viewer) }, "owner facilitator"},
		"trash":  {func(s *shelf, g board.Grant) error { return s.library.SetTrashed(s.t.Context(), g, true) }, "owner"},
		"rename": {func(s *shelf, g board.Grant) error { return s.library.Rename(s.t.Context(), g, "New") }, "owner facilitator editor"},
		"import": {func(s *shelf, g board.Grant) error {
			_, err := s.library.Import(s.t.Context(), g, oneNote("", "x"))
			return err
		}, "owner facilitator editor"},
	} {
		for _, role := range []board.Role{board.Owner, board.Facilitator, board.Editor, board.Commenter, board.Viewer} {
			s := newShelf(t)
			g := s.grant(s.ana)
			if role != board.Owner {
				s.store.AddMember(t, s.board.ID, s.ben.ID, role)
				g = s.grant(s.ben)
			}
			err := c.do(s, g)
			if may := strings.Contains(" "+c.may+" ", " "+string(role)+" "); may && err != nil || !may && !errors.Is(err, board.ErrForbidden) {
				t.Errorf("%s as %s: %v", what, role, err)
			}
		}
	}
}

func TestTrashAndBack(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	s.must(s.library.SetTrashed(t.Context(), s.grant(s.ana), true))
	live, err := s.library.List(t.Context(), s.ana, false)
	s.must(err)
	trash, err := s.library.List(t.Context(), s.ana, true)
	s.must(err)
	if len(live) != 0 || len(trash) != 1 || trash[0].TrashedAt == nil || !s.grant(s.ana).Trashed {
		t.Errorf("live %+v, trash %+v", live, trash)
	}
	if _, err := s.library.LinkRole(t.Context(), s.editToken); !errors.Is(err, board.ErrNotFound) {
		t.Errorf("a link into the trash: %v", err)
	}
	s.must(s.library.SetTrashed(t.Context(), s.grant(s.ana), false))
	if role, err := s.library.LinkRole(t.Context(), s.editToken); err != nil || role != board.Editor {
		t.Errorf("after its return: %q, %v", role, err)
	}
}

func TestRenameTakesTheWritePath(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	s.must(s.library.Rename(t.Context(), s.grant(s.ana), "Plan"))
	events, err := s.store.Events(t.Context(), s.board.ID, 0)
	if err != nil || len(events) != 1 || events[0].Kind() != notes.KindBoard {
		t.Errorf("%+v, %v", events, err)
	}
	if b, err := s.library.Summary(t.Context(), s.board.ID); err != nil || b.Name != "Plan" {
		t.Errorf("%+v, %v", b, err)
	}
	var r *notes.Rejection
	if err := s.library.Rename(t.Context(), s.grant(s.ana), ""); !errors.As(err, &r) || r.Code != notes.Invalid {
		t.Errorf("no name: %v", err)
	}
}

func TestEmbedsAreForViewing(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	link, err := s.library.EmbedLink(t.Context(), s.viewable)
	s.must(err)
	p, err := s.library.TicketHolder(s.library.Ticket(link))
	if err != nil || p != (board.Principal{Kind: board.ByLink, ID: link.ID}) {
		t.Errorf("%+v, %v", p, err)
	}
	for _, token := range []string{s.editToken, "unknown"} {
		if _, err := s.library.EmbedLink(t.Context(), token); !errors.Is(err, board.ErrNotFound) {
			t.Errorf("%v", err)
		}
	}
	if _, err := s.library.TicketHolder("forged.ticket"); !errors.Is(err, auth.ErrUnknown) {
		t.Errorf("%v", err)
	}
}

func TestKeyActsAsAnEditorOfItsBoard(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	key, err := s.library.AddKey(t.Context(), s.board.ID)
	s.must(err)
	k, err := s.store.KeyByHash(t.Context(), auth.Hash(key))
	s.must(err)
	g, err := s.store.Grant(t.Context(), board.Principal{Kind: board.ByKey, ID: k.ID}, s.board.ID)
	if err != nil || g.Role != board.Editor || k.Board != s.board.ID {
		t.Errorf("%+v, %v", g, err)
	}
}

// oneNote is an import of a note with this text.
func oneNote(key, text string) board.Import {
	return board.Import{Key: key, Content: []byte(text), Plan: func(_ *notes.Document, newID func(int) string) (notes.Edit, []string) {
		id := newID(0)
		return &notes.Batch{Ops: []notes.Op{{Edit: &notes.Create{Note: id, W: 200, H: 200, Color: "sky", Z: "a0", Text: text}}}}, []string{id}
	}}
}

func TestImportIsDoneOncePerKey(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	first, err := s.library.Import(t.Context(), s.grant(s.ana), oneNote("monday", "a"))
	s.must(err)
	again, err := s.library.Import(t.Context(), s.grant(s.ana), oneNote("monday", "a"))
	if err != nil || fmt.Sprint(first) != fmt.Sprint(again) || first.Version != 1 {
		t.Errorf("%+v, then %+v, %v", first, again, err)
	}
	if _, err := s.library.Import(t.Context(), s.grant(s.ana), oneNote("monday", "b")); !errors.Is(err, board.ErrKeyReused) {
		t.Errorf("the key with other content: %v", err)
	}
	_, err = s.library.Import(t.Context(), s.grant(s.ana), oneNote("", "a"))
	s.must(err)
	_, err = s.library.Import(t.Context(), s.grant(s.ana), oneNote("", "a"))
	s.must(err)
	// Another principal's key of the same name is another one.
	s.store.AddMember(t, s.board.ID, s.ben.ID, board.Editor)
	_, err = s.library.Import(t.Context(), s.grant(s.ben), oneNote("monday", "a"))
	s.must(err)
	doc, head, err := s.store.Load(t.Context(), s.board.ID)
	if err != nil || doc.Len() != 4 || head.Seq != 4 {
		t.Errorf("%d notes at %d, %v", doc.Len(), head.Seq, err)
	}
}

// The same import comes a second time, on another node, while the first is on its
// way: both get the answer (I3, I5).
func TestImportTwiceAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	door := newDoorkeeper(w)
	grant, key := w.grant(w.editor), []byte("a key of this installation's own")
	here, there := board.NewLibrary(w.catalog, w.node(), key), board.NewLibrary(w.catalog, w.node(), key)
	type answer struct {
		board.Imported
		err error
	}
	first := make(chan answer, 1)
	door.shut.Store(true)
	go func() {
		done, err := here.Import(context.Background(), grant, oneNote("monday", "a"))
		first <- answer{done, err}
	}()
	<-door.waits
	again, err := there.Import(t.Context(), grant, oneNote("monday", "a"))
	w.must(err)
	close(door.open)
	if got := <-first; got.err != nil || fmt.Sprint(got.Imported) != fmt.Sprint(again) {
		t.Errorf("the first got %+v, the second %+v", got, again)
	}
	w.sameEverywhere(1)
}

// TestImportOverLostAnswers (I2, I3): a commit whose answer got lost is not done twice.
func TestImportOverLostAnswers(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	s.store.LoseAnswers(1)
	got, err := s.library.Import(t.Context(), s.grant(s.ana), oneNote("monday", "a"))
	if errors.Is(err, board.ErrUnavailable) {
		got, err = s.library.Import(t.Context(), s.grant(s.ana), oneNote("monday", "a"))
	}
	doc, _, loadErr := s.store.Load(t.Context(), s.board.ID)
	if err != nil || loadErr != nil || doc.Len() != 1 || doc.Notes[got.IDs[0]] == nil {
		t.Errorf("%+v, %v; %d notes", got, err, doc.Len())
	}
}

func TestImportOfABadPlanIsRefused(t *testing.T) {
	t.Parallel()
	s := newShelf(t)
	var r *notes.Rejection
	_, err := s.library.Import(t.Context(), s.grant(s.ana), oneNote("", "nul\x00"))
	if !errors.As(err, &r) || r.Code != notes.Invalid {
		t.Errorf("%v", err)
	}
	nothing := board.Import{Plan: func(*notes.Document, func(int) string) (notes.Edit, []string) { return &notes.Batch{}, nil }}
	if got, err := s.library.Import(t.Context(), s.grant(s.ana), nothing); err != nil || len(got.IDs) != 0 {
		t.Errorf("%+v, %v", got, err)
	}
	if _, head, err := s.store.Load(t.Context(), s.board.ID); err != nil || head.Seq != 0 {
		t.Errorf("seq %d, %v", head.Seq, err)
	}
}
