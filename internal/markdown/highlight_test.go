package markdown

import (
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/alecthomas/chroma/v2"

	"peppermill/internal/page"
)

func TestContrast(t *testing.T) {
	light, dark := HighlightCSS()
	for _, c := range []struct{ css, background string }{{light, CodeLight}, {light, "#ffffff"}, {dark, CodeDark}, {dark, "#0d1117"}} {
		rules := regexp.MustCompile(`\.chroma \.([a-z0-9]+)\{color:(#[0-9a-f]{6})`).FindAllStringSubmatch(c.css, -1)
		if len(rules) < 10 || len(rules) != strings.Count(c.css, "}") {
			t.Fatalf("%d rules in\n%s", len(rules), c.css)
		}
		for _, r := range rules {
			if k := contrast(chroma.ParseColour(r[2]), chroma.ParseColour(c.background)); k < 4.5 {
				t.Errorf(".%s: %s on %s is %.2f : 1", r[1], r[2], c.background, k)
			}
		}
	}
	if k := contrast(chroma.ParseColour("#000000"), chroma.ParseColour("#ffffff")); k < 20.9 || k > 21.1 {
		t.Errorf("black on white is %.2f", k)
	}
}

// TestEveryClassIsStyled looks whether each span of coloured code means
// something in one of the style sheets.
func TestEveryClassIsStyled(t *testing.T) {
	light, dark := HighlightCSS()
	pg, _ := parseText(New(Options{}), "```go\npackage a // b\nfunc c(d int) string { return \"e\" + 'f' }\n```\n```html\n<a b=\"c\">d</a>\n```\n")
	for _, m := range regexp.MustCompile(`<span class="([^"]+)"`).FindAllStringSubmatch(pg.Body.Markup, -1) {
		if !strings.Contains(light+dark, "."+m[1]+"{") {
			t.Errorf("class %s is in no style sheet", m[1])
		}
	}
	if !pg.HasCode || !strings.Contains(pg.Body.Markup, "<span") {
		t.Error("no colours")
	}
}

// TestMemo compares the second block, which comes from the memo, with the
// first, its blanks included.
func TestMemo(t *testing.T) {
	block := "```go\nx := \"%{a}\" // \\%{b} %{c}\n```\n"
	p := New(Options{})
	pg, _ := parseText(p, block+"\n"+block)
	if len(p.code.memo) != 1 {
		t.Errorf("%d blocks remembered", len(p.code.memo))
	}
	first, second, _ := strings.Cut(dump(pg), "</figure>\n")
	if strings.TrimSpace(second) != strings.TrimSpace(first+"</figure>\n") || len(pg.Blanks) != 4 {
		t.Errorf("%s\n%s\n%+v", first, second, pg.Blanks)
	}
	if pg.Blanks[2].Pos.Line != 6 || pg.Blanks[2].Name != "a" {
		t.Errorf("%+v", pg.Blanks)
	}
	fresh, _ := parseText(New(Options{}), block)
	again, _ := parseText(p, block)
	if dump(fresh) != dump(again) {
		t.Error("the memo changes what comes out")
	}
}

// TestMemoIsBounded fills the memo over its bound.
func TestMemoIsBounded(t *testing.T) {
	h := newHighlighter()
	h.memoised = maxMemo - 10
	h.memo["old"] = &coloured{}
	h.colour(nil, "", codeInfo{numbers: true}, "some text")
	if len(h.memo) != 1 || h.memoised > 1000 {
		t.Errorf("%d entries, %d bytes", len(h.memo), h.memoised)
	}
}

// oddLexer is a lexer that panics, loses text or does as it should.
type oddLexer struct {
	chroma.Lexer
	tokens []chroma.Token // nil: panics, as chroma does for a broken rule
}

func (o oddLexer) Tokenise(*chroma.TokeniseOptions, string) (chroma.Iterator, error) {
	if o.tokens == nil {
		return func() chroma.Token { panic("unknown state") }, nil
	}
	return chroma.Literator(o.tokens...), nil
}

func TestLexersThatMisbehave(t *testing.T) {
	if _, ok := tokenise(oddLexer{}, "a"); ok {
		t.Error("a panic is believed")
	}
	if _, ok := tokenise(oddLexer{tokens: []chroma.Token{{Type: chroma.Keyword, Value: "a"}}}, "ab"); ok {
		t.Error("lost text is believed")
	}
	if tokens, ok := tokenise(oddLexer{tokens: []chroma.Token{{Type: chroma.Keyword, Value: "ab"}}}, "ab"); !ok || len(tokens) != 1 {
		t.Error("a good lexer is not")
	}
}

// TestLexers looks for lexers that take too long for a few ordinary lines. Those
// known are left out.
func TestLexers(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles all languages")
	}
	h := newHighlighter()
	if h.lexer("go") == nil || h.lexer("jungle") != nil || h.lexer("jsonata") != nil {
		t.Error("the wrong lexers are left out")
	}
	seen := map[chroma.Lexer]bool{}
	for _, name := range h.names {
		if l := h.byName[name]; !seen[l] {
			seen[l] = true
			if _, ok := tokenise(l, oddCode); !ok {
				t.Errorf("%s cannot be used", name)
			}
		}
	}
}

const oddCode = "<a href='x'>\"b\" &amp; {{c}} #d //e\n\n\tf(1.5e3, \"\\n\", ä, 中)\n%{g} \\%{h}\n"

// TestCodeTextSurvives compares what was written with what is shown, for many
// languages and odd texts.
func TestCodeTextSurvives(t *testing.T) {
	p := New(Options{})
	p.code.lexer("go")
	text := oddCode
	want := strings.NewReplacer("%{g}", "", "\\%{h}", "%{h}").Replace(text)
	for i, name := range p.code.names {
		if i%9 > 0 || !isPlainWord(name) { // a part of chroma's languages is enough
			continue
		}
		for _, options := range []string{"", " linenums {2}"} {
			pg, _ := parseText(p, "```"+name+options+"\n"+text+"```\n")
			checkDOM(t, fill(pg))
			if got := shown(pg); got != want && !strings.Contains(got, "diagram") {
				t.Errorf("%s%s: %q, want %q", name, options, got, want)
			}
		}
	}
}

// shown is the text between tags.
func shown(pg *page.Page) string {
	s := regexp.MustCompile(`<[^>]*>`).ReplaceAllString(pg.Body.Markup, "")
	s = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&quot;", `"`, "&amp;", "&").Replace(s)
	return strings.TrimSuffix(s, "\n")
}

// TestTwoParsers makes parsers side by side; under the race detector it shows
// that they share nothing that either writes.
func TestTwoParsers(t *testing.T) {
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			parseText(New(Options{}), "```go\nfunc main() {}\n```\n\n```yaml\na: b\n```\n")
		})
	}
	wg.Wait()
}
