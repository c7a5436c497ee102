package site

import (
	"slices"

	"peppermill/internal/page"
)

// promisesAll are the nine kinds of policies that a small business needs, in
// the order in which they are mostly written; each is a kind of policy.
func promisesAll() []string {
	return []string{"service", "complaints", "refund", "guarantee", "communication", "conduct", "privacy", "feedback", "recognition"}
}

// askReadiness is for a visitor's own business: which policies have you? Those
// that the site has an example of lead to it.
func (l *linker) askReadiness(_ *tree, pages []*Page) []Group {
	g := Group{}
	example := false
	for _, kind := range promisesAll() {
		e := Entry{Word: "kind." + kind}
		at := slices.IndexFunc(pages, func(p *Page) bool { return p.Source.Meta.Type == "policy" && p.Source.Meta.Kind == kind })
		if at >= 0 {
			e.Page, example = pages[at], true
		}
		g.Lines = append(g.Lines, Line{Entries: []Entry{e}})
	}
	if !example {
		return nil
	}
	return g.alone()
}

// askReviews is when each document is to be read again.
func (l *linker) askReviews(t *tree, pages []*Page) []Group {
	g := Group{Heads: []string{"report.page", "owner", "reviewed", "review"}}
	var due []*Page
	for _, p := range pages {
		if !p.Source.Meta.Control.NextReview().IsZero() {
			due = append(due, p)
		}
	}
	slices.SortStableFunc(due, func(a, b *Page) int {
		return a.Source.Meta.Control.NextReview().Time.Compare(b.Source.Meta.Control.NextReview().Time)
	})
	for _, p := range due {
		c := &p.Source.Meta.Control
		last := c.LastReviewed
		if last.IsZero() {
			last = c.Effective
		}
		mark := ""
		if c.NextReview().Time.Before(l.site.Now) {
			mark = "late"
		}
		g.Lines = append(g.Lines, Line{Mark: mark, Entries: []Entry{{Page: p}, l.ownerEntry(p), {Day: last}, {Day: c.NextReview()}}})
	}
	return g.alone()
}

func (l *linker) ownerEntry(p *Page) Entry {
	return Entry{Text: l.site.fill(p.Source, page.Text(p.Source.Meta.Owner)), Page: p.Owner}
}

// askSignOff is what staff sign, and in which version.
func (l *linker) askSignOff(_ *tree, pages []*Page) []Group {
	g := Group{Heads: []string{"report.page", "version", "effective", "report.signature"}}
	for _, p := range pages {
		m := &p.Source.Meta
		if m.Control.Acknowledge != "receipt" && m.Control.Acknowledge != "agree" {
			continue
		}
		g.Lines = append(g.Lines, Line{Entries: []Entry{
			{Page: p}, {Text: l.site.fill(p.Source, page.Text(m.Control.Signed()))}, {Day: m.Control.Effective}, {Word: "acknowledge." + m.Control.Acknowledge}}})
	}
	return g.alone()
}
