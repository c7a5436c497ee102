package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
)

// How far the heap may grow before it is collected, in percent of what lives.
const (
	// A build holds the whole site as values, and Go's own 100 would let the
	// heap grow to twice that: a little time for much memory.
	heapGrowth = 28
	// A preview builds again and again beside a site that stays: there time
	// matters more.
	previewGrowth = 100
)

// heapEase is a size in bytes below which nothing is collected: while a site is
// small, or half read, percents of it are so little that a build of ten thousand
// pages collected a hundred times where twenty will do.
const heapEase = 256 << 20

// heap sets the pace of collecting. A nil heap leaves it to Go, as GOGC in the
// environment does.
type heap struct{ growth atomic.Int64 }

// newHeap begins with the growth of a build.
func newHeap() *heap {
	if os.Getenv("GOGC") != "" {
		return nil
	}
	h := new(heap)
	h.growth.Store(heapGrowth)
	debug.SetGCPercent(100 * heapEase / (4 << 20)) // Go begins at 4 MB times this
	h.follow()
	return h
}

// grow changes the growth, from the next collection on.
func (h *heap) grow(percent int64) {
	if h != nil {
		h.growth.Store(percent)
	}
}

// follow sets the percent anew after each collection: the runtime clears away a
// value that nobody holds, tells us so, and gets another.
func (h *heap) follow() {
	runtime.AddCleanup(new([4]uint64), func(h *heap) {
		live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		metrics.Read(live)
		debug.SetGCPercent(int(max(h.growth.Load(), 100*heapEase/int64(max(live[0].Value.Uint64(), 1))-100)))
		h.follow()
	}, h)
}
