package board

import (
	"log/slog"
	"testing"
	"time"

	"corkboard/presence"
)

// stuck is a bus on which nothing is kept until it is let go.
type stuck struct {
	Bus
	entered chan struct{}
	letGo   chan struct{}
	kept    chan string
}

func (s stuck) Keep(_, _ string, value []byte, _ time.Duration) error {
	s.entered <- struct{}{}
	<-s.letGo
	s.kept <- string(value)
	return nil
}

func (s stuck) Kept(string) (map[string][]byte, error) { return nil, nil }

// The room calls setPeers and note; it must not wait for Redis (I15).
func TestKeeperNeverHoldsUpTheRoom(t *testing.T) {
	t.Parallel()
	bus := stuck{entered: make(chan struct{}), letGo: make(chan struct{}), kept: make(chan string, 2)}
	k := newKeeper(bus, "set", "node", slog.Default())
	ana := presence.Peer{ID: "ana"}
	k.note([]presence.Peer{ana})
	beaten := make(chan error, 1)
	go func() {
		_, err := k.beat(true)
		beaten <- err
	}()
	<-bus.entered
	noted := make(chan struct{})
	go func() {
		k.setPeers([]presence.Peer{ana, {ID: "ben"}})
		k.note([]presence.Peer{ana, {ID: "eve"}})
		close(noted)
	}()
	select {
	case <-noted:
	case <-time.After(10 * time.Second):
		t.Fatal("the room waits for a bus that hangs")
	}
	close(bus.letGo)
	if err := <-beaten; err != nil {
		t.Fatal(err)
	}
	if got, want := <-bus.kept, string(encodePeers([]presence.Peer{ana})); got != want {
		t.Errorf("kept %s, want %s", got, want)
	}
	<-bus.entered // what was set meanwhile is written after it
	if got, want := <-bus.kept, string(encodePeers([]presence.Peer{ana, {ID: "eve"}})); got != want {
		t.Errorf("then kept %s, want %s", got, want)
	}
}
