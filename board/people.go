package board

import (
	"encoding/json"
	"sync"
	"time"

	"corkboard/presence"
)

// people is a room's presence lane: who is here, on this node and on others.
// It belongs to the room's goroutine.
type people struct {
	room   *room
	local  *presence.Roster
	remote *presence.Roster
	nodeOf map[string]string // of remote peers
	timer  *time.Timer       // of the next frame of news
	keeper *keeper
	roster *Packed // since the last news; nil: not asked for since
	unkept bool    // the other nodes are to be told who is here, with the next news

	mu      sync.Mutex // guards what follows; sessions' readers take it
	pace    presence.Pace
	armed   bool       // the timer runs
	patient bool       // for longer than a tick
	said    []*Session // those with a state that the roster has not got yet
}

// tick is the least time between two frames of news. Who comes and goes is told
// later where there are many, up to slowest: each frame goes to all of them, and
// when everybody comes back at once there would be one for nearly each.
const (
	tick    = presence.TickMillis * time.Millisecond
	slowest = 250 * time.Millisecond
)

// gather is how long those who come and go are gathered on a board of so many
// sockets: as long as their frames take a small part of a processor.
func gather(sockets int) time.Duration {
	return min(max(tick, time.Duration(sockets)*time.Millisecond), slowest)
}

func newPeople(r *room) *people {
	timer := time.NewTimer(time.Hour)
	timer.Stop()
	return &people{
		room: r, local: presence.NewRoster(), remote: presence.NewRoster(),
		nodeOf: map[string]string{},
		timer:  timer,
		keeper: newKeeper(r.hub.bus, "presence:"+r.id, r.hub.node, r.hub.log),
	}
}

// smallRoster is how many sockets a board has whose roster is not worth keeping.
const smallRoster = 20

// packed is the roster for those who join, as it was at some time since the last
// news: what has changed in it is in the next, one's own arrival, too. When
// everybody comes back at once it is encoded once for each frame of news, and not
// for each of them; that of a small board is as it is now.
func (p *people) packed() *Packed {
	if p.roster == nil || len(p.room.sessions) <= smallRoster {
		p.roster = pack(encode(p.all()).Text())
	}
	return p.roster
}

func (p *people) all() []presence.Peer { return append(p.local.All(), p.remote.All()...) }

func (p *people) knows(id string) bool {
	_, here := p.local.Get(id)
	_, there := p.remote.Get(id)
	return here || there
}

// arrive puts a session on the roster. Those who only watch an embed are not shown.
func (p *people) arrive(s *Session) {
	if s.who.Kind == ByLink {
		return
	}
	if s.peer == "" {
		s.peer = p.room.newPeerID()
	}
	p.local.Put(s.record(), time.Now())
}

func (p *people) depart(s *Session) {
	p.local.Remove(s.peer)
	p.comeAndGone()
}

// say takes what a session tells of itself, from its reader: the newest wins.
// The room wakes once for all that is said within a tick. It reports whether
// the room had taken what was said before.
func (p *people) say(s *Session, state presence.State) (first bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if s.said = state; s.saying {
		return false
	}
	s.saying = true
	p.said = append(p.said, s)
	if !p.armed || p.patient {
		p.arm(p.pace.Wait(time.Now(), tick), false)
	}
	return true
}

// arm has the next frame of news leave after a while; the lock is held.
func (p *people) arm(after time.Duration, patient bool) {
	p.armed, p.patient = true, patient
	p.timer.Reset(after)
}

// listen takes into the roster what sessions have said since the last frame.
func (p *people) listen(now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.armed = false
	for i, s := range p.said {
		if s.said.Selection == nil {
			s.said.Selection = []string{} // as it is written
		}
		p.local.Say(s.peer, s.said, now)
		s.said, s.saying, p.said[i] = presence.State{}, false, nil
	}
	p.said = p.said[:0]
}

// rename renews a session's record after its grant changed.
func (p *people) rename(s *Session) {
	peer, here := p.local.Get(s.peer)
	if !here {
		return
	}
	record := s.record()
	record.State = peer.State
	p.local.Put(record, time.Now())
	p.comeAndGone()
}

// comeAndGone has it told who has come or gone, or is called otherwise now: at
// once after a pause, else when some have been gathered. It is stored for other
// nodes, too.
func (p *people) comeAndGone() {
	p.unkept = true
	p.changed(gather(len(p.room.sessions)))
	if !p.local.Changed() { // nobody who is shown
		p.keep()
	}
}

// changed has the news sent: at once after a pause of that length, else when it
// is over.
func (p *people) changed(pause time.Duration) {
	if (p.local.Changed() || p.remote.Changed()) && p.due(pause) {
		p.flush()
	}
}

// due tells whether news may leave now; those that may not leave with the timer.
func (p *people) due(pause time.Duration) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.armed && (!p.patient || pause > tick) {
		return false
	}
	wait := p.pace.Wait(time.Now(), pause)
	if wait > 0 {
		p.arm(wait, pause > tick)
	}
	return wait == 0
}

// keep has it stored who is here, if that was not since they came and went. All
// of them are sorted for it: once for a frame, and not for each who comes.
func (p *people) keep() {
	if p.unkept {
		p.unkept = false
		p.keeper.setPeers(p.here())
	}
}

// flush sends one frame of news to everybody here, and our own to other nodes.
func (p *people) flush() {
	now := time.Now()
	p.keep()
	p.listen(now)
	ours, theirs := p.local.Take(), p.remote.Take()
	p.roster = nil
	if !ours.Empty() && len(p.room.others.heard) > 0 {
		p.room.tell(news{Presence: &ours})
	}
	all := presence.Changes{
		Peers:   append(ours.Peers, theirs.Peers...),
		Cursors: append(ours.Cursors, theirs.Cursors...),
		Gone:    append(ours.Gone, theirs.Gone...),
	}
	if all.Empty() {
		return
	}
	p.sent(now)
	alone := sayer(all)
	p.room.tellAllBut(func(s *Session) bool { return alone != "" && s.peer == alone }, presenceFrame(all))
}

// sayer is the peer whose pointer is all the news: it knows that already. "" when
// there is other news, too.
func sayer(c presence.Changes) string {
	if c.OnlyCursors() && len(c.Cursors) == 1 {
		return c.Cursors[0].ID
	}
	return ""
}

func (p *people) sent(now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.pace.Sent(now)
}

// hear takes news of another node's room.
func (p *people) hear(n news) {
	if n.Presence == nil || !p.room.listening {
		return
	}
	now := time.Now()
	for _, peer := range n.Presence.Peers {
		p.meet(n.Node, peer, now)
	}
	for _, c := range n.Presence.Cursors {
		p.remote.Point(c, now)
	}
	for _, id := range n.Presence.Gone {
		p.lose(id)
	}
	p.changed(tick)
}

func (p *people) meet(node string, peer presence.Peer, now time.Time) {
	p.nodeOf[peer.ID] = node
	p.remote.Put(peer, now)
}

func (p *people) lose(id string) {
	delete(p.nodeOf, id)
	p.remote.Remove(id)
}

// beat renews what is stored of us and, to look for others, asks who is stored
// elsewhere.
func (p *people) beat(look bool) {
	p.keeper.note(p.here())
	asking := p.room.others.asking
	go func() {
		kept, err := p.keeper.beat(look)
		if err == nil && look {
			p.room.do(func() { p.reconcile(kept, asking) })
		}
	}()
	for _, id := range p.remote.Expire(time.Now().Add(-presence.TTL * time.Second)) {
		delete(p.nodeOf, id)
	}
	p.changed(tick)
}

// here is what is stored of us: nil when nobody watches.
func (p *people) here() []presence.Peer {
	if len(p.room.sessions) == 0 {
		return nil
	}
	return p.local.All()
}

// reconcile makes the remote roster what the bus has kept: a node that was
// killed is not there any more once its entry has expired.
func (p *people) reconcile(kept map[string][]byte, asking int) {
	if !p.room.listening {
		return
	}
	now := time.Now()
	delete(kept, p.room.hub.node)
	if p.room.others.listed(kept, asking, now) {
		p.room.tell(p.room.whole(news{Hello: true}))
	}
	listed := map[string]bool{}
	for node, value := range kept {
		var peers []presence.Peer
		if json.Unmarshal(value, &peers) != nil {
			continue
		}
		for _, peer := range peers {
			listed[peer.ID] = true
			p.remote.Touch(peer.ID, now)
			if _, known := p.remote.Get(peer.ID); !known {
				p.meet(node, peer, now)
			}
		}
	}
	for id := range p.nodeOf {
		if !listed[id] && !p.remote.HeardSince(id, now.Add(-keepWithin-keepAfter)) {
			p.lose(id)
		}
	}
	p.changed(tick)
}

// forgetOthers empties the roster of other nodes, of which nothing is heard from
// now on.
func (p *people) forgetOthers() {
	for id := range p.nodeOf {
		p.lose(id)
	}
	p.remote.Take()
	p.roster = nil
}

// close takes our own off the other nodes' boards.
func (p *people) close() {
	p.timer.Stop()
	p.keeper.close()
}
