package bus

import "sync"

// backlog is a bounded queue: bounded in number and in bytes, so that a reader
// that stands still costs a known amount of memory.
type backlog[T any] struct {
	maxItems int
	maxBytes int
	size     func(T) int
	wake     chan struct{} // holds a token when something was added since the last one was taken

	mu    sync.Mutex
	items []T
	bytes int
}

func newBacklog[T any](maxItems, maxBytes int, size func(T) int) *backlog[T] {
	return &backlog[T]{maxItems: maxItems, maxBytes: maxBytes, size: size, wake: make(chan struct{}, 1)}
}

// add reports false, and keeps nothing, when there is no room. An empty backlog
// has room for anything.
func (b *backlog[T]) add(item T) bool {
	n := b.size(item)
	b.mu.Lock()
	full := len(b.items) >= b.maxItems || len(b.items) > 0 && b.bytes+n > b.maxBytes
	if !full {
		b.items = append(b.items, item)
		b.bytes += n
	}
	b.mu.Unlock()
	b.poke()
	return !full
}

// poke wakes the reader.
func (b *backlog[T]) poke() {
	select {
	case b.wake <- struct{}{}:
	default:
	}
}

// take removes and returns the oldest items, at most max; none when empty.
func (b *backlog[T]) take(max int) []T {
	b.mu.Lock()
	defer b.mu.Unlock()
	n := min(max, len(b.items))
	taken := make([]T, n)
	copy(taken, b.items)
	clear(b.items[:n])
	b.items = b.items[n:]
	if len(b.items) == 0 {
		b.items = nil
	}
	for _, item := range taken {
		b.bytes -= b.size(item)
	}
	return taken
}
