package feed

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"peppermill/internal/page"
	"peppermill/internal/site"
)

const (
	atomName = "feed.xml"
	jsonName = "feed.json"

	newest = 50 // entries that a feed holds at most
)

// channel is the feed of a home or of a section, in both formats.
type channel struct {
	page       *site.Page
	title      string
	pages      []*site.Page // newest first
	atom, json string       // addresses; "" when the source has its own file there
}

// announce lists the feeds. Each page is handed up to all sections above it,
// newest first, so that every feed is in order and full when it has fifty.
func (f *Feeds) announce(t *taken) {
	var channels []*channel
	for _, p := range f.dated() {
		for above := p.Parent; above != nil; above = above.Parent {
			if above.Kind != site.Home && above.Kind != site.Section || len(above.Marks) > 0 {
				continue
			}
			c := f.channels[above]
			if c == nil {
				c = &channel{page: above, title: f.channelTitle(above)}
				f.channels[above] = c
				channels = append(channels, c)
			}
			if len(c.pages) < newest {
				c.pages = append(c.pages, p)
			}
		}
	}
	slices.SortFunc(channels, func(a, b *channel) int { return cmp.Compare(a.page.Address, b.page.Address) })
	for _, c := range channels {
		atom, json := folder(c.page.Address)+atomName, folder(c.page.Address)+jsonName
		if f.add(t, atom, func() document { return atomDocument{f.issue(c), atom} }) {
			c.atom = atom
		}
		if f.add(t, json, func() document { return jsonDocument{f.issue(c), json} }) {
			c.json = json
		}
	}
}

// dated lists the pages that feeds are about, newest first; of one second, in
// order of their addresses.
func (f *Feeds) dated() []*site.Page {
	type dated struct {
		at int64 // seconds; beside the number, so that sorting need not look at the page
		n  int
	}
	var order []dated
	for n, p := range f.site.Pages {
		if isNews(p) {
			order = append(order, dated{p.Source.Meta.Date.Time.Unix(), n})
		}
	}
	slices.SortFunc(order, func(a, b dated) int { return cmp.Or(cmp.Compare(b.at, a.at), cmp.Compare(a.n, b.n)) })
	out := make([]*site.Page, len(order))
	for i, d := range order {
		out[i] = f.site.Pages[d.n]
	}
	return out
}

// isNews reports whether a page belongs into feeds. The page of a folder does
// when nothing else is in the folder: it is a page that lies beside its
// pictures, as other generators' bundles do.
func isNews(p *site.Page) bool {
	if p.Source == nil || !sayable(p.Source.Meta.Date) || !inForce(p) {
		return false
	}
	return p.Kind == site.Single || p.Kind == site.Section && len(p.Children) == 0
}

// inForce reports whether a page with a source is one that the public may see
// and should rely on.
func inForce(p *site.Page) bool {
	status := p.Source.Meta.Status
	return len(p.Marks) == 0 && p.Kind != site.NotFound && status != page.Superseded && status != page.Retired
}

func (f *Feeds) channelTitle(p *site.Page) string {
	name := clean(p.Title)
	if p.Kind == site.Home {
		name = ""
		for _, lang := range f.site.Config.Languages {
			if folder(p.Address) == lang.Folder+"/" {
				name = clean(cmp.Or(lang.Name, lang.Code, lang.Folder))
			}
		}
		if name != "" {
			return f.title + " – " + name
		}
	}
	if name == "" || name == f.title {
		return f.title
	}
	return name + " – " + f.title
}

// issue is what a feed says today, whatever its format.
type issue struct {
	base        string // "" for a site without an address
	page        string // address of the home or section
	title       string
	description string
	lang        string
	publisher   string // who stands for pages that name no author
	updated     string // RFC 3339
	entries     []entry
}

// entry is one page of a feed.
type entry struct {
	address            string
	part               string // "#…" where an entry is about a part of its page; "" for the whole
	title, summary     string
	lang               string
	published, updated string // RFC 3339
	authors, tags      []string
}

func (f *Feeds) issue(c *channel) issue {
	i := issue{
		base: f.base(), page: c.page.Address, title: c.title, lang: c.page.Lang, publisher: f.title,
		description: clean(c.page.Summary), entries: make([]entry, len(c.pages)),
	}
	if c.page.Kind == site.Home {
		i.description = f.tagline
	}
	var last time.Time
	for n, p := range c.pages {
		at := changed(p)
		if at.After(last) {
			last = at
		}
		i.entries[n] = entry{
			address: p.Address, title: cmp.Or(clean(p.Title), p.Address), summary: clean(p.Summary), lang: p.Lang,
			published: stamp(p.Source.Meta.Date.Time), updated: stamp(at),
			authors: names(p.Authors), tags: names(p.Tags),
		}
	}
	i.updated = stamp(last)
	return i
}

// base is the site's address, ending in a slash, or "".
func (f *Feeds) base() string {
	if f.site.Config.BaseURL == "" {
		return ""
	}
	return strings.TrimSuffix(f.site.Config.BaseURL, "/") + "/"
}

// changed is the later of the two dates: a page cannot change before it is
// there.
func changed(p *site.Page) time.Time {
	m := &p.Source.Meta
	if y := m.Updated.Time.UTC().Year(); m.Updated.Time.After(m.Date.Time) && y <= 9999 {
		return m.Updated.Time
	}
	return m.Date.Time
}

// stamp is a moment as RFC 3339 has it, in UTC so that no place shows.
func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// names are what tags or people are called; what is not public is left out.
func names(pages []*site.Page) []string {
	var out []string
	for _, p := range pages {
		if name := clean(p.Name); name != "" && len(p.Marks) == 0 {
			out = append(out, name)
		}
	}
	return out
}
