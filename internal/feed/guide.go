package feed

import (
	"encoding/xml"
	"io"
	"slices"
	"strconv"
	"strings"

	"peppermill/internal/site"
)

const (
	sitemapName   = "sitemap.xml"
	robotsName    = "robots.txt"
	redirectsName = "_redirects"
)

// limits are what the sitemap protocol lets one file hold.
type limits struct{ urls, bytes int }

func protocol() limits { return limits{urls: 50_000, bytes: 50 << 20} }

// guide lists what search engines and hosts read.
func (f *Feeds) guide(t *taken) {
	base := f.base()
	sitemap := t.file(sitemapName)
	if base != "" && !f.staff && !sitemap {
		sitemap = f.sitemap(t, protocol())
	}
	robots := robotsDocument{closed: f.staff}
	if base != "" && sitemap && !f.staff {
		robots.sitemap = base + sitemapName
	}
	f.add(t, robotsName, func() document { return robots })
	if len(f.site.Moved) > 0 {
		f.add(t, redirectsName, func() document { return redirectsOf(f.site.Moved, rootPath(base)) })
	}
}

// sitemap lists sitemap.xml: all pages, or an index of the files that hold
// them when they are too many for one.
func (f *Feeds) sitemap(t *taken, most limits) bool {
	parts := f.split(most)
	if len(parts) == 1 {
		return f.add(t, sitemapName, func() document { return f.urls(parts[0]) })
	}
	var index sitemapIndex
	if !f.add(t, sitemapName, func() document { return index }) {
		return false
	}
	for n := 1; len(parts) > 0; n++ { // a number that the source uses itself is left out
		name := "sitemap-" + strconv.Itoa(n) + ".xml"
		part := parts[0]
		if t.file(name) || t.below(name) != "" {
			continue
		}
		f.add(t, name, func() document { return f.urls(part) })
		index.locations = append(index.locations, f.base()+name)
		parts = parts[1:]
	}
	return true
}

// split cuts the pages into as many files as the limits ask for. Sizes are
// guessed from above: each byte of an address may take three.
func (f *Feeds) split(most limits) [][]*site.Page {
	parts := [][]*site.Page{nil}
	size, base := 0, len(f.base())
	for _, p := range f.site.Pages {
		if !worthwhile(p) {
			continue
		}
		guess := base + 3*len(p.Address) + 120
		for _, other := range p.Translations {
			guess += base + 3*len(other.Address) + 120
		}
		last := len(parts) - 1
		if n := len(parts[last]); n > 0 && (n >= most.urls || size+guess > most.bytes) {
			parts = append(parts, nil)
			last, size = last+1, 0
		}
		parts[last] = append(parts[last], p)
		size += guess
	}
	return parts
}

// worthwhile reports whether a page belongs into the sitemap: one that somebody
// wrote, a home, and a folder with such a page in it. Lists that the site makes
// up lead to nothing that is not there already.
func worthwhile(p *site.Page) bool {
	switch {
	case p.Source != nil:
		return inForce(p)
	case p.Kind == site.Section:
		return slices.ContainsFunc(p.Children, worthwhile)
	}
	return p.Kind == site.Home && p.Parent == nil // not the later pages of its list
}

// urlSet is a sitemap (sitemaps.org, 0.9) with the versions in other languages
// as search engines read them.
type urlSet struct{ urls []sitemapURL }

type sitemapURL struct {
	Location string      `xml:"loc"`
	Changed  string      `xml:"lastmod,omitempty"`
	Versions []alternate `xml:"xhtml:link"`
}

type alternate struct {
	Rel  string `xml:"rel,attr"`
	Lang string `xml:"hreflang,attr"`
	Href string `xml:"href,attr"`
}

func (f *Feeds) urls(pages []*site.Page) urlSet {
	base := f.base()
	urls := make([]sitemapURL, len(pages))
	for i, p := range pages {
		urls[i] = sitemapURL{Location: identifier(base, p.Address), Changed: lastmod(p), Versions: versions(base, p)}
	}
	return urlSet{urls}
}

// lastmod is empty for pages without a date: engines trust the others more.
func lastmod(p *site.Page) string {
	if p.Source == nil {
		return ""
	}
	m := &p.Source.Meta
	t := m.Updated.Time
	if m.Date.Time.After(t) {
		t = m.Date.Time
	}
	if year := t.UTC().Year(); t.IsZero() || year < 1 || year > 9999 {
		return ""
	}
	return stamp(t)
}

// versions names the page in all languages, its own among them, as the
// protocol wants it; nothing for a page in one language.
func versions(base string, p *site.Page) []alternate {
	var out []alternate
	for _, other := range p.Translations {
		if worthwhile(other) {
			out = append(out, alternate{"alternate", other.Lang, identifier(base, other.Address)})
		}
	}
	if out == nil {
		return nil
	}
	out = append(out, alternate{"alternate", p.Lang, identifier(base, p.Address)})
	slices.SortFunc(out, func(a, b alternate) int { return strings.Compare(a.Lang+" "+a.Href, b.Lang+" "+b.Href) })
	return out
}

func (d urlSet) encode(w io.Writer) error {
	return writeXML(w, struct {
		XMLName xml.Name     `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
		XHTML   string       `xml:"xmlns:xhtml,attr"`
		URLs    []sitemapURL `xml:"url"`
	}{XHTML: "http://www.w3.org/1999/xhtml", URLs: d.urls})
}

// sitemapIndex is the list of sitemaps.
type sitemapIndex struct{ locations []string }

func (d sitemapIndex) encode(w io.Writer) error {
	type location struct {
		Location string `xml:"loc"`
	}
	all := make([]location, len(d.locations))
	for i, l := range d.locations {
		all[i].Location = l
	}
	return writeXML(w, struct {
		XMLName  xml.Name   `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
		Sitemaps []location `xml:"sitemap"`
	}{Sitemaps: all})
}

// robotsDocument is robots.txt (RFC 9309): all may come, or nobody to the
// staff edition.
type robotsDocument struct {
	closed  bool
	sitemap string // address, or ""
}

func (d robotsDocument) encode(w io.Writer) error {
	text := "User-agent: *\nAllow: /\n"
	if d.closed {
		text = "User-agent: *\nDisallow: /\n"
	}
	if d.sitemap != "" {
		text += "\nSitemap: " + d.sitemap + "\n"
	}
	_, err := io.WriteString(w, text)
	return err
}

// redirectsDocument is the list of old addresses for hosts that read it, one a
// line: from, to, status. The status has no "!" to overrule the page that stands
// at the old address: only one host knows it and others drop such a line.
type redirectsDocument struct{ moves []move }

type move struct{ from, to string }

func redirectsOf(moved []site.Moved, root string) redirectsDocument {
	moves := make([]move, len(moved))
	for i, m := range moved {
		moves[i] = move{root + escape(pretty(m.Address)), root + escape(pretty(m.Page.Address))}
	}
	return redirectsDocument{moves}
}

func (d redirectsDocument) encode(w io.Writer) error {
	var b strings.Builder
	for _, m := range d.moves {
		b.WriteString(m.from + " " + m.to + " 301\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}
