package watch

import "time"

// pause turns a burst of events into one ring: it waits until nothing has
// come for quiet, so that the last of many saved files is on disk, but never
// longer than bound after the first, so that a busy folder does not silence
// the bell. It is plain arithmetic on times that it is told.
type pause struct {
	quiet, bound time.Duration
	first, last  time.Time // of the events since the last ring; zero: none
}

// event records that something happened.
func (p *pause) event(now time.Time) {
	if p.first.IsZero() {
		p.first = now
	}
	p.last = now
}

// wait returns how long it is, at now, until the ring; false when there is
// nothing to ring for.
func (p *pause) wait(now time.Time) (time.Duration, bool) {
	if p.first.IsZero() {
		return 0, false
	}
	due := p.last.Add(p.quiet)
	if latest := p.first.Add(p.bound); latest.Before(due) {
		due = latest
	}
	return max(0, due.Sub(now)), true
}

// rang forgets the events that a ring has answered.
func (p *pause) rang() { p.first = time.Time{} }
