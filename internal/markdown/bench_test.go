package markdown

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/alecthomas/chroma/v2"
	chromahtml "github.com/alecthomas/chroma/v2/formatters/html"
	"github.com/alecthomas/chroma/v2/lexers"
	"github.com/alecthomas/chroma/v2/styles"
	"github.com/yuin/goldmark"
	emoji "github.com/yuin/goldmark-emoji"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"

	"peppermill/internal/source"
)

// typical is a page of about 8 kB: sections, lists, a table, links and, on
// every third page, a block of code that no other page has.
func typical(n int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Late deliveries %d\n\n", n)
	for s := range 4 {
		fmt.Fprintf(&b, "## What we do in case %d\n\n", s)
		for range 4 {
			b.WriteString("If we will be late we ring *before* the hour we promised, and the delivery is **free**. People plan their day around us, " +
				"so we don't let them wait; see [the procedure](../procedures/late.md \"Late\") for who rings and when. \"Sorry\" is said once.\n" +
				"The `driver` says what happened -- in one sentence -- and what comes next, and the counter writes it in the book.\n\n")
		}
		b.WriteString("- Ring as soon as we know (driver, before the promised hour)\n- Say when we will come\n  - and that it is free\n- Write it in the book\n\n")
		b.WriteString("| When | Say | Who |\n|---|:-:|--:|\n| late | sorry, 10 minutes | driver |\n| very late | it is free | owner |\n| never | we **refund** | owner |\n\n")
	}
	if n%3 == 0 {
		fmt.Fprintf(&b, "```yaml\nname: shop %d\nhours:\n  - day: monday\n    from: \"9:00\"\n    to: \"17:00\"\n# closed on Sunday\n```\n", n)
	}
	return b.String()
}

func pages() [][]byte {
	var all [][]byte
	for i := range 60 {
		all = append(all, []byte(typical(i)))
	}
	return all
}

func BenchmarkParse(b *testing.B) {
	texts := pages()
	b.ReportAllocs()
	var p *Parser
	for i := 0; b.Loop(); i++ {
		if i%len(texts) == 0 {
			p = New(Options{}) // a new memo: each block is coloured once
		}
		p.Parse(source.File{Path: "page.md", Data: texts[i%len(texts)]})
	}
}

// structured is a page of the same length in which everything is a structure.
func structured(n int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: Late deliveries %d\n---\nIf we will be late we ring before the hour we promised, and the delivery is free.\n\n", n)
	for s := range 4 {
		fmt.Fprintf(&b, "## Case %d\n\n", s)
		for range 3 {
			b.WriteString("If we will be late we ring *before* the hour we promised, and the delivery is **free**. People plan their day around us, " +
				"so we don't let them wait; see [the procedure](../procedures/late.md \"Late\") for who rings and when. \"Sorry\" is said once.\n\n")
		}
		b.WriteString("### What we do\n\n1. Ring as soon as we know. (driver, before the promised hour)\n2. Say when we will come. (driver)\n   - if it is more than an hour: say that it is free\n3. Write it in the book. (counter, same day)\n\n")
		b.WriteString("### What we promise\n\n| Promise | By whom | Within |\n|---|:-:|--:|\n| we ring | driver | 10 minutes |\n| it is free | owner | the same day |\n| we **refund** | owner | 2 working days |\n\n")
		b.WriteString(":::say When it is late\n\"I am running forty minutes late.\"\n:::\n\n:::avoid\n\"Calm down.\"\n:::\n\n")
	}
	b.WriteString("## Changes\n\n| Version | From | What changed | Because |\n|---|---|---|---|\n| 2.0 | 2 March 2026 | We ring first | the van |\n| 1.0 | 9 January 2024 | First version | - |\n")
	return b.String()
}

// BenchmarkTyped parses pages full of structures, with a type and without.
func BenchmarkTyped(b *testing.B) {
	for _, c := range []struct {
		name, path string
		page       func(int) string
	}{{"plain", "page.md", structured}, {"policy", "policies/page.md", structured}, {"text-plain", "page.md", typical}, {"text-policy", "policies/page.md", typical},
		{"owned", "policies/page.md", owned(structured)}, {"text-owned", "policies/page.md", owned(typical)}} {
		b.Run(c.name, func(b *testing.B) {
			p, text := New(Options{Names: names(b)}), []byte(c.page(1))
			b.ReportAllocs()
			for b.Loop() {
				p.Parse(source.File{Path: c.path, Data: text})
			}
		})
	}
}

// owned is a page whose author shows its type, so that the rules of types look
// at it.
func owned(page func(int) string) func(int) string {
	return func(n int) string { return strings.Replace(page(n), "---\n", "---\nowner: Sam\n", 1) }
}

// BenchmarkFloor is what goldmark and chroma need for the same pages: parse,
// the same extensions, render to a buffer, colour each block.
func BenchmarkFloor(b *testing.B) {
	texts := pages()
	md := goldmark.New(
		goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList, extension.Typographer, emoji.Emoji),
		goldmark.WithParserOptions(parser.WithAutoHeadingID(), parser.WithAttribute()),
		goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(chromaCode{chromahtml.New(chromahtml.WithClasses(true)), styles.Get("github")}, 100))),
	)
	b.ReportAllocs()
	var out bytes.Buffer
	for i := 0; b.Loop(); i++ {
		out.Reset()
		if err := md.Convert(texts[i%len(texts)], &out); err != nil {
			b.Fatal(err)
		}
	}
}

// chromaCode renders fenced code with chroma's own formatter.
type chromaCode struct {
	formatter *chromahtml.Formatter
	style     *chroma.Style
}

func (c chromaCode) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindFencedCodeBlock, func(w util.BufWriter, src []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		lexer := lexers.Get(string(n.(*ast.FencedCodeBlock).Language(src)))
		it, err := lexer.Tokenise(nil, string(n.Lines().Value(src)))
		if err != nil {
			return ast.WalkStop, err
		}
		return ast.WalkContinue, c.formatter.Format(w, c.style, it)
	})
}
