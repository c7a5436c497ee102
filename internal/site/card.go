package site

import "peppermill/internal/page"

// cardFolder is where the wall card of a page lies, below the page.
const cardFolder = "card"

// cards makes a wall card for each page that says what to do in steps: one side
// of paper to hang beside the till. What customers said, and what was done, has
// one to hang where they see it. Like documents for paper they take addresses
// that nobody else wants. A site with more of such pages than the settings allow
// has none: each is a page more to write.
func (l *linker) cards() {
	var of []*Page
	for _, p := range l.pages[:l.sources] {
		if l.worthCard(p) {
			of = append(of, p)
		}
	}
	if l.cfg.CardPages == 0 || len(of) > l.cfg.CardPages {
		return
	}
	for _, p := range of {
		l.card(p, "card")
	}
	for _, p := range l.pages {
		if p.Report != nil && p.Report.Name == Said {
			l.card(p, "poster")
		}
	}
}

// card makes the wall card of a page; word is the key of what it is called.
func (l *linker) card(p *Page, word string) {
	c := l.add(Card, nil, p.tree)
	c.Lang, c.Parent, c.Summary, c.Marks = p.Lang, p, p.Summary, p.Marks
	c.Name = l.word(p.tree, word)
	c.Title = p.Title + " · " + c.Name
	c.Address = l.unclaimed(addressStem(p.Address), cardFolder)
	if key := addressStem(c.Address); l.names.source[key] == nil && l.names.folder[key] == nil {
		l.nameAddress(c)
	}
	p.Card = c
}

// worthCard reports a procedure or a policy that holds and has at least two
// steps that the edition shows.
func (l *linker) worthCard(p *Page) bool {
	if t := p.Source.Meta.Type; !p.listed || t != "procedure" && t != "policy" {
		return false
	}
	n := 0
	for _, s := range page.Find(p.Source.Structures, "steps") {
		for _, r := range s.Rows {
			if l.site.staff || !s.Staff && !r.Staff {
				n++
			}
		}
	}
	return n > 1
}
