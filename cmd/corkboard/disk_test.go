package main

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"corkboard/board"
	"corkboard/cmd/loadtest/bot"
	"corkboard/store/storetest"
)

// Postgres runs out of disk under several typists, and gets room again: they are
// told why nothing is saved, nothing is half done, and what they made meanwhile
// lands once.
func TestFullDisk(t *testing.T) { // I2, I3, I12
	t.Parallel()
	disk := newDisk(t)
	server := startNode(t, disk.address, "")
	made := makeBoard(t, server.url)
	told := &acks{told: map[string]map[int64]int64{}}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	reasons := make(chan board.Ack, 1000)
	var bots []*bot.Bot
	for range 4 {
		b := told.newBot(bot.Config{
			Nodes: []string{server.url}, Origin: server.url, Cookie: guest(t, server.url, made.EditURL), Board: made.ID,
			OnHeld: func(a board.Ack) {
				select {
				case reasons <- a:
				default: // the test has seen enough
				}
			},
		})
		defer b.Close()
		bots = append(bots, b)
	}
	for _, b := range bots { // nobody can be let in when the disk is full
		if err := b.AwaitLive(ctx); err != nil {
			t.Fatal(err)
		}
	}
	var typing sync.WaitGroup
	free := make(chan struct{})
	for _, b := range bots {
		typing.Go(func() { typeUntil(ctx, t, b, free) })
	}
	disk.fill(t)
	awaitReason(ctx, t, reasons, board.DiskFull)
	if got := readiness(t, server.url); !strings.HasPrefix(got, "ready, but") || !strings.Contains(got, board.DiskFull.Reason) {
		t.Errorf("/readyz says %q", got)
	}
	checkLog(ctx, t, disk.address, made.ID)
	disk.free(t)
	close(free)
	typing.Wait()
	checkNothingLost(ctx, t, disk.address, made.ID, bots, told)
	if got := readiness(t, server.url); got != "ready\n" {
		t.Errorf("/readyz says %q after the disk has room again", got)
	}
}

// awaitReason waits until somebody was told of the outage.
func awaitReason(ctx context.Context, t *testing.T, reasons <-chan board.Ack, want *board.Outage) {
	t.Helper()
	for {
		select {
		case held := <-reasons:
			if held.Code == want.Code && held.Reason == want.Reason {
				return
			}
		case <-ctx.Done():
			t.Fatalf("nobody was told: %s", want.Reason)
		}
	}
}

// typeUntil makes notes with much text until the disk has room again, and two more.
func typeUntil(ctx context.Context, t *testing.T, b *bot.Bot, free <-chan struct{}) {
	page := strings.Repeat("So much to say. ", 300)
	for after := 0; after < 2; {
		if _, err := b.Do(ctx, bot.Create(page)); err != nil {
			t.Errorf("an edit of %s: %v", b.Client(), err)
			return
		}
		select {
		case <-free:
			after++
		default:
		}
	}
}

func readiness(t *testing.T, base string) string {
	t.Helper()
	resp, err := http.Get(base + "/readyz")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// disk is where the tables of a test lie, and can be filled.
type disk struct {
	address string
	fill    func(testing.TB)
	free    func(testing.TB)
}

// newDisk puts the tables into a tablespace on a small file system of its own.
// Where nobody may mount one, a trigger raises what Postgres raises then.
func newDisk(t *testing.T) *disk {
	t.Helper()
	folder, err := os.MkdirTemp("/tmp", "corkboard-disk-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	admin, err := sql.Open("postgres", os.Getenv(storetest.Variable))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { admin.Close() })
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=4m,mode=777", "tmpfs", folder).CombinedOutput(); err != nil {
		t.Logf("no file system can be mounted here, a trigger stands in for it: %v %s", err, bytes.TrimSpace(out))
		return pretended(t)
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", folder).CombinedOutput(); err != nil {
			t.Errorf("umount: %s", out)
		}
	})
	giveToPostgres(t, admin, folder)
	space := strings.ReplaceAll(filepath.Base(folder), "-", "_")
	execute(t, admin, "CREATE TABLESPACE "+space+" LOCATION '"+folder+"'")
	t.Cleanup(func() { execute(t, admin, "DROP TABLESPACE "+space) })
	filler := filepath.Join(folder, "filler")
	return &disk{
		address: storetest.With(t, storetest.URL(t), "default_tablespace", space),
		fill:    func(t testing.TB) { fillUp(t, filler) },
		free: func(t testing.TB) {
			if err := os.Remove(filler); err != nil {
				t.Fatal(err)
			}
		},
	}
}

func giveToPostgres(t *testing.T, admin *sql.DB, folder string) {
	t.Helper()
	var data string
	if err := admin.QueryRow("SHOW data_directory").Scan(&data); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(data)
	if err != nil {
		t.Fatal(err)
	}
	owner := info.Sys().(*syscall.Stat_t)
	if err := os.Chown(folder, int(owner.Uid), int(owner.Gid)); err != nil {
		t.Fatal(err)
	}
}

func fillUp(t testing.TB, filler string) {
	t.Helper()
	f, err := os.Create(filler)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for err == nil {
		_, err = f.Write(make([]byte, 4096))
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatal(err)
	}
}

func pretended(t *testing.T) *disk {
	t.Helper()
	address := storetest.URL(t)
	db, err := sql.Open("postgres", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return &disk{
		address: address,
		fill: func(t testing.TB) {
			execute(t, db, `CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$
				BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$`)
			execute(t, db, "CREATE TRIGGER full_disk AFTER INSERT ON events FOR EACH ROW EXECUTE FUNCTION full_disk()")
		},
		free: func(t testing.TB) { execute(t, db, "DROP TRIGGER full_disk ON events") },
	}
}

func execute(t testing.TB, db *sql.DB, query string) {
	t.Helper()
	if _, err := db.Exec(query); err != nil {
		t.Errorf("%s: %v", query, err)
	}
}
