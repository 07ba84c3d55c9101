// Package house holds the plan of the house: which room stands on which floor,
// and in which room each outside library lives. Imports go down only, and
// rooms on one floor do not know each other. The test in this package reads the
// import lines of every Go and TypeScript file and compares them with the plan.
package house

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// plan is the map of one language's part of the house.
type plan struct {
	floors  map[string]int      // by room: the longest entry that is the file's folder or above it
	tenants map[string][]string // by outside library (a prefix): the rooms it may be used in
	own     func(imported, from string) (room string, ours bool)
}

// goPlan is the server's part. Reasons stand beside what is not plain.
var goPlan = plan{
	floors: map[string]int{
		"notes": 0, "presence": 0, "auth": 0, "bus": 0, "migrations": 0, "assets": 0,
		"pictures":     0,
		"assets/words": 0, // what pages say is not what browsers load
		"board":        1, "notes/archive": 1,
		"store": 2, "views": 2,
		"jobs": 2, // work that survives restarts; the store is handed to it
		"web":  3,
		"cmd":  4,
		// Test suites and fakes stand beside what they test.
		"board/boardtest": 2, "bus/bustest": 1, "store/storetest": 3,
		// What knows no product; testenv stands on child, bundle puts the words into scripts.
		"cmd/child": 0, "cmd/bundle": 1, "cmd/house": 0, "cmd/testenv": 4,
	},
	tenants: map[string][]string{
		"github.com/a-h/templ":            {"views", "web"},
		"github.com/gorilla/websocket":    {"web", "cmd/loadtest", "cmd/bench"},
		"github.com/redis/go-redis":       {"bus"},
		"github.com/jmoiron/sqlx":         {"store"},
		"github.com/lib/pq":               {"store", "cmd/loadtest"}, // the reference commits without the store
		"github.com/pressly/goose":        {"migrations"},
		"github.com/bep/debounce":         {"board"}, // only for what may be lost
		"golang.org/x/time":               {"board", "web"},
		"golang.org/x/image":              {"pictures"},
		"golang.org/x/sync":               {"pictures"},
		"github.com/danielgtaylor/huma":   {"web"},
		"github.com/prometheus":           {"web"},
		"github.com/caarlos0/env":         {"cmd/corkboard"},
		"github.com/evanw/esbuild":        {"cmd/bundle"},
		"github.com/andybalholm/brotli":   {"cmd/bundle"},   // the server serves what was compressed there
		"github.com/klauspost/compress":   {"web", "board"}, // board: what many sockets share is compressed once
		"github.com/hashicorp/golang-lru": {"web"},
	},
	own: func(imported, _ string) (string, bool) {
		return strings.CutPrefix(imported, "corkboard/")
	},
}

// tsPlan is the browser's part, below assets/src.
var tsPlan = plan{
	floors: map[string]int{
		"notes": 0, "clock.ts": 0, "say.ts": 0, "protocol.ts": 1, "presence": 2, "net": 3, "sync": 4, "ui": 5, "main.ts": 6, "pages.ts": 6,
		"../css":  0, // a part that is loaded later brings its own look
		"testing": 5, // the scripted server stands beside ui: sync's tests use it, sync does not
	},
	tenants: map[string][]string{
		"htmx.org": {"pages.ts", "ui/share.ts"},
		"node:":    {"testing"},
	},
	own: func(imported, from string) (string, bool) {
		if !strings.HasPrefix(imported, ".") {
			return "", false
		}
		return path.Join(path.Dir(from), imported), true
	},
}

// use is one import line.
type use struct {
	file     string // slash-separated, from the plan's root
	imported string
	test     bool // a test may look into any room, and use any library of tests
}

// violations compares the uses with the plan.
func (p plan) violations(uses []use) []string {
	var found []string
	for _, u := range uses {
		if u.test {
			continue
		}
		if v := p.violation(u); v != "" {
			found = append(found, v)
		}
	}
	return found
}

func (p plan) violation(u use) string {
	room, floor := p.room(u.file)
	if room == "" {
		return fmt.Sprintf("%s stands in no room of the plan", u.file)
	}
	target, ours := p.own(u.imported, u.file)
	if !ours {
		return p.lodging(u)
	}
	other, below := p.room(target)
	switch {
	case other == "":
		return fmt.Sprintf("%s imports %s, which is in no room of the plan", u.file, u.imported)
	case other != room && below >= floor:
		return fmt.Sprintf("%s (%s, floor %d) imports %s (%s, floor %d): imports go down only", u.file, room, floor, u.imported, other, below)
	}
	return ""
}

// lodging checks that an outside library is used where it lives.
func (p plan) lodging(u use) string {
	for library, rooms := range p.tenants {
		if !strings.HasPrefix(u.imported, library) {
			continue
		}
		at := func(r string) bool { return u.file == r || strings.HasPrefix(u.file, r+"/") }
		if slices.ContainsFunc(rooms, at) {
			return ""
		}
		return fmt.Sprintf("%s uses %s, which lives in %s", u.file, u.imported, strings.Join(rooms, ", "))
	}
	return fmt.Sprintf("%s uses %s, which lives in no room of the plan", u.file, u.imported)
}

// room is the longest entry of the plan that file is, or is below.
func (p plan) room(file string) (string, int) {
	for name := file; name != "." && name != "/"; name = path.Dir(name) {
		if floor, ok := p.floors[name]; ok {
			return name, floor
		}
	}
	return "", 0
}
