package board

import (
	"time"

	"corkboard/notes"
)

// Role is what an actor may do on a board.
type Role string

// The roles, from the most to the least.
const (
	Owner       Role = "owner"
	Facilitator Role = "facilitator"
	Editor      Role = "editor"
	Commenter   Role = "commenter"
	Viewer      Role = "viewer"
)

var ranks = map[Role]int{Owner: 5, Facilitator: 4, Editor: 3, Commenter: 2, Viewer: 1}

// CanEdit tells whether the role may send ops.
func (r Role) CanEdit() bool { return ranks[r] >= ranks[Editor] }

// CanShare tells whether the role may hand out and turn off links.
func (r Role) CanShare() bool { return ranks[r] >= ranks[Facilitator] }

// CanTrash tells whether the role may move the board to the trash and back.
func (r Role) CanTrash() bool { return r == Owner }

// Above tells whether r may do more than o.
func (r Role) Above(o Role) bool { return ranks[r] > ranks[o] }

// PrincipalKind says what sort of proof a principal has.
type PrincipalKind string

// The kinds of principals.
const (
	ByUser    PrincipalKind = "user"    // a session's user: owner, member, or by links they opened
	ByLink    PrincipalKind = "link"    // the bearer of a share link's ticket, without an account
	ByKey     PrincipalKind = "key"     // an API key
	ByConsole PrincipalKind = "console" // somebody at the server's own command line
)

// Principal is who asks; ID is the user's, the link's or the key's.
type Principal struct {
	Kind PrincipalKind
	ID   string
}

// String is the principal as it is stored with the clients it owns.
func (p Principal) String() string { return string(p.Kind) + ":" + p.ID }

// Grant is the proof that a principal has a role on a board. Only a Store makes
// one. It was true at PermVersion; a commit checks it again when the board's
// has moved on.
type Grant struct {
	Board       string
	Principal   Principal
	Role        Role
	Actor       notes.Author // under which their work is signed
	Color       int          // of the person
	PermVersion int64
	Trashed     bool      // the board lies in the trash: nothing may change
	Until       time.Time // when a link that it rests on runs out; zero: never
}

// Stands tells whether the grant is still true at a time, on a board whose rights
// are at permVersion.
func (g Grant) Stands(permVersion int64, at time.Time) bool {
	return g.PermVersion == permVersion && (g.Until.IsZero() || at.Before(g.Until))
}
