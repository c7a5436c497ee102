package build

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/tools/txtar"

	"peppermill/internal/output"
	"peppermill/internal/schema"
	"peppermill/internal/source"
)

// TestCorpora builds real handbooks: each source file has a page unless it is
// a draft, each file with drafts on, and whatever is broken there, the site
// has no broken link.
func TestCorpora(t *testing.T) {
	data := cmp.Or(os.Getenv("PEPPERMILL_DATA"), "../../../shared")
	for _, name := range []string{"sourcegraph-handbook/content", "pagerduty-incident-response/docs", "pagerduty-case-ownership/docs",
		"usds-playbook/_plays", "18f-guides/content", "cncf-glossary/content/en"} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(data, "corpora", name)
			if _, err := os.Stat(dir); err != nil {
				t.Skipf("the real handbooks are not here (%v); set PEPPERMILL_DATA to their folder", err)
			}
			t.Parallel()
			handbook(t, dir)
		})
	}
}

func handbook(t *testing.T, dir string) {
	in := Input{Content: os.DirFS(dir), Options: Options{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Drafts: true, Future: true, Expired: true}}
	tree, _, err := source.Scan(in.Content)
	if err != nil {
		t.Fatal(err)
	}
	r, err := fresh().Run(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	if !r.Publishable() {
		t.Fatalf("not publishable: %v", r.Diags)
	}
	have := map[string]bool{}
	for _, p := range r.Site.Pages {
		if p.Source != nil {
			have[p.Source.Path] = true
		}
	}
	for _, e := range tree.Entries {
		if e.Role == source.Page && !have[e.Path] {
			t.Errorf("%s has no page", e.Path)
		}
	}
	types := map[string]bool{"reference-missing": true, "reference-type": true, "lesson-outdated": true, "policy-untaught": true, "policy-one-person": true, "fact-differs": true}
	for _, a := range schema.Asks() {
		types[a.Rule] = true
	}
	for _, d := range r.Diags {
		if types[d.Rule] {
			t.Errorf("%s:%d: a foreign handbook hears about types: %s (%s)", d.Pos.Path, d.Pos.Line, d.Message, d.Rule)
		}
		link := strings.HasPrefix(d.Rule, "link-") || strings.HasPrefix(d.Rule, "anchor-") || strings.HasPrefix(d.Rule, "image-")
		if link && (d.Pos.Line == 0 || d.Pos.Column == 0) || d.Pos.Path == "" {
			t.Errorf("%s: %s has no place", d.Pos.Path, d.Message)
		}
	}
	files, err := r.Tree.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	for i, broken := range checkLinks(t, files) {
		if i < 5 {
			t.Error(broken)
		}
	}
}

// TestHostilePagesInASite builds the corpus of hostile front matters as one
// site: what must not be published is nowhere in it, and everything else is.
func TestHostilePagesInASite(t *testing.T) {
	archive, err := txtar.ParseFile("../frontmatter/testdata/hostile.txtar")
	if err != nil {
		t.Fatal(err)
	}
	content := fstest.MapFS{"index.md": {Data: []byte("# Home\n")}}
	published := map[string]string{}
	for _, f := range archive.Files {
		name, path, _ := strings.Cut(f.Name, "/")
		if name == "not-utf8" {
			continue // source mends the bytes, with a finding, before front matter is read
		}
		if path == "want" {
			_, rest, _ := strings.Cut(string(f.Data), "published: ")
			published[name], _, _ = strings.Cut(rest, "\n")
			continue
		}
		text := strings.ReplaceAll(string(bytesOf(f.Data)), "\nBody", "\nSENTINEL."+name+".")
		content[name+"/"+path] = &fstest.MapFile{Data: []byte(text)}
	}
	r, err := fresh().Run(context.Background(), Input{Content: content, Options: Options{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Future: true, Expired: true}})
	if err != nil {
		t.Fatal(err)
	}
	pages := map[string]bool{}
	for _, p := range r.Site.Pages {
		if p.Source != nil {
			name, _, _ := strings.Cut(p.Source.Path, "/")
			pages[name] = true
		}
	}
	files, err := r.Tree.Bytes()
	if err != nil && r.Publishable() {
		t.Fatal(err)
	}
	if len(published) < 60 {
		t.Errorf("only %d cases", len(published))
	}
	for name, want := range published {
		if want == "yes" != pages[name] {
			t.Errorf("%s: published %v, want %s", name, pages[name], want)
		}
		for file, text := range files {
			if want != "yes" && bytes.Contains(text, []byte("SENTINEL."+name+".")) {
				t.Errorf("%s stands in %s", name, file)
			}
		}
	}
}

// bytesOf reads the archive's way of writing bytes and missing line ends.
func bytesOf(b []byte) []byte {
	b, _, _ = bytes.Cut(b, []byte("‹EOF›"))
	return regexp.MustCompile("‹[0-9A-F]+›").ReplaceAllFunc(b, func(m []byte) []byte {
		var out []byte
		hex := strings.Trim(string(m), "‹›")
		for i := 0; i+1 < len(hex); i += 2 {
			n, err := strconv.ParseUint(hex[i:i+2], 16, 8)
			if err != nil {
				panic(err)
			}
			out = append(out, byte(n))
		}
		return out
	})
}

// TestBombs builds a site around each bomb: it ends soon and in little memory,
// the bomb is named or shown, and the page beside it is published.
func TestBombs(t *testing.T) {
	many := func(s string, n int) string { return strings.Repeat(s, n) }
	bombs := map[string]string{
		"aliases":   aliases(),
		"deep yaml": "---\ntitle: " + many("[", 20000) + "\n---\n",
		"deep lists": func() string {
			var b strings.Builder
			for i := range 1500 {
				b.WriteString(many(" ", i*2) + "- x\n")
			}
			return b.String()
		}(),
		"one line":      many("word ", 600_000),
		"brackets":      many("[", 300_000),
		"quotes":        many("> ", 20_000) + "x",
		"emphasis":      many("*a ", 200_000),
		"headings":      many("# h\n\n", 100_000),
		"links":         many("[a](b.md) ", 50_000),
		"table":         "|" + many("a|", 5000) + "\n|" + many("-|", 5000) + "\n" + many("|a\n", 500),
		"html":          many("<a><b>", 100_000),
		"footnotes":     many("[^1]", 50_000) + "\n\n[^1]: x\n",
		"code":          "```go\n" + many("x := map[string]string{\"a\": `b`}\n", 30_000) + "```\n",
		"includes self": many("{{#include bomb.md}}\n", 1000),
	}
	for name, text := range bombs {
		t.Run(name, func(t *testing.T) {
			var before runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			content := fstest.MapFS{"bomb.md": {Data: []byte(text)}, "good.md": {Data: []byte("# Good\n")}}
			r, err := fresh().Run(context.Background(), Input{Content: content, Options: Options{Now: start}})
			if err != nil {
				t.Fatal(err)
			}
			files, err := r.Tree.Bytes()
			if err != nil {
				t.Fatal(err)
			}
			if _, ok := files["good/index.html"]; !ok {
				t.Error("the page beside it is not published")
			}
			if _, ok := files["bomb/index.html"]; !ok && len(r.Diags) == 0 {
				t.Error("neither published nor named")
			}
			if took := time.Since(start); took > 60*time.Second {
				t.Errorf("took %v", took)
			}
			var after runtime.MemStats
			runtime.ReadMemStats(&after)
			all := (after.TotalAlloc - before.TotalAlloc) >> 20
			t.Logf("%v, %d MB allocated in all", time.Since(start), all)
			if all > 1500 {
				t.Errorf("%d MB allocated in all", all)
			}
		})
	}
}

// aliases is nine levels of nine times the level below.
func aliases() string {
	var b strings.Builder
	b.WriteString("---\na0: &a0 x\n")
	for i := range 9 {
		fmt.Fprintf(&b, "a%d: &a%d [%s*a%d]\n", i+1, i+1, strings.Repeat(fmt.Sprintf("*a%d,", i), 8), i)
	}
	return b.String() + "---\n# x\n"
}

// TestManualNamesEveryRule holds that the manual's page of findings has each
// rule of the book with its class, and no other.
func TestManualNamesEveryRule(t *testing.T) {
	text, err := os.ReadFile("../../content/using-peppermill/findings.md")
	if err != nil {
		t.Fatal(err)
	}
	written := map[string]string{}
	for _, row := range regexp.MustCompile("(?m)^(`.*`) · ([a-z]+)$").FindAllStringSubmatch(string(text), -1) {
		for _, name := range regexp.MustCompile("`([a-z0-9-]+)`").FindAllStringSubmatch(row[1], -1) {
			written[name[1]] = row[2]
		}
	}
	for _, r := range Rules() {
		if written[r.Name] != r.Class.String() {
			t.Errorf("%s is a %v, the manual says %q", r.Name, r.Class, written[r.Name])
		}
		delete(written, r.Name)
	}
	for name := range written {
		t.Errorf("the manual has %s, which is no rule", name)
	}
}

// TestBuiltSiteIsNoContent holds that the eyes know a folder that the hands
// have written: the two share the manifest's name and no code.
func TestBuiltSiteIsNoContent(t *testing.T) {
	dir := t.TempDir()
	r, err := fresh().Run(context.Background(), newWorld(1).input())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := output.Sync(context.Background(), filepath.Join(dir, "site"), r.Tree, output.Options{}); err != nil {
		t.Fatal(err)
	}
	tree, _, err := source.Scan(os.DirFS(dir))
	if err != nil || len(tree.Entries) > 0 {
		t.Errorf("%d files of a built site are content; %v", len(tree.Entries), err)
	}
}

// TestRules holds that the rule book has no name twice and no row unexplained.
func TestRules(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range Rules() {
		if seen[r.Name] || r.Class == 0 || len(r.About) < 20 || !regexp.MustCompile(`^[a-z]+(-[a-z0-9]+)+$`).MatchString(r.Name) {
			t.Errorf("%+v", r)
		}
		seen[r.Name] = true
	}
	if len(seen) < 40 {
		t.Errorf("only %d rules", len(seen))
	}
}
