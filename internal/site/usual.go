package site

import (
	"strings"

	"peppermill/internal/page"
)

// unusual is a link that needs more than a look at the map.
type unusual struct {
	page *Page
	link int
}

// resolveUsual fills the targets that can be told without a finding and
// returns the others in order of pages. What it does to one link depends on
// nothing that it does to another, so the pages are shared out: most of the
// time goes into waiting for memory.
func (l *linker) resolveUsual() []unusual {
	left := make([][]int, l.sources) // by page: the links that are left
	share(l.sources, func(from, to int) {
		var buf []byte
		for n, p := range l.pages[from:to] {
			for i := range p.Source.Links {
				var ok bool
				if p.Targets[i], buf, ok = l.usual(buf, p, &p.Source.Links[i]); !ok {
					left[from+n] = append(left[from+n], i)
				}
			}
		}
	})
	var all []unusual
	for n, links := range left {
		for _, i := range links {
			all = append(all, unusual{l.pages[n], i})
		}
	}
	return all
}

// usual is target for links of the web and for those that name a page or file
// exactly; ok is false for everything else. It only reads.
func (l *linker) usual(buf []byte, p *Page, k *page.Link) (Target, []byte, bool) {
	dest := k.Dest
	if k.Kind == page.Wiki || k.Staff && !l.site.staff || dest == "" || strings.Contains(dest, "%") {
		return Target{}, buf, false
	}
	if strings.HasPrefix(dest, "https://") || strings.HasPrefix(dest, "http://") {
		base := l.cfg.BaseURL
		mine := base != "" && strings.HasPrefix(dest, strings.TrimSuffix(base, "/"))
		return Target{Kind: External, URL: dest}, buf, !mine && plain(dest)
	}
	path, query, fragment := cutReference(dest)
	h := hit{page: p}
	switch {
	case path == "":
	case path[0] == '/':
		h, buf = l.names.join(buf, "", path)
	default:
		h, buf = l.names.join(buf, base(place{page: p, pos: k.Pos}), path)
	}
	switch {
	case h.file > 0:
		return Target{Kind: ToFile, Address: l.site.Files[h.file-1].Address, Query: query, Fragment: fragment}, buf, true
	case h.page == nil, h.moved, k.Kind == page.Image, fragment != "" && !fewAnchors(h.page):
		return Target{}, buf, false
	case fragment != "" && !l.hasAnchor(h.page, fragment):
		return Target{}, buf, false
	}
	return Target{Kind: ToPage, Page: h.page, Address: h.page.Address, Query: query, Fragment: fragment}, buf, true
}

// plain reports whether the text is visible ASCII, as web addresses are.
func plain(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] >= 0x7f {
			return false
		}
	}
	return true
}

// fewAnchors reports whether hasAnchor can do without a set.
func fewAnchors(p *Page) bool {
	return p.Source != nil && len(p.Source.Headings)+len(p.Source.Anchors) <= manyAnchors
}
