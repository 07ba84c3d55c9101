package board

import "time"

// watchExpiry has a session's rights looked at when the link that they rest on
// runs out: nobody tells of that moment. Its ops are refused from then on by the
// commit itself (I11).
func (r *room) watchExpiry(s *Session) {
	s.forgetExpiry()
	if until := s.grant.Until; !until.IsZero() {
		r.expireAfter(time.Until(until), s, until)
	}
}

func (r *room) expireAfter(wait time.Duration, s *Session, until time.Time) {
	s.expiry = time.AfterFunc(wait, func() {
		r.do(func() { r.expire(s, until) })
	})
}

func (r *room) expire(s *Session, until time.Time) {
	switch {
	case !r.sessions[s] || !s.grant.Until.Equal(until):
	case time.Now().Before(until): // the clock was set back
		r.watchExpiry(s)
	default:
		r.recheckOne(s.who)
		r.expireAfter(positionEvery, s, until) // in case the database cannot be asked now
	}
}

func (s *Session) forgetExpiry() {
	if s.expiry != nil {
		s.expiry.Stop()
	}
}
