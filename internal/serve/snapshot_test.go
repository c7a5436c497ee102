package serve

import (
	"fmt"
	"maps"
	"net/http"
	"strings"
	"testing"

	"peppermill/internal/diag"
	"peppermill/internal/output"
)

// with is a copy of a build with a page's text changed; "-" takes the page away.
func with(b Build, path, text string) Build {
	texts := map[string]string{}
	for _, e := range b.Tree.Entries {
		c, _ := e.Open()
		texts[e.Path] = strings.TrimSuffix(strings.TrimPrefix(c.(file).text, whole("\x00")[:strings.Index(whole("\x00"), "\x00")]), "</body></html>")
	}
	if texts[path] = text; text == "-" {
		delete(texts, path)
	}
	return site(texts)
}

// withhold is a build in which no page can be made of the source at path.
func withhold(b Build, path string) Build {
	b = with(b, path, "-")
	b.Broken = []string{sourceOf(path)}
	b.Changed = b.Broken
	b.Findings = diag.List{{Rule: "front-matter", Class: diag.Fix, Pos: diag.Pos{Path: sourceOf(path), Line: 2, Column: 1}, Message: "not closed"}}
	return b
}

const late = "late/index.html"

// TestLastGood tells the story of one page, build after build.
func TestLastGood(t *testing.T) {
	one := site(map[string]string{"index.html": "home", late: "one"})
	two := with(one, late, "two")
	layout := with(two, late, "-")
	layout.Pages[late] = Page{Source: sourceOf(late), Title: "Late"}
	layout.Tree.Entries = append(layout.Tree.Entries, entry(late, file{fail: errLayout}))
	settings := Build{Stopped: true, Findings: diag.List{{Rule: "settings", Class: diag.Stop, Message: "no"}}}
	steps := []struct {
		name   string
		build  Build
		status int
		text   string
		stale  bool
		here   int // findings that the page shows as its own
	}{
		{"whole", one, 200, "one", false, 0},
		{"broken", withhold(one, late), 200, "one", true, 1},
		{"still broken, other page edited", withhold(with(one, "index.html", "new"), late), 200, "one", true, 1},
		{"and the settings too", settings, 200, "one", true, 0},
		{"settings mended", withhold(one, late), 200, "one", true, 1},
		{"mended", two, 200, "two", false, 0},
		{"layout fails", layout, 200, "two", true, 1},
		{"layout fails again", layout, 200, "two", true, 1},
		{"source breaks while the layout fails", withhold(one, late), 200, "two", true, 1},
		{"mended again", one, 200, "one", false, 0},
		{"stopped", settings, 200, "one", true, 0},
		{"settings mended, page deleted", with(one, late, "-"), 404, "", false, 0},
		{"back", two, 200, "two", false, 0},
		{"broken again", withhold(two, late), 200, "two", true, 1},
		{"deleted while broken", with(two, late, "-"), 404, "", false, 0},
	}
	s := New(Options{})
	for i, step := range steps {
		s.Show(step.build)
		t.Run(step.name, func(t *testing.T) {
			expect(t, s, "/late/", step.status, whole(step.text))
			f := about(t, s, "/late/")
			here := 0
			for _, found := range f.Findings {
				if found.Here {
					here++
				}
			}
			if f.Stale != step.stale || here != step.here || f.Build != i+1 {
				t.Errorf("%+v", f)
			}
		})
	}
}

// TestNeverGood: what was broken from the beginning has nothing to stand in for
// it, and says what is wrong.
func TestNeverGood(t *testing.T) {
	s := New(Options{})
	b := withhold(site(map[string]string{"index.html": "home", late: "-"}), late)
	b.Changed = nil
	b.Tree.Entries = append(b.Tree.Entries, entry("bad/index.html", file{fail: errLayout}), entry("bug/index.html", file{panics: true}), entry("bad.css", file{fail: errLayout}))
	s.Show(b)
	expect(t, s, "/", 200, whole("home"))
	expect(t, s, "/late/", 404, "")
	if f := about(t, s, "/late/"); len(f.Findings) != 1 || !f.Findings[0].Here {
		t.Errorf("a page that is not there does not say why: %+v", f)
	}
	for address, says := range map[string]string{"/bad/": "layout &lt;b&gt;broken&lt;/b&gt;", "/bug/": "a bug", "/bad.css": "layout"} {
		r := get(t, s, address)
		body := text(t, r)
		if r.StatusCode != http.StatusInternalServerError || !strings.Contains(body, says) || strings.Contains(r.Header.Get("Content-Type"), "html") && strings.Contains(body, "<b>") {
			t.Errorf("%s: %d %s", address, r.StatusCode, body)
		}
	}
	if f := about(t, s, "/bad/"); len(f.Findings) != 1 || f.Findings[0].Class != "fix" || !strings.Contains(f.Findings[0].Message, errLayout.Error()) {
		t.Errorf("%+v", f)
	}
}

// TestStoppedFromTheStart: the preview starts whatever is wrong.
func TestStoppedFromTheStart(t *testing.T) {
	s := New(Options{Instance: "k3x9"})
	s.Show(Build{Stopped: true, Findings: diag.List{{Rule: "settings", Class: diag.Stop, Pos: diag.Pos{Path: "content/site.yaml", Line: 3, Column: 2}, Message: "no <script>"}}})
	r := get(t, s, "/policies/")
	body := text(t, r)
	for _, part := range []string{"content/site.yaml:3:2: no &lt;script&gt;", `data-build="1" data-server="k3x9"`, `http-equiv="refresh"`} {
		if r.StatusCode != http.StatusServiceUnavailable || !strings.Contains(body, part) {
			t.Errorf("no %q: %d %s", part, r.StatusCode, body)
		}
	}
	if f := about(t, s, "/policies/"); len(f.Findings) != 1 || f.Findings[0].Class != "stop" {
		t.Errorf("%+v", f)
	}
	s.Show(site(map[string]string{"index.html": "home"}))
	expect(t, s, "/", 200, whole("home"))
}

// TestRenamed: the old address of a renamed page is gone at once.
func TestRenamed(t *testing.T) {
	s := New(Options{})
	s.Show(site(map[string]string{"old/index.html": "text"}))
	expect(t, s, "/old/", 200, whole("text"))
	s.Show(site(map[string]string{"new/index.html": "text"}))
	expect(t, s, "/old/", 404, "")
	expect(t, s, "/new/", 200, whole("text"))
}

// TestPlaceTaken: another page may take the address of a broken one.
func TestPlaceTaken(t *testing.T) {
	s := New(Options{})
	s.Show(site(map[string]string{late: "old"}))
	b := site(map[string]string{late: "other"})
	b.Broken = []string{sourceOf(late)}
	p := b.Pages[late]
	p.Source = "content/other.md"
	b.Pages[late] = p
	s.Show(b)
	expect(t, s, "/late/", 200, whole("other"))
}

// TestManyBroken bounds what is held.
func TestManyBroken(t *testing.T) {
	texts := map[string]string{}
	var broken []string
	for i := range 20 {
		path := fmt.Sprintf("p%02d/index.html", i)
		texts[path] = strings.Repeat("x", 1000)
		broken = append(broken, sourceOf(path))
	}
	s := New(Options{})
	s.room = 10_000
	s.Show(site(texts))
	s.Show(Build{Broken: broken})
	if n := len(s.now.Load().held); n != 9 {
		t.Errorf("%d pages are held", n)
	}
	expect(t, s, "/p00/", 200, whole(texts["p00/index.html"]))
	expect(t, s, "/p19/", 404, "")
}

func TestEdited(t *testing.T) {
	texts := map[string]string{"index.html": "", late: "", "a/index.html": "", "über/index.html": ""}
	s := New(Options{})
	steps := []struct {
		changed []string
		gone    string
		want    string
	}{
		{nil, "", ""},
		{[]string{"content/site.yaml"}, "", ""},
		{[]string{"content/site.yaml", "content/late.md", "content/a.md"}, "", "/late/"},
		{[]string{"content/_data/x.yaml"}, "", "/late/"},
		{[]string{"content/über.md"}, "", "/%C3%BCber/"},
		{[]string{"content/README.md"}, "", ""}, // asked for by / itself
		{[]string{"content/a.md"}, "", "/a/"},
		{nil, "a/index.html", ""},
		{nil, "", ""},
	}
	for i, step := range steps {
		now := maps.Clone(texts)
		delete(now, step.gone)
		b := site(now)
		b.Changed = step.changed
		s.Show(b)
		got := ""
		if f := about(t, s, "/"); f.Edited != nil {
			got = f.Edited.At
		}
		if got != step.want {
			t.Errorf("step %d: %q, want %q", i, got, step.want)
		}
	}
}

func TestSnapshotsShareNothing(t *testing.T) {
	s := New(Options{})
	s.Show(site(map[string]string{"index.html": "one"}))
	before := s.now.Load()
	s.Show(site(map[string]string{"index.html": "two"}))
	expect(t, s, "/", 200, whole("two"))
	if a, _ := s.look(before, "index.html"); string(a.body) != whole("one") {
		t.Error("an earlier snapshot shows a later build")
	}
	// The late answer of an earlier build is no newer last good one.
	b := site(nil)
	b.Pages["index.html"] = Page{Source: sourceOf("index.html")}
	b.Tree.Entries = []output.Entry{entry("index.html", file{fail: errLayout})}
	s.Show(b)
	expect(t, s, "/", 200, whole("two"))
}
