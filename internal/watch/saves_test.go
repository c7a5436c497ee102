package watch

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime/pprof"
	"strconv"
	"strings"
	"testing"
	"time"
)

// manners are the ways in which programs save. Each writes text to the files
// of a folder, of which doc.md is one and stands for all.
var manners = []struct {
	name string
	save func(dir, text string) error
}{
	{"VS Code: truncate and write", func(dir, text string) error {
		return os.WriteFile(filepath.Join(dir, "doc.md"), []byte(text), 0o666)
	}},
	{"vim: swap file, backup by rename, new file", func(dir, text string) error {
		doc, swap := filepath.Join(dir, "doc.md"), filepath.Join(dir, ".doc.md.swp")
		return steps(
			func() error { return os.WriteFile(swap, []byte(text), 0o600) },
			func() error { return os.WriteFile(filepath.Join(dir, "4913"), nil, 0o666) },
			func() error { return os.Remove(filepath.Join(dir, "4913")) },
			func() error { return os.Rename(doc, doc+"~") },
			func() error { return os.WriteFile(doc, []byte(text), 0o666) },
			func() error { return os.Chmod(doc, 0o644) },
			func() error { return os.Remove(doc + "~") },
			func() error { return os.Remove(swap) },
		)
	}},
	{"Helix: temporary file and rename", func(dir, text string) error { return replace(dir, "doc.md.tmp", text) }},
	{"sed -i: temporary file and rename", func(dir, text string) error { return replace(dir, "sedQ1w2E3", text) }},
	{"rsync: hidden temporary file and rename", func(dir, text string) error { return replace(dir, ".doc.md.Ab12Cd", text) }},
	{"git checkout: many files, unlinked first", func(dir, text string) error {
		for i := range 30 {
			name := fmt.Sprintf("page-%02d.md", i)
			if i == 29 {
				name = "doc.md"
			}
			path := filepath.Join(dir, name)
			if err := os.Remove(path); err != nil && !os.IsNotExist(err) {
				return err
			}
			if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
				return err
			}
		}
		return nil
	}},
}

func steps(all ...func() error) error {
	for _, step := range all {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func replace(dir, temp, text string) error {
	temp = filepath.Join(dir, temp)
	if err := os.WriteFile(temp, []byte(text), 0o600); err != nil {
		return err
	}
	return os.Rename(temp, filepath.Join(dir, "doc.md"))
}

// patience is how long a test waits for what must come. It only passes when
// something is broken.
const patience = time.Minute

// listener follows a bell as a builder does: at every ring it reads.
type listener struct {
	testing.TB
	bell  *Bell
	rings int
	seen  string // what it read last
	reads int    // how often that was something else
}

// until reads path at every ring until it holds text; it fails the test when
// the rings end before that.
func (l *listener) until(what, path, text string) {
	l.Helper()
	deadline := time.After(patience)
	for {
		select {
		case <-l.bell.Rings():
			l.ring(path)
		case <-deadline:
			l.Fatalf("%s: missed: %s holds %.40q, want %.40q", what, path, l.seen, text)
		}
		if l.seen == text {
			return
		}
	}
}

func (l *listener) ring(path string) {
	l.rings++
	data, _ := os.ReadFile(path) // a file that is away for a moment is as good as empty
	if string(data) != l.seen {
		l.seen = string(data)
		l.reads++
	}
}

// drain takes rings until there has been none for so long.
func (l *listener) drain(path string, quiet time.Duration) {
	for {
		select {
		case <-l.bell.Rings():
			l.ring(path)
		case <-time.After(quiet):
			return
		}
	}
}

// TestManners saves in the manner of many programs and wants every save to be
// seen, with about one ring each. The pause is long here, so that a busy
// machine does not cut a save in two.
func TestManners(t *testing.T) {
	for _, m := range manners {
		t.Run(m.name, func(t *testing.T) {
			t.Parallel()
			l, dir := listen(t, Options{Quiet: 50 * time.Millisecond, Bound: 5 * time.Second})
			dir = filepath.Join(dir, "folder")
			const saves = 3
			for i := range saves {
				text := fmt.Sprint("text ", i)
				if err := m.save(dir, text); err != nil {
					t.Fatal(err)
				}
				l.until(m.name, filepath.Join(dir, "doc.md"), text)
			}
			l.drain(filepath.Join(dir, "doc.md"), 200*time.Millisecond)
			if l.rings > saves+2 {
				t.Errorf("%d rings for %d saves", l.rings, saves)
			}
		})
	}
}

// listen starts a real bell on a new folder with folder/doc.md in it.
func listen(t testing.TB, o Options) (*listener, string) {
	t.Helper()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "folder", "doc.md"), "text")
	b := Start(t.Context(), []string{dir}, o)
	t.Cleanup(b.Close)
	return &listener{TB: t, bell: b}, dir
}

// TestMoves changes folders, and then edits a file deep in what came of it.
func TestMoves(t *testing.T) {
	for _, c := range []struct {
		name string
		do   func(dir, aside string) error
		deep string // where the edited file is
	}{
		{"nested folders made at once", func(dir, _ string) error { return os.MkdirAll(filepath.Join(dir, "n/e/s/t"), 0o777) }, "n/e/s/t"},
		{"moved in, with folders in it", func(dir, aside string) error {
			return steps(
				func() error { return os.MkdirAll(filepath.Join(aside, "m/o/v"), 0o777) },
				func() error { return os.Rename(filepath.Join(aside, "m"), filepath.Join(dir, "moved")) },
			)
		}, "moved/o/v"},
		{"renamed", func(dir, _ string) error {
			return os.Rename(filepath.Join(dir, "tree"), filepath.Join(dir, "wood"))
		}, "wood/branch/leaf"},
		{"renamed to the place of another", func(dir, _ string) error {
			return steps(
				func() error { return os.RemoveAll(filepath.Join(dir, "other")) },
				func() error { return os.Rename(filepath.Join(dir, "tree"), filepath.Join(dir, "other")) },
			)
		}, "other/branch/leaf"},
		{"renamed twice, and back", func(dir, _ string) error {
			return steps(
				func() error { return os.Rename(filepath.Join(dir, "tree"), filepath.Join(dir, "wood")) },
				func() error { return os.Rename(filepath.Join(dir, "wood"), filepath.Join(dir, "forest")) },
				func() error { return os.Rename(filepath.Join(dir, "forest"), filepath.Join(dir, "tree")) },
			)
		}, "tree/branch/leaf"},
		{"moved out and back", func(dir, aside string) error {
			return steps(
				func() error { return os.Rename(filepath.Join(dir, "tree"), filepath.Join(aside, "tree")) },
				func() error { return os.Rename(filepath.Join(aside, "tree"), filepath.Join(dir, "tree")) },
			)
		}, "tree/branch/leaf"},
		{"moved into another", func(dir, _ string) error {
			return os.Rename(filepath.Join(dir, "tree"), filepath.Join(dir, "folder/tree"))
		}, "folder/tree/branch/leaf"},
		{"deleted and made again", func(dir, _ string) error {
			return steps(
				func() error { return os.RemoveAll(filepath.Join(dir, "tree")) },
				func() error { return os.MkdirAll(filepath.Join(dir, "tree/branch/leaf"), 0o777) },
			)
		}, "tree/branch/leaf"},
		{"two folders swapped", func(dir, _ string) error {
			return steps(
				func() error { return os.Rename(filepath.Join(dir, "tree"), filepath.Join(dir, "x")) },
				func() error { return os.Rename(filepath.Join(dir, "other"), filepath.Join(dir, "tree")) },
				func() error { return os.Rename(filepath.Join(dir, "x"), filepath.Join(dir, "other")) },
			)
		}, "other/branch/leaf"},
		{"the root itself away and back", func(dir, _ string) error {
			return steps(
				func() error { return os.Rename(dir, dir+"-away") },
				func() error { return os.Rename(dir+"-away", dir) },
			)
		}, "tree/branch/leaf"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			dir, aside := t.TempDir(), t.TempDir()
			write(t, filepath.Join(dir, "tree/branch/leaf/doc.md"), "text")
			write(t, filepath.Join(dir, "other/branch/leaf/doc.md"), "text")
			write(t, filepath.Join(dir, "folder/doc.md"), "text")
			l := &listener{TB: t, bell: Start(t.Context(), []string{dir}, Options{})}
			defer l.bell.Close()
			if err := c.do(dir, aside); err != nil {
				t.Fatal(err)
			}
			doc := filepath.Join(dir, filepath.FromSlash(c.deep), "doc.md")
			for i := range 3 {
				text := fmt.Sprint("text ", i)
				// The first is written at once, the others when the bell has
				// answered the one before.
				if err := os.WriteFile(doc, []byte(text), 0o666); err != nil {
					t.Fatal(err)
				}
				l.until(c.name, doc, text)
				if i > 0 {
					l.drain(doc, 50*time.Millisecond)
				}
			}
		})
	}
}

// TestFile watches a single file, saved in every manner, and not its folder.
func TestFile(t *testing.T) {
	dir := t.TempDir()
	doc := filepath.Join(dir, "doc.md")
	write(t, doc, "text")
	l := &listener{TB: t, bell: Start(t.Context(), []string{doc}, Options{})}
	defer l.bell.Close()
	for i, m := range manners {
		text := fmt.Sprint("text ", i)
		if err := m.save(dir, text); err != nil {
			t.Fatal(err)
		}
		l.until(m.name, doc, text)
	}
	l.drain(doc, 200*time.Millisecond)
	rings := l.rings
	write(t, filepath.Join(dir, "other.md"), "text")
	write(t, filepath.Join(dir, "folder", "other.md"), "text")
	l.drain(doc, 200*time.Millisecond)
	if l.rings != rings {
		t.Error("a neighbour rings")
	}
}

// TestLinkedRoot follows a link that is itself what is watched, and none below.
func TestLinkedRoot(t *testing.T) {
	dir, aside := t.TempDir(), t.TempDir()
	write(t, filepath.Join(dir, "folder", "doc.md"), "text")
	write(t, filepath.Join(aside, "other.md"), "text")
	link := filepath.Join(t.TempDir(), "link")
	if err := steps(
		func() error { return os.Symlink(dir, link) },
		func() error { return os.Symlink(aside, filepath.Join(dir, "out")) },
	); err != nil {
		t.Skip("no symbolic links here: ", err)
	}
	l := &listener{TB: t, bell: Start(t.Context(), []string{link}, Options{})}
	defer l.bell.Close()
	write(t, filepath.Join(aside, "other.md"), "new")
	doc := filepath.Join(dir, "folder", "doc.md")
	l.drain(doc, 200*time.Millisecond)
	if l.rings > 0 {
		t.Error("what a link leads to rings")
	}
	write(t, doc, "new")
	l.until("a save", doc, "new")
}

// TestRepeated holds that a great many changes without a pause end in a ring
// after the last, whatever is lost on the way.
func TestRepeated(t *testing.T) {
	l, dir := listen(t, Options{})
	for i := range 300 {
		at := filepath.Join(dir, strconv.Itoa(i%7), strconv.Itoa(i))
		write(t, filepath.Join(at, "x.md"), "x")
		if i%3 == 0 {
			if err := os.RemoveAll(filepath.Join(dir, strconv.Itoa(i%7))); err != nil {
				t.Fatal(err)
			}
		}
	}
	doc := filepath.Join(dir, "5", "last", "doc.md")
	write(t, doc, "last")
	l.until("the last", doc, "last")
}

// TestNothingLeft holds that a closed bell leaves no goroutine behind.
func TestNothingLeft(t *testing.T) {
	l, dir := listen(t, Options{Rescan: time.Millisecond})
	write(t, filepath.Join(dir, "folder/doc.md"), "new")
	l.until("a save", filepath.Join(dir, "folder/doc.md"), "new")
	l.bell.Close()
	var b strings.Builder
	if err := pprof.Lookup("goroutine").WriteTo(&b, 2); err != nil {
		t.Fatal(err)
	}
	for _, stack := range strings.Split(b.String(), "\n\n") {
		if strings.Contains(stack, "watch.Start") || strings.Contains(stack, "watch.(*watcher)") || strings.Contains(stack, "fsnotify.(*") {
			t.Errorf("left behind:\n%s", stack)
		}
	}
}

// TestSaves is bar 11: of many thousands of saves, none is missed, and they
// make at most 1.2 builds a burst on average. PEPPERMILL_SAVES sets how many;
// the second bar is only measured when it is set, on a machine with nothing
// else to do.
func TestSaves(t *testing.T) {
	saves := 60
	n, err := strconv.Atoi(os.Getenv("PEPPERMILL_SAVES"))
	if err == nil {
		saves = n
	}
	l, dir := listen(t, Options{})
	doc := filepath.Join(dir, "folder", "doc.md")
	per := map[string]int{}
	for i := range saves {
		m := manners[i%len(manners)]
		text, before := fmt.Sprintf("%d %s", i, strings.Repeat("x", i%5000)), l.rings
		if err := m.save(filepath.Join(dir, "folder"), text); err != nil {
			t.Fatal(err)
		}
		l.until(fmt.Sprint("save ", i, ", ", m.name), doc, text)
		l.drain(doc, 3*defaultQuiet)
		per[m.name] += l.rings - before
	}
	t.Logf("%d saves, none missed; %d rings, %.3f a save; %.3f with something new", saves, l.rings,
		float64(l.rings)/float64(saves), float64(l.reads)/float64(saves))
	for name, rings := range per {
		t.Logf("%6d rings: %s", rings, name)
	}
	if err == nil && float64(l.rings) > 1.2*float64(saves) {
		t.Errorf("more than 1.2 rings a save")
	}
}
