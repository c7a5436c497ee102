package cache

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"
)

// names lists the files below dir.
func names(t *testing.T, dir string) []string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "*", "*"))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, p := range paths {
		out = append(out, filepath.Base(p))
	}
	slices.Sort(out)
	return out
}

func TestKeeps(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "not", "yet")
	f := New(dir, time.Now())
	if _, ok := f.Get("abc"); ok {
		t.Error("something is there before it is put")
	}
	f.Close()
	if _, err := os.Stat(dir); err == nil {
		t.Error("a folder is made for nothing")
	}
	for name, data := range map[string]string{"abc": "one", "abd.480": "two", "abe.own": ""} {
		f.Put(name, []byte(data))
	}
	f.Put("abc", []byte("three"))
	f.Close()
	again := New(dir, time.Now())
	for name, want := range map[string]string{"abc": "three", "abd.480": "two", "abe.own": ""} {
		if data, ok := again.Get(name); !ok || string(data) != want {
			t.Errorf("%s: %q %v", name, data, ok)
		}
	}
	if got := names(t, dir); len(got) != 3 {
		t.Errorf("there are %v", got)
	}
}

func TestRefusesNames(t *testing.T) {
	dir := t.TempDir()
	f := New(filepath.Join(dir, "pantry"), time.Now())
	for _, name := range []string{"", "a", "ab", "../../x", "..abc", "ab/c", `ab\c`, "ABC", "new-x", "ab c", "a.bc", "\x00abc", string(bytes.Repeat([]byte("a"), 300))} {
		f.Put(name, []byte("x"))
		if _, ok := f.Get(name); ok {
			t.Errorf("%q is kept", name)
		}
	}
	if items, _ := os.ReadDir(dir); len(items) > 0 {
		t.Errorf("there are %v", items)
	}
}

// TestBounds forgets what nobody uses, then the oldest, and nothing that is not
// its own.
func TestBounds(t *testing.T) {
	dir, now := t.TempDir(), time.Now()
	f := New(dir, now)
	f.most = 25
	age := func(name string, days int) {
		at := now.AddDate(0, 0, -days)
		if err := os.Chtimes(filepath.Join(dir, name[:2], name), at, at); err != nil {
			t.Fatal(err)
		}
	}
	for i, name := range []string{"aaa", "aab", "bba", "bbb"} {
		f.Put(name, make([]byte, 10))
		age(name, []int{2, 91, 40, 80}[i])
	}
	for _, name := range []string{"new-1", "new-2", "letter.txt-of-mine"} {
		if err := os.WriteFile(filepath.Join(dir, "aa", name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	old := now.AddDate(0, 0, -2)
	if err := os.Chtimes(filepath.Join(dir, "aa", "new-1"), old, old); err != nil {
		t.Fatal(err)
	}
	if _, ok := f.Get("bbb"); !ok { // used, so young again
		t.Fatal("bbb is not there")
	}
	f.Close()
	if got, want := fmt.Sprint(names(t, dir)), "[aaa bbb letter.txt-of-mine new-2]"; got != want {
		t.Errorf("left are %s, want %s", got, want)
	}
}

// TestBroken holds that a place that cannot be written is no error, nor a
// folder where a file should be.
func TestBroken(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	f := New(filepath.Join(file, "below"), time.Now())
	f.Put("abc", []byte("x"))
	f.Put("abd", []byte("x"))
	if _, ok := f.Get("abc"); ok || !f.broken.Load() {
		t.Error("a file below a file")
	}
	f.Close()
	g := New(dir, time.Now())
	if err := os.MkdirAll(filepath.Join(dir, "ab", "abc"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, ok := g.Get("abc"); ok {
		t.Error("a folder is read as a file")
	}
}

func TestTogether(t *testing.T) {
	dir := t.TempDir()
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			f := New(dir, time.Now())
			for range 50 {
				f.Put("abc", bytes.Repeat([]byte{byte('a' + i)}, 5000))
				data, ok := f.Get("abc")
				if !ok || len(data) != 5000 || bytes.Count(data, data[:1]) != 5000 {
					t.Errorf("torn: %d bytes", len(data))
				}
			}
			f.Close()
		})
	}
	wg.Wait()
	if got := names(t, dir); len(got) != 1 {
		t.Errorf("left are %v", got)
	}
}
