package markdown

import (
	"bytes"
	"cmp"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"peppermill/internal/diag"
	"peppermill/internal/page"
	"peppermill/internal/source"
)

// dataDir is where the real handbooks are.
func dataDir(t testing.TB) string {
	dir := cmp.Or(os.Getenv("PEPPERMILL_DATA"), "../../../shared")
	if _, err := os.Stat(filepath.Join(dir, "corpora")); err != nil {
		t.Skip("no real data at PEPPERMILL_DATA or ../shared: ", err)
	}
	return filepath.Join(dir, "corpora")
}

// TestCorpora reads every page of the real handbooks. Nothing may panic, no
// body may come out empty, and the findings must stay few enough to be read.
func TestCorpora(t *testing.T) {
	p := New(Options{Names: names(t)})
	shapes := map[string]int{}
	rules := map[string]int{}
	pages, size := 0, 0
	var spent time.Duration
	root := os.DirFS(dataDir(t))
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".md") {
			return err
		}
		data, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		f := source.File{Path: name, Data: bytes.TrimPrefix(bytes.ToValidUTF8(data, []byte("�")), []byte("\uFEFF"))}
		start := time.Now()
		pg, diags := p.Parse(f)
		spent += time.Since(start)
		checkParts(t, pg)
		checkDOM(t, fill(pg))
		for _, s := range pg.Structures {
			shapes[s.Kind]++
			if s.Staff || len(s.Rows) == 0 {
				t.Errorf("%s: %s with %d rows, staff %t", name, s.Kind, len(s.Rows), s.Staff)
			}
			if testing.Verbose() {
				fmt.Printf("%s:%d: %s", s.Pos.Path, s.Pos.Line, rows([]page.Structure{s}))
			}
		}
		pages, size = pages+1, size+len(data)
		if pg.Title == "" {
			t.Errorf("%s: no title", name)
		}
		if e, _ := readEnvelope(f); len(pg.Body.Parts) == 0 && hasText(e.body) {
			t.Errorf("%s: empty body", name)
		}
		for _, d := range diags {
			if !slices.ContainsFunc(Rules(), func(r diag.Rule) bool { return r.Name == d.Rule }) {
				continue // of the front matter
			}
			rules[d.Rule]++
			if d.Message == "" || d.Pos.Path == "" || d.Pos.Line == 0 {
				t.Errorf("%s: poor finding %+v", name, d)
			}
			if testing.Verbose() {
				fmt.Printf("%s:%d:%d %s: %s (%s)\n", d.Pos.Path, d.Pos.Line, d.Pos.Column, d.Rule, d.Message, d.Hint)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var counts []string
	total := 0
	for rule, n := range rules {
		counts = append(counts, fmt.Sprintf("%s %d", rule, n))
		total += n
	}
	slices.Sort(counts)
	t.Logf("%d pages, %d kB in %v; findings: %s; structures: %v", pages, size>>10, spent.Round(time.Millisecond), strings.Join(counts, ", "), shapes)
	if total > 2*pages {
		t.Errorf("%d findings on %d pages: noise", total, pages)
	}
}

// hasText reports whether a body has anything besides comments and definitions.
func hasText(body []byte) bool {
	for line := range bytes.Lines(body) {
		line = bytes.TrimSpace(line)
		if len(line) > 0 && line[0] != '<' && line[0] != '[' && line[0] != '{' {
			return true
		}
	}
	return false
}
