package markdown

import (
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"peppermill/internal/config"
	"peppermill/internal/diag"
	"peppermill/internal/source"
)

// bombs are pages that cost a careless translator minutes or gigabytes. rule
// is the finding that says so, if the page is not simply read.
var bombs = []struct {
	name, rule string
	text       func() string
}{
	{"list of 1,500 levels", RuleDepth, func() string {
		var b strings.Builder
		for i := range 1500 {
			b.WriteString(strings.Repeat("  ", i) + "- a\n")
		}
		return b.String()
	}},
	{"list in one line", RuleDepth, func() string { return strings.Repeat("- ", 500_000) + "a" }},
	{"numbered list in one line", RuleDepth, repeat("1. ", 500_000)},
	{"quotes in one line", RuleDepth, repeat(">", 1_000_000)},
	{"quotes and lists", RuleDepth, repeat("> - ", 200_000)},
	{"open blocks", RuleDepth, repeat(":::say\n", 6_000)},
	{"staff blocks", RuleDepth, repeat(":::staff\n", 6_000)},
	{"notes in notes", RuleDepth, func() string {
		var b strings.Builder
		for i := range 300 {
			b.WriteString(strings.Repeat("    ", i) + "!!! note\n")
		}
		return b.String()
	}},
	{"blank lines in deep lists", RuleDepth, func() string { return strings.Repeat("- ", 60) + "a\n" + strings.Repeat("\n", 140_000) + "b\n" }},
	{"100,000 headings", "", repeat("# a\n", 100_000)},
	{"100,000 headings and contents", "", func() string { return "[TOC]\n\n" + strings.Repeat("## a b\n", 100_000) }},
	{"setext headings", "", repeat("a\n-\n", 30_000)},
	{"opening brackets", RuleCrowded, repeat("[", 400_000)},
	{"brackets", RuleCrowded, func() string { return strings.Repeat("[", 200_000) + strings.Repeat("]", 200_000) }},
	{"links in links", RuleCrowded, repeat("[a](", 100_000)},
	{"images in images", RuleCrowded, func() string { return strings.Repeat("![", 100_000) + strings.Repeat("](x)", 100_000) }},
	{"unclosed titles", RuleCrowded, repeat("[a](b \"", 60_000)},
	{"emphasis", RuleCrowded, repeat("*a **a ", 50_000)},
	{"emphasis that cannot match", RuleCrowded, repeat("a**b c* _d __e", 40_000)},
	{"strikes", RuleCrowded, repeat("~~a ~", 60_000)},
	{"wiki brackets", "", repeat("[[a", 100_000)},
	{"code spans of many lengths", "", func() string {
		var b strings.Builder
		for i := range 1400 {
			b.WriteString("a" + strings.Repeat("`", i+1))
		}
		return b.String()
	}},
	{"underscores in one word", RuleCrowded, repeat("_a", 200_000)},
	{"mail in one word", "", repeat("a.b+", 100_000)},
	{"addresses", "", repeat("(http://a.bc/(", 30_000)},
	{"entities", "", repeat("&amp;&#x41;&", 100_000)},
	{"references", "", repeat("[a]: b\n", 140_000)},
	{"references used", RuleCrowded, func() string { return "[a]: b\n\n" + strings.Repeat("[a] ", 200_000) }},
	{"footnotes", "", func() string {
		var b strings.Builder
		for i := range 20_000 {
			n := strconv.Itoa(i)
			b.WriteString("x[^" + n + "]\n\n[^" + n + "]: a\n\n")
		}
		return b.String()
	}},
	{"abbreviations", "", func() string { return strings.Repeat("*[A]: b\n", 50_000) + "\n" + strings.Repeat("A ", 200_000) }},
	{"wide table", RuleCrowded, func() string {
		return strings.Repeat("a|", 20_000) + "\n" + strings.Repeat("-|", 20_000) + "\n" + strings.Repeat("a\n", 100_000)
	}},
	{"many tables", RuleCrowded, func() string {
		table := strings.Repeat("a|", 500) + "\n" + strings.Repeat("-|", 500) + "\n" + strings.Repeat("a\n", 100) + "\n"
		return strings.Repeat(table, 200)
	}},
	{"pipes in code in a table", "", func() string { return "|a|\n|-|\n" + strings.Repeat("|`\\|`|\n", 80_000) }},
	{"tags", "", repeat("<a b=\"", 50_000)},
	{"attributes of a tag", "", func() string { return "<a " + strings.Repeat("b ", 100_000) }},
	{"comments", "", repeat("<!-- ", 200_000)},
	{"open elements", RuleHTMLOpen, repeat("<kbd>", 30_000)},
	{"details", "", repeat("<details>\n", 100_000)},
	{"one line of words", "", repeat("word ", 200_000)},
	{"one word", "", repeat("a", 4_000_000)},
	{"one line with links", RuleCrowded, repeat("[ä](b) ", 60_000)},
	{"quotation marks", "", repeat("\"a' ", 100_000)},
	{"apostrophes", "", repeat(" 'a", 100_000)},
	{"braces", "", repeat("`a`{b=", 50_000)},
	{"blanks", "", repeat("%{a}", 100_000)},
	{"half blanks", "", repeat("%{a", 300_000)},
	{"emoji", "", repeat(":a", 100_000)},
	{"code without an end", RuleFence, func() string { return "```go\n" + strings.Repeat("x := `a`\n", 100_000) }},
	{"code in one line", RuleSlowCode, func() string { return "```js\n" + strings.Repeat("a('", 300_000) + "\n```\n" }},
	{"definitions", "", repeat("a\n: b\n", 50_000)},
	{"too many lines", RuleSize, repeat("\n", 200_000)},
	{"too many bytes", RuleSize, repeat("a b ", 1<<20+1)},
}

func repeat(s string, n int) func() string { return func() string { return strings.Repeat(s, n) } }

// TestBombs reads each bomb within a share of the ten seconds and 512 MB that
// a page may take.
func TestBombs(t *testing.T) {
	p := New(Options{})
	for _, b := range bombs {
		t.Run(b.name, func(t *testing.T) {
			text := b.text()
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			start := time.Now()
			pg, diags := p.Parse(source.File{Path: "bomb.md", Data: []byte(text)})
			spent := time.Since(start)
			runtime.ReadMemStats(&after)
			allocated := (after.TotalAlloc - before.TotalAlloc) >> 20
			t.Logf("%d kB: %v, %d MB allocated in all, %d findings", len(text)>>10, spent.Round(time.Millisecond), allocated, len(diags))
			if spent > 60*time.Second {
				t.Errorf("took %v", spent)
			}
			checkParts(t, pg)
			found := slices.ContainsFunc(diags, func(d diag.Diagnostic) bool { return d.Rule == b.rule && d.Pos.Path == "bomb.md" && d.Pos.Line > 0 })
			if b.rule != "" && !found {
				t.Errorf("no finding %s", b.rule)
			}
			if b.rule == RuleSize && !pg.Broken {
				t.Error("not withheld")
			}
		})
	}
}

// TestTrustedHTMLBombs reads the HTML ones again where HTML passes.
func TestTrustedHTMLBombs(t *testing.T) {
	p := New(Options{RawHTML: config.AllHTML})
	for _, text := range []string{strings.Repeat("<a href=x>", 10_000), strings.Repeat("<div><a href=x>\n\n", 5_000), strings.Repeat("<script>", 10_000)} {
		pg, _ := parseText(p, text)
		checkParts(t, pg)
	}
}
