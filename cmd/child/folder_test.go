package child

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestBarrierIsTheFirstClosedFolder(t *testing.T) {
	t.Parallel()
	open := publicFolder(t)
	closed := filepath.Join(open, "closed")
	below := filepath.Join(closed, "below")
	if err := os.MkdirAll(below, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(closed, 0o700); err != nil {
		t.Fatal(err)
	}
	stranger := account{uid: 54321, gid: 54321, drop: true}
	self := account{uid: os.Geteuid(), gid: os.Getegid()}
	for _, c := range []struct {
		as   account
		path string
		want string
	}{
		{stranger, open, ""},
		{stranger, closed, closed},
		{stranger, below, closed},
		{self, below, ""},
	} {
		if got := c.as.barrier(c.path); got != c.want {
			t.Errorf("user %d on the way to %s is stopped by %q, want %q", c.as.uid, c.path, got, c.want)
		}
	}
}

func TestOwnRefusesWhatIsNotAFolder(t *testing.T) {
	t.Parallel()
	as := account{uid: os.Geteuid(), gid: os.Getegid()}
	link := filepath.Join(publicFolder(t), "link")
	if err := os.Symlink(t.TempDir(), link); err != nil {
		t.Fatal(err)
	}
	if err := as.own(link); err == nil {
		t.Error("a link was taken for a folder")
	}
}

// TestUnreachableDataFolder is the project in root's own home: only root meets it, and an ordinary
// user's servers stay where they are told to be.
func TestUnreachableDataFolder(t *testing.T) {
	t.Parallel()
	home := publicFolder(t)
	data, refuge := filepath.Join(home, "data"), filepath.Join(home, "refuge")
	closed := filepath.Join(data, "closed")
	if err := os.MkdirAll(closed, 0o700); err != nil {
		t.Fatal(err)
	}
	pg := startVolatile(t, closed, refugeAt(refuge))
	write(t, open(t, pg.URL()), "CREATE TABLE kept AS SELECT 'a note' AS what")
	if err := pg.Stop(); err != nil {
		t.Fatal(err)
	}
	pg = startVolatile(t, closed, refugeAt(refuge))
	if got := read(t, open(t, pg.URL()), "SELECT what FROM kept"); got != "a note" {
		t.Errorf("the restarted server has %q", got)
	}
	folder, err := filepath.EvalSymlinks(filepath.Join(closed, "postgres"))
	if err != nil {
		t.Fatal(err)
	}
	if inRefuge := strings.HasPrefix(folder, refuge); inRefuge != (os.Geteuid() == 0) {
		t.Errorf("the data are in %s", folder)
	}
}

func TestLinkToNowhere(t *testing.T) {
	t.Parallel()
	data := publicFolder(t)
	if err := os.Symlink(filepath.Join(data, "gone"), filepath.Join(data, "postgres")); err != nil {
		t.Fatal(err)
	}
	_, err := StartPostgres(t.Context(), data, quiet())
	if err == nil || !strings.Contains(err.Error(), "leads nowhere") {
		t.Errorf("the error is %v", err)
	}
}
