package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"

	"corkboard/cmd/loadtest/load"
)

// progress returns what shows a run's progress on one line of a terminal; nil
// where nobody looks.
func progress(w io.Writer, name string) func(load.Progress) {
	file, ok := w.(*os.File)
	if !ok {
		return nil
	}
	if info, err := file.Stat(); err != nil || info.Mode()&os.ModeCharDevice == 0 {
		return nil
	}
	return func(p load.Progress) { fmt.Fprintf(w, "\r\x1b[K%s", progressLine(name, p)) }
}

func progressLine(name string, p load.Progress) string {
	line := fmt.Sprintf("%s: %s, %d live", name, p.Phase, p.Live)
	if p.Delivered > 0 {
		line += fmt.Sprintf(", %.0f deliveries a second, p99 %.1f ms", p.Delivered, float64(p.P99.Microseconds())/1000)
	}
	if p.Lost > 0 {
		line += fmt.Sprintf(", %d LOST", p.Lost)
	}
	return line
}

// row is a line of the table: a figure of each report, absent where it has none.
type row struct {
	name   string
	format string
	value  func(load.Report) (float64, bool)
	ratio  bool // of the server to the reference, where it says something
}

var rows = []row{
	{"sockets live after, s", "%.2f", func(r load.Report) (float64, bool) { return r.LiveIn, true }, false},
	{"cursors offered, deliveries/s", "%.0f", ofCursors(func(c *load.CursorReport) float64 { return c.Offered }), false},
	{"cursors delivered, /s", "%.0f", ofCursors(func(c *load.CursorReport) float64 { return c.Delivered }), false},
	{"cursors missing", "%.0f", ofCursors(func(c *load.CursorReport) float64 { return float64(c.Missing) }), false},
	{"cursor latency p50, ms", "%.1f", ofCursors(func(c *load.CursorReport) float64 { return c.Latency.P50 }), true},
	{"cursor latency p95, ms", "%.1f", ofCursors(func(c *load.CursorReport) float64 { return c.Latency.P95 }), true},
	{"cursor latency p99, ms", "%.1f", ofCursors(func(c *load.CursorReport) float64 { return c.Latency.P99 }), true},
	{"bytes a delivery", "%.1f", ofCursors(func(c *load.CursorReport) float64 { return c.Bytes }), true},
	{"edits offered, /s", "%.0f", ofEdits(func(e *load.EditReport) float64 { return e.Offered }), false},
	{"edits acknowledged, /s", "%.0f", ofEdits(func(e *load.EditReport) float64 { return e.Acked }), false},
	{"ack p50, ms", "%.2f", ofEdits(func(e *load.EditReport) float64 { return e.Ack.P50 }), true},
	{"ack p95, ms", "%.2f", ofEdits(func(e *load.EditReport) float64 { return e.Ack.P95 }), true},
	{"ack p99, ms", "%.2f", ofEdits(func(e *load.EditReport) float64 { return e.Ack.P99 }), true},
	{"edit at the others p50, ms", "%.2f", ofEdits(func(e *load.EditReport) float64 { return e.Delivery.P50 }), true},
	{"edit at the others p99, ms", "%.2f", ofEdits(func(e *load.EditReport) float64 { return e.Delivery.P99 }), true},
	{"edits missing at others", "%.0f", ofEdits(func(e *load.EditReport) float64 { return float64(e.Missing) }), false},
	{"acknowledged edits lost", "%.0f", ofEdits(func(e *load.EditReport) float64 { return float64(e.Lost) }), false},
	{"joins", "%.0f", ofJoins(func(j *load.JoinReport) float64 { return float64(j.Count) }), false},
	{"join p50, ms", "%.2f", ofJoins(func(j *load.JoinReport) float64 { return j.Latency.P50 }), true},
	{"join p99, ms", "%.2f", ofJoins(func(j *load.JoinReport) float64 { return j.Latency.P99 }), true},
	{"bytes a join", "%.0f", ofJoins(func(j *load.JoinReport) float64 { return j.Bytes }), true},
	{"server CPU s for a million deliveries", "%.2f", positive(func(s *load.ServerReport) float64 { return s.PerMillion }), true},
	{"server CPU s for a thousand edits", "%.3f", positive(func(s *load.ServerReport) float64 { return s.PerEdits }), true},
	{"server processors used", "%.3f", ofServer(func(s *load.ServerReport) float64 { return s.Cores }), true},
	{"server RSS, MiB", "%.1f", ofServer(func(s *load.ServerReport) float64 { return float64(s.RSS) / (1 << 20) }), true},
	{"server RSS a socket, KiB", "%.1f", ofServer(func(s *load.ServerReport) float64 { return s.PerSocket / (1 << 10) }), true},
	{"bots' processors used", "%.3f", func(r load.Report) (float64, bool) { return r.Bots, true }, false},
	{"sockets lost", "%.0f", func(r load.Report) (float64, bool) { return float64(r.Lost), true }, false},
}

func ofCursors(value func(*load.CursorReport) float64) func(load.Report) (float64, bool) {
	return func(r load.Report) (float64, bool) {
		if r.Cursors == nil {
			return 0, false
		}
		return value(r.Cursors), true
	}
}

func ofEdits(value func(*load.EditReport) float64) func(load.Report) (float64, bool) {
	return func(r load.Report) (float64, bool) {
		if r.Edits == nil {
			return 0, false
		}
		return value(r.Edits), true
	}
}

func ofJoins(value func(*load.JoinReport) float64) func(load.Report) (float64, bool) {
	return func(r load.Report) (float64, bool) {
		if r.Joins == nil {
			return 0, false
		}
		return value(r.Joins), true
	}
}

// positive leaves out a figure that was not asked for.
func positive(value func(*load.ServerReport) float64) func(load.Report) (float64, bool) {
	return func(r load.Report) (float64, bool) {
		v, ok := ofServer(value)(r)
		return v, ok && v > 0
	}
}

func ofServer(value func(*load.ServerReport) float64) func(load.Report) (float64, bool) {
	return func(r load.Report) (float64, bool) {
		if r.Server == nil {
			return 0, false
		}
		return value(r.Server), true
	}
}

// table prints the reports side by side.
func table(out io.Writer, reports []load.Report) error {
	w := tabwriter.NewWriter(out, 0, 0, 3, ' ', 0)
	head := []string{fmt.Sprintf("%d bots, %d rooms, %.0f s", reports[0].Plan.Bots, reports[0].Plan.Rooms, reports[0].Seconds)}
	for _, r := range reports {
		head = append(head, r.Name)
	}
	if len(reports) == 2 {
		head = append(head, "ratio")
	}
	fmt.Fprintln(w, strings.Join(head, "\t")+"\t")
	for _, row := range rows {
		if line := row.line(reports); line != "" {
			fmt.Fprintln(w, line)
		}
	}
	return w.Flush()
}

// line is "" where no report has the figure.
func (row row) line(reports []load.Report) string {
	cells, values := []string{row.name}, []float64{}
	for _, r := range reports {
		v, ok := row.value(r)
		if !ok {
			cells = append(cells, "")
			continue
		}
		cells, values = append(cells, fmt.Sprintf(row.format, v)), append(values, v)
	}
	if len(values) == 0 {
		return ""
	}
	if len(reports) == 2 {
		ratio := ""
		if row.ratio && len(values) == 2 && values[1] != 0 {
			ratio = fmt.Sprintf("%.2f", values[0]/values[1])
		}
		cells = append(cells, ratio)
	}
	return strings.Join(cells, "\t") + "\t"
}
