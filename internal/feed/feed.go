// Package feed is the heralds: the files by which other programs learn what a
// site has. Feed readers get Atom (RFC 4287) and JSON Feed 1.1, search engines
// a sitemap and robots.txt, hosts a list of redirects; the staff edition has
// its reviews as a calendar (RFC 5545) and as JSON, and a procedure that follows up
// has a calendar of what comes again.
//
// In: a whole [site.Site]. Out: files that are encoded when they are written,
// and findings. It never reads a file or a clock, never glues markup out of
// strings, and never announces what a public visitor would not see: a page
// with a mark (staff, draft, in review, future, expired) is in no feed and in
// no sitemap, in no edition.
//
// A feed holds the newest fifty dated pages of the site, of a language or of a
// section with all that is below it. Pages without a date stay out, and so do
// superseded and retired ones; a folder's own page counts when the folder has
// no other. There is no section without a dated page that has a feed. In the
// public edition the report of what customers said, and what was done, has one.
//
// Addresses are absolute when the site has a base_url. Without one, links are
// relative to the feed and identifiers are "tag:peppermill,2026:/address/"
// (RFC 4151): made of the address alone, so that they stay what they are when
// a date or a title changes.
//
// What the source brings wins: where it has a file of its own at one of these
// addresses (robots.txt, _redirects, sitemap.xml, a feed), that one is the
// site's. Nothing is merged, because only its author knows what its order means.
//
// Start at [New].
package feed

import (
	"bytes"
	"cmp"
	"io"
	"slices"

	"peppermill/internal/config"
	"peppermill/internal/diag"
	"peppermill/internal/page"
	"peppermill/internal/site"
)

// File is one file of the output. It is made when it is asked for.
type File struct {
	Address string // path of the file in the output
	open    func() document
}

// document is the values of a file, made anew each time so that nobody has to
// keep them. All that its bytes depend on is in its
// fields, which are what the key is made of.
type document interface {
	encode(w io.Writer) error
}

// Key is a hash of all that the bytes are made from: equal keys, equal bytes.
func (f File) Key() [32]byte { return sumOf(f.open()) }

// WriteTo encodes the file and writes it in one piece.
func (f File) WriteTo(w io.Writer) (int64, error) {
	var b bytes.Buffer
	if err := f.open().encode(&b); err != nil {
		return 0, err
	}
	return b.WriteTo(w)
}

// Link is a feed that a page announces in its head.
type Link struct {
	Title string // what the feed is called
	Atom  string // path of the file in the output; "" when the source has its own
	JSON  string
}

// Feeds is what there is to tell about a site. It is safe for concurrent use.
type Feeds struct {
	site     *site.Site
	title    string // of the site, never empty
	tagline  string
	staff    bool
	channels map[*site.Page]*channel // by home or section
	files    []File
	diags    diag.List
}

// New finds out which feeds and other files a site has. It encodes nothing.
func New(s *site.Site) *Feeds {
	f := &Feeds{site: s, staff: s.Config.Edition == page.Staff, channels: map[*site.Page]*channel{}}
	f.title = f.fill(s.Config.Title)
	if f.title == "" && s.Home != nil {
		f.title = clean(s.Home.Title)
	}
	f.title = cmp.Or(f.title, "Playbook")
	f.tagline = f.fill(s.Config.Tagline)
	t := survey(s)
	f.announce(&t)
	f.said(&t)
	f.guide(&t)
	f.reviews(&t)
	f.calls(&t)
	f.adviseBaseURL()
	slices.SortFunc(f.files, func(a, b File) int { return cmp.Compare(a.Address, b.Address) })
	return f
}

// Files returns all files, sorted by address, and what was found on the way.
func (f *Feeds) Files() ([]File, diag.List) { return f.files, f.diags }

// For returns the feeds that a page should announce: that of the nearest
// section above it or of the page itself, then that of its language. There are
// none, one or two.
func (f *Feeds) For(p *site.Page) []Link {
	var out []Link
	for ; p != nil; p = p.Parent {
		c := f.channels[p]
		if c == nil || c.atom == "" && c.json == "" {
			continue
		}
		if p.Kind == site.Home || len(out) == 0 {
			out = append(out, Link{Title: c.title, Atom: c.atom, JSON: c.json})
		}
	}
	return out
}

// Reserved lists the addresses at the top of a site, and of each language's
// folder, that pages and old addresses must keep off. files are the source
// paths of the files that are copied; what is among them is not reserved.
func Reserved(cfg *config.Config, files []string) []string {
	names := []string{atomName, jsonName, robotsName, redirectsName}
	if cfg.BaseURL != "" && cfg.Edition != page.Staff {
		names = append(names, sitemapName)
	}
	if cfg.Edition == page.Staff {
		names = append(names, calendarName, reviewsName)
	}
	for _, lang := range cfg.Languages {
		names = append(names, lang.Folder+"/"+atomName, lang.Folder+"/"+jsonName)
	}
	slices.Sort(names)
	own := make(map[string]bool, len(files))
	for _, path := range files {
		own[site.FoldKey(path)] = true
	}
	return slices.DeleteFunc(slices.Compact(names), func(name string) bool { return own[site.FoldKey(name)] })
}

// add lists a file unless the source has its own, or a page is in the way.
func (f *Feeds) add(t *taken, address string, open func() document) bool {
	if t.file(address) {
		return false
	}
	if by := t.below(address); by != "" {
		f.diags = append(f.diags, diag.Diagnostic{Rule: ruleBlocked, Pos: diag.Pos{Path: by},
			Message: "a page or old address of this file needs a folder where the site has its own file, " + address + ", so that one is left out",
			Hint:    "give the page another address, or take the alias away"})
		return false
	}
	f.files = append(f.files, File{Address: address, open: open})
	return true
}

// fill gives one of the site's own texts with its blanks filled.
func (f *Feeds) fill(t page.Text) string {
	return clean(t.Fill(func(name string) string { text, _ := f.site.Value(nil, name); return text }))
}
