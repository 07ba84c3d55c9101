package board

import (
	"context"
	"maps"
	"slices"
	"time"
)

// recheck evaluates again what everybody here may do. It runs beside the lane,
// so that a long commit does not hold a revocation up (I11); ops that are
// already waiting are checked inside their transaction.
func (r *room) recheck() { r.recheckSome(func(*Session) bool { return true }) }

// recheckStale does so for those whose grants are not of a perm version. Each
// session is held against it, not the room: what one of them was found to may
// says nothing of the others.
func (r *room) recheckStale(version int64) {
	r.recheckSome(func(s *Session) bool { return s.grant.PermVersion != version })
}

// rightsChanged takes the news of it. The board is read after that, too: a hello
// that is under way may hold a grant from before and take its seat only now.
func (r *room) rightsChanged() {
	r.recheck()
	r.behind = true
	r.next()
}

// heed takes the state of rights that came with a read or a commit.
func (r *room) heed(now Head) {
	changed := now.PermVersion != r.head.PermVersion
	r.head.PermVersion, r.head.Trashed = now.PermVersion, now.Trashed
	if changed {
		r.recheckStale(now.PermVersion)
	}
}

func (r *room) recheckUser(user string) {
	r.recheckSome(func(s *Session) bool { return s.who == Principal{ByUser, user} })
}

func (r *room) recheckSome(which func(*Session) bool) {
	principals := map[Principal]bool{}
	for s := range r.sessions {
		if which(s) {
			principals[s.who] = true
		}
	}
	if len(principals) > 0 {
		r.recheckThese(principals)
	}
}

func (r *room) recheckOne(p Principal) { r.recheckThese(map[Principal]bool{p: true}) }

// recheckThese asks for all of them at once: there may be hundreds, and edits wait
// for the same database.
func (r *room) recheckThese(principals map[Principal]bool) {
	all := slices.Collect(maps.Keys(principals))
	r.aside(storeTimeout, func(ctx context.Context) {
		grants, err := r.hub.store.Grants(ctx, all, r.id)
		if r.hub.ctx.Err() != nil {
			return // everybody is sent elsewhere
		}
		if err != nil {
			r.hub.log.Warn("rights cannot be checked; the next position check tries again", "board", r.id, "error", err)
			return
		}
		r.do(func() { r.apply(principals, grants) })
	})
}

// aside runs f beside the room, for a while at most; the hub's end waits for it.
func (r *room) aside(limit time.Duration, f func(context.Context)) {
	r.hub.done.Go(func() {
		ctx, cancel := context.WithTimeout(r.hub.ctx, limit)
		defer cancel()
		f(ctx)
	})
}

// apply has everybody of the principals that were asked for feel what they may do now.
func (r *room) apply(asked map[Principal]bool, grants map[Principal]Grant) {
	var denied []*Session
	for s := range r.sessions {
		grant, granted := grants[s.who]
		switch {
		case !asked[s.who]:
		case granted:
			r.regrant(s, grant)
		default:
			denied = append(denied, s)
		}
	}
	if len(denied) > 0 {
		r.deny(denied...)
	}
}

// regrant gives a session its new rights and tells it when they changed.
func (r *room) regrant(s *Session, grant Grant) {
	if grant == s.grant || grant.PermVersion < s.grant.PermVersion {
		return // as after nearly every ack
	}
	changed := grant.Role != s.grant.Role
	s.grant = grant
	r.watchExpiry(s)
	if grant.Trashed { // its owner; all others have no grant any more
		r.end(s, CloseTrashed, whyTrashed)
		return
	}
	if changed {
		s.conn.Send(permFrame(grant.Role))
	}
	r.people.rename(s)
}

// sayWhyWithin bounds how long a socket that must go is kept to find out why.
const sayWhyWithin = time.Second

// deny closes sessions whose principal has no rights any more, and says why, if
// that can be found out at once: the board is asked for once for all of them.
func (r *room) deny(sessions ...*Session) {
	r.aside(sayWhyWithin, func(ctx context.Context) {
		code, reason := CloseDenied, "This link was turned off by the board's owner."
		heads, err := r.hub.store.Heads(ctx, []string{r.id})
		switch head, exists := heads[r.id]; {
		case err != nil:
		case !exists:
			code, reason = CloseGone, whyGone
		case head.Trashed:
			code, reason = CloseTrashed, whyTrashed
		}
		r.do(func() {
			for _, s := range sessions {
				r.end(s, code, reason)
			}
		})
	})
}
