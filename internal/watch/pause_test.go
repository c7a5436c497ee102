package watch

import (
	"slices"
	"testing"
	"time"
)

// TestPause rings for bursts of events given as milliseconds; the pause is
// 10 ms, its bound 150 ms.
func TestPause(t *testing.T) {
	steady := func(from, to, every int) (at []int) {
		for ms := from; ms <= to; ms += every {
			at = append(at, ms)
		}
		return at
	}
	for _, c := range []struct {
		name   string
		events []int
		rings  []int
	}{
		{"nothing", nil, nil},
		{"one save", []int{0}, []int{10}},
		{"vim", []int{0, 1, 3, 4}, []int{14}},
		{"two saves apart", []int{0, 30}, []int{10, 40}},
		{"events at the very end of the pause", []int{0, 9, 18}, []int{28}},
		{"a checkout of 100 ms", steady(0, 100, 2), []int{110}},
		{"a copy without end", steady(0, 400, 5), []int{150, 300, 410}},
	} {
		p := pause{quiet: 10 * time.Millisecond, bound: 150 * time.Millisecond}
		start := time.Unix(0, 0)
		var rings []int
		due := func(now time.Time) bool { d, ok := p.wait(now); return ok && d == 0 }
		events := c.events
		for ms := range 1000 {
			now := start.Add(time.Duration(ms) * time.Millisecond)
			if due(now) {
				rings = append(rings, ms)
				p.rang()
			}
			for len(events) > 0 && events[0] == ms {
				p.event(now)
				events = events[1:]
			}
		}
		if !slices.Equal(rings, c.rings) {
			t.Errorf("%s: rings at %v, want %v", c.name, rings, c.rings)
		}
	}
}
