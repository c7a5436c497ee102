package output

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// faults makes the nth call of one operation fail, and those after it if it is
// sticky. It also counts, so that a table can find all positions.
type faults struct {
	op     string
	nth    int
	sticky bool
	err    error
	before func(op, name string) // called for every operation

	mu    sync.Mutex
	calls int
	fired bool
}

func (f *faults) hit(op, name string) error {
	if f.before != nil {
		f.before(op, name)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if op != f.op {
		return nil
	}
	f.calls++
	if f.calls == f.nth || f.sticky && f.calls > f.nth && f.nth > 0 {
		f.fired = true
		return &fs.PathError{Op: op, Path: name, Err: f.err}
	}
	return nil
}

func (f *faults) open(dir string) (directory, error) {
	if err := f.hit("openroot", dir); err != nil {
		return nil, err
	}
	d, err := openDirectory(dir)
	if err != nil {
		return nil, err
	}
	return faultyDirectory{d, f}, nil
}

type faultyDirectory struct {
	directory
	faults *faults
}

func (d faultyDirectory) Lstat(name string) (fs.FileInfo, error) {
	if err := d.faults.hit("lstat", name); err != nil {
		return nil, err
	}
	return d.directory.Lstat(name)
}

func (d faultyDirectory) List() ([]string, error) {
	if err := d.faults.hit("list", "."); err != nil {
		return nil, err
	}
	return d.directory.List()
}

func (d faultyDirectory) Open(name string) (file, error) {
	return d.file("open", name, d.directory.Open)
}

func (d faultyDirectory) Create(name string) (file, error) {
	return d.file("create", name, d.directory.Create)
}

func (d faultyDirectory) Edit(name string) (file, error) {
	return d.file("open", name, d.directory.Edit)
}

func (d faultyDirectory) file(op, name string, open func(string) (file, error)) (file, error) {
	if err := d.faults.hit(op, name); err != nil {
		return nil, err
	}
	f, err := open(name)
	if err != nil {
		return nil, err
	}
	return faultyFile{f, name, d.faults}, nil
}

func (d faultyDirectory) Enter(name string) (directory, error) {
	if err := d.faults.hit("enter", name); err != nil {
		return nil, err
	}
	child, err := d.directory.Enter(name)
	if err != nil {
		return nil, err
	}
	return faultyDirectory{child, d.faults}, nil
}

func (d faultyDirectory) Mkdir(name string, perm fs.FileMode) error {
	return firstCall(d.faults.hit("mkdir", name), func() error { return d.directory.Mkdir(name, perm) })
}

func (d faultyDirectory) Remove(name string) error {
	return firstCall(d.faults.hit("remove", name), func() error { return d.directory.Remove(name) })
}

func (d faultyDirectory) RemoveAll(name string) error {
	return firstCall(d.faults.hit("remove", name), func() error { return d.directory.RemoveAll(name) })
}

func (d faultyDirectory) Rename(from, to string) error {
	return firstCall(d.faults.hit("rename", to), func() error { return d.directory.Rename(from, to) })
}

func (d faultyDirectory) Sync() error {
	return firstCall(d.faults.hit("fsync", "."), d.directory.Sync)
}

func firstCall(err error, call func() error) error {
	if err != nil {
		return err
	}
	return call()
}

type faultyFile struct {
	file
	name   string
	faults *faults
}

func (f faultyFile) Read(p []byte) (int, error) {
	if err := f.faults.hit("read", f.name); err != nil {
		return 0, err
	}
	return f.file.Read(p)
}

// Write writes half of what it is given before it fails, like a full disk.
func (f faultyFile) Write(p []byte) (int, error) {
	if err := f.faults.hit("write", f.name); err != nil {
		n, _ := f.file.Write(p[:len(p)/2])
		return n, err
	}
	return f.file.Write(p)
}

func (f faultyFile) WriteAt(p []byte, at int64) (int, error) {
	if err := f.faults.hit("write", f.name); err != nil {
		return 0, err
	}
	return f.file.WriteAt(p, at)
}

func (f faultyFile) Truncate(n int64) error {
	return firstCall(f.faults.hit("truncate", f.name), func() error { return f.file.Truncate(n) })
}

func (f faultyFile) Stat() (fs.FileInfo, error) {
	if err := f.faults.hit("stat", f.name); err != nil {
		return nil, err
	}
	return f.file.Stat()
}

func (f faultyFile) Sync() error {
	return firstCall(f.faults.hit("fsync", f.name), f.file.Sync)
}

// Close closes even when it reports a failure, as the system does.
func (f faultyFile) Close() error {
	return firstOf(f.faults.hit("close", f.name), f.file.Close())
}

// TestEveryFault makes each operation fail at each position, once or from then
// on, and checks what is promised: an error that names a path; the previous site
// untouched before publishing and no file torn after; and that the next run ends
// with the folder of a clean one.
func TestEveryFault(t *testing.T) {
	inMemory(t)
	noLeaks(t)
	old, next := versions(6)
	foreign := site{"CNAME": "example.org"}
	want := clean(t, next, foreign)
	errnos := []error{syscall.EIO, syscall.ENOSPC, syscall.EACCES, syscall.EMFILE}
	ops := []string{"openroot", "lstat", "stat", "list", "open", "create", "enter", "mkdir", "read", "write", "truncate", "close", "fsync", "rename", "remove"}
	for _, op := range ops {
		t.Run(op, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "public")
			plant(t, dir, foreign)
			positions := 0
			for nth, fired := 1, true; fired; nth++ {
				f := &faults{op: op, nth: nth, sticky: nth%2 == 0, err: errnos[nth%len(errnos)]}
				mustSync(t, dir, old.tree())
				if fired = oneFault(t, dir, f, old, next); fired {
					positions++
				}
				mustSync(t, dir, next.tree())
				diff(t, fmt.Sprintf("%s %d, healed", op, nth), snapshot(t, dir), want)
				if t.Failed() {
					return
				}
			}
			if positions == 0 {
				t.Errorf("%s was never called", op)
			}
		})
	}
}

// oneFault runs a Sync with a fault and reports whether it came to pass.
func oneFault(t *testing.T, dir string, f *faults, old, next site) bool {
	t.Helper()
	what := fmt.Sprintf("%s %d (%v)", f.op, f.nth, f.err)
	before := snapshot(t, dir)
	start := time.Now()
	_, err := Sync(testContext(t), dir, next.tree(), Options{Durable: f.op == "fsync", open: f.open})
	if took := time.Since(start); took > 30*time.Second {
		t.Errorf("%s: took %v", what, took)
	}
	if !f.fired {
		if err != nil {
			t.Errorf("%s did not happen, but: %v", what, err)
		}
		return false
	}
	var e *Error
	if !errors.As(err, &e) || !errors.Is(err, f.err) || !strings.HasPrefix(e.Path, dir) || e.Hint == "" {
		t.Errorf("%s: error %#v", what, err)
		return true
	}
	after := snapshot(t, dir)
	if !e.Partial {
		// The lock is released as the very last thing, after a run that went well.
		if e.Op != opLock && e.Path != filepath.Join(dir, stageName) {
			diff(t, what+", not published", after.own(), before.own())
			if after[manifestName] != before[manifestName] {
				t.Errorf("%s: the manifest has changed", what)
			}
		}
	}
	if _, left := after[stageName]; left && !f.sticky && !slices.Contains([]string{"lstat", "remove", "enter"}, f.op) {
		t.Errorf("%s: the stage folder is left over", what)
	}
	whole(t, what, after, old, next)
	return true
}

// whole checks that each file is old or new, that what is in both versions is
// there, and that foreign files survive.
func whole(t *testing.T, what string, got, old, next site) {
	t.Helper()
	for p, body := range got.own() {
		if body != "/" && p != "CNAME" && (body == "" || body != old[p] && body != next[p]) {
			t.Errorf("%s: %s is torn or foreign: %.80q", what, p, body)
		}
	}
	for p := range old {
		_, wanted := next[p]
		if _, there := got[p]; wanted && !there {
			t.Errorf("%s: %s is lost", what, p)
		}
	}
	if got["CNAME"] != "example.org" {
		t.Errorf("%s: CNAME is %q", what, got["CNAME"])
	}
}

// swallower hides the writer's error, as careless code does.
type swallower struct{ text }

func (s swallower) WriteTo(w io.Writer) (int64, error) {
	s.text.WriteTo(w)
	return 0, nil
}

func TestSwallowedWriteErrorsCount(t *testing.T) {
	for _, size := range []int{1, 3 * stageBuffer} {
		tree, dir := Tree{}, t.TempDir()
		tree.Entries = []Entry{{"page", func() (Content, error) { return swallower{text{body: strings.Repeat("x", size)}}, nil }}}
		f := &faults{op: "create", nth: 2, sticky: true, err: syscall.ENOSPC} // the first is the lock
		if _, err := Sync(testContext(t), dir, tree, Options{open: f.open}); !errors.Is(err, syscall.ENOSPC) {
			t.Errorf("%d bytes: %v", size, err)
		}
		diff(t, "folder", snapshot(t, dir).own(), site{})
	}
}

// Nothing that can be full is written once the first file has been renamed.
func TestPublishingOnlyRenamesAndRemoves(t *testing.T) {
	old, next := versions(30)
	dir := t.TempDir()
	mustSync(t, dir, old.tree())
	var mu sync.Mutex
	begun := false
	f := &faults{before: func(op, name string) {
		mu.Lock()
		defer mu.Unlock()
		begun = begun || op == "rename"
		if begun && (op == "create" || op == "write") {
			t.Errorf("%s of %s while publishing", op, name)
		}
	}}
	if _, err := Sync(testContext(t), dir, next.tree(), Options{open: f.open}); err != nil {
		t.Fatal(err)
	}
	if !begun {
		t.Error("nothing was renamed")
	}
}

// Whoever ends the context while files are being renamed gets a whole site.
func TestPublishingIsFinishedAfterCancel(t *testing.T) {
	old, next := versions(30)
	dir := t.TempDir()
	mustSync(t, dir, old.tree())
	ctx, cancel := contextWithCancel(t)
	f := &faults{before: func(op, name string) {
		if op == "rename" {
			cancel()
		}
	}}
	if _, err := Sync(ctx, dir, next.tree(), Options{open: f.open}); err != nil {
		t.Fatal(err)
	}
	diff(t, "folder", snapshot(t, dir), clean(t, next, nil))
}

// What somebody does to the folder between the plan and the renames is noticed.
func TestMeddlingWhilePublishing(t *testing.T) {
	cases := []struct {
		name   string
		meddle func(dir string) error
		cause  error
	}{
		{"file turns up", func(dir string) error { return os.WriteFile(filepath.Join(dir, "new"), []byte("mine"), 0o644) }, errOccupied},
		{"link turns up", func(dir string) error { return os.Symlink("CNAME", filepath.Join(dir, "new")) }, errLink},
		{"link replaces a page", func(dir string) error {
			return firstOf(os.Remove(filepath.Join(dir, "page")), os.Symlink("CNAME", filepath.Join(dir, "page")))
		}, errLink},
		{"folder becomes a link", func(dir string) error {
			return firstOf(os.Rename(filepath.Join(dir, "sub"), filepath.Join(dir, "other")), os.Symlink("other", filepath.Join(dir, "sub")))
		}, errLink},
		{"stale file is edited", func(dir string) error { return os.WriteFile(filepath.Join(dir, "swap"), []byte("mine"), 0o644) }, errOccupied},
	}
	old := site{"page": "old", "sub/page": "old", "swap": "old"}
	next := site{"page": "new", "sub/page": "new", "new": "new", "swap/x": "new"}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			dir := t.TempDir()
			plant(t, dir, site{"CNAME": "example.org"})
			mustSync(t, dir, old.tree())
			var once sync.Once
			f := &faults{before: func(op, name string) {
				if op == "rename" && name == manifestName {
					once.Do(func() {
						if err := tc.meddle(dir); err != nil {
							t.Error(err)
						}
					})
				}
			}}
			_, err := Sync(testContext(t), dir, next.tree(), Options{open: f.open})
			var e *Error
			if !errors.As(err, &e) || !errors.Is(err, tc.cause) || !e.Partial {
				t.Errorf("error %#v", err)
			}
			for p, body := range snapshot(t, dir).own() {
				if body != "/" && body != "old" && body != "new" && body != "mine" && !strings.HasPrefix(body, "→") && p != "CNAME" {
					t.Errorf("%s: %q", p, body)
				}
			}
			if b, _ := os.ReadFile(filepath.Join(dir, "CNAME")); string(b) != "example.org" {
				t.Errorf("CNAME is %q", b)
			}
		})
	}
}
