package markdown

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/yuin/goldmark/parser"

	"peppermill/internal/config"
	"peppermill/internal/page"
	"peppermill/internal/schema"
)

// version changes whenever equal input would give other output than before.
const version = "markdown 3"

// Options are all that a page depends on besides its source.
type Options struct {
	DefaultLang string            // BCP 47; "" is "en"
	Languages   map[string]string // top folder of the source → BCP 47
	RawHTML     config.RawHTML
	PlainMarks  bool         // straight quotes and dashes stay as typed
	Names       config.Words // what headings, columns and times are known by, see [config.Words.Names]
}

// Sum names the options: equal options have equal sums. It is part of the key
// under which a parsed page may be kept.
func (o Options) Sum() page.Sum {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%q %d %t\n", version, o.lang(), o.RawHTML, o.PlainMarks)
	for _, folder := range slices.Sorted(maps.Keys(o.Languages)) {
		fmt.Fprintf(&b, "%q %q\n", folder, o.Languages[folder])
	}
	for _, lang := range slices.Sorted(maps.Keys(o.Names)) {
		for _, key := range slices.Sorted(maps.Keys(o.Names[lang])) {
			fmt.Fprintf(&b, "%q %q %q\n", lang, key, o.Names[lang][key])
		}
	}
	return sha256.Sum256([]byte(b.String()))
}

func (o Options) lang() string { return cmp.Or(o.DefaultLang, "en") }

// Parser parses files. It never changes but for its memo of highlighted code,
// so it may be used by many goroutines at once.
type Parser struct {
	opt      Options
	sum      page.Sum
	md       parser.Parser
	code     *highlighter
	lexicons map[string]*schema.Lexicon // by language; "" is for those that have none
	known    map[string]*known          // likewise; only where there are any
}

// New returns a parser for the options.
func New(o Options) *Parser {
	o.DefaultLang = o.lang()
	o.Languages = maps.Clone(o.Languages)
	return &Parser{opt: o, sum: o.Sum(), md: newGrammar(), code: newHighlighter(), lexicons: lexicons(o.Names), known: allKnown(o.Names)}
}

// Sum names the parser's options, see [Options.Sum].
func (p *Parser) Sum() page.Sum { return p.sum }

// lang is the language of a page: its own word, its folder's, or the site's.
func (p *Parser) lang(path, own string) string {
	if own != "" {
		return own
	}
	if folder, _, ok := strings.Cut(path, "/"); ok {
		if code := p.opt.Languages[folder]; code != "" {
			return code
		}
	}
	return p.opt.DefaultLang
}
