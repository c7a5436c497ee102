// Package watch is the doorbell of the preview: it tells that something below
// a set of folders may have changed, and never what.
//
// In: folders (or single files) and a few durations. Out: a [Bell], whose
// Rings say "look again", and whose Notes say in plain words where watching
// does not work as usual. It lists folders and reads time stamps; it never
// opens a file, never says which path changed or how, and never decides
// whether anything is built: that is the builder's comparison, so a ring too
// many costs one pass over time stamps, and a ring too few is a stale page.
// Everything here leans to the first.
//
// There are two sources of rings. Where the system reports changes, its events
// ring after a short pause (pause.go), and a slow look at the whole tree
// (look.go) catches what they missed. Where it does not, on network drives for
// example, the look comes again and again instead.
//
// Start at [Start], then watcher.run in loop.go.
package watch

import (
	"context"
	"path/filepath"
	"time"
)

// Options change how a Bell listens. The zero value is what a preview wants.
type Options struct {
	// Quiet is how long nothing must happen before a ring: 10 ms, or what is set.
	Quiet time.Duration
	// Bound is the longest that a ring waits after the first event: 150 ms, or
	// what is set.
	Bound time.Duration
	// Poll, when set, does without the system's events and looks at the whole
	// tree at this interval. Unset, that is done only where it must be, every
	// 500 ms.
	Poll time.Duration
	// Rescan is the time between two looks at the whole tree where events
	// work: 30 s, or what is set. Until a first event has shown that they do,
	// it is 2 s. A look that takes long comes less often (1 % of the time).
	Rescan time.Duration
	// Skip are folders that are not watched, with everything below them, such
	// as those that a build writes to. They need not exist.
	Skip []string

	// For tests. Zero values stand for the system and for defaultUnproven.
	open     func() (notifier, error)
	mute     func(dir string) string
	unproven time.Duration
}

const (
	defaultQuiet  = 10 * time.Millisecond
	defaultBound  = 150 * time.Millisecond
	defaultPoll   = 500 * time.Millisecond
	defaultRescan = 30 * time.Second
	// defaultUnproven is the time between two looks while no event was ever
	// heard: a drive that reports nothing is found out so, whatever the system
	// calls it.
	defaultUnproven = 2 * time.Second
)

// Note is something that the person at the preview should know about
// watching. Each is given once.
type Note struct {
	Message string // plain words, without a full stop
	Hint    string // what can be done about it; may be empty
}

// Bell rings when something may have changed.
type Bell struct {
	rings  chan struct{}
	notes  chan Note
	cancel context.CancelFunc
	done   chan struct{}
}

// Start watches the roots, folders with everything below them or single files,
// until ctx ends or the bell is closed. Symbolic links are followed for a root
// itself and nowhere below it. A root that does not exist yet, or goes away,
// is waited for.
//
// Changes made after Start has returned ring, so start the bell before the
// first build. A ring may come without a change; where the tree is polled,
// there is one soon after the start.
func Start(ctx context.Context, roots []string, o Options) *Bell {
	ctx, cancel := context.WithCancel(ctx)
	b := &Bell{rings: make(chan struct{}, 1), notes: make(chan Note, maxNotes), cancel: cancel, done: make(chan struct{})}
	w := newWatcher(b, absolute(roots), o.filled())
	w.begin(ctx)
	go func() {
		defer close(b.done)
		defer cancel()
		w.run(ctx)
	}()
	return b
}

// Rings gives a value whenever something may have changed since the last one
// was taken. Rings that nobody takes become one. The channel is never closed.
func (b *Bell) Rings() <-chan struct{} { return b.rings }

// Notes gives what should be told to people, each note once. The channel has
// room for all of them, so it may be left unread, and is never closed.
func (b *Bell) Notes() <-chan Note { return b.notes }

// Close ends the watching and returns when nothing of it is left. It may be
// called more than once.
func (b *Bell) Close() {
	b.cancel()
	<-b.done
}

func (o Options) filled() Options {
	set := func(d *time.Duration, to time.Duration) {
		if *d <= 0 {
			*d = to
		}
	}
	set(&o.Quiet, defaultQuiet)
	set(&o.Bound, defaultBound)
	set(&o.Rescan, defaultRescan)
	set(&o.unproven, min(defaultUnproven, o.Rescan))
	o.Skip = absolute(o.Skip)
	if o.open == nil {
		o.open = system
	}
	if o.mute == nil {
		o.mute = mute
	}
	return o
}

// absolute makes paths independent of the working folder, so that they can be
// compared. Where the working folder itself is gone they stay as they are.
func absolute(paths []string) []string {
	var all []string
	for _, p := range paths {
		if abs, err := filepath.Abs(p); err == nil {
			p = abs
		}
		all = append(all, filepath.Clean(p))
	}
	return all
}
