// Package build is the conductor: the one room that knows all stages, and
// where their story can be read from top to bottom.
//
// In: a content tree, a theme and what was asked for. Out: a [Result] with the
// tree of files to write, the findings and the site's facts. A [Builder] may
// be run again with a changed tree: it does again only what depends on the
// change, and its result is that of a new Builder. It never writes a file,
// never looks at what kind of file changed, and keeps no fact of one page in
// another's memory.
//
// Start at [Builder.Run].
package build

import (
	"context"
	"io/fs"
	"slices"
	"time"

	"peppermill/internal/config"
	"peppermill/internal/diag"
	"peppermill/internal/feed"
	"peppermill/internal/markdown"
	"peppermill/internal/output"
	"peppermill/internal/page"
	"peppermill/internal/picture"
	"peppermill/internal/render"
	"peppermill/internal/schema"
	"peppermill/internal/search"
	"peppermill/internal/site"
	"peppermill/internal/source"
	"peppermill/internal/theme"
)

// Input is everything that a build depends on.
type Input struct {
	Content   fs.FS // the content folder
	Theme     fs.FS // a theme folder beside the content; nil takes _theme from it
	ThemeName string
	Options   Options

	// Pictures keeps what was made of pictures between runs of the program; nil
	// where nothing does. It is called from several goroutines.
	Pictures picture.Store

	// Progress, when set, is told how many of how many pages are parsed and
	// pictures looked at. It is called from several goroutines.
	Progress func(done, total int)
}

// Options are what the command line asks for.
type Options struct {
	Now                     time.Time // the only clock
	Drafts, Future, Expired bool      // publish these too
	Edition                 page.Visibility
	Profile, BaseURL        string                // "" leaves it to site.yaml
	Rules                   map[string]diag.Class // over those of site.yaml
	Strict                  bool                  // let nothing with a fix or tip through
	Tool                    page.Sum              // names the program itself, for the fingerprint
}

// Builder builds one site again and again. It is not safe for concurrent use.
type Builder struct {
	pages  memo
	theme  *theme.Theme
	parser *markdown.Parser
	ground *ground
	last   *Result
	album  album
	shelf  shelf
	bench  workbench
	search search.Builder
}

// Result is what a run came to.
type Result struct {
	Tree  output.Tree
	Site  *site.Site
	Diags diag.List // classified and sorted, with excerpts
	Stats Stats

	// Changed are the source files whose text differs from the run before,
	// sorted; of a page, that of its includes counts too. The first run has none.
	Changed []string
	// Broken are the sources of pages that are kept back because of a mistake,
	// sorted: unreadable files, and front matter that nobody can be sure of.
	Broken []string

	strict bool
}

// Stats counts the work of a run, for reports and for tests of what is redone.
type Stats struct {
	Sources  int // Markdown files in the tree
	Read     int // of those, read from disk
	Parsed   int // of those, parsed
	Pictures int // pictures in the tree
	Scaled   int // of those, made copies of
}

// Run builds the site: scan → parse → link → render. Pictures are looked at
// before linking, as what is wrong with one is a finding. Writing is left to the
// caller, who may not want to. When nothing has changed since the run before,
// that run's Result is returned again: the same pointer. An error means that the
// content folder itself cannot be read, or that ctx has ended.
func (b *Builder) Run(ctx context.Context, in Input) (*Result, error) {
	tree, diags, err := source.Scan(in.Content)
	if err != nil {
		return nil, err
	}
	cfg, found := configure(tree, in.Options)
	diags = append(diags, found...)
	whole := tree
	tree = tree.Without(cfg.Ignore)
	diags = append(diags, b.dress(tree, in, cfg)...)

	pages, found, stats, err := b.parse(ctx, tree, cfg, in.progress(tree, 0))
	if err != nil {
		return nil, err
	}
	diags = append(diags, found...)
	b.shelf.store = in.Pictures
	found, seen, err := b.develop(ctx, tree, cfg, in.progress(tree, stats.Sources))
	if err != nil {
		return nil, err
	}
	diags = append(diags, found...)
	stats.Pictures, stats.Scaled = seen.Pictures, seen.Scaled

	g := &ground{options: optionsSum(in.Options), look: b.theme, pages: pages, found: diags}
	changed := b.compare(g, whole)
	if b.last != nil && b.ground.equal(g, changed) {
		return b.last, nil
	}
	r := b.arrange(tree, cfg, g, in)
	r.Stats = stats
	if b.last != nil {
		r.Changed = changed
	}
	if len(r.Diags) == 0 {
		// With findings there is no fingerprint: the next run must find them again.
		r.Tree.Fingerprint = fingerprint(whole, in, g.sums)
	}
	b.ground, b.last = g, r
	return r, nil
}

// previewFolder is where a preview answers for itself, so that no page may.
const previewFolder = "_peppermill/"

// compare sums the files and lists those that changed since the last run,
// sorted.
func (b *Builder) compare(g *ground, whole *source.Tree) []string {
	var old sums
	if b.ground != nil {
		old = b.ground.sums
	}
	g.sums = old.next(whole, b.pages, b.album)
	changed := g.sums.changed(old)
	slices.Sort(changed)
	return changed
}

// arrange does what needs all pages: it links them, and lists everything that is
// made when it is asked for.
func (b *Builder) arrange(tree *source.Tree, cfg *config.Config, g *ground, in Input) *Result {
	diags := slices.Clip(g.found)
	copies, unusable, known := b.album.sort(assets(tree))
	linked, found := site.Link(site.Input{
		Pages: g.pages, Files: copies, Pictures: known, Unusable: unusable, Inserts: b.inserts(tree, g.pages),
		Config: cfg, Words: words(b.theme.Words, cfg.Words).Labels(), Now: in.Options.Now,
		Drafts: in.Options.Drafts, Future: in.Options.Future, Expired: in.Options.Expired,
		Reserved: slices.Concat(addresses(b.theme), feed.Reserved(cfg, copies), search.Reserved(cfg), []string{previewFolder}),
	})
	diags = append(diags, found...)

	r := &Result{Site: linked, Broken: broken(b.pages, linked, diags), strict: in.Options.Strict}
	feeds := feed.New(linked)
	heralds, found := feeds.Files()
	diags = append(diags, found...)
	painter := render.New(linked, b.theme)
	painter.Announce(announced(feeds))
	r.Tree = b.files(tree, linked, painter, heralds, in.Options.Tool)
	r.Tree.More = indexed(b.search.Index(linked), in.Options.Tool)
	r.Tree.Facts = facts(linked)
	diags = append(diags, clashes(r.Tree, linked)...)
	diags = append(diags, linked.Unkept(written(r.Tree))...)
	r.Diags = finish(diags, cfg, in.Options.Rules, tree)
	return r
}

// broken lists the sources of pages that a mistake keeps back: files that no
// page can be made of, and pages whose own words on who may see them, and when,
// are not understood.
func broken(all memo, s *site.Site, found diag.List) []string {
	var out []string
	for path, known := range all {
		if known.page == nil {
			out = append(out, path)
		}
	}
	unclear := map[string]bool{}
	for _, d := range found {
		if d.Rule == schema.RuleDecides {
			unclear[d.Pos.Path] = true
		}
	}
	for _, w := range s.Withheld {
		if w.Reason == "broken" || unclear[w.Page.Path] {
			out = append(out, w.Page.Path)
		}
	}
	slices.Sort(out)
	return out
}

// progress counts pages and pictures on one scale, of which before are done.
func (in Input) progress(tree *source.Tree, before int) func(done, total int) {
	if in.Progress == nil {
		return nil
	}
	total := len(withRole(tree, source.Page)) + len(pictures(tree))
	return func(done, _ int) { in.Progress(before+done, total) }
}

// finish gives findings their class, order and excerpts.
func finish(diags diag.List, cfg *config.Config, asked map[string]diag.Class, tree *source.Tree) diag.List {
	classes := map[string]diag.Class{}
	for _, change := range cfg.Rules {
		classes[change.Name] = change.Class
	}
	for name, class := range asked {
		classes[name] = class
	}
	diags = diags.Classify(Rules(), classes).Sort()
	cache := map[string][]string{}
	diags.Excerpts(func(path string) []string {
		lines, ok := cache[path]
		if !ok {
			lines = tree.Lines(path)
			cache[path] = lines
		}
		return lines
	})
	return diags
}

// Publishable reports whether the tree may be written: no finding stops the
// build, and under Strict there is no finding at all.
func (r *Result) Publishable() bool {
	return r.Diags.Count(diag.Stop) == 0 && (!r.strict || len(r.Diags) == 0)
}

// Sound reports whether there is nothing that must be mended: the difference
// between exit 0 and 1.
func (r *Result) Sound() bool {
	return r.Publishable() && r.Diags.Count(diag.Fix) == 0
}
