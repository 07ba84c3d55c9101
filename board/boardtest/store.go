package boardtest

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"corkboard/auth"
	"corkboard/board"
	"corkboard/notes"
)

var (
	_ Stores  = (*Store)(nil)
	_ Fixture = (*Store)(nil)
)

// Store keeps everything in memory, behind one lock. It can be told to fail.
// It is safe for concurrent use.
type Store struct {
	now board.Now

	mu       sync.Mutex
	boards   map[string]*shelf
	users    map[string]auth.User
	sessions map[string]*session // by token hash
	links    map[string]*link
	keys     map[string]*key
	opens    map[opening]bool
	secret   []byte
	epoch    int64 // the last one that was given out
	gen      int64 // the last one that a new client was given
	refuse   int   // how many commits will fail
	lose     int   // how many commits will be made and their answers lost
}

// shelf is one board.
type shelf struct {
	summary board.Summary
	owner   string
	head    board.Head // its Seq is the document's
	doc     *notes.Document
	events  []notes.Event     // after head.LogFloor
	deltas  map[string][]edit // of each note, oldest first
	clients map[string]*board.ClientState
	members map[string]board.Role
	linked  []string // its links, oldest first
}

// edit is a text edit in the log.
type edit struct {
	seq, rev int64
	delta    notes.Delta
}

type session struct {
	user string
	seen time.Time
}

type link struct {
	board.Link
	hash    string
	expires time.Time
	revoked bool
}

type key struct {
	auth.Key
	role    board.Role
	hash    string
	revoked bool
}

type opening struct{ user, link string }

// NewStore returns an empty store; a nil clock is the system's.
func NewStore(now board.Now) *Store {
	if now == nil {
		now = time.Now
	}
	return &Store{
		now: now, boards: map[string]*shelf{}, users: map[string]auth.User{}, sessions: map[string]*session{},
		links: map[string]*link{}, keys: map[string]*key{}, opens: map[opening]bool{},
	}
}

// RefuseCommits has the next n commits fail with board.ErrUnavailable and do nothing.
func (s *Store) RefuseCommits(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refuse = n
}

// LoseAnswers has the next n commits be made and yet fail with
// board.ErrUnavailable, as when a connection is cut after COMMIT.
func (s *Store) LoseAnswers(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lose = n
}

func (s *Store) time() time.Time { return s.now().UTC().Truncate(time.Microsecond) }

// Load reads a board's whole document and its head at one moment; board.ErrNotFound.
func (s *Store) Load(_ context.Context, id string) (*notes.Document, board.Head, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := s.boards[id]
	if b == nil {
		return nil, board.Head{}, board.ErrNotFound
	}
	return b.doc.Clone(), b.head, nil
}

// Events reads the events after seq, in order, without a gap; board.ErrTruncated.
func (s *Store) Events(_ context.Context, id string, after int64) ([]notes.Event, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := s.boards[id]
	if b == nil {
		return nil, board.ErrNotFound
	}
	return b.after(after)
}

func (b *shelf) after(seq int64) ([]notes.Event, error) {
	if seq < b.head.LogFloor {
		return nil, board.ErrTruncated
	}
	from := min(seq-b.head.LogFloor, int64(len(b.events)))
	return append([]notes.Event{}, b.events[from:]...), nil
}

// Heads reads the heads of boards; those that do not exist are left out.
func (s *Store) Heads(_ context.Context, ids []string) (map[string]board.Head, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	heads := map[string]board.Head{}
	for _, id := range ids {
		if b := s.boards[id]; b != nil {
			heads[id] = b.head
		}
	}
	return heads, nil
}

// Enter evaluates the visitor's role, raises the client's generation and reads
// what it had done.
func (s *Store) Enter(_ context.Context, id, client string, v board.Visitor) (board.Entrance, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := v.Principal
	if v.Session != nil {
		u, err := s.sessionUser(v.Session)
		if err != nil {
			return board.Entrance{}, err
		}
		p = board.Principal{Kind: board.ByUser, ID: u.ID}
	}
	g, err := s.evaluate(p, id, s.time())
	if err != nil {
		return board.Entrance{}, err
	}
	b := s.boards[id]
	c, known := b.clients[client]
	switch {
	case !known:
		s.gen = max(s.gen+1, s.time().UnixMicro())
		c = &board.ClientState{Client: client, Principal: p.String(), Gen: s.gen}
		b.clients[client] = c
	case c.Principal != p.String():
		return board.Entrance{}, board.ErrNotFound
	default:
		c.Gen++
	}
	return board.Entrance{Grant: g, Client: *copied(c), New: !known, Head: b.head}, nil
}

func copied(c *board.ClientState) *board.ClientState {
	twin := *c
	twin.Results = append([]board.Ack{}, c.Results...)
	return &twin
}

// AddMember gives a user a role on a board by name.
func (s *Store) AddMember(t testing.TB, id, user string, role board.Role) {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.boards[id].members[user] = role
	s.boards[id].head.PermVersion++
}

// ExpireLink lets a link end at a time.
func (s *Store) ExpireLink(t testing.TB, id string, at time.Time) {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.links[id].expires = at
}

// RevokeKey turns an API key off.
func (s *Store) RevokeKey(t testing.TB, id string) {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	k := s.keys[id]
	k.revoked = true
	s.boards[k.Board].head.PermVersion++
}

// Truncate drops a board's events and text edits up to floor.
func (s *Store) Truncate(t testing.TB, id string, floor int64) {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	b := s.boards[id]
	b.events = append([]notes.Event{}, b.events[floor-b.head.LogFloor:]...)
	b.head.LogFloor = floor
	for note, edits := range b.deltas {
		b.deltas[note] = slices.DeleteFunc(edits, func(e edit) bool { return e.seq <= floor })
	}
}

// ForgetClient drops what is known of a client.
func (s *Store) ForgetClient(t testing.TB, id, client string) {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.boards[id].clients, client)
}

// Restore gives a board a new epoch and a new perm version.
func (s *Store) Restore(t testing.TB, id string) {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.renew(s.boards[id])
}

// Renew gives a board that is in this epoch a new one, and a new perm version.
func (s *Store) Renew(_ context.Context, id string, epoch int64) (bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	b := s.boards[id]
	if b == nil || b.head.Epoch != epoch {
		return false, nil
	}
	s.renew(b)
	return true, nil
}

func (s *Store) renew(b *shelf) {
	s.epoch = max(s.epoch, b.head.Epoch) + 1
	b.head.Epoch = s.epoch
	b.head.PermVersion++
}

// Backup copies a board's content, log and clients. What it returns puts the copy
// back under a new epoch; who may do what stays as it is then.
func (s *Store) Backup(id string) (putBack func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	saved := s.boards[id].copied()
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		now, back := s.boards[id], saved.copied()
		back.head.PermVersion, back.head.Trashed = now.head.PermVersion, now.head.Trashed
		s.renew(back)
		back.members, back.linked, back.owner = now.members, now.linked, now.owner
		s.boards[id] = back
	}
}

func (b *shelf) copied() *shelf {
	twin := *b
	twin.doc, twin.events = b.doc.Clone(), slices.Clone(b.events)
	twin.deltas, twin.clients = map[string][]edit{}, map[string]*board.ClientState{}
	for note, edits := range b.deltas {
		twin.deltas[note] = slices.Clone(edits)
	}
	for id, c := range b.clients {
		twin.clients[id] = copied(c)
	}
	return &twin
}
