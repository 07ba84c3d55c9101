package web

import (
	"net/http"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"corkboard/board"
)

// metrics are this node's numbers, in a registry of their own, so that several
// servers can live in one process.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.HistogramVec
	sockets  prometheus.Gauge
	closes   *prometheus.CounterVec
	received prometheus.Counter
	sent     prometheus.Counter
	dropped  prometheus.Counter
	slow     prometheus.Counter
}

// Counter is a number that another room counts up, as /metrics shows it.
type Counter struct {
	Name, Help string
	Value      *atomic.Int64
}

func newMetrics(hub *board.Stats, more ...Counter) *metrics {
	frames := prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "corkboard_socket_frames_total", Help: "Frames of sockets: received, sent, and left out because the reader was behind.",
	}, []string{"what"})
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "corkboard_http_request_seconds", Help: "How long requests took, by route and status.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10},
		}, []string{"route", "status"}),
		sockets: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "corkboard_sockets", Help: "Sockets that are open on this node.",
		}),
		closes: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "corkboard_socket_closes_total", Help: "Sockets that this node closed, by close code.",
		}, []string{"code"}),
		received: frames.WithLabelValues("received"),
		sent:     frames.WithLabelValues("sent"),
		dropped:  frames.WithLabelValues("dropped"),
		slow: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "corkboard_slow_sockets_cut_total", Help: "Sockets that did not read: over 1 MiB waited, or a write took 15 s.",
		}),
	}
	m.registry.MustRegister(m.requests, m.sockets, m.closes, m.slow, frames,
		gauge("corkboard_rooms", "Boards that are live on this node.", &hub.Rooms),
		gauge("corkboard_sessions", "Seats that are taken in them.", &hub.Sessions),
		counter("corkboard_commits_total", "Transactions that rooms committed.", &hub.Commits),
		counter("corkboard_events_total", "Events in them.", &hub.Committed),
		counter("corkboard_failed_commits_total", "Transactions that could not be committed; their edits are sent again.", &hub.FailedCommits),
		histogram("corkboard_batch_ops", "Ops in a transaction: those that came while the one before ran go together.", hub.BatchOps),
		histogram("corkboard_ack_seconds", "From a frame of ops, once its rate lets it in, to its acks being queued for the socket.", hub.AckSeconds),
		counter("corkboard_gap_repairs_total", "Times that a room read events which the bus did not bring.", &hub.GapRepairs),
		counter("corkboard_divergence_total", "Clients that had another document than their room at the same seq. Must stay 0.", &hub.Divergences),
		counter("corkboard_snapshots_total", "Documents that were encoded for those who join.", &hub.Snapshots),
		counter("corkboard_new_epochs_total", "Boards whose log was found to have gone back: a backup was restored.", &hub.NewEpochs),
		counter("corkboard_deliveries_total", "Frames of events, times the sessions they went to.", &hub.Delivered),
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	for _, c := range more {
		m.registry.MustRegister(counter(c.Name, c.Help, c.Value))
	}
	return m
}

// gauge and counter show a number that a hub keeps.
func gauge(name, help string, n *atomic.Int64) prometheus.Collector {
	return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, func() float64 { return float64(n.Load()) })
}

func counter(name, help string, n *atomic.Int64) prometheus.Collector {
	return prometheus.NewCounterFunc(prometheus.CounterOpts{Name: name, Help: help}, func() float64 { return float64(n.Load()) })
}

// histogram shows what a hub counts by size.
func histogram(name, help string, h *board.Histogram) prometheus.Collector {
	return sizes{prometheus.NewDesc(name, help, nil, nil), h}
}

type sizes struct {
	desc *prometheus.Desc
	h    *board.Histogram
}

// Describe and Collect make sizes a prometheus.Collector.
func (s sizes) Describe(to chan<- *prometheus.Desc) { to <- s.desc }

// Collect reads the histogram.
func (s sizes) Collect(to chan<- prometheus.Metric) {
	count, sum, upTo := s.h.Read()
	to <- prometheus.MustNewConstHistogram(s.desc, count, sum, upTo)
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// request counts a request by the pattern it matched, never by its path.
func (m *metrics) request(pattern string, status int, took time.Duration) {
	if pattern == "" {
		pattern = "none"
	}
	m.requests.WithLabelValues(pattern, strconv.Itoa(status)).Observe(took.Seconds())
}
