package render

import (
	"slices"
	"strings"

	"peppermill/internal/page"
	"peppermill/internal/site"
	"peppermill/internal/theme"
)

// items are what a folder or a list holds: what has entries of its own apart
// from the pages.
func (r *Renderer) items(p *site.Page, at place, l *tongue) (sections, pages theme.Items) {
	list := p.Items
	if p.Kind == site.NotFound || p.Kind == site.Single {
		return nil, nil
	}
	for _, c := range list {
		item := theme.Item{Href: at.to(c.Address), Name: c.Name, Summary: c.Summary}
		if c.Source != nil {
			item.Date = l.date(c.Source.Meta.Date)
		}
		if c.Kind == site.Single || p.Kind == site.Year || c.Source != nil && (p.Kind == site.Letter || p.Kind == site.Letters) {
			if p.Kind != site.Section {
				item.TypeName = l.typeName(c) // in a folder they are mostly of one type
			} else {
				item.Story, item.Known = r.story(c, l)
			}
			pages = append(pages, item)
			continue
		}
		if c.Report != nil {
			item.Summary = l.words.Get("report." + c.Report.Name + ".lead")
			sections = append(sections, item)
			continue
		}
		item.Count, item.CountText = entries(c), l.count(entries(c))
		sections = append(sections, item)
	}
	return sections, pages
}

// story is what the card of a story says beside its name and summary: what it
// is an example of and when, and whose it is and how it is known.
func (r *Renderer) story(p *site.Page, l *tongue) (story, known string) {
	if p.Source == nil || p.Source.Meta.Type != "case-study" {
		return "", ""
	}
	m := &p.Source.Meta
	own := m.Asides.Story
	var above, below []string
	if slices.Contains([]string{"model", "cautionary", "mixed"}, m.Kind) {
		above = append(above, l.words.Get("kind."+m.Kind))
	}
	for _, stage := range m.Stage {
		if slices.Contains([]string{"before", "during", "after"}, stage) {
			above = append(above, l.words.Get("find.stage."+stage))
		}
	}
	if whose := r.fill(p.Source, own.Business); whose != "" {
		below = append(below, whose)
	}
	if trades := r.fill(p.Source, page.Text(strings.Join(own.Industry, ", "))); trades != "" {
		below = append(below, trades)
	}
	if own.Evidence != "" {
		below = append(below, l.words.Get("evidence."+own.Evidence))
	}
	return strings.Join(above, " · "), strings.Join(below, " · ")
}

// unlinked is the list, or none when the page's own text links to every entry:
// an author's map of a section is better than ours, and two are one too many.
func unlinked(list theme.Items, linked map[string]bool) theme.Items {
	for _, item := range list {
		if !linked[item.Href] {
			return list
		}
	}
	return nil
}
