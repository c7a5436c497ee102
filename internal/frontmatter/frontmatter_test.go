package frontmatter_test

import (
	"bytes"
	"fmt"
	"path"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"peppermill/internal/data"
	"peppermill/internal/diag"
	"peppermill/internal/frontmatter"
	"peppermill/internal/schema"
	"peppermill/internal/source"
)

func read(text string) (frontmatter.Block, diag.List) {
	return frontmatter.Read(source.File{Path: "a.md", Data: []byte(text)})
}

// TestBombs gives front matter that would grow without bound to a careless
// reader: it is refused with a place, or read.
func TestBombs(t *testing.T) {
	laugh := "a: &a [x, x, x, x, x, x, x, x, x]\n"
	for c := 'b'; c <= 'k'; c++ {
		laugh += fmt.Sprintf("%c: &%c [*%c, *%c, *%c, *%c, *%c, *%c, *%c, *%c]\n", c, c, c-1, c-1, c-1, c-1, c-1, c-1, c-1, c-1)
	}
	var keys strings.Builder
	for i := range 50_000 {
		fmt.Fprintf(&keys, "k%d: v\n", i)
	}
	for name, c := range map[string]struct {
		block string
		rule  string
	}{
		"aliases":      {laugh + "title: x\n", data.RuleLimit},
		"flow nesting": {"title: " + strings.Repeat("[", 10_000) + "\n", data.RuleLimit},
		"lists":        {"title:\n  " + strings.Repeat("- ", 10_000) + "x\n", data.RuleLimit},
		"maps":         {"title: " + strings.Repeat("{a: ", 10_000) + "\n", data.RuleLimit},
		"one line":     {"title: " + strings.Repeat("x", 1_000_000) + "\n", ""},
		"too large":    {"title: " + strings.Repeat("x", 1<<20) + "\n", data.RuleLimit},
		"many keys":    {keys.String(), ""},
		"same key":     {strings.Repeat("draft: false\n", 10_000) + "draft: true\n", data.RuleRepeated},
	} {
		block, findings := read("---\n" + c.block + "---\nBody\n")
		if c.rule == "" && (len(findings) > 0 || block.Broken) {
			t.Errorf("%s: broken %v, %v", name, block.Broken, findings)
		}
		if c.rule != "" && (len(findings) == 0 || findings[0].Rule != c.rule || findings[0].Pos.Line < 1) {
			t.Errorf("%s: want %s, got %v", name, c.rule, findings)
		}
		if block.Broken != (c.rule == data.RuleLimit) || string(block.Body) != "Body\n" {
			t.Errorf("%s: broken %v, body %.20q", name, block.Broken, block.Body)
		}
		if meta, _ := schema.Envelope(block.Tree, "a.md"); name == "same key" && !meta.Draft {
			t.Error("the one draft: true of many was lost")
		}
	}
}

// TestDashesFarDown: a page without settings is not searched for ever, and one
// that begins with a thematic break is left alone however long it is.
func TestDashesFarDown(t *testing.T) {
	text := "---\n\n" + strings.Repeat("Words and more words.\n", 100_000) + "---\n"
	if block, _ := read(text); block.Broken || string(block.Body) != text {
		t.Error("a long text between two thematic breaks was taken for settings")
	}
}

func TestIncludedLinesKeepTheirPlace(t *testing.T) {
	f := source.File{Path: "a.md", Data: []byte("---\ntitle: [x\n---\n"), Lines: []source.Origin{{Path: "a.md", Line: 1}, {Path: "inc.md", Line: 7}, {Path: "a.md", Line: 3}}}
	_, findings := frontmatter.Read(f)
	if len(findings) != 1 || findings[0].Pos.Path != "inc.md" || findings[0].Pos.Line != 7 {
		t.Errorf("got %v", findings)
	}
}

// TestHints checks that the most usual mistakes are answered with the line to
// write.
func TestHints(t *testing.T) {
	for text, want := range map[string]string{
		"---\ntitle: Refunds: what we do\n---\n": `title: "Refunds: what we do"`,
		"---\ndraft:true\n---\n":                 "draft: true",
		"---\ndraft = true\n---\n":               "draft: true",
		"---\ntitle: a\ndraft: true\n ---\nx\n":  "Line 4",
		"---\ntitle: a\n\tdraft: true\n---\nx\n": "Replace the tab",
		"---\ntitle: %{name} here\n---\n":        `"%{name} here"`,
	} {
		if _, findings := read(text); len(findings) == 0 || !strings.Contains(findings[0].Hint, want) {
			t.Errorf("%q: got %+v, want a hint with %q", text, findings, want)
		}
	}
}

func TestRulesAreListed(t *testing.T) {
	listed := make(map[string]bool)
	for _, r := range append(append(frontmatter.Rules(), schema.Rules()...), data.Rules()...) {
		if listed[r.Name] || r.Class == 0 || r.About == "" {
			t.Errorf("rule %+v is listed twice or not whole", r)
		}
		listed[r.Name] = true
	}
	for _, f := range seeds(t) {
		block, findings := frontmatter.Read(f)
		_, more := schema.Envelope(block.Tree, f.Path)
		for _, d := range append(findings, more...) {
			if !listed[d.Rule] {
				t.Errorf("rule %q is in no table", d.Rule)
			}
			if d.Message == "" || d.Pos.Path == "" {
				t.Errorf("finding without words or place: %+v", d)
			}
		}
	}
}

// seeds are the pages of the hostile corpus.
func seeds(t testing.TB) []source.File {
	archive, err := txtar.ParseFile("testdata/hostile.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var out []source.File
	for _, f := range archive.Files {
		if path.Base(f.Name) != "want" {
			out = append(out, source.File{Path: path.Base(f.Name), Data: unescape(t, f.Data)})
		}
	}
	return out
}

var saysDraft = regexp.MustCompile(`(?m)^draft: true[ \t]*\r?$`)

// FuzzRead checks that no file makes the reader panic, lose bytes or point
// outside of the file, and that a block that says draft is never published.
func FuzzRead(f *testing.F) {
	for _, s := range seeds(f) {
		f.Add(s.Data)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		block, findings := frontmatter.Read(source.File{Path: "a.md", Data: text})
		if !bytes.HasSuffix(text, block.Body) {
			t.Fatalf("the body %q is not the end of %q", block.Body, text)
		}
		head := text[:len(text)-len(block.Body)]
		unix := strings.ReplaceAll(strings.ReplaceAll(string(text), "\r\n", "\n"), "\r", "\n")
		lines := strings.Split(unix, "\n")
		if len(block.Body) > 0 && !block.Broken {
			if n := strings.Count(strings.ReplaceAll(strings.ReplaceAll(string(head), "\r\n", "\n"), "\r", "\n"), "\n") + 1; n != block.BodyLine {
				t.Errorf("the body begins in line %d, not %d, of %q", n, block.BodyLine, text)
			}
		}
		meta, more := schema.Envelope(block.Tree, "a.md")
		for _, d := range append(findings, more...) {
			if d.Pos.Line < 1 || d.Pos.Line > len(lines) || d.Pos.Column < 1 || d.Pos.Column > len([]rune(lines[d.Pos.Line-1]))+1 {
				t.Errorf("%s at %d:%d is outside of %q", d.Rule, d.Pos.Line, d.Pos.Column, text)
			}
		}
		if block.Broken {
			if len(findings) == 0 {
				t.Errorf("broken without a reason: %q", text)
			}
			return
		}
		if len(head) > 0 && bytes.HasPrefix(text, []byte("---\n")) && saysDraft.Match(head) && !meta.Draft {
			t.Errorf("a draft would be published: %q", text)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	f := source.File{Path: "policies/late-deliveries.md", Data: []byte("---\ntitle: Late deliveries\nowner: Sam\ntags: [delivery, promise, phone]\ndate: 2020-01-02\nstatus: approved\ndescription: What we do when we are late\nweight: 3\nlang: en\n---\n" + strings.Repeat("If we will be late we ring before the hour we promised.\n", 100))}
	b.ReportAllocs()
	for b.Loop() {
		block, findings := frontmatter.Read(f)
		meta, more := schema.Envelope(block.Tree, f.Path)
		if len(findings)+len(more) > 0 || meta.Owner != "Sam" || meta.Type != "policy" {
			b.Fatal(findings, more, meta.Owner)
		}
	}
}
