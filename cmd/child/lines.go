package child

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"sync"
)

// lastLines is how much of a server's output is kept for the error that says why it ended.
const lastLines = 12

// lines hands a server's output to the log, line by line, and keeps the last ones. A line that holds
// one of the alarms is a warning; the rest is for debugging.
type lines struct {
	log    *slog.Logger
	alarms []string

	mu    sync.Mutex
	rest  []byte
	kept  []string
	quiet bool
}

func newLines(log *slog.Logger, alarms ...string) *lines { return &lines{log: log, alarms: alarms} }

// Write takes any part of the output; it never fails.
func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.rest = append(l.rest, b...)
	for {
		line, rest, found := bytes.Cut(l.rest, []byte("\n"))
		if !found {
			return len(b), nil
		}
		l.add(string(line))
		l.rest = append([]byte(nil), rest...)
	}
}

func (l *lines) add(line string) {
	line = strings.TrimSpace(line)
	if line == "" {
		return
	}
	l.kept = append(l.kept, line)
	if len(l.kept) > lastLines {
		l.kept = l.kept[1:]
	}
	l.log.Log(context.Background(), l.level(line), line)
}

// level keeps quiet during a stop, when every connection ends with an alarm that means nothing.
func (l *lines) level(line string) slog.Level {
	if l.quiet {
		return slog.LevelDebug
	}
	for _, word := range l.alarms {
		if strings.Contains(line, word) {
			return slog.LevelWarn
		}
	}
	return slog.LevelDebug
}

func (l *lines) hush() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.quiet = true
}

// flush logs a last line that has no end.
func (l *lines) flush() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.add(string(l.rest))
	l.rest = nil
}

// last are the last lines said.
func (l *lines) last() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Join(l.kept, "\n")
}
