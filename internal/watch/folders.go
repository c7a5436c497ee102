package watch

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// maxNotes is more than the notes that a bell can have: an overflow, and one
// for each reason to poll, of which the first is the last.
const maxNotes = 4

// listen sets up the system's events from nothing: a new notifier, and every
// folder that is there now. Where that cannot be, the tree is polled.
func (w *watcher) listen(ctx context.Context) {
	w.deafen()
	w.seen = nil // what changed up to now is answered by the ring that follows
	n, err := w.open()
	if err == nil {
		w.notifier, w.folders = n, map[string]bool{}
		for _, root := range w.roots {
			if err == nil && ctx.Err() == nil {
				err = w.addRoot(root)
			}
		}
	}
	if err != nil {
		w.surrender(reason(err))
	}
}

// deafen gives the system's events up.
func (w *watcher) deafen() {
	if w.notifier != nil {
		w.notifier.Close() // nothing can be done about a failure, and nothing depends on it
		w.notifier, w.folders = nil, nil
	}
}

// surrender polls from now on, and says why.
func (w *watcher) surrender(why string) {
	w.deafen()
	w.seen = nil
	w.returns.Stop()
	w.looks.Reset(0)
	w.say(Note{
		Message: fmt.Sprintf("%s, so everything is looked at every %v instead", why, w.Poll),
		Hint:    hint(why),
	})
}

const (
	whyWatches = "the system lets no more folders be watched"
	whyFiles   = "the system lets no more programs watch folders"
)

// silence is the error of a folder on a drive without events.
type silence struct{ dir, system string }

func (s silence) Error() string {
	return fmt.Sprintf("%q lies on a drive that does not report changes (%s)", s.dir, s.system)
}

// reason puts into words why there are no events.
func reason(err error) string {
	var s silence
	switch {
	case errors.As(err, &s):
		return s.Error()
	case errors.Is(err, syscall.ENOSPC):
		return whyWatches
	case limit(err):
		return whyFiles
	}
	return fmt.Sprintf("folders cannot be watched here (%v)", err)
}

func hint(why string) string {
	switch why {
	case whyWatches:
		return "that is slower, but misses nothing; on Linux, `sudo sysctl fs.inotify.max_user_watches=524288` raises the limit"
	case whyFiles:
		return "that is slower, but misses nothing; close programs that you no longer need, or raise the limit (on Linux `sudo sysctl fs.inotify.max_user_instances=1024`, on a Mac `ulimit -n 4096`)"
	}
	return "that is slower, but misses nothing; --poll does the same without this message"
}

// addRoot watches a root: a folder with all below it, or the folder of a
// single file. A root that is not there is asked for again and again.
func (w *watcher) addRoot(root string) error {
	info, err := os.Stat(root)
	if err != nil {
		w.returns.Reset(w.Poll)
		return nil
	}
	if !info.IsDir() {
		return w.addOne(filepath.Dir(root))
	}
	return w.addAll(root, true, skipping(w.Skip))
}

// returned asks whether a root that was away is back.
func (w *watcher) returned(ctx context.Context) {
	if w.notifier == nil {
		return
	}
	for _, root := range w.roots {
		info, err := os.Stat(root)
		switch {
		case err != nil:
			w.returns.Reset(w.Poll)
		case info.IsDir() && !w.folders[root], !info.IsDir() && !w.folders[filepath.Dir(root)]:
			w.listen(ctx)
			w.signal()
			return
		}
	}
}

// adopt watches a path if it is a folder, and reports whether it is one that
// counts.
func (w *watcher) adopt(name string) (bool, error) {
	info, err := os.Lstat(name)
	if err != nil || !info.IsDir() {
		return false, nil
	}
	skip := skipping(w.Skip)
	if skip.folder(name, info) {
		return false, nil
	}
	return true, w.addAll(name, slices.Contains(w.roots, name), skip)
}

// addAll watches a folder and then all below it. A folder is watched before it
// is listed, so that what is made in it meanwhile is heard or listed.
func (w *watcher) addAll(dir string, root bool, skip skips) error {
	if w.folders[dir] {
		return nil
	}
	if err := w.addOne(dir); err != nil || !w.folders[dir] {
		return err
	}
	items, err := os.ReadDir(dir)
	if err != nil || !root && holdsSite(items) {
		return nil
	}
	for _, item := range items {
		if !item.IsDir() {
			continue
		}
		path := filepath.Join(dir, item.Name())
		info, err := item.Info()
		if err != nil || skip.folder(path, info) {
			continue
		}
		if err := w.addAll(path, false, skip); err != nil {
			return err
		}
	}
	return nil
}

func (w *watcher) addOne(dir string) error {
	if system := w.mute(dir); system != "" {
		return silence{dir, system}
	}
	err := w.notifier.Add(dir)
	if err != nil && gone(err) {
		return nil
	}
	if err == nil {
		w.folders[dir] = true
		w.hear(dir)
	}
	return err
}

// drop forgets a folder that went, and everything that was below it. The
// library must forget too: it would go on naming what happens in a folder by
// the path that it had before a rename, and, when it is asked to watch the
// folder at its new path too early, would take that for the old watch, which
// it is about to end.
func (w *watcher) drop(name string) {
	if slices.Contains(w.roots, name) {
		w.returns.Reset(w.Poll)
	}
	if !w.folders[name] {
		return
	}
	for dir := range w.folders {
		if within(dir, name) {
			w.hear(dir)
			w.notifier.Remove(dir) // fails when the system was faster
			delete(w.folders, dir)
		}
	}
}

// hear notes that an event told of a path, so that a look need not.
func (w *watcher) hear(name string) {
	w.heard[filepath.Dir(name)] = true
	if w.folders[name] || slices.Contains(w.roots, name) {
		w.heard[name] = true
	}
}

// within reports whether a path is dir or lies below it.
func within(name, dir string) bool {
	return name == dir || strings.HasPrefix(name, strings.TrimSuffix(dir, string(filepath.Separator))+string(filepath.Separator))
}
