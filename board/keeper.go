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

	mu     sync.Mutex // guards what follows, and makes writes one at a time
	peers  []presence.Peer
	since  time.Time // of the first change that is not written yet; zero: none
	closed bool
}

func newKeeper(bus Bus, set, node string, log *slog.Logger) *keeper {
	return &keeper{bus: bus, set: set, node: node, log: log, later: debounce.New(keepAfter)}
}

// setPeers notes who is here now and has it written soon.
func (k *keeper) setPeers(peers []presence.Peer) {
	k.mu.Lock()
	k.peers = peers
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
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.closed || k.since.IsZero() {
		return
	}
	k.since = time.Time{}
	if err := k.keep(); err != nil {
		k.log.Warn("who is here cannot be told to other nodes", "error", err)
	}
}

// keep stores the peers, or nothing when nobody is here.
func (k *keeper) keep() error {
	if len(k.peers) == 0 {
		return k.bus.Drop(k.set, k.node)
	}
	return k.bus.Keep(k.set, k.node, encodePeers(k.peers), keepFor)
}

// beat stores who is here again, for another TTL, also when nobody but an
// embed's watchers are, and returns what all nodes have stored.
func (k *keeper) beat(peers []presence.Peer, watched bool) (map[string][]byte, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.closed {
		return nil, ErrClosing
	}
	k.peers, k.since = peers, time.Time{}
	if watched {
		if err := k.bus.Keep(k.set, k.node, encodePeers(peers), keepFor); err != nil {
			return nil, err
		}
	}
	return k.bus.Kept(k.set)
}

func (k *keeper) close() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.closed = true
	if err := k.bus.Drop(k.set, k.node); err != nil {
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
