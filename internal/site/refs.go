package site

import (
	"strings"

	"peppermill/internal/page"
)

// reference resolves a page that front matter names: by path, as a link would,
// by id, by the name of its file or by title. Withheld pages and missing ones
// give nil; only the latter are a finding.
func (l *linker) reference(p *Page, ref page.Ref, what string) *Page {
	at := place{page: p, pos: ref.Pos, width: ref.Width, text: ref.Text}
	name := strings.TrimSpace(ref.Text)
	if inner, ok := l.ownAddress(name); ok {
		name = inner
	}
	name, _, _ = strings.Cut(name, "#")
	if name == "" {
		return nil
	}
	h := l.lookup(at, unescape(name))
	if !h.found() {
		h = l.lookupIn("", unescape(name))
	}
	if !h.found() {
		h = l.byID(name)
	}
	if !h.found() {
		h = l.wikiSearch(at, name)
	}
	if !h.found() {
		h = l.wikiHidden(name)
	}
	switch {
	case h.held > 0, h.kept > 0, h.dead:
		return nil
	case h.page == nil:
		l.report(ruleReferenceLost, at.pos, at.width, what+" does not exist: "+quote(ref.Text), l.missingHint(at, name))
	}
	return h.page
}

// byID finds a page by the id of its front matter, also one that is withheld.
func (l *linker) byID(id string) hit {
	if l.ids == nil {
		l.ids = map[string]hit{}
		add := func(own string, h hit) {
			if own != "" && !l.ids[own].found() {
				l.ids[own] = h
			}
		}
		for _, p := range l.pages[:l.sources] {
			add(p.Source.Meta.ID, hit{page: p})
		}
		for i, w := range l.site.Withheld {
			add(w.Page.Meta.ID, hit{held: int32(i) + 1})
		}
	}
	return l.ids[id]
}
