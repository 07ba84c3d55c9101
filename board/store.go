package board

import (
	"context"
	"errors"
	"time"

	"corkboard/notes"
)

// Errors of a Store. Each is to be told apart with errors.Is.
var (
	// ErrNotFound: no such board, or none that this principal may know of.
	ErrNotFound = errors.New("no such board")
	// ErrTrashed: the board lies in the trash, and the principal may know of it.
	ErrTrashed = errors.New("the board is in the trash")
	// ErrTruncated: the log no longer reaches back to the seq asked for.
	ErrTruncated = errors.New("the log no longer reaches back so far")
	// ErrUnavailable: nothing is known to have happened, or the outcome is
	// unknown; the same call with the same mids may be made again.
	ErrUnavailable = errors.New("the database cannot be reached just now")
	// ErrEpoch: the document that came with a proposal is not of the board's log
	// as it is now: a backup was restored. Nothing was done.
	ErrEpoch = errors.New("the board's log is not the one that was followed")
	// ErrRefused: the database will not keep what was to be written, whenever it
	// is asked; nothing was.
	ErrRefused = errors.New("the database refuses what was to be written")
)

// Head is a board's position and state.
type Head struct {
	Epoch       int64 `db:"epoch"`        // changes when a backup was restored
	Seq         int64 `db:"seq"`          // of the last event
	LogFloor    int64 `db:"log_floor"`    // events up to this seq are no longer kept
	PermVersion int64 `db:"perm_version"` // changes with every change of rights
	Trashed     bool  `db:"trashed"`
}

// Store keeps boards. store.Store is the one on Postgres, boardtest.Store the
// one in memory; both pass boardtest.StoreSuite.
type Store interface {
	// Grant evaluates a principal's role on a board now; ErrNotFound when it has
	// none. A board in the trash is found by its owner alone.
	Grant(ctx context.Context, p Principal, board string) (Grant, error)
	// Grants does so for many at once; those that have no role are left out.
	Grants(ctx context.Context, all []Principal, board string) (map[Principal]Grant, error)
	// Load reads a board's whole document and its head at one moment; ErrNotFound.
	Load(ctx context.Context, board string) (*notes.Document, Head, error)
	// Events reads the events after seq, in order, without a gap; ErrTruncated.
	Events(ctx context.Context, board string, after int64) ([]notes.Event, error)
	// Heads reads the heads of boards; those that do not exist are left out.
	Heads(ctx context.Context, boards []string) (map[string]Head, error)
	// Enter evaluates the visitor's role, raises the client's generation and reads
	// what it had done, in one transaction: from its commit on no op of an older
	// generation has an effect (I5). A client that is new may be forgotten when the
	// database crashes before it keeps an op of it; no generation is given out
	// twice, not even then. auth.ErrUnknown when there is no such session;
	// ErrNotFound when the visitor has no role, or the client belongs to another
	// principal.
	Enter(ctx context.Context, board, client string, v Visitor) (Entrance, error)
	// Commit is THE transaction: see Proposal and Outcome. After ErrUnavailable the
	// same proposal may be made again; ErrNotFound when the board is gone; ErrEpoch
	// when the proposal's document is of another epoch, or ahead of the board;
	// ErrRefused when what came of the turns cannot be kept, and nothing of it was.
	Commit(ctx context.Context, p Proposal) (Outcome, error)
	// Renew gives a board that is in this epoch a new one, which no board had
	// before, and tells whether it did: of several that ask, one does. The perm
	// version is one under which nothing was granted before, either.
	Renew(ctx context.Context, board string, epoch int64) (bool, error)
}

// Visitor is who says hello: a principal, or the user of the session whose
// token has this hash.
type Visitor struct {
	Principal Principal // counts when Session is nil
	Session   []byte
}

// Entrance is what a hello finds out. Grant and Head are of one moment after the
// hello came.
type Entrance struct {
	Grant  Grant
	Client ClientState
	New    bool // nothing was known of the client
	// Head is no older than what the client's LastMid stands for; the zero Head
	// says that the board must be asked for it.
	Head Head
}

// ClientState is what the store knows of a client on a board.
type ClientState struct {
	Client    string
	Principal string // whom it belongs to, see Principal.String
	Gen       int64
	LastMid   int64
	Results   []Ack // of its last mids, oldest first, at most KeptResults; not in proposals and outcomes
}

// KeptResults is how many answers are kept for a client that missed them: a
// client has one frame in flight, of at most MaxOps ops.
const KeptResults = 64

// Status says what became of an op.
type Status string

// The statuses. Retry is never stored: it says that nothing is known.
const (
	OK       Status = "ok"       // committed at Seq
	Noop     Status = "noop"     // understood, and there was nothing to change
	Rejected Status = "rejected" // refused, with a code and a reason
	Retry    Status = "retry"    // send it again, with the same mid
)

// Ack is the answer to one op, as it goes to the client and is kept for a resend.
// Seq stands only with OK; Code and Reason say why it was Rejected, or what
// holds up one that is to be sent again.
type Ack struct {
	Mid    int64       `json:"mid"`
	Status Status      `json:"status"`
	Seq    int64       `json:"seq,omitempty"`
	Code   notes.Code  `json:"code,omitempty"`
	Reason string      `json:"reason,omitempty"`
	Note   *notes.Note `json:"note,omitempty"` // as it is now; not kept in stored results
}

// Proposal is a batch of turns to be committed together.
type Proposal struct {
	Board string
	Doc   *notes.Document // a replica, see ErrEpoch; nil: the store loads one. It is not changed.
	Epoch int64           // of Doc
	Turns []Turn
	// Clients are those of the turns, by client id, as far as the room knows them.
	// A store may decide on them before it asks (see Foresee), but it writes only
	// when they are true.
	Clients map[string]ClientState
}

// Turn is what one client sent: ops in mid order.
type Turn struct {
	Grant  Grant
	Client string
	Gen    int64
	Ops    []Submission
}

// Submission is one op, or the reason why it could not even be read; its mid is
// used up in both cases.
type Submission struct {
	Mid     int64
	Op      notes.Op         // Op.Mid equals Mid
	Refused *notes.Rejection // when set, Op is empty
}

// Outcome is what a commit did. The room moves its document on by Missed and
// then by Events.
type Outcome struct {
	Head    Head
	Doc     *notes.Document // only when Proposal.Doc was nil or older than the log: the document before Missed and Events
	Missed  []notes.Event   // committed elsewhere since the document's seq
	Events  []notes.Event   // of this proposal
	Answers []Answer        // one for each turn
	Clients []ClientState   // those of the turns that the store knows, as they are now
}

// Fate says what a turn means for its session.
type Fate int

// The fates.
const (
	Lives      Fate = iota // acks answer the ops
	Fenced                 // a newer generation of this client has taken over: no effect
	OutOfOrder             // a mid was skipped, or the client is unknown: it must say hello again
	Denied                 // the principal has no role any more
	Bygone                 // the client was welcomed in an epoch that has ended: no effect
)

// Answer is what became of a turn as a whole, and of each of its ops.
type Answer struct {
	Fate  Fate
	Acks  []Ack // in mid order; empty unless the turn lives
	Grant Grant // as it is now
}

// Now is the clock of a Store: tests pass their own.
type Now func() time.Time
