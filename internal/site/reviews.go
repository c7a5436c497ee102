package site

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"peppermill/internal/page"
)

// Review is a day on which somebody is to read a page again.
type Review struct {
	Source *page.Page
	Page   *Page  // where it is published; nil when it is withheld
	Title  string // blanks filled
	Owner  string // likewise; may be empty
	Day    page.Date
}

// Overdue reports whether the day is over at the moment now.
func (r Review) Overdue(now time.Time) bool { return r.Day.Time.Before(now) }

// Reviews lists the next review of every page that has one, the first due
// first. Pages that are no longer in force need none, and drafts not yet.
func (s *Site) Reviews() []Review {
	var all []Review
	add := func(p *page.Page, at *Page) {
		switch p.Meta.Status {
		case page.Superseded, page.Retired, page.Draft, page.InReview:
			return
		}
		if day := p.Meta.Control.NextReview(); !p.Broken && !p.Meta.Draft && !day.IsZero() {
			all = append(all, Review{Source: p, Page: at, Title: s.fill(p, p.Title), Owner: s.fill(p, page.Text(p.Meta.Owner)), Day: day})
		}
	}
	s.eachSource(add)
	slices.SortFunc(all, func(a, b Review) int {
		return cmp.Or(a.Day.Time.Compare(b.Day.Time), strings.Compare(a.Source.Path, b.Source.Path))
	})
	return all
}

// eachSource calls f with every source of a page, and the page where it is
// published.
func (s *Site) eachSource(f func(p *page.Page, at *Page)) {
	for _, p := range s.Pages {
		if p.Source != nil {
			f(p.Source, p)
		}
	}
	for _, w := range s.Withheld {
		f(w.Page, nil)
	}
}
