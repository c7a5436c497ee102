package output

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/gofrs/flock"
)

func contextWithCancel(t *testing.T) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(testContext(t))
	t.Cleanup(cancel)
	return ctx, cancel
}

func TestEightAtOnce(t *testing.T) {
	noLeaks(t)
	dir := filepath.Join(t.TempDir(), "public")
	old, next := versions(40)
	mustSync(t, dir, old.tree())
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			var waits atomic.Int64
			_, err := Sync(testContext(t), dir, next.tree(), Options{OnWait: func(string) { waits.Add(1) }})
			if err != nil || waits.Load() > 1 {
				t.Errorf("%d: %v, %d notices", i, err, waits.Load())
			}
		})
	}
	wg.Wait()
	diff(t, "folder", snapshot(t, dir), clean(t, next, nil))
}

func TestWaitNamesTheHolder(t *testing.T) {
	noLeaks(t)
	dir := t.TempDir()
	inside, waiting := make(chan struct{}), make(chan string, 2)
	slow := small.tree()
	open := slow.Entries[0].Open
	release := make(chan struct{})
	slow.Entries[0].Open = func() (Content, error) { close(inside); <-release; return open() }
	var wg sync.WaitGroup
	wg.Go(func() {
		if _, err := Sync(testContext(t), dir, slow, Options{}); err != nil {
			t.Error(err)
		}
	})
	<-inside
	wg.Go(func() {
		_, err := Sync(testContext(t), dir, small.tree(), Options{OnWait: func(h string) { waiting <- h; close(release) }})
		if err != nil {
			t.Error(err)
		}
	})
	holder := <-waiting
	wg.Wait()
	if !strings.Contains(holder, fmt.Sprintf("process %d on ", os.Getpid())) || !strings.Contains(holder, " since 20") {
		t.Errorf("holder %q", holder)
	}
	if len(waiting) > 0 {
		t.Error("told twice")
	}
}

func TestWaitEndsWithContext(t *testing.T) {
	noLeaks(t)
	dir := t.TempDir()
	held := flock.New(filepath.Join(dir, lockName))
	if ok, err := held.TryLock(); !ok || err != nil {
		t.Fatal(ok, err)
	}
	defer held.Close()
	// What stands in the lock file is shown to a user, so it must be harmless.
	plant(t, dir, site{lockName: "\x1b[2Jwicked\n" + strings.Repeat("x", 5000)})
	ctx, cancel := contextWithCancel(t)
	_, err := Sync(ctx, dir, small.tree(), Options{OnWait: func(h string) {
		if h != strings.TrimRight("[2Jwicked"+strings.Repeat("x", 5000), "")[:len(h)] || len(h) > maxHolder {
			t.Errorf("holder %q", h)
		}
		cancel()
	}})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	diff(t, "folder", snapshot(t, dir).own(), site{})
}

func TestDeadHolderBlocksNobody(t *testing.T) {
	dir := t.TempDir()
	plant(t, dir, site{
		lockName: "\nprocess 1 on elsewhere since 2001-01-01T00:00:00Z\n", stageName + "/7": "half a pa", stageName + "/sub/8": "x",
	})
	_, err := Sync(testContext(t), dir, small.tree(), Options{OnWait: func(h string) { t.Errorf("waits for %q", h) }})
	if err != nil {
		t.Fatal(err)
	}
	diff(t, "folder", snapshot(t, dir), clean(t, small, nil))
}

// Somebody who removes the lock file while we wait must not give two holders.
func TestLockFileRemovedWhileWaiting(t *testing.T) {
	noLeaks(t)
	dir := t.TempDir()
	held := flock.New(filepath.Join(dir, lockName))
	if ok, err := held.TryLock(); !ok || err != nil {
		t.Fatal(ok, err)
	}
	_, err := Sync(testContext(t), dir, small.tree(), Options{OnWait: func(string) {
		if err := firstOf(os.Remove(filepath.Join(dir, lockName)), held.Close()); err != nil {
			t.Error(err)
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	diff(t, "folder", snapshot(t, dir), clean(t, small, nil))
}
