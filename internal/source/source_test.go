package source

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/tools/txtar"

	"peppermill/internal/diag"
)

// memory makes a tree of a txtar text.
func memory(t *testing.T, text string, ignore ...string) (*Tree, diag.List) {
	t.Helper()
	m := fstest.MapFS{}
	for _, f := range txtar.Parse([]byte(text)).Files {
		m[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	tree, diags, err := Scan(m)
	if err != nil {
		t.Fatal(err)
	}
	return tree.Without(ignore), diags
}

func TestScanRoles(t *testing.T) {
	var text strings.Builder
	want := map[string]Role{
		"site.yaml": Settings, "index.md": Page, "a/_index.md": Page, "a/B.MD": Page, "a/x.markdown": Page,
		"_data/ui/de.yaml": Data, "_profiles/cafe.yaml": Profile, "_theme/layouts/base.html": Theme,
		"CNAME": Asset, ".nojekyll": Asset, ".well-known/security.txt": Asset, "_redirects": Asset, "a/pic.png": Asset,
		"a/site.yaml": Asset,
	}
	for name := range want {
		fmt.Fprintf(&text, "-- %s --\nx\n", name)
	}
	for _, name := range []string{".git/config", "a/.hidden.md", "_drafts/x.md", "a/_partials/y.md", "a/node_modules/z/README.md",
		"a/x.md~", "a/.x.md.swp", "a/4913", "a/x.md.tmp", "a/x.md___jb_tmp___", "#x.md#", "old/.peppermill.json", "old/index.md", "a/skip.txt", "tmp/deep/x.md"} {
		fmt.Fprintf(&text, "-- %s --\nx\n", name)
	}
	tree, diags := memory(t, text.String(), "*.txt", "tmp/**")
	delete(want, ".well-known/security.txt") // matches *.txt, and the site's patterns win
	if len(diags) > 0 {
		t.Error(diags)
	}
	got := map[string]Role{}
	for _, e := range tree.Entries {
		got[e.Path] = e.Role
	}
	for name, role := range want {
		if got[name] != role {
			t.Errorf("%s: role %d, want %d", name, got[name], role)
		}
		delete(got, name)
	}
	for name := range got {
		t.Errorf("%s is in the tree", name)
	}
}

func TestInclude(t *testing.T) {
	tests := []struct{ name, site, want, finding string }{
		{"whole file without its front matter", "-- a.md --\none\n{{#include b.md}}\ntwo\n-- b.md --\n---\ntitle: B\n---\nbee\n", "a.md:1 one|b.md:4 bee|a.md:3 two|", ""},
		{"range in a fence", "-- a.md --\n```\n--8<-- \"b.txt:2:3\"\n```\n-- b.txt --\n1\n2\n3\n4\n", "a.md:1 ```|b.txt:2 2|b.txt:3 3|a.md:3 ```|", ""},
		{"one line, indented", "-- a.md --\n- x\n\n  {{#include b.txt:2}}\n-- b.txt --\n1\n2\n", "a.md:1 - x|a.md:2 |b.txt:2   2|", ""},
		{"from the root, nested", "-- d/a.md --\n{{#include /b.md}}\n-- b.md --\n{{#include d/c.md}}\n-- d/c.md --\nsea", "d/c.md:1 sea|", ""},
		{"escaped", "-- a.md --\n\\{{#include b.md}}\n", "a.md:1 {{#include b.md}}|", ""},
		{"inside a sentence it is text", "-- a.md --\nsee {{#include b.md}} there\n", "a.md:1 see {{#include b.md}} there|", ""},
		{"missing", "-- a.md --\nx\n {{#include polcy.md}}\n-- policy.md --\ny\n", "a.md:1 x|", `a.md:2:13 include-missing did you mean "policy.md"?`},
		{"outside", "-- d/a.md --\n{{#include ../../etc/passwd}}\n", "", "d/a.md:1:12 include-missing move the file into the content folder"},
		{"past the end", "-- a.md --\n{{#include b.md:7:9}}\n-- b.md --\n1\n", "", "a.md:1:12 include-missing correct the range"},
		{"loop", "-- a.md --\n{{#include b.md}}\n-- b.md --\n{{#include a.md}}\n", "", "b.md:1:12 include-loop take one of these includes out"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tree, _ := memory(t, tt.site)
			for _, e := range tree.Entries {
				if !strings.HasSuffix(e.Path, "a.md") {
					continue
				}
				got := tree.Load(e)
				if s := show(got.File); s != tt.want {
					t.Errorf("got  %q\nwant %q", s, tt.want)
				}
				finding := ""
				for _, d := range got.Diags {
					finding += fmt.Sprintf("%s:%d:%d %s %s", d.Pos.Path, d.Pos.Line, d.Pos.Column, d.Rule, d.Hint)
				}
				if finding != tt.finding {
					t.Errorf("finding %q, want %q", finding, tt.finding)
				}
			}
		})
	}
}

func show(f File) string {
	var b strings.Builder
	lines := strings.Split(strings.TrimSuffix(string(f.Data), "\n"), "\n")
	if len(f.Data) == 0 {
		return ""
	}
	for i, line := range lines {
		at := f.Pos(i+1, 1)
		fmt.Fprintf(&b, "%s:%d %s|", at.Path, at.Line, line)
	}
	return b.String()
}

func TestIncludeBombEnds(t *testing.T) {
	var site strings.Builder
	for depth := range maxDepth + 2 {
		fmt.Fprintf(&site, "-- %d.md --\n", depth)
		for range 10 {
			fmt.Fprintf(&site, "{{#include %d.md}}\n", depth+1)
		}
	}
	tree, _ := memory(t, site.String())
	if got := tree.Load(tree.Entries[0]); len(got.Diags) == 0 {
		t.Error("no finding")
	}
}

func TestEncoding(t *testing.T) {
	for name, tt := range map[string]struct{ data, want, at string }{
		"mark":    {"\xef\xbb\xbf---\n", "---\n", ""},
		"latin 1": {"a\nb\xe9c\n", "a\nb\ufffdc\n", "2:2"},
		"utf-16":  {"\xff\xfea\x00", "", "1:1"},
		"plain":   {"é\r\n", "é\r\n", ""},
	} {
		tree, _, _ := Scan(fstest.MapFS{"a.md": {Data: []byte(tt.data)}})
		got := tree.Load(tree.Entries[0])
		at := ""
		for _, d := range got.Diags {
			at = fmt.Sprintf("%d:%d", d.Pos.Line, d.Pos.Column)
		}
		if string(got.File.Data) != tt.want || at != tt.at {
			t.Errorf("%s: %q at %q", name, got.File.Data, at)
		}
	}
}

func TestTooLarge(t *testing.T) {
	tree, _, _ := Scan(fstest.MapFS{"a.md": {Data: make([]byte, MaxText+1)}})
	if got := tree.Load(tree.Entries[0]); got.File.Data != nil || len(got.Diags) != 1 {
		t.Error(got.Diags)
	}
}

// TestLinks lays symbolic links of every kind and shows that none leads out.
func TestLinks(t *testing.T) {
	outside := t.TempDir()
	write(t, filepath.Join(outside, "secret.md"), "secret")
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a.md"), "a")
	if err := os.Mkdir(filepath.Join(dir, "real"), 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "real", "b.md"), "{{#include ../out.md}}\n")
	for name, target := range map[string]string{
		"in.md": "a.md", "out.md": filepath.Join(outside, "secret.md"), "up.md": "../" + filepath.Base(outside) + "/secret.md",
		"none.md": "nothing.md", "self.md": "self.md", "folder": "real", "outfolder": outside, "loop": ".",
	} {
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Skip("no symbolic links here:", err)
		}
	}
	root, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	tree, diags, err := Scan(root.FS())
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range tree.Entries {
		got = append(got, e.Path)
		if l := tree.Load(e); strings.Contains(string(l.File.Data), "secret") {
			t.Errorf("%s leads out", e.Path)
		}
	}
	if s := strings.Join(got, " "); s != "a.md in.md real/b.md" {
		t.Errorf("tree is %s", s)
	}
	if len(diags) != 7 {
		t.Errorf("%d findings, want one for each of the seven other links: %v", len(diags), diags)
	}
}

// TestLinkSwapped replaces a file by a link that leads out after the scan.
func TestLinkSwapped(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "secret.md")
	write(t, outside, "secret")
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a.md"), "a")
	root, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	tree, _, err := Scan(root.FS())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, "a.md")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(dir, "a.md")); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	if got := tree.Load(tree.Entries[0]); got.File.Data != nil || len(got.Diags) != 1 {
		t.Errorf("read %q with %v", got.File.Data, got.Diags)
	}
}

func TestSettled(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		stamp Stamp
		want  bool
	}{
		{Stamp{}, false},
		{Stamp{ModTime: now}, false},
		{Stamp{ModTime: now.Add(time.Second)}, false},
		{Stamp{ModTime: now.Add(-time.Minute)}, true},
		{Stamp{ModTime: now.Add(-time.Minute), Changed: now.UnixNano()}, false},
	} {
		if got := tt.stamp.Settled(now); got != tt.want {
			t.Errorf("%+v: %v", tt.stamp, got)
		}
	}
}

func TestMatch(t *testing.T) {
	for _, tt := range []struct {
		pattern, name string
		want          bool
	}{
		{"*.psd", "a/b.psd", true}, {"a/*.psd", "a/b.psd", true}, {"a/*.psd", "c/a/b.psd", false},
		{"a/", "a/b/c.md", true}, {"a/**", "a", true}, {"/a/**", "ab/c", false}, {"[", "x", false},
	} {
		if got := Match(tt.pattern, tt.name); got != tt.want {
			t.Errorf("Match(%q, %q) = %v", tt.pattern, tt.name, got)
		}
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func FuzzInclude(f *testing.F) {
	for _, s := range []string{"{{#include a.md}}", "--8<-- \"b.md:1:2\"\n", "\\{{#include x}}", "{{#include a.md:9999999999999999999}}", "  {{#include ../x}}\r\n"} {
		f.Add(s, "text\n---\n")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		tree, _, err := Scan(fstest.MapFS{"a.md": {Data: []byte(a)}, "b.md": {Data: []byte(b)}})
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range tree.Entries {
			l := tree.Load(e)
			if n := strings.Count(string(l.File.Data), "\n"); l.File.Lines != nil && len(l.File.Lines) < n {
				t.Errorf("%d line ends, %d origins", n, len(l.File.Lines))
			}
			for _, o := range l.File.Lines {
				if !fs.ValidPath(o.Path) || o.Line < 1 {
					t.Errorf("origin %+v", o)
				}
			}
		}
	})
}
