package web_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"corkboard/board"
	"corkboard/pictures"
	"corkboard/web"
)

// paper is a picture of one colour, as a file.
func paper(t *testing.T, c color.Color) []byte {
	t.Helper()
	m := image.NewNRGBA(image.Rect(0, 0, 40, 30))
	for i := range 40 * 30 {
		m.Set(i%40, i/40, c)
	}
	var out bytes.Buffer
	if err := png.Encode(&out, m); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// send sends a file as the board's script does.
func (p *person) send(board string, file []byte, headers ...string) answer {
	p.site.t.Helper()
	headers = append([]string{"Content-Type", "image/png", "Origin", p.site.url}, headers...)
	return p.ask("POST", "/b/"+board+"/pictures", bytes.NewReader(file), headers...)
}

// sent is the id of a picture that was taken.
func (p *person) sent(board string, file []byte) string {
	p.site.t.Helper()
	a := p.send(board, file)
	var made struct {
		Picture       string
		Width, Height int
	}
	if err := json.Unmarshal([]byte(a.body), &made); err != nil || a.status != 201 || made.Width != 40 || made.Height != 30 {
		p.site.t.Fatalf("the answer is %v", a)
	}
	return made.Picture
}

func TestAPictureIsSeenWhereTheBoardIs(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	id := c.editor.sent(c.board, paper(t, color.White))
	for who, want := range map[string]int{"owner": 200, "editor": 200, "viewer": 200, "stranger": 404, "nobody": 404} {
		a := c.who(who).get("/b/" + c.board + "/pictures/" + id)
		if a.status != want {
			t.Errorf("%s: %v", who, a)
		}
		if want == 404 && a.header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s gets %s", who, a.header.Get("Content-Type"))
		}
	}
	for path, p := range map[string]*person{"/b/" + c.board: c.viewer, c.embed: c.nobody} {
		a := p.get(path + "/pictures/" + id)
		if m, err := png.Decode(strings.NewReader(a.body)); a.status != 200 || err != nil || m.Bounds().Dx() != 40 {
			t.Errorf("%s: %v, %v", path, a, err)
		}
		for name, want := range map[string]string{
			"Content-Type": "image/png", "X-Content-Type-Options": "nosniff", "Cache-Control": "private, max-age=31536000, immutable",
			"Content-Security-Policy": "default-src 'none'; sandbox", "Cross-Origin-Resource-Policy": "same-origin",
		} {
			if got := a.header.Get(name); got != want {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
	}
}

// What another board has is not there, though it is kept (I13).
func TestAPictureOfAnotherBoardIsNotThere(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	id := c.owner.sent(c.board, paper(t, color.Black))
	other := c.owner.newBoard()
	path := "/b/" + other + "/pictures/" + id
	if a := c.owner.get(path); a.status != 404 {
		t.Errorf("before it is copied: %v", a)
	}
	theirs := c.stranger.newBoard()
	if a := c.stranger.post("/b/"+theirs+"/pictures/"+id, url.Values{"from": {c.board}}); a.status != 404 {
		t.Errorf("copied by a stranger: %v", a)
	}
	if a := c.viewer.post("/b/"+c.board+"/pictures/"+id, url.Values{"from": {c.board}}); a.status != 403 {
		t.Errorf("copied by who may only look: %v", a)
	}
	if a := c.owner.post(path, url.Values{"from": {c.board}}); a.status != 204 {
		t.Errorf("copied: %v", a)
	}
	if a := c.owner.get(path); a.status != 200 {
		t.Errorf("after it was copied: %v", a)
	}
	for _, name := range []string{"..%2f..%2fsecret", strings.Repeat("a", 52), "x"} {
		if a := c.owner.get("/b/" + other + "/pictures/" + name); a.status != 404 {
			t.Errorf("%s: %v", name, a)
		}
	}
}

func TestPicturesThatAreNotTaken(t *testing.T) {
	t.Parallel()
	c := newCast(t)
	good := paper(t, color.White)
	bomb := append([]byte{}, good[:16]...)
	bomb = append(bomb, 0, 0, 0xc3, 0x50, 0, 0, 0xc3, 0x50) // 50,000 × 50,000
	bomb = append(bomb, good[24:29]...)
	bomb = binary.BigEndian.AppendUint32(bomb, crc32.ChecksumIEEE(bomb[12:]))
	for name, s := range map[string]struct {
		who    string
		file   []byte
		status int
		code   string
	}{
		"by who may only look": {"viewer", good, 403, "forbidden"},
		"by a stranger":        {"stranger", good, 404, "not_found"},
		"by nobody":            {"nobody", good, 404, "not_found"},
		"50,000 × 50,000":      {"owner", bomb, 413, "too_many_pixels"},
		"an SVG":               {"owner", []byte("<svg onload=alert(1)>"), 415, "svg_picture"},
		"a page":               {"owner", []byte("<script>alert(1)</script>"), 415, "no_picture"},
		"half of one":          {"owner", good[:60], 422, "damaged_picture"},
		"too many bytes":       {"owner", append(good, make([]byte, pictures.MaxBytes)...), 413, "too_large"},
	} {
		a := c.who(s.who).send(c.board, s.file)
		var p struct{ Code, Detail string }
		if err := json.Unmarshal([]byte(a.body), &p); err != nil || a.status != s.status || p.Code != s.code {
			t.Errorf("%s: %v, %v", name, a, err)
		}
	}
	if a := c.owner.send(c.board, good, "Origin", "https://elsewhere.example", "Sec-Fetch-Site", "cross-site"); a.status != 403 {
		t.Errorf("from another site: %v", a)
	}
}

func TestPicturesAreSentAtARate(t *testing.T) {
	t.Parallel()
	limits := web.DefaultLimits
	limits.Pictures = web.Rate{PerMinute: 1, Burst: 2}
	c := newCast(t, func(o *web.Options) { o.Limits = limits })
	for i, want := range []int{201, 201, 429} {
		if a := c.owner.send(c.board, paper(t, color.White)); a.status != want {
			t.Errorf("the %dth: %v", i+1, a)
		}
	}
}

// fullShelf has no room.
type fullShelf struct{}

func (fullShelf) Put(context.Context, string, string, []byte) error {
	return errors.New("no space left on device")
}
func (fullShelf) Get(context.Context, string) (io.ReadCloser, error) {
	return nil, pictures.ErrMissing
}

func TestAShelfThatFailsIsNoFault(t *testing.T) {
	t.Parallel()
	c := newCast(t, func(o *web.Options) { o.Pictures = board.NewPictures(o.Boards.(board.PictureStore), fullShelf{}) })
	if a := c.owner.send(c.board, paper(t, color.White)); a.status != 503 || !strings.Contains(a.body, "no_shelf") {
		t.Errorf("the answer is %v", a)
	}
}

func TestPicturesAreKeptOnce(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	c := newCast(t, func(o *web.Options) {
		o.Pictures = board.NewPictures(o.Boards.(board.PictureStore), pictures.OnDisk(folder))
	})
	other := c.owner.newBoard()
	first, again := c.owner.sent(c.board, paper(t, color.White)), c.owner.sent(other, paper(t, color.White))
	files, err := filepath.Glob(filepath.Join(folder, "*", "*"))
	if err != nil || first != again || len(files) != 1 {
		t.Errorf("%s and %s are kept in %v: %v", first, again, files, err)
	}
	if info, err := os.Stat(files[0]); err == nil && info.Mode().Perm()&0o007 != 0 {
		t.Errorf("everybody on the machine may read it: %v", info.Mode())
	}
}
