package board

import (
	"fmt"
	"strings"
)

// hashEvery is how many pongs of a node carry the document's hash: one in so
// many. A client that finds another one at the same seq says so (I8).
const hashEvery = 100

// fingerprint is a document's hash at a seq.
type fingerprint struct {
	seq  int64
	hash string
}

// pong answers a ping: most at once, by the reader; a few from the room's
// goroutine, where the document is.
func (s *Session) pong() {
	if s.room.hub.pings.Add(1)%hashEvery != 0 {
		s.conn.Send(pongFrame(fingerprint{seq: s.room.seq.Load()}))
		return
	}
	s.room.do(func() { s.room.tellHash(s) })
}

// tellHash sends a pong with the hash. The session was sent every event up to
// that seq before, and none after.
func (r *room) tellHash(s *Session) {
	if !r.sessions[s] {
		return
	}
	s.told = r.fingerprint()
	s.conn.Send(pongFrame(s.told))
}

// fingerprint is made once for each seq, however many ask for it.
func (r *room) fingerprint() fingerprint {
	if r.print.hash == "" || r.print.seq != r.doc.Seq {
		r.print = fingerprint{r.doc.Seq, r.doc.Hash()}
	}
	return r.print
}

// divergedMessage is a client's word that it has another document at seq than
// the hash of a pong stands for. It takes a snapshot after that.
type divergedMessage struct {
	Type string `json:"type"`
	Seq  int64  `json:"seq"`
	Hash string `json:"hash"` // the client's
}

func (s *Session) receiveDiverged(frame []byte) error {
	m, err := parseAs[divergedMessage](frame)
	if err != nil {
		return err
	}
	if len(m.Hash) != 16 || strings.Trim(m.Hash, "0123456789abcdef") != "" {
		return fmt.Errorf("%w: a hash is 16 hex digits", ErrProtocol)
	}
	s.room.do(func() { s.room.noteDivergence(s, fingerprint{m.Seq, m.Hash}) })
	return nil
}

// noteDivergence counts and logs a claim, if it answers the last hash that the
// session was told: one claim for each, so that nobody floods the log.
func (r *room) noteDivergence(s *Session, theirs fingerprint) {
	ours := s.told
	if ours.hash == "" || theirs.seq != ours.seq || theirs.hash == ours.hash {
		return
	}
	s.told = fingerprint{}
	r.hub.Stats.Divergences.Add(1)
	if r.hub.claims.Allow() {
		r.hub.log.Error("a client's document is not ours", "board", r.id, "seq", ours.seq, "ours", ours.hash, "theirs", theirs.hash, "client", s.client)
	}
}

func pongFrame(p fingerprint) *Frame {
	return encode(struct {
		Type string `json:"type"`
		Seq  int64  `json:"seq"`
		Hash string `json:"hash,omitempty"`
	}{"pong", p.seq, p.hash})
}
