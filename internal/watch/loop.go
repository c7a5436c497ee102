package watch

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"time"

	"github.com/fsnotify/fsnotify"

	"peppermill/internal/source"
)

// watcher is the one goroutine behind a Bell, and everything it knows.
type watcher struct {
	Options
	bell  *Bell
	roots []string

	notifier notifier        // nil while polling
	folders  map[string]bool // that are watched
	heard    map[string]bool // folders with an event since the last look began
	proven   bool            // events have been heard
	losses   int             // errors since the last event
	said     map[string]bool

	pause   pause
	ring    *time.Timer // the end of the pause
	looks   *time.Timer // the next look
	returns *time.Timer // asks whether a root that was away is back

	seen      picture // of the last look; nil before the first
	looking   chan glance
	before    map[string]bool // heard, up to the beginning of the look under way
	busy      bool            // a look is under way
	suspected bool            // a look has found what no event told, and none was ever heard
	echo      time.Time       // when to ring for stamps that were too coarse; zero: not
}

// glance is a finished look.
type glance struct {
	seen picture
	took time.Duration
}

// impatience is how many errors in a row, with no event between them, are
// taken for a system that cannot be listened to.
const impatience = 50

// coarse is longer than two writes to a file can lie apart and still have the
// same time stamp on a usual file system; FAT, at two seconds, is the coarsest.
const coarse = 2100 * time.Millisecond

func newWatcher(b *Bell, roots []string, o Options) *watcher {
	return &watcher{
		Options: o, bell: b, roots: roots,
		heard: map[string]bool{}, said: map[string]bool{},
		pause: pause{quiet: o.Quiet, bound: o.Bound},
		ring:  stopped(), looks: time.NewTimer(0), returns: stopped(),
		looking: make(chan glance, 1),
	}
}

func stopped() *time.Timer {
	t := time.NewTimer(time.Hour)
	t.Stop()
	return t
}

// begin starts listening, unless it was asked to poll.
func (w *watcher) begin(ctx context.Context) {
	if w.Poll <= 0 {
		w.Poll = defaultPoll
		w.listen(ctx)
	}
}

// run is the loop. Nothing in it waits for anybody but the file system, and
// looks at the whole tree are taken beside it.
func (w *watcher) run(ctx context.Context) {
	defer w.end()
	for {
		var events <-chan fsnotify.Event
		var errors <-chan error
		if w.notifier != nil {
			events, errors = w.notifier.Events(), w.notifier.Errors()
		}
		select {
		case <-ctx.Done():
			return
		case e, ok := <-events:
			if !ok {
				w.lost(ctx, fsnotify.ErrClosed)
				continue
			}
			w.event(ctx, e)
		case err := <-errors:
			w.lost(ctx, err)
		case <-w.ring.C:
			w.signal()
		case <-w.returns.C:
			w.returned(ctx)
		case <-w.looks.C:
			w.look(ctx)
		case g := <-w.looking:
			w.looked(ctx, g)
		}
	}
}

func (w *watcher) end() {
	for _, t := range []*time.Timer{w.ring, w.looks, w.returns} {
		t.Stop()
	}
	w.deafen()
	if w.busy {
		<-w.looking
	}
}

// signal rings now, for everything that has come so far.
func (w *watcher) signal() {
	w.pause.rang()
	w.ring.Stop()
	select {
	case w.bell.rings <- struct{}{}:
	default:
	}
}

// event keeps the list of watched folders true, and rings after the pause.
func (w *watcher) event(ctx context.Context, e fsnotify.Event) {
	w.proven, w.losses = true, 0
	name := filepath.Clean(e.Name)
	folder := w.folders[name]
	if !folder && (!w.inside(name) || (skips{paths: w.Skip}).path(name)) {
		return
	}
	w.hear(name)
	if e.Has(fsnotify.Remove) || e.Has(fsnotify.Rename) || folder && e.Has(fsnotify.Create) {
		w.drop(name)
	}
	if !w.folders[name] && !e.Has(fsnotify.Write) {
		// A change of permissions may have opened a folder that was closed to us.
		is, err := w.adopt(name)
		if err != nil {
			w.surrender(reason(err))
			return
		}
		folder = folder || is
	}
	if filepath.Base(name) == source.Manifest {
		w.listen(ctx) // what lies beside it has become content, or no longer is
	}
	if folder || !temporary(filepath.Base(name)) {
		w.expect()
	}
}

// expect rings after the pause.
func (w *watcher) expect() {
	now := time.Now()
	w.pause.event(now)
	if d, ok := w.pause.wait(now); ok {
		w.ring.Reset(d)
	}
}

// lost starts afresh after an error: events may be missing, and with them
// folders that are new.
func (w *watcher) lost(ctx context.Context, err error) {
	if w.losses++; w.losses > impatience {
		w.surrender(fmt.Sprintf("the system cannot be asked for changes (%v)", err))
		return
	}
	if err == fsnotify.ErrEventOverflow {
		w.say(Note{Message: "so much changed at once that the system lost count; everything has been looked at again"})
	}
	w.listen(ctx)
	w.signal()
}

// say gives a note, once.
func (w *watcher) say(n Note) {
	if w.said[n.Message] {
		return
	}
	w.said[n.Message] = true
	select {
	case w.bell.notes <- n:
	default:
	}
}

// look begins a look at the tree, unless one is under way.
func (w *watcher) look(ctx context.Context) {
	if w.busy {
		return
	}
	w.busy = true
	w.before, w.heard = w.heard, map[string]bool{}
	roots, skip, to := w.roots, skipping(w.Skip), w.looking
	go func() {
		start := time.Now()
		seen := look(ctx, roots, skip)
		to <- glance{seen, time.Since(start)}
	}()
}

// looked judges a look. While polling, every difference rings. Otherwise only
// what no event told of does, and it means that the events cannot be relied
// on: they are set up afresh, or given up if there never was one.
func (w *watcher) looked(ctx context.Context, g glance) {
	old := w.seen
	w.busy, w.seen = false, g.seen
	defer func() { w.looks.Reset(w.interval(g.took)) }()
	if w.notifier == nil {
		w.polled(old)
		return
	}
	if old == nil || !unheard(old, g.seen, w.before, w.heard) {
		return
	}
	switch {
	case w.proven:
		w.listen(ctx)
	case w.suspected:
		w.surrender("this drive does not report changes")
	default:
		w.suspected = true
	}
	w.signal()
}

// polled rings for a difference, and once more when time stamps have moved on:
// of two changes within one tick of a drive's clock, the second leaves no trace.
func (w *watcher) polled(old picture) {
	now := time.Now()
	switch {
	case old == nil || !maps.Equal(old, w.seen):
		w.echo = now.Add(coarse)
		w.signal()
	case !w.echo.IsZero() && now.After(w.echo):
		w.echo = time.Time{}
		w.signal()
	}
}

// interval is the time to the next look, when the last one took so long.
func (w *watcher) interval(took time.Duration) time.Duration {
	switch {
	case w.notifier == nil:
		return max(w.Poll, took)
	case w.proven:
		return max(w.Rescan, 100*took)
	}
	return max(w.unproven, 100*took)
}

// inside reports whether a path is a root or lies below one. Of the folder
// that holds a single watched file, the rest is nobody's business.
func (w *watcher) inside(name string) bool {
	return slices.ContainsFunc(w.roots, func(root string) bool { return within(name, root) })
}
