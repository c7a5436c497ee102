package main

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
)

// bar draws on one line of a terminal how far some work is. It is safe for
// concurrent use; of several steps at once the farthest counts.
type bar struct {
	mu    sync.Mutex
	w     io.Writer
	what  string
	done  int
	drawn time.Time
}

const (
	barWidth = 30                    // characters
	barPause = 65 * time.Millisecond // between two drawings
)

// step notes how much of the work is done at a moment, and draws it unless it
// has just been drawn.
func (b *bar) step(now time.Time, done, total int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.done = max(b.done, done)
	if total <= 0 || now.Sub(b.drawn) < barPause {
		return
	}
	b.drawn = now
	full := min(b.done, total) * barWidth / total
	fmt.Fprintf(b.w, "\r%s [%s%s] %d/%d\x1b[K", b.what, strings.Repeat("=", full), strings.Repeat(" ", barWidth-full), b.done, total)
}

// wipe takes the bar away if it has been drawn.
func (b *bar) wipe() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.drawn.IsZero() {
		io.WriteString(b.w, "\r\x1b[K")
	}
}
