package build

import (
	"context"
	"slices"
	"strings"
	"testing"
)

// TestAgain holds what a second run says of itself: the same result when
// nothing has changed, else what has.
func TestAgain(t *testing.T) {
	w := newWorld(1)
	w.put("site.yaml", "title: Shop\n")
	w.put("note.txt", "one")
	w.put("part.txt", "a part")
	w.put("late.md", "# Late\n\n{{#include part.txt}}\n")
	w.put("bad.md", "---\ntitle: [\n---\ntext\n")
	b := fresh()
	run := func() *Result {
		t.Helper()
		r, err := b.Run(context.Background(), w.input())
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	first := run()
	if len(first.Changed) > 0 {
		t.Errorf("the first run says that %q changed", first.Changed)
	}
	if !slices.Equal(first.Broken, []string{"bad.md"}) {
		t.Errorf("broken: %q", first.Broken)
	}
	last := first
	for _, step := range []struct {
		name, path, text string
		changed          string
	}{
		{"nothing", "note.txt", "one", ""},
		{"a page", "late.md", "# Later\n\n{{#include part.txt}}\n", "late.md"},
		{"what a page includes", "part.txt", "another part", "late.md part.txt"},
		{"a file", "note.txt", "two", "note.txt"},
		{"the settings", "site.yaml", "title: Corner shop\n", "site.yaml"},
		{"a layout", "_theme/layouts/404.html", "none", "_theme/layouts/404.html"},
		{"a new page", "early.md", "# Early\n", "early.md"},
		{"a page mended", "bad.md", "---\ntitle: Good\n---\ntext\n", "bad.md"},
		{"nothing again", "bad.md", "---\ntitle: Good\n---\ntext\n", ""},
	} {
		w.put(step.path, step.text)
		r := run()
		if got := strings.Join(r.Changed, " "); r != last && got != step.changed {
			t.Errorf("%s: %q changed, not %q", step.name, got, step.changed)
		}
		if (r == last) != (step.changed == "") {
			t.Errorf("%s: the same result: %t", step.name, r == last)
		}
		last = r
	}
	if len(last.Broken) > 0 {
		t.Errorf("still broken: %q", last.Broken)
	}
	delete(w.files, "early.md")
	if r := run(); !slices.Equal(r.Changed, []string{"early.md"}) {
		t.Errorf("deleted: %q changed", r.Changed)
	}
}

// TestUsable holds which findings make a result worse than an old one.
func TestUsable(t *testing.T) {
	for text, usable := range map[string]bool{
		"title: Shop\n":         true,
		"titel: Shop\n":         true,
		"title: [\n":            false,
		"\xff\xfetitle: Shop\n": false,
	} {
		w := newWorld(1)
		w.put("site.yaml", text)
		r, err := fresh().Run(context.Background(), w.input())
		if err != nil {
			t.Fatal(err)
		}
		if r.Usable() != usable {
			t.Errorf("%q: usable: %t\n%v", text, r.Usable(), r.Diags)
		}
	}
}
