package board

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"golang.org/x/time/rate"

	"corkboard/notes"
	"corkboard/presence"
)

// Rates of one socket. A faster one is not refused: it is read more slowly, so
// that nothing is lost.
const (
	opsPerSecond      = 500
	opsBurst          = 1000
	presencePerSecond = 60 // of those that come within a tick of another one
)

// plainPing is how our own clients spell a ping; other spellings are read, too.
const plainPing = `{"type":"ping"}`

// Session is one socket's seat in a room.
type Session struct {
	room   *room
	conn   Conn
	client string
	who    Principal
	epoch  int64  // in which it was welcomed; the room's
	peer   string // "" for those who only watch (embeds); set once, before Join returns

	grant   Grant          // the room's
	expiry  *time.Timer    // of the grant; the room's
	state   *ClientState   // what the store is thought to know of the client; nil before its first seat; the room's
	queued  int            // frames of ops in the room's lane; the room's
	strikes int            // the reader's
	told    fingerprint    // in the last pong that held one; the room's
	said    presence.State // newest; under the lock of the room's people
	saying  bool           // said has not been taken yet; under the same lock

	ops    *rate.Limiter
	moves  *rate.Limiter
	ctx    context.Context
	cancel context.CancelFunc
	left   atomic.Bool
}

// Join seats a socket on a board: it finds out what the visitor may do there,
// fences off the client's older sockets, brings the room up to the database, and
// sends the welcome. Errors: auth.ErrUnknown for a session that is none,
// ErrNotFound, ErrTrashed, ErrUnavailable, ErrClosing, ErrFull.
func (h *Hub) Join(ctx context.Context, conn Conn, v Visitor, hello Hello) (*Session, error) {
	j, grant, err := h.register(ctx, hello, v)
	if err != nil {
		return nil, fmt.Errorf("enter a board: %w", err)
	}
	r, err := h.acquire(hello.Board)
	if err != nil {
		return nil, err
	}
	s := &Session{
		room: r, conn: conn, client: hello.Client, who: grant.Principal, grant: grant,
		ops: rate.NewLimiter(opsPerSecond, opsBurst), moves: rate.NewLimiter(presencePerSecond, presencePerSecond),
	}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	j.session = s
	if err := r.join(ctx, j); err != nil {
		s.Leave() // a hello that ran out of time may still be on its way to a seat
		return nil, err
	}
	return s, nil
}

// enterAgain says hello to the database and takes the seat once more.
func (s *Session) enterAgain(ctx context.Context, hello Hello) error {
	j, _, err := s.room.hub.register(ctx, hello, Visitor{Principal: s.who})
	if err != nil {
		return fmt.Errorf("enter a board again: %w", err)
	}
	j.session = s
	return s.room.join(ctx, j)
}

// Receive takes one text frame. It is called by the socket's reader alone, and
// blocks it while the room is behind or the socket too fast.
func (s *Session) Receive(frame []byte) {
	if err := s.receive(frame); err != nil {
		s.refuse(err)
	}
}

func (s *Session) receive(frame []byte) error {
	if state, ok := presence.ParseState(frame); ok {
		return s.say(state)
	}
	if string(frame) == plainPing {
		s.pong()
		return nil
	}
	kind, err := messageType(frame)
	if err != nil {
		return err
	}
	switch kind {
	case "ping":
		s.pong()
		return nil
	case "ops":
		return s.receiveOps(frame)
	case "presence":
		return s.receivePresence(frame)
	case "hello":
		return s.helloAgain(frame)
	case "diverged":
		return s.receiveDiverged(frame)
	case "pong":
		return nil
	}
	return fmt.Errorf("%w: there is no message %q", ErrProtocol, kind)
}

// refuse answers a frame that cannot be taken. The connection stays, unless it
// goes on like that.
func (s *Session) refuse(err error) {
	if errors.Is(err, context.Canceled) {
		return
	}
	s.strikes++
	s.conn.Send(errorFrame(notes.Invalid, sentenceOf(err)))
	if s.strikes > maxStrikes {
		s.conn.Close(CloseBad, "Too many messages could not be understood.")
	}
}

func sentenceOf(err error) string { return "The message was refused: " + err.Error() + "." }

func (s *Session) receiveOps(frame []byte) error {
	m, err := parseOps(frame)
	if err != nil {
		return err
	}
	subs, err := m.submissions()
	if err != nil {
		return err
	}
	if err := s.ops.WaitN(s.ctx, len(subs)); err != nil {
		return context.Canceled
	}
	came := time.Now() // after what it was held back for being too fast
	s.room.do(func() { s.room.propose(s, m.Gen, subs, came) })
	return nil
}

func (s *Session) receivePresence(frame []byte) error {
	m, err := parseAs[presenceMessage](frame)
	if err != nil {
		return err
	}
	return s.say(m.State)
}

// say notes the newest state, which the room takes with the next tick: a pointer
// that moves faster than that costs it nothing, and is read more slowly at last.
func (s *Session) say(state presence.State) error {
	if err := state.Check(); err != nil {
		return fmt.Errorf("%w: %s", ErrProtocol, err)
	}
	if s.peer == "" || s.room.people.say(s, state) {
		return nil
	}
	if err := s.moves.Wait(s.ctx); err != nil {
		return context.Canceled
	}
	return nil
}

// helloAgain starts a session over on its own socket, after the client lost its
// place. It costs as much as a full frame of ops, and is held to the same rate.
func (s *Session) helloAgain(frame []byte) error {
	hello, err := ParseHello(frame)
	if err != nil {
		return err
	}
	if hello.Board != s.room.id || hello.Client != s.client {
		return fmt.Errorf("%w: a socket stays with its board and its client", ErrProtocol)
	}
	if err := s.ops.WaitN(s.ctx, MaxOps); err != nil {
		return context.Canceled
	}
	ctx, cancel := context.WithTimeout(s.ctx, storeTimeout)
	defer cancel()
	switch err := s.enterAgain(ctx, hello); {
	case errors.Is(err, ErrClosing):
		s.conn.Close(CloseRestart, whyRestart)
	case err != nil:
		s.conn.Close(CloseResync, "The board could not be read. Connect again.")
	}
	return nil
}

// Leave gives the seat up; the socket has ended.
func (s *Session) Leave() {
	if s.left.Swap(true) {
		return
	}
	s.cancel()
	s.room.do(func() { s.room.detach(s) })
	s.room.hub.release(s.room)
}

// propose queues a session's ops for the next transaction.
func (r *room) propose(s *Session, gen int64, subs []Submission, came time.Time) {
	if !r.sessions[s] || s.epoch != r.head.Epoch {
		return // the second was told to start over
	}
	if r.draining {
		r.answer(s, subs, Answer{}, ErrClosing)
		return
	}
	if s.queued == maxWaiting {
		r.end(s, CloseBad, "Wait for the answer to one frame of ops before sending the next.")
		return
	}
	s.queued++
	turn := Turn{Grant: s.grant, Client: s.client, Gen: gen, Ops: subs}
	r.waiting = append(r.waiting, waitingTurn{turn: turn, by: s, epoch: s.epoch, state: s.state, reply: func(a Answer, err error) {
		s.queued--
		r.answer(s, subs, a, err)
		if err == nil {
			r.hub.Stats.AckSeconds.observe(time.Since(came).Seconds())
		}
	}})
	r.next()
}

// answer tells a session what became of its ops.
func (r *room) answer(s *Session, subs []Submission, a Answer, err error) {
	if !r.sessions[s] {
		return
	}
	if err != nil {
		acks := make([]Ack, len(subs))
		for i, sub := range subs {
			acks[i] = held(sub.Mid, err)
		}
		s.conn.Send(ackFrame(acks))
		return
	}
	if len(a.Acks) > 0 {
		s.conn.Send(ackFrame(a.Acks))
	}
	switch a.Fate {
	case Lives:
		r.regrant(s, a.Grant)
	case Fenced:
		r.end(s, CloseReplaced, whyReplaced)
	case OutOfOrder:
		r.end(s, CloseResync, "An op is missing before the ones that were sent.")
	case Denied:
		r.deny(s)
	case Bygone: // it was told to start over, and is told there how far it got
	}
}

// record is what others see of a session before it says anything of itself.
func (s *Session) record() presence.Peer {
	return presence.Peer{
		ID: s.peer, User: s.grant.Actor.ID, Name: s.grant.Actor.Name, Color: s.grant.Color, Role: string(s.grant.Role),
		State: presence.State{Selection: []string{}},
	}
}
