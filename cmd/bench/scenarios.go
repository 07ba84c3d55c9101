package main

import (
	"fmt"
	"slices"
	"time"

	"corkboard/cmd/loadtest/load"
)

// scenario is one load, on the product and on the reference.
type scenario struct {
	group   string
	name    string
	args    []string // of loadtest
	rates   []string // of edits, tried one after the other until one does not hold; none: the load of args
	figures []figure
}

// figure is a row of the table.
type figure struct {
	name   string
	format string
	value  func(load.Report) float64
	aim    aim
}

// aim is what a figure should be. One of the bounds is set; without any, the
// figure is only told.
type aim struct {
	most  float64
	least float64
	times float64 // the reference's, at most
	none  bool    // 0
}

func (a aim) String() string {
	switch {
	case a.none:
		return "0"
	case a.least > 0:
		return fmt.Sprintf("≥ %g", a.least)
	case a.times > 0:
		return fmt.Sprintf("≤ %g × reference", a.times)
	case a.most > 0:
		return fmt.Sprintf("≤ %g", a.most)
	}
	return ""
}

func (a aim) kept(ours, reference float64) bool {
	switch {
	case a.none:
		return ours == 0
	case a.least > 0:
		return ours >= a.least
	case a.times > 0:
		return ours <= a.times*reference
	}
	return a.most == 0 || ours <= a.most
}

// What is read off the reports.
var (
	perMillion = figure{"CPU s for a million deliveries", "%.2f", func(r load.Report) float64 { return r.Server.PerMillion }, aim{times: 1.25}}
	cursorP50  = figure{"latency p50, ms", "%.1f", func(r load.Report) float64 { return r.Cursors.Latency.P50 }, aim{}}
	cursorP99  = figure{"latency p99, ms", "%.1f", func(r load.Report) float64 { return r.Cursors.Latency.P99 }, aim{most: 40}}
	bytesEach  = figure{"bytes a delivery", "%.1f", func(r load.Report) float64 { return r.Cursors.Bytes }, aim{most: 50}}
	delivered  = figure{"deliveries a second", "%.0f", func(r load.Report) float64 { return r.Cursors.Delivered }, aim{}}
	offered    = figure{"deliveries a second offered", "%.0f", func(r load.Report) float64 { return r.Cursors.Offered }, aim{}}
	missing    = figure{"cursors neither delivered nor overtaken", "%.0f", func(r load.Report) float64 { return float64(r.Cursors.Missing) }, aim{none: true}}
	cores      = figure{"% of a core", "%.0f", func(r load.Report) float64 { return 100 * r.Server.Cores }, aim{most: 25}}
	ackP50     = figure{"ack p50, ms", "%.2f", func(r load.Report) float64 { return r.Edits.Ack.P50 }, aim{most: 1}}
	ackP99     = figure{"ack p99, ms", "%.2f", func(r load.Report) float64 { return r.Edits.Ack.P99 }, aim{most: 5}}
	editP99    = figure{"at the others p99, ms", "%.2f", func(r load.Report) float64 { return r.Edits.Delivery.P99 }, aim{}}
	perEdits   = figure{"CPU s for 1,000 edits", "%.2f", func(r load.Report) float64 { return r.Server.PerEdits }, aim{most: 0.9}}
	sustained  = figure{"edits a second with p99 ≤ 250 ms", "%.0f", func(r load.Report) float64 { return r.Edits.Acked }, aim{least: 6000}}
	rss        = figure{"RSS a socket, KiB", "%.1f", func(r load.Report) float64 { return r.Server.PerSocket / (1 << 10) }, aim{most: 12}}
	liveIn     = figure{"all live after, s", "%.2f", func(r load.Report) float64 { return r.LiveIn }, aim{}}
	joinP50    = figure{"join p50, ms", "%.2f", func(r load.Report) float64 { return r.Joins.Latency.P50 }, aim{}}
	joinBytes  = figure{"bytes of a join", "%.0f", func(r load.Report) float64 { return r.Joins.Bytes }, aim{}}
)

func (f figure) within(a aim) figure {
	f.aim = a
	return f
}

// pgbenchGroup is not a load of ours alone; it has a file of its own.
const pgbenchGroup = "pgbench"

func groups() (names []string) {
	for _, s := range scenarios(time.Second) {
		if !slices.Contains(names, s.group) {
			names = append(names, s.group)
		}
	}
	return append(names, pgbenchGroup)
}

// scenarios are all loads, each measured for length; those that need more for
// their figures take more.
func scenarios(length time.Duration) []scenario {
	all := []scenario{}
	for _, room := range []string{"20", "100", "300"} {
		all = append(all, scenario{
			group: "cursors", name: "room of " + room + ", 20 send 20 cursors/s",
			args:    []string{"-bots", room, "-senders", "20", "-cursors", "20", "-tick", "33ms"},
			figures: []figure{perMillion, cursorP50, cursorP99, bytesEach, delivered, missing},
		})
	}
	all = append(all, scenario{
		group: "rooms", name: "200 rooms of 5, 5 cursors/s each",
		args:    []string{"-rooms", "200", "-bots", "1000", "-cursors", "5", "-tick", "33ms"},
		figures: []figure{perMillion.within(aim{most: 12}), cursorP99, bytesEach, delivered, missing},
	}, scenario{
		group: "full", name: "room of 300, 20 send 60 cursors/s",
		args:    []string{"-bots", "300", "-senders", "20", "-cursors", "60", "-tick", "33ms"},
		figures: []figure{offered, delivered, missing, cores, cursorP99},
	}, scenario{
		group: "acks", name: "200 edits/s of 20 people on one board",
		args:    []string{"-cursors", "0", "-bots", "20", "-edits", "200"},
		figures: []figure{ackP50, ackP99, editP99, perEdits},
	}, scenario{
		group: "stream", name: "edits of 32 people on one board",
		args:    []string{"-cursors", "0", "-bots", "32"},
		rates:   []string{"2000", "4000", "6000", "8000", "10000", "12500", "15000"},
		figures: []figure{sustained},
	}, scenario{
		group: "idle", name: "2,000 idle sockets on 100 boards",
		args: []string{"-cursors", "0", "-rooms", "100", "-bots", "2000",
			"-for", max(length, 15*time.Second).String(), "-warmup", "5s"}, // more than a heartbeat of every socket
		figures: []figure{rss, liveIn},
	})
	for _, join := range []struct {
		notes string
		p50   float64
		bytes float64
	}{{"1000", 1.5, 0}, {"5000", 4, 200_000}} {
		all = append(all, scenario{
			group: "joins", name: "board of " + join.notes + " notes",
			args:    []string{"-cursors", "0", "-bots", "1", "-notes", join.notes, "-joins", "20"},
			figures: []figure{joinP50.within(aim{most: join.p50}), joinBytes.within(aim{most: join.bytes})},
		})
	}
	return all
}
