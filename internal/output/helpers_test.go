package output

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// TestMain turns the test binary into the process that the kill test kills.
func TestMain(m *testing.M) {
	if job := os.Getenv(childEnv); job != "" {
		os.Exit(childMain(job))
	}
	os.Exit(m.Run())
}

// site is the content of a tree: path → bytes.
type site map[string]string

// text is a Content whose key is the sum of its bytes.
type text struct {
	body   string
	writes *atomic.Int64
}

func (t text) Key() Sum { return sha256.Sum256([]byte("key of " + t.body)) }

func (t text) WriteTo(w io.Writer) (int64, error) {
	if t.writes != nil {
		t.writes.Add(1)
	}
	n, err := io.WriteString(w, t.body)
	return int64(n), err
}

// tree makes a tree of s, with a fingerprint and facts that depend on it alone.
func (s site) tree() Tree { return s.counted(nil) }

// counted counts in writes how often a content is rendered.
func (s site) counted(writes *atomic.Int64) Tree {
	h := sha256.New()
	t := Tree{Facts: map[string]int{"pages": len(s)}}
	for _, p := range slices.Sorted(maps.Keys(s)) {
		fmt.Fprintf(h, "%d %d ", len(p), len(s[p]))
		io.WriteString(h, p)
		io.WriteString(h, s[p])
		body := s[p]
		t.Entries = append(t.Entries, Entry{Path: p, Open: func() (Content, error) { return text{body, writes}, nil }})
	}
	h.Sum(t.Fingerprint[:0])
	// Back to front, since Sync promises to mind no order.
	slices.Reverse(t.Entries)
	return t
}

// within returns a copy of s with the given changes; an empty text removes.
func (s site) with(pairs ...string) site {
	out := maps.Clone(s)
	for i := 0; i < len(pairs); i += 2 {
		if out[pairs[i]] = pairs[i+1]; pairs[i+1] == "" {
			delete(out, pairs[i])
		}
	}
	return out
}

func testContext(t testing.TB) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	t.Cleanup(cancel)
	return ctx
}

func mustSync(t testing.TB, dir string, tree Tree) Changes {
	t.Helper()
	c, err := Sync(testContext(t), dir, tree, Options{})
	if err != nil {
		t.Fatalf("Sync: %v", err)
	}
	return c
}

// snapshot reads everything in a folder: files as they are, links as "→target",
// folders as "/".
func snapshot(t testing.TB, dir string) site {
	t.Helper()
	s := site{}
	err := filepath.WalkDir(dir, func(p string, e fs.DirEntry, err error) error {
		if err != nil || p == dir {
			return err
		}
		rel, _ := filepath.Rel(dir, p)
		rel = filepath.ToSlash(rel)
		switch {
		case e.IsDir():
			s[rel] = "/"
		case e.Type()&fs.ModeSymlink != 0:
			target, err := os.Readlink(p)
			s[rel] = "→" + target
			return err
		case e.Type().IsRegular():
			b, err := os.ReadFile(p)
			s[rel] = string(b)
			return err
		default:
			s[rel] = e.Type().String()
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// own drops what Peppermill keeps for itself.
func (s site) own() site {
	out := maps.Clone(s)
	maps.DeleteFunc(out, func(p, _ string) bool { return strings.HasPrefix(p, ".peppermill") })
	return out
}

func diff(t testing.TB, what string, got, want site) {
	t.Helper()
	for _, p := range slices.Sorted(maps.Keys(want)) {
		if g, ok := got[p]; !ok {
			t.Errorf("%s: %s is missing", what, p)
		} else if g != want[p] {
			t.Errorf("%s: %s is %.200q, want %.200q", what, p, g, want[p])
		}
	}
	for _, p := range slices.Sorted(maps.Keys(got)) {
		if _, ok := want[p]; !ok {
			t.Errorf("%s: %s is too much", what, p)
		}
	}
}

// clean is the folder that a first Sync of s makes, beside the foreign files.
func clean(t testing.TB, s, foreign site) site {
	t.Helper()
	dir := t.TempDir()
	plant(t, dir, foreign)
	mustSync(t, dir, s.tree())
	return snapshot(t, dir)
}

// plant puts files into a folder: "/" makes a folder, "→x" a link to x.
func plant(t testing.TB, dir string, files site) {
	t.Helper()
	for _, p := range slices.Sorted(maps.Keys(files)) {
		body, full := files[p], filepath.Join(dir, filepath.FromSlash(p))
		err := os.MkdirAll(filepath.Dir(full), 0o755)
		if target, ok := strings.CutPrefix(body, "→"); ok && err == nil {
			err = os.Symlink(target, full)
		} else if body == "/" && err == nil {
			err = os.MkdirAll(full, 0o755)
		} else if err == nil {
			err = os.WriteFile(full, []byte(body), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// inMemory has the test's temporary folders made in memory where Linux offers it.
// Tests of many small runs need no disk, and some file systems begin to write back
// with every rename.
func inMemory(t *testing.T) {
	t.Helper()
	const shm = "/dev/shm"
	if dir, err := os.MkdirTemp(shm, "peppermill"); err == nil {
		os.Remove(dir)
		t.Setenv("TMPDIR", shm)
	}
}

// noLeaks compares goroutines and descriptors with those at its call, at the end
// of the test.
func noLeaks(t *testing.T) {
	t.Helper()
	runtime.GC() // finalizers of earlier tests
	if f, err := os.Open(os.Args[0]); err == nil {
		f.Close() // the first open makes the runtime open files of its own
	}
	files, routines := descriptors(), runtime.NumGoroutine()
	t.Cleanup(func() {
		if n := descriptors(); n > files {
			t.Errorf("%d open files, %d before", n, files)
		}
		// A goroutine ends a little after its last act, on a busy machine later.
		for deadline := time.Now().Add(60 * time.Second); runtime.NumGoroutine() > routines; runtime.Gosched() {
			if time.Now().After(deadline) {
				t.Errorf("%d goroutines, %d before", runtime.NumGoroutine(), routines)
				return
			}
		}
	})
}

// descriptors counts this process's open files where the system tells.
func descriptors() int {
	names, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return 0
	}
	return len(names)
}

// versions returns two sites of about n files that differ in every way: edited,
// new, deleted, moved between file and folder, equal, small and large. Folders are
// few, because making one takes some file systems half a millisecond.
func versions(n int) (old, next site) {
	old, next = site{}, site{}
	for i := range n {
		p := fmt.Sprintf("s%d/page-%03d.html", i%7, i)
		body := strings.Repeat(fmt.Sprintf("line of page %d\n", i), 20+i%300)
		switch i % 6 {
		case 0:
			old[p], next[p] = body, body
		case 1, 2, 3:
			old[p], next[p] = "old "+body, "new "+body
		case 4:
			old[p] = "old " + body
		case 5:
			next["new-"+p] = "new " + body
		}
	}
	old["swap"], next["swap/side"] = "file", "folder"
	old["back/in/side"], old["back/2"], next["back"] = "folder", "folder", "file"
	big := strings.Repeat("0123456789abcdef", stageBuffer/16)
	old["big.bin"], next["big.bin"] = "old"+big, "new"+big
	return old, next
}
