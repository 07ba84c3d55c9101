package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"corkboard/board"
	"corkboard/bus/bustest"
	"corkboard/cmd/loadtest/bot"
	"corkboard/notes"
	"corkboard/store/storetest"
)

// asMain makes this test's own binary run as the server: real processes, that
// can really be killed, built with whatever the test was built with.
const asMain = "CORKBOARD_TEST_AS_MAIN"

func TestMain(m *testing.M) {
	if os.Getenv(asMain) != "" {
		main()
		return
	}
	flag.Parse()
	if err := flag.Set("test.parallel", "8"); err != nil { // they wait for clocks more than for the processor
		panic(err)
	}
	zerolog.SetGlobalLevel(zerolog.Disabled) // some toxics write to a log of toxiproxy's own
	os.Exit(m.Run())
}

const patience = 60 * time.Second

// node is a server process.
type node struct {
	url string
	cmd *exec.Cmd
	log *bytes.Buffer
}

// startNode runs `corkboard serve` on a free port.
func startNode(t *testing.T, database, publicURL string) *node {
	t.Helper()
	return startNodeOn(t, database, os.Getenv("TEST_REDIS_URL"), publicURL)
}

// startNodeOn is startNode with another Redis than the tests'.
func startNodeOn(t *testing.T, database, redis, publicURL string) *node {
	t.Helper()
	address := "127.0.0.1:" + bustest.FreePort(t)
	if publicURL == "" {
		publicURL = "http://" + address
	}
	n := &node{url: "http://" + address, log: &bytes.Buffer{}}
	n.cmd = exec.Command(os.Args[0], "serve")
	n.cmd.Env = append(os.Environ(), asMain+"=1", "ADDR="+address, "PUBLIC_URL="+publicURL,
		"DATABASE_URL="+database, "REDIS_URL="+redis, "DATA_DIR="+t.TempDir(), "LOG_LEVEL=warn")
	n.cmd.Stdout, n.cmd.Stderr = n.log, n.log
	if err := n.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		n.kill()
		if t.Failed() {
			t.Logf("the server at %s said:\n%s", n.url, n.log)
		}
	})
	n.awaitReady(t)
	return n
}

func (n *node) awaitReady(t *testing.T) {
	t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if resp, err := http.Get(n.url + "/readyz"); err == nil {
			resp.Body.Close()
			if resp.StatusCode == http.StatusOK {
				return
			}
		}
	}
	t.Fatalf("the server at %s did not become ready:\n%s", n.url, n.log)
}

// kill is kill -9: nothing in the process gets a chance.
func (n *node) kill() {
	if n.cmd.ProcessState == nil {
		_ = n.cmd.Process.Kill()
		_ = n.cmd.Wait()
	}
}

type madeBoard struct {
	ID      string `json:"id"`
	EditURL string `json:"edit_url"`
	ViewURL string `json:"view_url"`
	APIKey  string `json:"api_key"`
}

func makeBoard(t *testing.T, base string) madeBoard {
	t.Helper()
	resp, err := http.Post(base+"/api/v1/boards", "application/json", strings.NewReader(`{"name":"Kill"}`))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var made madeBoard
	if err := json.NewDecoder(resp.Body).Decode(&made); err != nil || resp.StatusCode != http.StatusCreated {
		t.Fatalf("%s, %v", resp.Status, err)
	}
	return made
}

// guest opens the edit link on a node and returns the cookie it was given.
func guest(t *testing.T, base, editURL string) string {
	t.Helper()
	link, err := url.Parse(editURL)
	if err != nil {
		t.Fatal(err)
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Get(base + link.Path)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if len(resp.Cookies()) == 0 {
		t.Fatalf("%s gave no session: %s", link.Path, resp.Status)
	}
	c := resp.Cookies()[0]
	return c.Name + "=" + c.Value
}

// acks gathers what the bots were told is saved.
type acks struct {
	mu   sync.Mutex
	told map[string]map[int64]int64 // by client and mid: seq
	sent int
}

func (a *acks) note(client string, mid, seq int64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.told[client] == nil {
		a.told[client] = map[int64]int64{}
	}
	a.told[client][mid] = seq
	a.sent++
}

// newBot makes a bot that tells of every edit that was called saved.
func (a *acks) newBot(c bot.Config) *bot.Bot {
	var b *bot.Bot
	ready := make(chan struct{})
	c.OnAck = func(mid, seq int64) { <-ready; a.note(b.Client(), mid, seq) }
	b = bot.New(c)
	close(ready)
	return b
}

func edit(i int) func(*notes.Document) notes.Edit {
	switch {
	case i%10 == 0:
		return bot.Create(fmt.Sprint(i))
	case i%3 == 0:
		return bot.Move()
	}
	return bot.Type(string(rune('a' + i%26)))
}

// checkNothingLost compares what was promised with what Postgres holds.
func checkNothingLost(ctx context.Context, t *testing.T, database, id string, bots []*bot.Bot, told *acks) {
	t.Helper()
	doc, events := checkLog(ctx, t, database, id)
	found := map[string]map[int64]int64{}
	for _, e := range events {
		if found[e.Client] == nil {
			found[e.Client] = map[int64]int64{}
		}
		if was, twice := found[e.Client][e.Mid]; twice {
			t.Errorf("op %d of %s is there at %d and at %d", e.Mid, e.Client, was, e.Seq)
		}
		found[e.Client][e.Mid] = e.Seq
	}
	told.mu.Lock()
	defer told.mu.Unlock()
	for client, mids := range told.told {
		for mid, seq := range mids {
			if found[client][mid] != seq {
				t.Errorf("op %d of %s was called saved at %d, and is at %d", mid, client, seq, found[client][mid])
			}
		}
	}
	sameReplicas(ctx, t, doc, bots)
}

// checkLog checks that the log, replayed from its start, makes the notes.
func checkLog(ctx context.Context, t *testing.T, database, id string) (*notes.Document, []notes.Event) {
	t.Helper()
	s := storetest.Open(t, database)
	doc, _, err := s.Load(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	events, err := s.Events(ctx, id, 0)
	if err != nil {
		t.Fatal(err)
	}
	replay := notes.NewDocument(0, notes.Board{Name: "Kill"}, nil)
	for _, e := range events[:min(doc.Seq, int64(len(events)))] { // people may be at work
		if err := replay.ApplyEvent(e); err != nil {
			t.Fatal(err)
		}
	}
	if replay.Hash() != doc.Hash() {
		t.Errorf("the log replays to %s at %d, the notes are %s at %d", replay.Hash(), replay.Seq, doc.Hash(), doc.Seq)
	}
	return doc, events
}

func sameReplicas(ctx context.Context, t *testing.T, doc *notes.Document, bots []*bot.Bot) {
	t.Helper()
	for _, b := range bots {
		if err := b.AwaitSeq(ctx, doc.Seq); err != nil {
			t.Errorf("%s does not reach %d: %v", b.Client(), doc.Seq, err)
			continue
		}
		if seq, hash := b.Hash(); hash != doc.Hash() || seq != doc.Seq {
			t.Errorf("%s has %s at %d, Postgres %s at %d", b.Client(), hash, seq, doc.Hash(), doc.Seq)
		}
		if n := b.Record().Gaps; n > 0 {
			t.Errorf("%s was shown %d gaps", b.Client(), n)
		}
	}
}

// The socket is cut at a random moment between the commit and the ack, 200
// times, of four people who have a board each: each edit is there once (I3).
func TestCutBetweenCommitAndAck(t *testing.T) {
	t.Parallel()
	database := storetest.URL(t)
	server := startNode(t, database, "")
	for range 4 {
		t.Run("50 times", func(t *testing.T) {
			t.Parallel()
			cutOff(t, database, server, 50)
		})
	}
}

// cutOff has somebody edit and cuts the answer to every edit but the first.
func cutOff(t *testing.T, database string, server *node, cuts int) {
	t.Helper()
	made := makeBoard(t, server.url)
	told := &acks{told: map[string]map[int64]int64{}}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	cutter := &cutter{t: t, target: strings.TrimPrefix(server.url, "http://")}
	b := bot.New(bot.Config{
		Nodes: []string{cutter.listen()}, Origin: server.url, Cookie: guest(t, server.url, made.EditURL), Board: made.ID,
		Forgetful: true, // the server alone must see that it knows the edit
	})
	defer b.Close()
	for i := range cuts + 1 {
		if i > 0 {
			cutter.cutNextAnswer()
		}
		ack, err := b.Do(ctx, edit(i))
		if err != nil {
			t.Fatalf("edit %d: %v", i, err)
		}
		if ack.Status != board.OK {
			t.Fatalf("edit %d was answered %+v", i, ack)
		}
		told.note(b.Client(), ack.Mid, ack.Seq)
	}
	if n := cutter.cuts.Load(); n != int64(cuts) {
		t.Errorf("%d answers were cut, want %d", n, cuts)
	}
	checkNothingLost(ctx, t, database, made.ID, []*bot.Bot{b}, told)
	if doc, _, err := storetest.Open(t, database).Load(ctx, made.ID); err != nil || doc.Seq != int64(cuts)+1 {
		t.Errorf("%d edits made %d events, %v", cuts+1, doc.Seq, err)
	}
}
