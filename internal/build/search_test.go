package build

import (
	"bytes"
	"context"
	"fmt"
	"path"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"peppermill/internal/search"
)

// TestAnEditChangesItsOwnShards holds that one edited page changes the shards of
// its own words, its bucket's cards, its texts and the root, and nothing else.
func TestAnEditChangesItsOwnShards(t *testing.T) {
	w := &world{files: fstest.MapFS{}, clock: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)}
	for i := range 1200 {
		text := fmt.Sprintf("# Page %d\n\n", i)
		for j := range 40 {
			text += fmt.Sprintf("%c%cword%d ", 'a'+(i*7+j)%26, 'a'+(i+j*5)%26, (i*31+j*17)%400)
		}
		w.put(fmt.Sprintf("s%d/p%d.md", i%4, i), text)
	}
	b := fresh()
	before := index(t, b, w)
	edited := "s1/p601.md"
	old := string(w.files[edited].Data)
	now := strings.Replace(old, "# Page", "# Paged", 1) + "\n\nqqqnew words here, zebra\n"
	w.put(edited, now)
	after := index(t, b, w)

	own := search.Words(old + " " + now)
	changed := map[string]int{}
	for name, data := range after {
		if bytes.Equal(data, before[name]) {
			continue
		}
		base := path.Base(name)
		changed[base[:1]]++
		prefix, ok := strings.CutPrefix(strings.TrimSuffix(base, ".js"), "d-")
		if ok && !anyBegins(own, prefix) {
			t.Errorf("%s changed, and none of the page's words belongs there", name)
		}
	}
	for name := range before {
		if after[name] == nil {
			t.Errorf("%s is gone", name)
		}
	}
	shards := 0
	for name := range after {
		if strings.HasPrefix(path.Base(name), "d-") {
			shards++
		}
	}
	if changed["r"] != 1 || changed["c"] != 1 || changed["t"] != 1 || changed["f"] != 0 {
		t.Errorf("changed files by kind: %v", changed)
	}
	if d := changed["d"]; d == 0 || d > shards*2/3 {
		t.Errorf("%d of %d shards changed", d, shards)
	}
}

func anyBegins(words []string, prefix string) bool {
	for _, w := range words {
		if strings.HasPrefix(w, prefix) {
			return true
		}
	}
	return false
}

// index runs a build and returns the files of its index.
func index(t *testing.T, b *Builder, w *world) map[string][]byte {
	t.Helper()
	r, err := b.Run(context.Background(), w.input())
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]byte{}
	for _, e := range r.Tree.All() {
		if !strings.HasPrefix(e.Path, search.Folder) {
			continue
		}
		c, err := e.Open()
		if err != nil {
			t.Fatal(err)
		}
		var data bytes.Buffer
		if _, err := c.WriteTo(&data); err != nil {
			t.Fatal(err)
		}
		out[e.Path] = data.Bytes()
	}
	return out
}
