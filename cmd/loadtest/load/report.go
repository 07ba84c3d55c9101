package load

import "time"

// Report is what a run found. Figures of a part that was not asked for are absent.
type Report struct {
	Name    string  `json:"name"`
	Plan    Plan    `json:"plan"`
	Seconds float64 `json:"seconds"` // how long was measured
	LiveIn  float64 `json:"live_in"` // seconds until every socket had its welcome
	Bots    float64 `json:"bots"`    // processors that the bots themselves used: near what they have, they are the bottleneck

	Cursors *CursorReport `json:"cursors,omitempty"`
	Edits   *EditReport   `json:"edits,omitempty"`
	Joins   *JoinReport   `json:"joins,omitempty"`
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

// EditReport counts edits of notes.
type EditReport struct {
	Offered  float64 `json:"offered"`  // a second
	Acked    float64 `json:"acked"`    // a second
	Ack      Latency `json:"ack"`      // from when the edit was due to its ok
	Delivery Latency `json:"delivery"` // from when the edit was due to each other client of the board
	Missing  int64   `json:"missing"`  // deliveries of the whole run that never came
	Lost     int64   `json:"lost"`     // edits that were acknowledged and are not in the document
}

// JoinReport is about clients that come, take the document, and go.
type JoinReport struct {
	Count   int64   `json:"count"`
	Latency Latency `json:"latency"` // from dialling to the document's last byte
	Bytes   float64 `json:"bytes"`   // on the wire, for each
}

// ServerReport is what the server's processes used.
type ServerReport struct {
	Cores      float64 `json:"cores"`       // processors in use, on average
	PerMillion float64 `json:"per_million"` // CPU seconds for a million cursor deliveries; 0 without cursors
	PerEdits   float64 `json:"per_edits"`   // CPU seconds for a thousand acknowledged edits; 0 without edits
	RSS        int64   `json:"rss"`         // bytes at the end, of the named processes alone
	PerSocket  float64 `json:"per_socket"`  // bytes that RSS grew by since before the first socket, for each
}

// measured is what is read off when the measurement ends.
func (r *run) measured(took, used, own time.Duration) Report {
	report := Report{Plan: r.plan, Seconds: took.Seconds(), LiveIn: r.liveIn.Seconds(), Bots: own.Seconds() / took.Seconds(), Wrong: []string{}}
	perSecond := func(n int64) float64 { return float64(n) / took.Seconds() }
	c := &r.count
	receipts, acked, joined := c.receipts.Load(), c.acked.Load(), c.joined.Load()
	if r.plan.Cursors > 0 {
		report.Cursors = &CursorReport{
			Offered: perSecond(c.offered.Load()), Delivered: perSecond(receipts),
			Latency: c.cursorLate.latency(), Bytes: ratio(c.cursorBytes.Load(), receipts),
		}
	}
	if r.plan.Edits > 0 {
		report.Edits = &EditReport{
			Offered: perSecond(c.proposed.Load()), Acked: perSecond(acked), Ack: c.ackLate.latency(), Delivery: c.editLate.latency(),
		}
	}
	if r.plan.Joins > 0 {
		report.Joins = &JoinReport{Count: joined, Latency: c.joinLate.latency(), Bytes: ratio(c.joinBytes.Load(), joined)}
	}
	if len(r.plan.PIDs) > 0 {
		report.Server = &ServerReport{Cores: used.Seconds() / took.Seconds()}
		if receipts > 0 {
			report.Server.PerMillion = used.Seconds() * 1e6 / float64(receipts)
		}
		if acked > 0 {
			report.Server.PerEdits = used.Seconds() * 1e3 / float64(acked)
		}
	}
	return report
}

func ratio(a, b int64) float64 { return float64(a) / float64(max(1, b)) }
