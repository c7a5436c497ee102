package site

import (
	"cmp"
	"slices"
	"strings"

	"peppermill/internal/page"
)

// Change is one entry of a document's log, with the document that it is about.
type Change struct {
	Source   *page.Page
	Page     *Page  // where it is published; nil when it is withheld
	Title    string // of the document; blanks filled, here and below
	Version  string
	Day      page.Date // may be zero
	Summary  string
	Because  string // what somebody had said or asked for
	By       string
	Material bool
}

// Changes lists what the logs of all pages say, the newest first; what has no
// day comes last. Drafts and pages that are no longer in force have nothing to
// say, and what only staff read is left out of the public edition.
func (s *Site) Changes() []Change {
	var all []Change
	add := func(p *page.Page, at *Page) {
		if p.Broken || unready(&p.Meta) || p.Meta.Status == page.Superseded || p.Meta.Status == page.Retired {
			return
		}
		all = append(all, s.log(p, at)...)
	}
	s.eachSource(add)
	slices.SortStableFunc(all, func(a, b Change) int {
		return cmp.Or(b.Day.Time.Compare(a.Day.Time), strings.Compare(a.Source.Path, b.Source.Path))
	})
	return all
}

// log is what one document's log says in this edition.
func (s *Site) log(p *page.Page, at *Page) []Change {
	control := p.Meta.Control
	if !s.staff {
		control.Changes = slices.DeleteFunc(slices.Clone(control.Changes), func(c page.Change) bool { return c.Staff })
	}
	var out []Change
	for _, c := range control.Log() {
		out = append(out, Change{
			Source: p, Page: at, Title: s.fill(p, p.Title), Version: c.Version, Day: c.Date, Material: c.Material,
			Summary: s.fill(p, c.Summary), Because: s.fill(p, c.Because), By: s.fill(p, c.By),
		})
	}
	return out
}
