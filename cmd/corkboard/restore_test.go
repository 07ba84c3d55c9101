package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"corkboard/board"
	"corkboard/cmd/loadtest/bot"
	"corkboard/notes"
	"corkboard/store/storetest"
)

// backup is a dump of one test's tables, made and restored by Postgres's own
// programs, as an operator does it.
type backup struct{ address, schema, file string }

func takeBackup(t *testing.T, database string) backup {
	t.Helper()
	u, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	b := backup{address: os.Getenv(storetest.Variable), schema: u.Query().Get("search_path"), file: filepath.Join(t.TempDir(), "backup")}
	b.run(t, "pg_dump", "--format=custom", "--schema="+b.schema, "--file="+b.file, "--dbname="+b.address)
	return b
}

// restore puts the backup in the place of what is there, in one transaction.
func (b backup) restore(t *testing.T) {
	t.Helper()
	b.run(t, "pg_restore", "--clean", "--if-exists", "--single-transaction", "--schema="+b.schema, "--dbname="+b.address, b.file)
}

func (b backup) run(t *testing.T, program string, args ...string) {
	t.Helper()
	if out, err := exec.CommandContext(t.Context(), program, args...).CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", program, err, bytes.TrimSpace(out))
	}
}

// restoring is two servers on one database, with people on both.
type restoring struct {
	database string
	nodes    []*node
	board    madeBoard
	bots     []*bot.Bot
}

func newRestoring(ctx context.Context, t *testing.T) *restoring {
	t.Helper()
	r := &restoring{database: storetest.URL(t)}
	first := startNode(t, r.database, "")
	r.nodes = []*node{first, startNode(t, r.database, first.url)}
	r.board = makeBoard(t, first.url)
	for i := range 4 {
		b := bot.New(bot.Config{
			Nodes: []string{r.nodes[i%2].url}, Origin: first.url, Cookie: guest(t, first.url, r.board.EditURL), Board: r.board.ID,
		})
		t.Cleanup(b.Close)
		r.bots = append(r.bots, b)
	}
	r.write(ctx, t, "before the backup")
	return r
}

// write has everybody make a note, and waits until everybody has them all.
func (r *restoring) write(ctx context.Context, t *testing.T, text string) {
	t.Helper()
	var last int64
	for _, b := range r.bots {
		ack, err := b.Do(ctx, bot.Create(text))
		if err != nil || ack.Status != board.OK {
			t.Fatalf("%q of %s: %+v, %v", text, b.Client(), ack, err)
		}
		last = ack.Seq
	}
	for _, b := range r.bots {
		if err := b.AwaitSeq(ctx, last); err != nil {
			t.Fatal(err)
		}
	}
}

// startedOver checks that everybody is in one epoch that is none of the earlier
// ones, with the document that Postgres holds, and returns the epoch.
func (r *restoring) startedOver(ctx context.Context, t *testing.T, earlier ...int64) int64 {
	t.Helper()
	for _, b := range r.bots {
		if err := b.AwaitEpoch(ctx, earlier[len(earlier)-1]); err != nil {
			t.Fatalf("%s does not start over: %v", b.Client(), err)
		}
	}
	r.write(ctx, t, "after the restore")
	_, head, err := storetest.Open(t, r.database).Load(ctx, r.board.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range earlier {
		if head.Epoch == e {
			t.Errorf("epoch %d was given out again", e)
		}
	}
	for _, b := range r.bots {
		if epoch, _ := b.Position(); epoch != head.Epoch {
			t.Errorf("%s is in epoch %d, the board in %d", b.Client(), epoch, head.Epoch)
		}
	}
	doc, _ := checkLog(ctx, t, r.database, r.board.ID)
	sameReplicas(ctx, t, doc, r.bots)
	return head.Epoch
}

// texts are those of the board's notes, with how often each stands there.
func (r *restoring) texts(ctx context.Context, t *testing.T) map[string]int {
	t.Helper()
	doc, _ := checkLog(ctx, t, r.database, r.board.ID)
	found := map[string]int{}
	for _, n := range doc.Notes {
		found[n.Text]++
	}
	return found
}

// A backup is restored under the feet of two servers and of people who write.
// Both servers see the log go back: the board gets one new epoch, everybody starts
// over, and what was on its way is its writer's to keep, not done again (I14). The
// same backup once more leads to yet another epoch.
func TestRestoredBackupIsNoticed(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	r := newRestoring(ctx, t)
	saved := takeBackup(t, r.database)
	epochs := []int64{1}
	for round := 1; round <= 2; round++ {
		r.write(ctx, t, "after the backup")
		before := sum(t, r.nodes, "corkboard_new_epochs_total")
		waiting := r.away(ctx, t)
		saved.restore(t)
		for _, b := range r.bots[2:] {
			b.Return()
		}
		for _, out := range waiting {
			if got := (<-out).Ack.Status; got != bot.Offered {
				t.Errorf("what was on its way is %q", got)
			}
		}
		epochs = append(epochs, r.startedOver(ctx, t, epochs...))
		if n := sum(t, r.nodes, "corkboard_new_epochs_total") - before; n != 1 {
			t.Errorf("%d new epochs were counted for one restore", n)
		}
		texts := r.texts(ctx, t)
		if texts["before the backup"] != 4 || texts["after the backup"] != 0 || texts["on its way"] != 0 || texts["after the restore"] != 4 {
			t.Errorf("round %d: the board holds %v", round, texts)
		}
	}
}

// away takes two of the four from the board and has them write all the same.
func (r *restoring) away(ctx context.Context, t *testing.T) []<-chan bot.Outcome {
	t.Helper()
	var waiting []<-chan bot.Outcome
	for _, b := range r.bots[2:] {
		b.Leave()
		waiting = append(waiting, b.Propose(func(doc *notes.Document) notes.Edit { return bot.Create("on its way")(doc) }))
	}
	return waiting
}

// sum adds up a counter of the servers.
func sum(t *testing.T, nodes []*node, name string) int {
	t.Helper()
	total := 0
	for _, n := range nodes {
		resp, err := http.Get(n.url + "/metrics")
		if err != nil {
			t.Fatal(err)
		}
		page, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		_, rest, _ := strings.Cut(string(page), "\n"+name+" ")
		line, _, _ := strings.Cut(rest, "\n")
		value, err := strconv.Atoi(line)
		if err != nil {
			t.Fatalf("%s is %q", name, line)
		}
		total += value
	}
	return total
}

// Nobody can see that a backup was restored when the log is as long as it was:
// the command says so to everybody.
func TestRestoredCommand(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	r := newRestoring(ctx, t)
	c := config{DatabaseURL: r.database, RedisURL: os.Getenv("TEST_REDIS_URL"), DataDir: t.TempDir()}
	epochs := []int64{1}
	for range 2 {
		out := newScreen()
		if err := restored(ctx, c, terminal{strings.NewReader(""), out, newScreen()}); err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(out.String(), "1 boards have a new epoch") {
			t.Errorf("it says %q", out)
		}
		epochs = append(epochs, r.startedOver(ctx, t, epochs...))
	}
	if n := sum(t, r.nodes, "corkboard_new_epochs_total"); n != 0 {
		t.Errorf("%d epochs were counted as found by the servers", n)
	}
}
