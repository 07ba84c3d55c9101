package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"corkboard/bus/bustest"
	"corkboard/cmd/child"
	"corkboard/store/storetest"
)

const sampleFile = "../../notes/archive/testdata/notes.json"

// screen is a terminal that can be read while a command writes.
type screen struct {
	mu   sync.Mutex
	text bytes.Buffer
	news chan struct{}
}

func newScreen() *screen { return &screen{news: make(chan struct{}, 1)} }

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case s.news <- struct{}{}:
	default:
	}
	return s.text.Write(p)
}

func (s *screen) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// await returns what follows mark on the screen, up to the end of its line.
func (s *screen) await(t *testing.T, mark string, ended <-chan error) string {
	t.Helper()
	deadline := time.After(patience)
	for {
		if _, rest, ok := strings.Cut(s.String(), mark); ok && strings.Contains(rest, "\n") {
			line, _, _ := strings.Cut(rest, "\n")
			return line
		}
		select {
		case <-s.news:
		case err := <-ended:
			t.Fatalf("it ended before %q: %v", mark, err)
		case <-deadline:
			t.Fatalf("no %q in %q", mark, s)
		}
	}
}

// inProcess is a server that runs inside the test.
type inProcess struct {
	url  string
	out  *screen
	err  *screen
	stop func() error
}

func startInProcess(t *testing.T, c config) *inProcess {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	s := &inProcess{out: newScreen(), err: newScreen()}
	ended := make(chan error, 1)
	go func() { ended <- serve(ctx, c, terminal{strings.NewReader(""), s.out, s.err}) }()
	s.stop = sync.OnceValue(func() error {
		cancel()
		return <-ended
	})
	t.Cleanup(func() { _ = s.stop() })
	s.url = s.out.await(t, "open ", ended)
	return s
}

// onPostgres is a configuration on the tests' Postgres, in a schema of its own.
func onPostgres(t *testing.T) config {
	t.Helper()
	return config{Addr: "127.0.0.1:0", PublicURL: "http://127.0.0.1:0", DatabaseURL: storetest.URL(t), RedisURL: os.Getenv("TEST_REDIS_URL"), DataDir: t.TempDir()}
}

// noteCount asks the API how many notes the board has.
func noteCount(t *testing.T, base string, b madeBoard) int {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, base+"/api/v1/boards/"+b.ID, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+b.APIKey)
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var facts struct {
		NoteCount int `json:"note_count"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&facts); err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("%d, %v", resp.StatusCode, err)
	}
	return facts.NoteCount
}

// imports runs the import command and returns its output.
func imports(t *testing.T, c config, args ...string) (string, error) {
	t.Helper()
	out, errs := newScreen(), newScreen()
	err := importFile(t.Context(), c, args, terminal{strings.NewReader(""), out, errs})
	return out.String() + errs.String(), err
}

// TestPrivateServers: with nothing set up the program brings its own Postgres
// and Redis, an import works beside it and without it, and data survive.
func TestPrivateServers(t *testing.T) {
	t.Parallel()
	folder, err := os.MkdirTemp("/tmp", "corkboard-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	if err := os.Chmod(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	c := config{Addr: "127.0.0.1:0", PublicURL: "http://127.0.0.1:0", DataDir: filepath.Join(folder, "data")}
	if _, running := child.RunningPostgres(c.DataDir); running {
		t.Fatal("a server runs on a folder that is not there")
	}
	s := startInProcess(t, c)
	b := makeBoard(t, s.url)
	if out, err := imports(t, c, sampleFile, "--board", b.ID); err != nil || !strings.Contains(out, "Imported 3 notes") {
		t.Errorf("beside the server: %q, %v", out, err)
	}
	if n := noteCount(t, s.url, b); n != 3 {
		t.Errorf("the server has %d notes", n)
	}
	if err := s.stop(); err != nil {
		t.Fatal(err)
	}
	if _, running := child.RunningPostgres(c.DataDir); running {
		t.Error("the private Postgres outlived the server")
	}
	if _, running := child.RunningRedis(c.DataDir); running {
		t.Error("the private Redis outlived the server")
	}
	if out, err := imports(t, c, "--board="+b.ID, sampleFile); err != nil {
		t.Errorf("without a server: %q, %v", out, err)
	}
	again := startInProcess(t, c)
	if n := noteCount(t, again.url, b); n != 6 {
		t.Errorf("after a restart there are %d notes", n)
	}
}

func TestServeSaysWhereAndGoesDownQuietly(t *testing.T) {
	t.Parallel()
	s := startInProcess(t, onPostgres(t))
	resp, err := http.Get(s.url + "/readyz")
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(resp.Body)
	resp.Body.Close()
	if err != nil || resp.StatusCode != http.StatusOK || string(body) != "ready\n" {
		t.Errorf("%d %q, %v", resp.StatusCode, body, err)
	}
	if err := s.stop(); err != nil {
		t.Errorf("%v", err)
	}
	if _, err := http.Get(s.url + "/readyz"); err == nil {
		t.Error("somebody still answers")
	}
}

func TestPortInUse(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	c := onPostgres(t)
	c.Addr = taken.Addr().String()
	err = serve(t.Context(), c, terminal{nil, newScreen(), newScreen()})
	if err == nil || !strings.Contains(err.Error(), "another program listens on "+c.Addr) || !strings.Contains(err.Error(), "set ADDR") {
		t.Error(err)
	}
}

func TestUnreachableDatabase(t *testing.T) {
	t.Parallel()
	c := onPostgres(t)
	c.DatabaseURL = "postgres://corkboard:tiptop@127.0.0.1:" + bustest.FreePort(t) + "/corkboard?sslmode=disable"
	err := serve(t.Context(), c, terminal{nil, newScreen(), newScreen()})
	if err == nil || !strings.Contains(err.Error(), "DATABASE_URL") || !strings.Contains(err.Error(), "or unset DATABASE_URL") {
		t.Error(err)
	}
	if strings.Contains(fmt.Sprint(err), "tiptop") {
		t.Error("the error tells the password")
	}
}

// TestRedisDown: everything works without news.
func TestRedisDown(t *testing.T) {
	t.Parallel()
	c := onPostgres(t)
	c.RedisURL = "redis://127.0.0.1:1/0"
	s := startInProcess(t, c)
	b := makeBoard(t, s.url)
	if _, err := imports(t, c, sampleFile, "--board", b.ID); err != nil {
		t.Error(err)
	}
	if n := noteCount(t, s.url, b); n != 3 {
		t.Errorf("%d notes", n)
	}
}

func TestImportRefusals(t *testing.T) {
	t.Parallel()
	c := onPostgres(t)
	s := startInProcess(t, c)
	b := makeBoard(t, s.url)
	for _, r := range []struct {
		args []string
		want string
	}{
		{[]string{"../../notes/archive/testdata/bad-rows.json", "--board", b.ID}, "/notes/1/text: The text has 10001 characters"},
		{[]string{"../../notes/archive/testdata/bad-rows.json", "--board", b.ID}, `/notes/3/colour: There is no field "colour". (unknown)`},
		{[]string{"no-such-file.json", "--board", b.ID}, "no-such-file.json"},
		{[]string{sampleFile, "--board", "b_AAAAAAAAAAAAAAAA"}, `there is no board "b_AAAAAAAAAAAAAAAA"`},
		{[]string{sampleFile}, "needs --board ID"},
		{[]string{"--board", b.ID}, "needs a file"},
		{[]string{sampleFile, "--board"}, "usage"},
		{[]string{sampleFile, sampleFile, "--board", b.ID}, "is a second one"},
		{[]string{sampleFile, "--bord", b.ID}, "bord"},
	} {
		out, err := imports(t, c, r.args...)
		if err == nil || !strings.Contains(out+err.Error(), r.want) {
			t.Errorf("%q: %q, %v; want %q", r.args, out, err, r.want)
		}
	}
	if n := noteCount(t, s.url, b); n != 0 {
		t.Errorf("refused imports left %d notes", n)
	}
}

func TestImportReadsItsInput(t *testing.T) {
	t.Parallel()
	c := onPostgres(t)
	s := startInProcess(t, c)
	b := makeBoard(t, s.url)
	in := strings.NewReader(`[{"text":"from a pipe"}]`)
	if err := importFile(t.Context(), c, []string{"-", "--board", b.ID}, terminal{in, newScreen(), newScreen()}); err != nil {
		t.Fatal(err)
	}
	if n := noteCount(t, s.url, b); n != 1 {
		t.Errorf("%d notes", n)
	}
}

func TestMigrate(t *testing.T) {
	t.Parallel()
	c := onPostgres(t)
	for range 2 {
		out := newScreen()
		if err := migrate(t.Context(), c, terminal{nil, out, newScreen()}); err != nil || out.String() != "The database is up to date.\n" {
			t.Errorf("%q, %v", out, err)
		}
	}
}

func TestCommandLine(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		args []string
		code int
		out  string
		err  string
	}{
		{[]string{"help"}, 0, "corkboard serve", ""},
		{[]string{"--help"}, 0, "DATABASE_URL", ""},
		{[]string{"version"}, 0, "corkboard unknown\n", ""},
		{[]string{"dance"}, exitUsage, "", `there is no command "dance"`},
		{[]string{"serve", "--fast"}, exitUsage, "", `serve takes no "--fast"`},
		{[]string{"migrate", "up"}, exitUsage, "", `migrate takes no "up"`},
		{[]string{"import"}, exitUsage, "", "import needs a file"},
		{[]string{"import", "no-such-file.json", "--board", "b"}, exitFailed, "", "corkboard: open no-such-file.json"},
	} {
		out, errs := newScreen(), newScreen()
		code := run(t.Context(), c.args, terminal{strings.NewReader(""), out, errs})
		if code != c.code || !strings.Contains(out.String(), c.out) || !strings.Contains(errs.String(), c.err) || c.code == exitUsage && !strings.Contains(errs.String(), "Usage:") {
			t.Errorf("%q: %d, %q, %q", c.args, code, out, errs)
		}
	}
}

func TestLogLevel(t *testing.T) {
	t.Parallel()
	out := newScreen()
	log := newLog(config{LogLevel: slog.LevelWarn}, out)
	log.Info("quiet")
	log.Warn("loud")
	if got := out.String(); strings.Contains(got, "quiet") || !strings.Contains(got, "loud") {
		t.Errorf("%q", got)
	}
}
