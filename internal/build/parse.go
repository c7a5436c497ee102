package build

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"peppermill/internal/config"
	"peppermill/internal/diag"
	"peppermill/internal/markdown"
	"peppermill/internal/page"
	"peppermill/internal/schema"
	"peppermill/internal/source"
)

// memo keeps what was parsed, by source path. Its laws:
//
//  1. An entry is used again only when the file's whole text, with that of its
//     includes, and all options of the parser are what they were. A stamp may
//     stand for the text only when it is older than the reading (Settled).
//  2. Findings are kept with the page and given again with it.
//  3. What is not in the tree any more is forgotten.
//
// An empty memo gives the same pages, later.
type memo map[string]remembered

type remembered struct {
	parts   []source.Entry // the file and its includes, with their stamps
	settled bool           // the stamps prove that the text is the same
	text    page.Sum       // of the file with its includes
	page    *page.Page     // nil when the file could not be used
	loading diag.List      // from reading the file
	parsing diag.List      // from parsing it, and from the rules of its type
}

// parse turns every Markdown file of the tree into a page, on all cores.
func (b *Builder) parse(ctx context.Context, tree *source.Tree, cfg *config.Config, progress func(done, total int)) ([]*page.Page, diag.List, Stats, error) {
	parser := b.translator(cfg)
	entries := withRole(tree, source.Page)
	results := make([]remembered, len(entries))
	var next, done, read, parsed atomic.Int64
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(entries) {
					return
				}
				results[i] = b.one(tree, entries[i], parser, &read, &parsed)
				if n := done.Add(1); progress != nil {
					progress(int(n), len(entries))
				}
			}
		})
	}
	wg.Wait()
	if err := ctx.Err(); err != nil {
		return nil, nil, Stats{}, err
	}
	var pages []*page.Page
	var diags diag.List
	b.pages = make(memo, len(entries))
	for i, r := range results {
		b.pages[entries[i].Path] = r
		diags = append(append(diags, r.loading...), r.parsing...)
		if r.page != nil {
			pages = append(pages, r.page)
		}
	}
	return pages, diags, Stats{Sources: len(entries), Read: int(read.Load()), Parsed: int(parsed.Load())}, nil
}

// one returns a file's page, from memory where the laws of memo allow it.
func (b *Builder) one(tree *source.Tree, e source.Entry, parser *markdown.Parser, read, parsed *atomic.Int64) remembered {
	old, known := b.pages[e.Path]
	known = known && parser == b.parser
	if known && old.settled && old.parts[0].Stamp == e.Stamp && tree.Same(old.parts[1:]) {
		return old
	}
	read.Add(1)
	now := time.Now() // decides only whether a stamp may be trusted next time
	l := tree.Load(e)
	r := remembered{parts: l.Parts, settled: settled(l.Parts, now), text: l.File.Sum, loading: l.Diags}
	if l.File.Data == nil {
		return r
	}
	if known && old.page != nil && old.text == r.text {
		r.page, r.parsing = old.page, old.parsing
		return r
	}
	parsed.Add(1)
	r.page, r.parsing = parser.Parse(l.File)
	r.parsing = append(r.parsing, schema.Check(r.page)...)
	return r
}

func settled(parts []source.Entry, read time.Time) bool {
	for _, p := range parts {
		if !p.Stamp.Settled(read) {
			return false
		}
	}
	return true
}

// translator returns the parser for the settings: the last run's when its
// options are the same, so that pages it made may be used again.
func (b *Builder) translator(cfg *config.Config) *markdown.Parser {
	fresh := markdown.New(parserOptions(cfg, avoided(cfg, words(b.theme.Words, cfg.Words).Names())))
	if b.parser != nil && b.parser.Sum() == fresh.Sum() {
		return b.parser
	}
	b.parser, b.pages = fresh, nil
	return fresh
}

func parserOptions(cfg *config.Config, names config.Words) markdown.Options {
	folders := make(map[string]string, len(cfg.Languages))
	for _, l := range cfg.Languages {
		folders[l.Folder] = l.Code
	}
	return markdown.Options{DefaultLang: cfg.Lang, Languages: folders, RawHTML: cfg.RawHTML, PlainMarks: cfg.PlainMarks, Names: names}
}

// withRole returns the tree's entries with the role, in order of their paths.
func withRole(tree *source.Tree, role source.Role) []source.Entry {
	n := 0
	for _, e := range tree.Entries {
		if e.Role == role {
			n++
		}
	}
	out := make([]source.Entry, 0, n)
	for _, e := range tree.Entries {
		if e.Role == role {
			out = append(out, e)
		}
	}
	return out
}
