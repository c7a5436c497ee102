package watch

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"
)

// late is the system's notifier, whose events are held back while somebody
// else has the gate, so that the system's queue runs over.
type late struct {
	notifier
	events chan fsnotify.Event
	gate   *sync.Mutex
	closed chan struct{}
}

func (l *late) Events() <-chan fsnotify.Event { return l.events }

func (l *late) Close() error {
	close(l.closed)
	return l.notifier.Close()
}

func (l *late) wait() {
	l.gate.Lock()
	defer l.gate.Unlock()
}

func (l *late) pass() {
	for e := range l.notifier.Events() {
		l.wait()
		select {
		case l.events <- e:
		case <-l.closed:
			return
		}
	}
}

// TestRealOverflow makes more changes than the system can remember, and then
// edits a file in a folder whose making was among what was lost. The slow look
// is far away, so that it cannot heal what the overflow must.
func TestRealOverflow(t *testing.T) {
	data, err := os.ReadFile("/proc/sys/fs/inotify/max_queued_events")
	limit, convErr := strconv.Atoi(strings.TrimSpace(string(data)))
	if err != nil || convErr != nil || limit > 20000 {
		t.Skip("needs Linux with an event queue of at most 20,000")
	}
	var gate sync.Mutex
	var first *late
	l, dir := listen(t, Options{unproven: time.Hour, open: func() (notifier, error) {
		n, err := system()
		if err != nil || first != nil {
			return n, err
		}
		first = &late{n, make(chan fsnotify.Event), &gate, make(chan struct{})}
		go first.pass()
		return first, nil
	}})
	doc := filepath.Join(dir, "folder", "doc.md")
	write(t, doc, "heard")
	l.until("before", doc, "heard")
	gate.Lock()
	write(t, filepath.Join(dir, "folder", "other.md"), "x")
	for i := range limit + 5000 { // the library takes some two thousand before it is stopped
		if err := os.Chmod(filepath.Join(dir, "folder", [...]string{"doc.md", "other.md"}[i%2]), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	doc = filepath.Join(dir, "lost", "deep", "doc.md")
	write(t, doc, "lost")
	gate.Unlock()
	l.until("what was lost", doc, "lost")
	select {
	case n := <-l.bell.Notes():
		if !strings.Contains(n.Message, "lost count") {
			t.Errorf("note %q", n)
		}
	case <-time.After(patience):
		t.Fatal("nothing was lost: the test does not reach what it is for")
	}
	write(t, doc, "found")
	l.until("an edit of what was lost", doc, "found")
}
