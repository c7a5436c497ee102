package output

import (
	"archive/zip"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
)

func TestZip(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "Our book.zip")
	s := site{"index.html": "home", "b/index.html": "b", "a/é.txt": "x"}
	if err := Zip(context.Background(), name, s.tree(), Options{}); err != nil {
		t.Fatal(err)
	}
	first, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	r, err := zip.OpenReader(name)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var got []string
	for _, f := range r.File {
		got = append(got, f.Name)
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(in)
		if err != nil || string(text) != s[f.Name[len("Our book/"):]] {
			t.Errorf("%s: %q %v", f.Name, text, err)
		}
	}
	if len(got) != 3 || got[0] != "Our book/a/é.txt" || got[2] != "Our book/index.html" {
		t.Error(got)
	}
	if err := Zip(context.Background(), name, s.tree(), Options{}); err != nil {
		t.Fatal("its own archive is not replaced: ", err)
	}
	if second, err := os.ReadFile(name); err != nil || string(second) != string(first) {
		t.Error("the same tree gives other bytes", err)
	}
	if items, err := os.ReadDir(dir); err != nil || len(items) != 1 {
		t.Error("something is left beside it", items, err)
	}
}

func TestZipReplacesNothingOfOthers(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "a.zip")
	if err := os.WriteFile(name, []byte("a letter"), 0o644); err != nil {
		t.Fatal(err)
	}
	tree := site{"index.html": "home"}.tree()
	if err := Zip(context.Background(), name, tree, Options{}); !errors.Is(err, ErrZipForeign) {
		t.Error(err)
	}
	if b, _ := os.ReadFile(name); string(b) != "a letter" {
		t.Error("it was touched")
	}
	if err := Zip(context.Background(), name, tree, Options{Overwrite: true}); err != nil {
		t.Error(err)
	}
	if err := Zip(context.Background(), dir, tree, Options{Overwrite: true}); err == nil {
		t.Error("a folder was replaced")
	}
}

func TestZipFailsWhole(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "a.zip")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := Zip(ctx, name, site{"index.html": "home"}.tree(), Options{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	broken := Tree{Entries: []Entry{{Path: "a", Open: func() (Content, error) { return nil, errors.New("no") }}}}
	if err := Zip(context.Background(), name, broken, Options{}); err == nil {
		t.Error("no error")
	}
	if items, _ := os.ReadDir(dir); len(items) != 0 {
		t.Error("something is left", items)
	}
}

// TestZipStaysOutOfTheContent holds that a hand-over archive, of the staff
// edition perhaps, cannot become part of the next site.
func TestZipStaysOutOfTheContent(t *testing.T) {
	source := t.TempDir()
	for _, dir := range []string{"sub", "_site"} {
		if err := os.Mkdir(filepath.Join(source, dir), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	tree := site{"index.html": "home"}.tree()
	for name, ok := range map[string]bool{"a.zip": false, "_a.zip": false, "sub/a.zip": false, "_site/a.zip": true, "../a.zip": true} {
		err := Zip(context.Background(), filepath.Join(source, name), tree, Options{Source: source})
		if (err == nil) != ok || !ok && !errors.Is(err, ErrDestination) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
