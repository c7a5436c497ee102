package render

import (
	"html/template"
	"strconv"

	"peppermill/internal/page"
	"peppermill/internal/site"
	"peppermill/internal/theme"
)

// document makes what the layout for paper sees: the pages of a folder, one
// after the other. Each is painted as if it stood at the document's address,
// so that pictures and links to other pages hold, and then fitted in.
func (r *Renderer) document(p *site.Page, at place, l *tongue, a *asking) theme.Document {
	doc := theme.Document{Parts: make([]theme.Part, len(p.Items))}
	e := embedding{parts: make(map[string]string, len(p.Items)), ids: map[string]bool{}}
	var newest page.Date
	written := 0
	for i, item := range p.Items {
		part := &doc.Parts[i]
		*part = r.part(item, at, l, a)
		part.ID = "p" + strconv.Itoa(i+1)
		part.Level = min(1+below(item, p.Parent), 6)
		e.parts[at.to(item.Address)] = part.ID
		if item.Source != nil {
			written++
			newest = later(newest, later(item.Source.Meta.Date, item.Source.Meta.Updated))
		}
	}
	all := make([]fitted, len(doc.Parts))
	for i, part := range doc.Parts {
		all[i] = e.fit(part.ID, part.Title, string(part.Content), part.Level-1)
	}
	for i := range doc.Parts {
		part := &doc.Parts[i]
		part.Content = template.HTML(e.join(part.ID, all[i]))
		part.Deeper, part.Ends = steps(p, i)
	}
	doc.Changed, doc.CountText = l.date(newest), l.count(written)
	return doc
}

// part is a page as the document shows it, with names of its own still.
func (r *Renderer) part(p *site.Page, at place, l *tongue, a *asking) theme.Part {
	out := theme.Part{Title: p.Title, ShowTitle: true, Type: kindOf(p), TypeName: l.typeName(p), Banners: banners(p, at, l)}
	if p.Lang != l.code {
		out.Lang, out.Dir = p.Lang, direction(p.Lang)
	}
	if p.Source == nil {
		return out
	}
	out.Heading = a.words(p.Source, p.Source.Title, p.Lang)
	out.Content = template.HTML(r.body(p, at, a).out.String())
	out.ShowTitle = !p.Source.HideH1
	out.Published, out.Updated = l.date(p.Source.Meta.Date), l.date(p.Source.Meta.Updated)
	return out
}

// below is how many folders deep a page stands in a document, from 1. The
// folder's own page stands beside those in it.
func below(p, folder *site.Page) int {
	n := 0
	for ; p != nil && p != folder; p = p.Parent {
		n++
	}
	return max(n, 1)
}

// steps says how the list of contents goes on after an entry: one list deeper,
// or up, out of so many.
func steps(p *site.Page, i int) (deeper bool, ends int) {
	own, next := below(p.Items[i], p.Parent), 1
	if i+1 < len(p.Items) {
		next = below(p.Items[i+1], p.Parent)
	}
	return next > own, max(own-next, 0)
}

func later(a, b page.Date) page.Date {
	if b.Time.After(a.Time) {
		return b
	}
	return a
}
