package board

import (
	"encoding/json"
	"log/slog"
	"sync"
	"time"

	"github.com/bep/debounce"

	"corkboard/presence"
)

// Times of a keeper: changes that come in a burst are written once, and one
// that keeps changing is written at least this often.
const (
	keepAfter  = 100 * time.Millisecond
	keepWithin = time.Second
	// What a killed node kept is looked for once a heartbeat: it expires that
	// much before its people must be gone.
	keepFor = (presence.TTL - presence.HeartbeatEvery) * time.Second
)

// keeper stores, with the bus, who is on a board on this node. Writing is
// debounced, because people come and go in bursts (a node's restart, a
// workshop's start); a lost write is made good by the next beat.
type keeper struct {
	bus       Bus
	set, node string
	log       *slog.Logger
	later     func(func())
	turn      sync.Mutex // makes writes one at a time; held while the bus is waited for
	stored    bool       // something may be kept; under turn

	mu     sync.Mutex // guards what follows; the room takes it, so nobody waits while holding it
	peers  []presence.Peer
	since  time.Time // of the first change that is not written yet; zero: none
	closed bool
}

func newKeeper(bus Bus, set, node string, log *slog.Logger) *keeper {
	return &keeper{bus: bus, set: set, node: node, log: log, later: debounce.New(keepAfter)}
}

// note notes who is here now, for the next write.
func (k *keeper) note(peers []presence.Peer) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.peers = peers
}

// setPeers notes who is here now and has it written soon.
func (k *keeper) setPeers(peers []presence.Peer) {
	k.note(peers)
	k.mu.Lock()
	if k.since.IsZero() {
		k.since = time.Now()
	}
	overdue := time.Since(k.since) > keepWithin
	k.mu.Unlock()
	if overdue {
		go k.write()
		return
	}
	k.later(k.write)
}

func (k *keeper) write() {
	k.turn.Lock()
	defer k.turn.Unlock()
	peers, due := k.take()
	if !due {
		return
	}
	if err := k.keep(peers); err != nil {
		k.log.Warn("who is here cannot be told to other nodes", "error", err)
	}
}

// take returns who is here now, if that is not written yet.
func (k *keeper) take() (peers []presence.Peer, due bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	due = !k.closed && !k.since.IsZero()
	k.since = time.Time{}
	return k.peers, due
}

// keep stores the peers: none is an embed's watchers, nil is nobody at all. The
// turn is held.
func (k *keeper) keep(peers []presence.Peer) error {
	if peers != nil {
		k.stored = true
		return k.bus.Keep(k.set, k.node, encodePeers(peers), keepFor)
	}
	if !k.stored {
		return nil
	}
	if err := k.bus.Drop(k.set, k.node); err != nil {
		return err
	}
	k.stored = false
	return nil
}

// beat stores who is here again, for another TTL, and returns, to look for
// others, what all nodes have stored.
func (k *keeper) beat(look bool) (map[string][]byte, error) {
	k.turn.Lock()
	defer k.turn.Unlock()
	k.mu.Lock()
	peers, closed := k.peers, k.closed
	k.since = time.Time{}
	k.mu.Unlock()
	if closed {
		return nil, ErrClosing
	}
	if err := k.keep(peers); err != nil {
		return nil, err
	}
	if !look {
		return nil, nil
	}
	return k.bus.Kept(k.set)
}

func (k *keeper) close() {
	k.mu.Lock()
	k.closed = true
	k.mu.Unlock()
	k.turn.Lock()
	defer k.turn.Unlock()
	if err := k.keep(nil); err != nil {
		k.log.Warn("who was here cannot be taken back; it expires by itself", "error", err)
	}
}

func encodePeers(peers []presence.Peer) []byte {
	data, err := json.Marshal(peers)
	if err != nil {
		panic("board: peers cannot be encoded: " + err.Error())
	}
	return data
}
