package scaffold_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"peppermill/internal/scaffold"
)

var three = []scaffold.File{{Path: "a/b/one.md", Data: []byte("1")}, {Path: "index.md", Data: []byte("2")}, {Path: "site.yaml", Data: []byte("3")}}

// listing is everything in dir, with contents.
func listing(t *testing.T, dir string) []string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(dir, path)
		if d.Type().IsRegular() {
			data, _ := os.ReadFile(path)
			rel += "=" + string(data)
		}
		all = append(all, filepath.ToSlash(rel))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestCreate(t *testing.T) {
	dir := t.TempDir()
	if err := scaffold.Create(context.Background(), filepath.Join(dir, "x", "y"), three); err != nil {
		t.Fatal(err)
	}
	want := ". x x/y x/y/a x/y/a/b x/y/a/b/one.md=1 x/y/index.md=2 x/y/site.yaml=3"
	if got := listing(t, dir); strings.Join(got, " ") != want {
		t.Errorf("%v", got)
	}
}

func TestCreateRefuses(t *testing.T) {
	for _, tt := range []struct {
		name, says string
		before     func(dir string)
	}{
		{"file", "site.yaml exists already", func(d string) { write(d, "site.yaml") }},
		{"two files", "index.md, ", func(d string) { write(d, "site.yaml"); write(d, "index.md") }},
		{"folder", "index.md exists already", func(d string) { os.Mkdir(filepath.Join(d, "index.md"), 0o755) }},
		{"capitals", "INDEX.MD exists already", func(d string) { write(d, "INDEX.MD") }},
		{"folder's page", "README.md exists already", func(d string) { write(d, "README.md") }},
		{"other ending", "one.markdown exists already", func(d string) { write(d, "a/b/one.markdown") }},
		{"file for folder", "is not a folder of its own", func(d string) { write(d, "a") }},
		{"dangling link", "exists already", func(d string) { os.Symlink("nowhere", filepath.Join(d, "site.yaml")) }},
		{"link that leads out", "is not a folder of its own", func(d string) { os.Symlink(filepath.Dir(d), filepath.Join(d, "a")) }},
		{"built site", "holds a built site", func(d string) { write(d, ".peppermill.json") }},
	} {
		dir := filepath.Join(t.TempDir(), "in")
		os.Mkdir(dir, 0o755)
		tt.before(dir)
		before := listing(t, dir)
		err := scaffold.Create(context.Background(), dir, three)
		e, ok := errors.AsType[*scaffold.Error](err)
		if !ok || !strings.Contains(e.Error(), tt.says) || e.Hint == "" {
			t.Errorf("%s: %v", tt.name, err)
		}
		if after := listing(t, dir); !slices.Equal(before, after) {
			t.Errorf("%s: %v has become %v", tt.name, before, after)
		}
	}
}

func write(dir, name string) {
	name = filepath.Join(dir, name)
	os.MkdirAll(filepath.Dir(name), 0o755)
	os.WriteFile(name, []byte("mine"), 0o644)
}

// countdown ends after so many questions, somewhere in the middle of the work.
type countdown struct {
	context.Context
	left *int
}

func (c countdown) Err() error {
	if *c.left--; *c.left < 0 {
		return context.Canceled
	}
	return nil
}

// TestCreateUndoes breaks the work off at every place where it can be.
func TestCreateUndoes(t *testing.T) {
	for n := range 100 {
		parent := t.TempDir()
		write(parent, "old/keep.md")
		before := listing(t, parent)
		dir := filepath.Join(parent, "old")
		if n%2 == 1 {
			dir = filepath.Join(parent, "new", "deep")
		}
		left := n / 2
		err := scaffold.Create(countdown{context.Background(), &left}, dir, three)
		if err == nil {
			if n < 2*2*len(three) {
				t.Errorf("only %d places", n/2)
			}
			return
		}
		if after := listing(t, parent); !slices.Equal(before, after) {
			t.Fatalf("broken off at %d, it leaves %v", n, after)
		}
	}
	t.Error("it never ends")
}

// TestCreateFailsWhole: the last file cannot be written, so none is.
func TestCreateFailsWhole(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "in")
	files := append(slices.Clone(three), scaffold.File{Path: strings.Repeat("z", 300) + "/x.md"})
	err := scaffold.Create(context.Background(), dir, files)
	if e, ok := errors.AsType[*scaffold.Error](err); !ok || e.Hint == "" {
		t.Error(err)
	}
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Error("the folder is still there:", listing(t, dir))
	}
	if err := scaffold.Create(context.Background(), dir, []scaffold.File{{Path: "../out.md"}}); err == nil {
		t.Error("a path leads out")
	}
}

// TestCreateAfterKill: leftovers of a killed run are in nobody's way.
func TestCreateAfterKill(t *testing.T) {
	dir := t.TempDir()
	for _, n := range []string{"0", "1", "2", "3"} {
		write(dir, "."+n+".peppermill-new")
	}
	if err := scaffold.Create(context.Background(), dir, three); err != nil {
		t.Fatal(err)
	}
	if got := listing(t, dir); !slices.Contains(got, "index.md=2") || !slices.Contains(got, ".1.peppermill-new=mine") {
		t.Error(got)
	}
}
