package watch

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fsnotify/fsnotify"
)

// fake is a notifier whose events the test makes. In a synctest bubble time is
// false too, while the files are real, so nothing here waits for anything.
type fake struct {
	events chan fsnotify.Event
	errors chan error
	fail   func(folder string) error
	added  map[string]bool
	closed bool
}

func newFake() *fake {
	return &fake{events: make(chan fsnotify.Event), errors: make(chan error), added: map[string]bool{}}
}

func (f *fake) Add(folder string) error {
	if f.fail != nil {
		if err := f.fail(folder); err != nil {
			return err
		}
	}
	if _, err := os.Lstat(folder); err != nil {
		return err
	}
	f.added[folder] = true
	return nil
}

func (f *fake) Remove(folder string) error {
	if !f.added[folder] {
		return fsnotify.ErrNonExistentWatch
	}
	delete(f.added, folder)
	return nil
}
func (f *fake) Events() <-chan fsnotify.Event { return f.events }
func (f *fake) Errors() <-chan error          { return f.errors }
func (f *fake) Close() error                  { f.closed = true; return nil }

// house is a tree with a bell in a bubble.
type house struct {
	*testing.T
	dir   string
	fakes []*fake
	bell  *Bell
}

// inBubble runs f with a tree of two folders and no bell yet.
func inBubble(t *testing.T, f func(h *house)) {
	t.Helper()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		h := &house{T: t, dir: dir}
		h.write("a/one.md", "1")
		h.write("b/two.md", "2")
		f(h)
		if h.bell != nil {
			h.bell.Close() // the bubble fails when a goroutine is left
		}
	})
}

func (h *house) start(o Options) {
	if o.open == nil {
		o.open = func() (notifier, error) {
			h.fakes = append(h.fakes, newFake())
			return h.last(), nil
		}
	}
	if o.mute == nil {
		o.mute = func(string) string { return "" }
	}
	h.bell = Start(h.Context(), []string{h.dir}, o)
	synctest.Wait()
}

func (h *house) last() *fake { return h.fakes[len(h.fakes)-1] }

func (h *house) path(name string) string { return filepath.Join(h.dir, filepath.FromSlash(name)) }

func (h *house) write(name, text string) {
	h.Helper()
	write(h.T, h.path(name), text)
}

func write(t testing.TB, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// event sends an event as the system would.
func (h *house) event(op fsnotify.Op, name string) {
	h.last().events <- fsnotify.Event{Op: op, Name: h.path(name)}
	synctest.Wait()
}

// within reports whether the bell rings in that time, of which it takes all.
func (h *house) within(d time.Duration) bool {
	time.Sleep(d)
	synctest.Wait()
	select {
	case <-h.bell.Rings():
		return true
	default:
		return false
	}
}

func (h *house) rings(what string, d time.Duration) {
	h.Helper()
	if !h.within(d) {
		h.Errorf("%s: no ring within %v", what, d)
	}
}

func (h *house) silent(what string, d time.Duration) {
	h.Helper()
	if h.within(d) {
		h.Errorf("%s: a ring within %v", what, d)
	}
}

// notes checks that exactly these notes were given since the last call.
func (h *house) notes(parts ...string) {
	h.Helper()
	for {
		select {
		case n := <-h.bell.Notes():
			if len(parts) == 0 || !strings.Contains(n.Message+" "+n.Hint, parts[0]) {
				h.Errorf("note %q, want one with %q", n, parts)
				return
			}
			parts = parts[1:]
			continue
		default:
		}
		if len(parts) > 0 {
			h.Errorf("no note with %q", parts)
		}
		return
	}
}

func TestQuietAndBound(t *testing.T) {
	inBubble(t, func(h *house) {
		h.start(Options{})
		h.silent("nothing happened", time.Hour)
		h.event(fsnotify.Write, "a/one.md")
		h.silent("too early", 9*time.Millisecond)
		h.rings("one save", time.Millisecond)
		for range 100 { // half a second
			h.event(fsnotify.Write, "a/one.md")
			time.Sleep(5 * time.Millisecond)
		}
		h.rings("a busy folder", 0)
		h.rings("its last event", 5*time.Millisecond)
		h.silent("all is answered", time.Hour)
		h.notes()
	})
}

// TestTemporary holds that an editor's own files do not ring and that every
// other name does.
func TestTemporary(t *testing.T) {
	inBubble(t, func(h *house) {
		h.start(Options{Skip: []string{h.path("public")}})
		for _, name := range []string{"4913", "one.md~", ".#one.md", "#one.md#", ".one.md.swp", ".one.md.swx", "one.md.tmp",
			"one.md___jb_tmp___", "one.md___jb_old___", ".goutputstream-1A2B", ".DS_Store"} {
			for _, op := range []fsnotify.Op{fsnotify.Create, fsnotify.Write, fsnotify.Chmod, fsnotify.Rename, fsnotify.Remove} {
				h.event(op, "a/"+name)
			}
			h.silent(name, time.Second)
		}
		h.event(fsnotify.Create, "public")
		h.event(fsnotify.Create, ".git")
		h.silent("folders that are left alone", time.Second)
		for _, name := range []string{"one.md", "new.md", "photo.jpg", "site.yaml", ".nojekyll", "sed4Kx2", "~one.md"} {
			for _, op := range []fsnotify.Op{fsnotify.Create, fsnotify.Write, fsnotify.Chmod, fsnotify.Rename, fsnotify.Remove} {
				h.event(op, "a/"+name)
				h.rings(op.String()+" "+name, 10*time.Millisecond)
			}
		}
	})
}

// TestFolders holds which folders are watched.
func TestFolders(t *testing.T) {
	inBubble(t, func(h *house) {
		for _, name := range []string{"_data/x.yaml", "_theme/layouts/page.html", "_snippets/x.md", ".well-known/x", "deep/er/and/er/x.md",
			".git/objects/x", ".github/x", "node_modules/m/x", "public/page/index.html", "elsewhere/.peppermill.json", "elsewhere/page/index.html"} {
			h.write(name, "x")
		}
		if err := os.Symlink(h.path("deep"), h.path("link")); err != nil {
			h.Skip("no symbolic links here: ", err)
		}
		h.start(Options{Skip: []string{h.path("public")}})
		want := []string{".", ".well-known", "_data", "_snippets", "_theme", "_theme/layouts", "a", "b",
			"deep", "deep/er", "deep/er/and", "deep/er/and/er", "elsewhere"}
		h.watched(want...)

		if err := os.Rename(h.path("deep/er"), h.path("a/far")); err != nil {
			h.Fatal(err)
		}
		h.event(fsnotify.Rename, "deep/er")
		h.event(fsnotify.Create, "a/far")
		h.watched(".", ".well-known", "_data", "_snippets", "_theme", "_theme/layouts", "a", "a/far", "a/far/and", "a/far/and/er", "b", "deep", "elsewhere")
		h.rings("a move", 10*time.Millisecond)
		h.silent("a look finds nothing that was not heard", time.Hour)
		delete(h.last().added, h.path("a/far")) // as when another folder has taken its place
		h.event(fsnotify.Create, "a/far")
		h.watched(".", ".well-known", "_data", "_snippets", "_theme", "_theme/layouts", "a", "a/far", "a/far/and", "a/far/and/er", "b", "deep", "elsewhere")
		if err := os.RemoveAll(h.path("a")); err != nil {
			h.Fatal(err)
		}
		h.event(fsnotify.Remove, "a")
		if err := os.Remove(h.path("elsewhere/.peppermill.json")); err != nil {
			h.Fatal(err)
		}
		h.event(fsnotify.Remove, "elsewhere/.peppermill.json")
		h.watched(".", ".well-known", "_data", "_snippets", "_theme", "_theme/layouts", "b", "deep", "elsewhere", "elsewhere/page")
		h.rings("folders", 10*time.Millisecond)
		h.silent("a look finds nothing that was not heard", time.Hour)
	})
}

func (h *house) watched(want ...string) {
	h.Helper()
	var got []string
	for dir := range h.last().added {
		rel, _ := filepath.Rel(h.dir, dir)
		got = append(got, filepath.ToSlash(rel))
	}
	if slices.Sort(got); !slices.Equal(got, want) {
		h.Errorf("watched: %q\nwant:    %q", got, want)
	}
}

// TestOverflow holds that lost events ring, and that a folder among what was
// lost is watched afterwards.
func TestOverflow(t *testing.T) {
	inBubble(t, func(h *house) {
		h.start(Options{})
		h.write("lost/deep/x.md", "x")
		if err := os.RemoveAll(h.path("b")); err != nil {
			h.Fatal(err)
		}
		h.last().errors <- fsnotify.ErrEventOverflow
		h.rings("overflow", 0)
		h.watched(".", "a", "lost", "lost/deep")
		if !h.fakes[0].closed || len(h.fakes) != 2 {
			h.Errorf("%d notifiers, the first closed: %v", len(h.fakes), h.fakes[0].closed)
		}
		h.notes("lost count")
		h.last().errors <- fsnotify.ErrEventOverflow
		h.rings("again", 0)
		h.notes()
		h.silent("healed", time.Hour)
	})
}

// TestSurrender holds that whatever stands against events is said once, with
// what to do, and that changes show within two seconds all the same.
func TestSurrender(t *testing.T) {
	full := func(h *house) Options {
		f := newFake()
		f.fail = func(dir string) error {
			if dir == h.path("b") {
				return &fs.PathError{Op: "add", Path: dir, Err: syscall.ENOSPC}
			}
			return nil
		}
		h.fakes = []*fake{f}
		return Options{open: func() (notifier, error) { return f, nil }}
	}
	for _, c := range []struct {
		name    string
		options func(h *house) Options
		note    []string
	}{
		{"watches", full, []string{"fs.inotify.max_user_watches"}},
		{"instances", func(*house) Options {
			return Options{open: func() (notifier, error) { return nil, os.NewSyscallError("inotify", syscall.EMFILE) }}
		}, []string{"max_user_instances"}},
		{"unknown", func(*house) Options {
			return Options{open: func() (notifier, error) { return nil, errors.New("gremlins") }}
		}, []string{"gremlins"}},
		{"network", func(*house) Options {
			return Options{mute: func(string) string { return "NFS" }}
		}, []string{"(NFS), so everything is looked at every 500ms instead"}},
		{"asked for", func(*house) Options { return Options{Poll: time.Second} }, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			inBubble(t, func(h *house) {
				h.start(c.options(h))
				h.rings("the first look", 0)
				h.notes(c.note...)
				h.silent("nothing happened, but that stamps are settled now", 2*time.Second)
				h.rings("stamps are settled", time.Second+100*time.Millisecond)
				h.silent("nothing happened", time.Hour)
				for _, f := range h.fakes {
					if !f.closed {
						h.Error("a notifier was left open")
					}
				}
				for _, edit := range edits(h.dir) {
					if err := edit.do(); err != nil {
						h.Fatal(err)
					}
					if edit.silent {
						h.silent(edit.name, time.Minute)
						continue
					}
					h.rings(edit.name, 1100*time.Millisecond)
					h.within(time.Minute)
				}
				h.notes()
			})
		})
	}
}

type edit struct {
	name   string
	do     func() error
	silent bool
}

// edits changes the tree of house.
func edits(dir string) []edit {
	path := func(name string) string { return filepath.Join(dir, filepath.FromSlash(name)) }
	put := func(name, text string) func() error {
		return func() error { return os.WriteFile(path(name), []byte(text), 0o666) }
	}
	return []edit{
		{"write", put("a/one.md", "longer"), false},
		{"create", put("a/new.md", ""), false},
		{"temporary", put("a/.new.md.swp", "x"), true},
		{"rename", func() error { return os.Rename(path("a/new.md"), path("b/new.md")) }, false},
		{"an older file of the same size", func() error {
			info, err := os.Stat(path("b/two.md"))
			if err == nil {
				err = os.WriteFile(path("b/x.tmp"), []byte("3"), 0o666)
			}
			if err == nil {
				err = os.Chtimes(path("b/x.tmp"), time.Time{}, info.ModTime())
			}
			if err != nil {
				return err
			}
			return os.Rename(path("b/x.tmp"), path("b/two.md"))
		}, false},
		{"chmod", func() error { return os.Chmod(path("b/two.md"), 0o400) }, false},
		{"delete", func() error { return os.Remove(path("b/new.md")) }, false},
		{"mkdir", func() error { return os.Mkdir(path("c"), 0o777) }, false},
		{"rename a folder", func() error { return os.Rename(path("a"), path("c/a")) }, false},
		{"the whole tree away", func() error { return os.Rename(dir, dir+"-away") }, false},
		{"and back", func() error { return os.Rename(dir+"-away", dir) }, false},
	}
}

// TestMuteDrive is a drive that the system does not know to be without events:
// its changes show within two seconds from the first on, and after the second
// it is polled.
func TestMuteDrive(t *testing.T) {
	inBubble(t, func(h *house) {
		h.start(Options{})
		h.silent("nothing happened", time.Minute)
		h.write("a/one.md", "longer")
		h.rings("the first change", 2*time.Second)
		h.notes()
		h.write("a/one.md", "longer still")
		h.rings("the second change", 2*time.Second)
		h.notes("does not report changes")
		h.rings("the first look of many", defaultPoll)
		h.write("a/one.md", "longer still, and longer")
		h.rings("the third change", defaultPoll)
		h.notes()
	})
}

// TestLostWatch holds that a change of which no event told rings with the next
// look, and that everything is watched anew then.
func TestLostWatch(t *testing.T) {
	inBubble(t, func(h *house) {
		h.start(Options{})
		h.event(fsnotify.Write, "a/one.md")
		h.rings("an event", 10*time.Millisecond)
		h.write("b/two.md", "changed")
		h.rings("no event", 30*time.Second)
		if len(h.fakes) != 2 {
			h.Errorf("%d notifiers", len(h.fakes))
		}
		h.silent("healed", time.Hour)
		h.write("b/two.md", "changed again")
		h.event(fsnotify.Write, "b/two.md")
		h.rings("an event", 10*time.Millisecond)
		h.silent("the look has nothing to add", time.Hour)
		h.notes()
	})
}

// TestRootAway holds that a root may be missing at the start, and go and come.
func TestRootAway(t *testing.T) {
	inBubble(t, func(h *house) {
		if err := os.Rename(h.dir, h.dir+"-away"); err != nil {
			h.Fatal(err)
		}
		h.start(Options{})
		h.silent("missing", 10*time.Second)
		for range 2 {
			if err := os.Rename(h.dir+"-away", h.dir); err != nil {
				h.Fatal(err)
			}
			h.rings("back", defaultPoll)
			h.watched(".", "a", "b")
			if err := os.Rename(h.dir, h.dir+"-away"); err != nil {
				h.Fatal(err)
			}
			h.event(fsnotify.Rename, ".")
			h.rings("away", 10*time.Millisecond)
			h.silent("away", 10*time.Second)
		}
		h.notes()
	})
}

// TestGremlins holds that a notifier that does nothing but fail is given up.
func TestGremlins(t *testing.T) {
	inBubble(t, func(h *house) {
		h.start(Options{open: func() (notifier, error) {
			f := newFake()
			f.errors = make(chan error, 1)
			f.errors <- errors.New("gremlins")
			h.fakes = append(h.fakes, f)
			return f, nil
		}})
		h.rings("polled now", time.Second)
		h.notes("(gremlins), so everything is looked at")
		if len(h.fakes) != impatience+1 {
			h.Errorf("%d notifiers", len(h.fakes))
		}
	})
}

// TestEnd holds that the end of the context is the end of everything, at any
// moment.
func TestEnd(t *testing.T) {
	inBubble(t, func(h *house) {
		ctx, cancel := context.WithCancel(h.Context())
		cancel()
		b := Start(ctx, []string{h.dir}, Options{open: func() (notifier, error) { return newFake(), nil }})
		<-b.done
		b.Close()
		b.Close()
	})
}
