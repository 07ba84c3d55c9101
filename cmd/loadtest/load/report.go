package load

import "time"

// Report is what a run found. Figures of a part that was not asked for are absent.
type Report struct {
	Name    string  `json:"name"`
	Plan    Plan    `json:"plan"`
	Seconds float64 `json:"seconds"` // how long was measured
	LiveIn  float64 `json:"live_in"` // seconds until every socket had its welcome

	Cursors *CursorReport `json:"cursors,omitempty"`
	Server  *ServerReport `json:"server,omitempty"`

	Lost  int64    `json:"lost"`  // sockets that were cut
	Wrong []string `json:"wrong"` // why the run has failed; empty when all is well
}

// CursorReport counts deliveries: one pointer's move at one other client.
type CursorReport struct {
	Offered   float64 `json:"offered"`   // a second: each move, at each other client of its room
	Delivered float64 `json:"delivered"` // a second: moves that came
	// Missing moves of the whole run were neither delivered nor settled by a
	// later one of the same pointer, which makes them needless.
	Missing int64   `json:"missing"`
	Latency Latency `json:"latency"` // from sending to each receipt
	Bytes   float64 `json:"bytes"`   // of frames with cursors, headers included, for each delivery
}

// ServerReport is what the server's processes used.
type ServerReport struct {
	Cores      float64 `json:"cores"`       // processors in use, on average
	PerMillion float64 `json:"per_million"` // CPU seconds for a million cursor deliveries; 0 without cursors
	RSS        int64   `json:"rss"`         // bytes at the end, of the named processes alone
	PerSocket  float64 `json:"per_socket"`  // bytes that RSS grew by since before the first socket, for each
}

// measured is what is read off when the measurement ends.
func (r *run) measured(took, used time.Duration) Report {
	report := Report{Plan: r.plan, Seconds: took.Seconds(), LiveIn: r.liveIn.Seconds(), Wrong: []string{}}
	receipts := float64(r.count.receipts.Load())
	if r.plan.Cursors > 0 {
		report.Cursors = &CursorReport{
			Offered:   float64(r.count.offered.Load()) / took.Seconds(),
			Delivered: receipts / took.Seconds(),
			Latency:   r.count.cursorLate.latency(),
			Bytes:     float64(r.count.cursorBytes.Load()) / max(1, receipts),
		}
	}
	if len(r.plan.PIDs) > 0 {
		report.Server = &ServerReport{Cores: used.Seconds() / took.Seconds()}
		if report.Cursors != nil {
			report.Server.PerMillion = used.Seconds() * 1e6 / max(1, receipts)
		}
	}
	return report
}
