package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"

	"corkboard/cmd/loadtest/load"
)

// worstAck is where a stream of edits no longer holds, in milliseconds.
const worstAck = 250

// run measures the scenario and prints its rows.
func (s scenario) run(ctx context.Context, o options, out io.Writer) error {
	ours, err := s.best(ctx, o, "-start", o.server)
	if err != nil {
		return err
	}
	reference, err := s.best(ctx, o, "-reference")
	if err != nil {
		return fmt.Errorf("the reference: %w", err)
	}
	for _, f := range s.figures {
		fmt.Fprintln(out, f.row(s.name, ours, reference))
	}
	return nil
}

// best is the report of the load, or of the highest rate that holds.
func (s scenario) best(ctx context.Context, o options, target ...string) (load.Report, error) {
	if len(s.rates) == 0 {
		return s.load(ctx, o, target...)
	}
	var best load.Report
	for _, rate := range s.rates {
		report, err := s.load(ctx, o, append(target, "-edits", rate)...)
		switch {
		case err != nil:
			return best, err
		case report.Edits.Ack.P99 > worstAck || report.Edits.Acked < 0.97*report.Edits.Offered:
			if best.Edits == nil {
				return best, fmt.Errorf("not even %s edits a second hold: %.0f came, p99 %.0f ms", rate, report.Edits.Acked, report.Edits.Ack.P99)
			}
			return best, nil
		}
		best = report
	}
	return best, nil
}

// load runs the load test once. A run that lost something is an error.
func (s scenario) load(ctx context.Context, o options, target ...string) (load.Report, error) {
	args := []string{"-json", "-for", o.length.String()}
	if runtime.NumCPU() > 1 {
		args = append(args, "-pin")
	}
	args = append(append(args, s.args...), target...)
	cmd := exec.CommandContext(ctx, o.loadtest, args...)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) } // it cleans up behind itself
	var said bytes.Buffer
	cmd.Stderr = &said
	text, err := cmd.Output()
	if err != nil {
		return load.Report{}, fmt.Errorf("%s %s: %w: %s", o.loadtest, strings.Join(args, " "), err, strings.TrimSpace(said.String()))
	}
	var reports []load.Report
	if err := json.Unmarshal(text, &reports); err != nil {
		return load.Report{}, fmt.Errorf("read the report: %w", err)
	}
	if len(reports) != 1 {
		return load.Report{}, errors.New("the report is empty")
	}
	return reports[0], nil
}

// row is a line of the Markdown table.
func (f figure) row(name string, ours, reference load.Report) string {
	a, b := f.value(ours), f.value(reference)
	ratio, verdict := "", ""
	if b > 0 && a > 0 {
		ratio = fmt.Sprintf("%.2f", a/b)
	}
	if f.aim.String() != "" {
		verdict = "kept"
		if !f.aim.kept(a, b) {
			verdict = "**missed**"
		}
	}
	return fmt.Sprintf("| %s: %s | %s | "+f.format+" | "+f.format+" | %s | %s |", name, f.name, f.aim, b, a, ratio, verdict)
}
