package output

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

var small = site{
	"index.html":               "home",
	"about/index.html":         "about",
	"guides/a/index.html":      "guide a",
	"guides/b/index.html":      "guide b",
	"assets/style.css":         "body{}",
	`assets/say "hi" <&>.html`: "quoted",
	"überblick/straße.html":    "umlauts",
	"empty.txt":                "",
}

func TestFirstSync(t *testing.T) {
	noLeaks(t)
	dir := filepath.Join(t.TempDir(), "deep", "public")
	c := mustSync(t, dir, small.tree())
	if len(c.Written) != len(small) || !slices.IsSorted(c.Written) || c.Unchanged+c.Skipped+len(c.Deleted) > 0 {
		t.Errorf("changes: %+v", c)
	}
	got := snapshot(t, dir)
	for p, body := range small {
		if got[p] != body {
			t.Errorf("%s is %q", p, got[p])
		}
	}
	if _, there := got[stageName]; there {
		t.Error("the stage folder is left over")
	}
	if got[lockName] != "\n" {
		t.Errorf("the lock file holds %q", got[lockName])
	}
	for _, odd := range []string{dir, "Z", "T1"} {
		if odd == dir && strings.Contains(got[manifestName], odd) {
			t.Errorf("the manifest holds %q", odd)
		}
	}
}

func TestPermissionsFollowUmask(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no permission bits")
	}
	plain := filepath.Join(t.TempDir(), "d")
	if err := os.Mkdir(plain, 0o755); err != nil {
		t.Fatal(err)
	}
	plant(t, plain, site{"f": "x"})
	dir := t.TempDir()
	mustSync(t, dir, site{"sub/f": "x", "big": strings.Repeat("x", 3*stageBuffer)}.tree())
	for ours, theirs := range map[string]string{"sub": plain, "sub/f": plain + "/f", "big": plain + "/f", manifestName: plain + "/f"} {
		a, errA := os.Stat(filepath.Join(dir, ours))
		b, errB := os.Stat(theirs)
		if errA != nil || errB != nil || a.Mode() != b.Mode() {
			t.Errorf("%s: mode %v, want %v (%v %v)", ours, a.Mode(), b.Mode(), errA, errB)
		}
	}
}

func TestSecondSyncSkips(t *testing.T) {
	dir := t.TempDir()
	mustSync(t, dir, small.tree())
	stats := statAll(t, dir)
	var writes atomic.Int64
	c := mustSync(t, dir, small.counted(&writes))
	if c.Skipped != len(small) || len(c.Written)+c.Unchanged > 0 || writes.Load() > 0 {
		t.Errorf("changes %+v, %d rendered", c, writes.Load())
	}
	sameStats(t, stats, statAll(t, dir), nil)
}

func statAll(t *testing.T, dir string) map[string]os.FileInfo {
	t.Helper()
	stats := make(map[string]os.FileInfo)
	for p := range snapshot(t, dir) {
		info, err := os.Lstat(filepath.Join(dir, p))
		if err != nil {
			t.Fatal(err)
		}
		if !info.IsDir() && p != lockName {
			stats[p] = info
		}
	}
	return stats
}

func sameStats(t *testing.T, before, after map[string]os.FileInfo, changed []string) {
	t.Helper()
	for p, a := range before {
		b, ok := after[p]
		if ok && !slices.Contains(changed, p) && (!os.SameFile(a, b) || !a.ModTime().Equal(b.ModTime())) {
			t.Errorf("%s was touched", p)
		}
	}
}

// rekeyed has the same bytes under other keys.
type rekeyed struct{ text }

func (r rekeyed) Key() Sum { return sha256.Sum256([]byte("other " + r.body)) }

type keyless struct{ text }

func (keyless) Key() Sum { return Sum{} }

func TestUnchangedBytesStayUntouched(t *testing.T) {
	dir := t.TempDir()
	big := small.with("big.bin", strings.Repeat("0123456789", stageBuffer/5))
	mustSync(t, dir, big.tree())
	long := time.Date(2001, 2, 3, 4, 5, 6, 0, time.UTC)
	for p := range big {
		if err := os.Chtimes(filepath.Join(dir, p), long, long); err != nil {
			t.Fatal(err)
		}
	}
	for _, wrap := range []func(text) Content{
		func(x text) Content { return rekeyed{x} },
		func(x text) Content { return keyless{x} },
		func(x text) Content { return keyless{x} },
	} {
		tree := big.tree()
		for i, e := range tree.Entries {
			tree.Entries[i].Open = func() (Content, error) { c, err := e.Open(); return wrap(c.(text)), err }
		}
		stats := statAll(t, dir)
		c := mustSync(t, dir, tree)
		if c.Unchanged != len(big) || len(c.Written) > 0 {
			t.Errorf("changes %+v", c)
		}
		sameStats(t, stats, statAll(t, dir), []string{manifestName})
	}
}

func TestManifestIsOfTheTreeAlone(t *testing.T) {
	a, b := filepath.Join(t.TempDir(), "a"), filepath.Join(t.TempDir(), "b")
	mustSync(t, a, small.with("old.html", "old").tree())
	mustSync(t, a, small.tree())
	mustSync(t, b, small.tree())
	diff(t, "another folder, another history", snapshot(t, a), snapshot(t, b))
}

func TestSameResultFromAnyNumberOfWorkers(t *testing.T) {
	noLeaks(t)
	old, next := versions(120)
	var want site
	var changes Changes
	for i, procs := range []int{1, 2, 8} {
		before := runtime.GOMAXPROCS(procs)
		dir := t.TempDir()
		mustSync(t, dir, old.tree())
		c := mustSync(t, dir, next.tree())
		runtime.GOMAXPROCS(before)
		if i == 0 {
			want, changes = snapshot(t, dir), c
			continue
		}
		diff(t, fmt.Sprint(procs, " workers"), snapshot(t, dir), want)
		if !reflect.DeepEqual(c, changes) {
			t.Errorf("%d workers: changes %+v, want %+v", procs, c, changes)
		}
	}
}

// TestSteps goes through histories of a folder. After each the folder must be that
// of a first build beside the same foreign files.
func TestSteps(t *testing.T) {
	cases := []struct {
		name    string
		foreign site
		steps   []site
	}{
		{"edit", nil, []site{small, small.with("index.html", "new home")}},
		{"delete with folders", nil, []site{small, {"index.html": "home"}}},
		{"to nothing", nil, []site{small, {}}},
		{"rename", nil, []site{small, small.with("about/index.html", "", "about-us/index.html", "about")}},
		{"file to folder", nil, []site{{"a.html": "file", "b": "b"}, {"a.html/index.html": "in it", "a.html/x/y": "deep", "b": "b"}}},
		{"folder to file", nil, []site{{"a/b/c": "1", "a/b/d/e": "2", "a/f": "3"}, {"a": "file"}}},
		{"to and fro", nil, []site{{"a/b": "1"}, {"a": "2"}, {"a/b": "3"}, {"a": "2"}}},
		{"deeper swap", nil, []site{{"x/a": "f", "x/b/c": "g"}, {"x/a/z": "f", "x/b": "g"}}},
		{"case of a name", nil, []site{{"About.html": "x", "Docs/a": "y"}, {"about.html": "x", "docs/a": "y"}}},
		{"foreign files survive", site{"CNAME": "example.org", ".well-known/security.txt": "s", ".gitignore": "*", "guides/mine.txt": "m", ".git": "/"},
			[]site{small, {"index.html": "home"}, {}}},
		{"a folder that stood there stays", site{"guides": "/"}, []site{small, {"index.html": "home"}, small, {}}},
		{"adopted", site{"index.html": "home"}, []site{small}},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			noLeaks(t)
			dir := t.TempDir()
			plant(t, dir, tc.foreign)
			for i, s := range tc.steps {
				mustSync(t, dir, s.tree())
				foreign := tc.foreign
				if tc.name == "adopted" {
					foreign = nil
				}
				diff(t, fmt.Sprint("step ", i), snapshot(t, dir), clean(t, s, foreign))
			}
		})
	}
}

func TestDeletesOnlyWhatIsStillOurs(t *testing.T) {
	dir := t.TempDir()
	mustSync(t, dir, site{"keep": "1", "x/edited": "2", "x/same-size": "3", "x/gone": "4", "x/stale": "5"}.tree())
	plant(t, dir, site{"x/edited": "by hand", "x/same-size": "!"})
	if err := os.Remove(filepath.Join(dir, "x", "gone")); err != nil {
		t.Fatal(err)
	}
	c := mustSync(t, dir, site{"keep": "1"}.tree())
	want := Changes{Deleted: []string{"x/stale"}, Kept: []string{"x/edited", "x/same-size"}, Skipped: 1}
	if !reflect.DeepEqual(c, want) {
		t.Errorf("changes %+v, want %+v", c, want)
	}
	diff(t, "folder", snapshot(t, dir).own(), site{"keep": "1", "x": "/", "x/edited": "by hand", "x/same-size": "!"})
	if c := mustSync(t, dir, site{"keep": "1"}.tree()); len(c.Kept) > 0 {
		t.Errorf("kept files are reported again: %+v", c)
	}
}

func TestRepairsWhatOthersChanged(t *testing.T) {
	dir := t.TempDir()
	mustSync(t, dir, small.tree())
	plant(t, dir, site{"index.html": "damaged", "empty.txt": "not"})
	if err := os.RemoveAll(filepath.Join(dir, "guides")); err != nil {
		t.Fatal(err)
	}
	c := mustSync(t, dir, small.tree())
	if want := []string{"empty.txt", "guides/a/index.html", "guides/b/index.html", "index.html"}; !slices.Equal(c.Written, want) {
		t.Errorf("written %v, want %v", c.Written, want)
	}
	diff(t, "folder", snapshot(t, dir), clean(t, small, nil))
}

// A file gone by hand leaves an empty folder of ours where a file must go.
func TestEmptyFolderOfOursGivesWay(t *testing.T) {
	dir := t.TempDir()
	mustSync(t, dir, site{"a/b/c": "1"}.tree())
	if err := os.Remove(filepath.Join(dir, "a", "b", "c")); err != nil {
		t.Fatal(err)
	}
	mustSync(t, dir, site{"a": "file"}.tree())
	diff(t, "folder", snapshot(t, dir), clean(t, site{"a": "file"}, nil))
}

// A second name for one file stands in for a file system without case.
func TestSpellingOfTheSameFile(t *testing.T) {
	dir := t.TempDir()
	mustSync(t, dir, site{"About.html": "x", "other": "o"}.tree())
	if _, err := os.Stat(filepath.Join(dir, "about.html")); err != nil {
		if err := os.Link(filepath.Join(dir, "About.html"), filepath.Join(dir, "about.html")); err != nil {
			t.Skip("no hard links:", err)
		}
	}
	next := site{"about.html": "x", "other": "o"}
	mustSync(t, dir, next.tree())
	diff(t, "folder", snapshot(t, dir), clean(t, next, nil))
}

var errRender = errors.New("template trouble")

type failing struct{ text }

func (f failing) WriteTo(w io.Writer) (int64, error) {
	n, _ := io.WriteString(w, strings.Repeat("half a page ", stageBuffer))
	return int64(n), errRender
}

func TestContentErrorsLeaveTheSite(t *testing.T) {
	noLeaks(t)
	dir := t.TempDir()
	old, next := versions(60)
	mustSync(t, dir, old.tree())
	before := snapshot(t, dir)
	for name, open := range map[string]func() (Content, error){
		"open":  func() (Content, error) { return nil, errRender },
		"write": func() (Content, error) { return failing{text{body: "x"}}, nil },
	} {
		tree := next.tree()
		tree.Entries[30].Open = open
		_, err := Sync(testContext(t), dir, tree, Options{})
		var e *Error
		if !errors.Is(err, errRender) || !errors.As(err, &e) || !strings.HasSuffix(e.Path, filepath.FromSlash(tree.Entries[30].Path)) || e.Partial {
			t.Errorf("%s: error %#v", name, err)
		}
		diff(t, name, snapshot(t, dir), before)
	}
}

func TestCancelWhileStaging(t *testing.T) {
	noLeaks(t)
	dir := t.TempDir()
	old, next := versions(60)
	mustSync(t, dir, old.tree())
	before := snapshot(t, dir)
	ctx, cancel := context.WithCancel(t.Context())
	tree := next.tree()
	open := tree.Entries[30].Open
	tree.Entries[30].Open = func() (Content, error) { cancel(); return open() }
	if _, err := Sync(ctx, dir, tree, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	diff(t, "folder", snapshot(t, dir), before)
}

func TestOpenIsCalledOnce(t *testing.T) {
	tree, dir := small.tree(), t.TempDir()
	plant(t, dir, site{"index.html": "home"})
	calls := make([]atomic.Int64, len(tree.Entries))
	for i, e := range tree.Entries {
		tree.Entries[i].Open = func() (Content, error) { calls[i].Add(1); return e.Open() }
	}
	mustSync(t, dir, tree)
	for i := range calls {
		if n := calls[i].Load(); n != 1 {
			t.Errorf("%s was opened %d times", tree.Entries[i].Path, n)
		}
	}
}

func TestTreeErrorTouchesNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	_, err := Sync(t.Context(), dir, site{"a": "1", "A": "2"}.tree(), Options{})
	var tree *TreeError
	if !errors.As(err, &tree) || !strings.Contains(err.Error(), "same address") {
		t.Errorf("error %v", err)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("the folder was made")
	}
	if _, err := Sync(t.Context(), dir, Tree{Facts: map[string]int{"a\x1b": 1}}, Options{}); !errors.Is(err, errFacts) {
		t.Errorf("odd facts: %v", err)
	}
}

func TestDurableGivesTheSameFolder(t *testing.T) {
	dir := t.TempDir()
	old, next := versions(20)
	for _, s := range []site{old, next} {
		if _, err := Sync(testContext(t), dir, s.tree(), Options{Durable: true}); err != nil {
			t.Fatal(err)
		}
		diff(t, "folder", snapshot(t, dir), clean(t, s, nil))
	}
}

func TestBytes(t *testing.T) {
	got, err := small.tree().Bytes()
	if err != nil || len(got) != len(small) {
		t.Fatal(len(got), err)
	}
	for p, body := range small {
		if !bytes.Equal(got[p], []byte(body)) {
			t.Errorf("%s: %q", p, got[p])
		}
	}
	var tree *TreeError
	if _, err := (site{"../x": ""}).tree().Bytes(); !errors.As(err, &tree) {
		t.Errorf("error %v", err)
	}
	if _, err := (Tree{Entries: []Entry{{"x", func() (Content, error) { return nil, errRender }}}}).Bytes(); !errors.Is(err, errRender) {
		t.Errorf("error %v", err)
	}
}
