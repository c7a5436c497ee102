package render

import (
	"html/template"
	"strings"

	"peppermill/internal/page"
	"peppermill/internal/site"
	"peppermill/internal/theme"
)

// layout is the name of the layout that a page is painted with.
func (r *Renderer) layout(p *site.Page) string {
	switch p.Kind {
	case site.Single:
		if own := "types/" + kindOf(p); r.theme.Has(own) {
			return own
		}
		return "single"
	case site.Section:
		return "section"
	case site.Home:
		return "home"
	case site.NotFound:
		return "404"
	case site.Print:
		return "print"
	case site.Reported:
		return "report"
	case site.Card:
		return "card"
	}
	return "list"
}

func kindOf(p *site.Page) string {
	if p.Source == nil || p.Source.Meta.Type == "" {
		return "page"
	}
	return p.Source.Meta.Type
}

func kindName(k site.Kind) string {
	names := [...]string{
		site.Single: "single", site.Section: "section", site.Home: "home",
		site.TagIndex: "tag-index", site.Tag: "tag",
		site.AuthorIndex: "author-index", site.Author: "author",
		site.Archive: "archive", site.Year: "year",
		site.SeriesIndex: "series-index", site.Series: "series",
		site.Letters: "letters", site.Letter: "letter",
		site.NotFound: "not-found", site.Print: "print",
		site.Overview: "overview", site.Reported: "report", site.Card: "card",
	}
	if int(k) < len(names) {
		return names[k]
	}
	return "single"
}

// view makes everything that the page's layout sees, but for what its language
// shares.
func (r *Renderer) view(p *site.Page, l *tongue) (View, error) {
	at := place{from: p.Address}
	if p.Kind == site.NotFound {
		at.top = topOf(r.site.Config.BaseURL)
	}
	shell, err := r.shell(p, at, l)
	if err != nil {
		return View{}, err
	}
	side, err := r.sidebar(p, l)
	if err != nil {
		return View{}, err
	}
	v := View{Root: at.root(), Head: shell.head, Header: shell.header, Footer: shell.footer}
	v.Page = theme.Page{
		Kind: kindName(p.Kind), Type: kindOf(p), TypeName: l.typeName(p),
		Lang: l.code, Dir: l.dir,
		Title: p.Title, Summary: p.Summary, ShowTitle: true,
		HeadTitle: r.headTitle(p, l),
		Canonical: r.canonical(p),
		NoIndex:   r.staff || len(p.Marks) > 0 || p.Kind == site.NotFound || p.Kind == site.Print || p.Kind == site.Card,
		Crumbs:    crumbs(p, at),
		Sidebar:   side,
		Prev:      link(p.Prev, at), Next: link(p.Next, at),
		Tags: links(p.Tags, at), Authors: links(p.Authors, at),
		Series:       link(p.Series, at),
		Translations: r.translations(p, at),
		Banners:      banners(p, at, l),
		Status:       page.Current.String(),
		Params:       map[string]any{},
	}
	if p.Series != nil && p.Parts > 0 {
		v.Page.PartText = with(with(l.words.Get("part"), "part", p.Part), "parts", p.Parts)
	}
	if r.site.Config.Related {
		v.Page.Related = links(p.Related, at)
	}
	if r.site.Config.Backlinks {
		v.Page.Backlinks = links(p.Backlinks, at)
	}
	a := &asking{r: r}
	if p.Kind == site.Print {
		v.Document, v.Page.GraphType = r.document(p, at, l, a), "website"
		v.Page.Blanks = a.blanks(at, l)
		r.more(&v, p, at)
		return v, nil
	}
	if p.Kind == site.Card {
		v.Card = r.side(p.Parent, at, l, a)
		v.Page.Control.Printed, v.Page.Blanks = v.Card.Held, a.blanks(at, l)
		r.more(&v, p, at)
		return v, nil
	}
	if p.Report != nil {
		v.Report = r.report(p, at, l)
		v.Page.Summary = v.Report.Lead
	}
	v.Page.Print, v.Page.Card = link(p.Print, at), link(p.Card, at)
	v.Page.Sections, v.Page.Items = r.items(p, at, l)
	v.Page.Pager, v.Page.PagerText = pager(p, at, l)
	if p.Source != nil {
		r.addSource(&v.Page, p, at, l, a)
		v.Page.Blanks = a.blanks(at, l)
	}
	v.Page.Feeds = r.announced(p, at)
	r.addLinked(&v.Page, p)
	r.more(&v, p, at)
	return v, nil
}

// announced are the feeds of a page's sections, with the addresses that lead
// there from the page.
func (r *Renderer) announced(p *site.Page, at place) []theme.Feed {
	var out []theme.Feed
	for _, f := range r.feeds(p) {
		if f.Atom != "" {
			f.Atom = at.to(f.Atom)
		}
		if f.JSON != "" {
			f.JSON = at.to(f.JSON)
		}
		out = append(out, f)
	}
	return out
}

// addSource adds what only a page with a file of its own has.
func (r *Renderer) addSource(v *theme.Page, p *site.Page, at place, l *tongue, a *asking) {
	src := p.Source
	a.title(v, p, l)
	v.Panel = panel(p, at, l, a)
	v.Principles = r.principles(p, at)
	f := r.body(p, at, a)
	v.Content = template.HTML(f.out.String())
	v.Outline = r.outline(src, f)
	v.Sections, v.Items = unlinked(v.Sections, f.linked), unlinked(v.Items, f.linked)
	v.ShowTitle = !src.HideH1
	v.Published, v.Updated = l.date(src.Meta.Date), l.date(src.Meta.Updated)
	v.Status = src.Meta.Status.String()
	v.Comments = r.comments(p, at, l)
	v.Control = r.control(p, at, l, a)
	v.Asides = r.asides(p, at, l)
	v.Log = r.log(p, v.Control, at, l)
	v.Relations = relations(p, at, l)
	v.Params = plain(p.Params())
	v.Word = r.wordFile(p, at)
	if p.Calendar != "" {
		v.Calendar = at.to(p.Calendar)
	}
	v.Forms = r.forms(src, l, a)
	v.Sum = r.sum(p, l)
	if base := r.site.Config.EditURL; base != "" {
		var b strings.Builder
		escapePath(&b, src.Path)
		v.EditURL = base + b.String()
	}
}

func (l *tongue) typeName(p *site.Page) string {
	if p.Source == nil {
		return ""
	}
	return l.words["type."+p.Source.Meta.Type]
}

func (r *Renderer) headTitle(p *site.Page, l *tongue) string {
	title := p.Title
	if p.Number > 1 {
		title += " – " + with(with(l.words.Get("page-of"), "page", p.Number), "pages", len(p.Pager.Pages))
	}
	if title == l.site.Title || l.site.Title == "" {
		return title
	}
	if title == "" {
		return l.site.Title
	}
	return title + " – " + l.site.Title
}

// canonical is the page's full address, when the site has one. A document's is
// that of the folder whose pages it repeats.
func (r *Renderer) canonical(p *site.Page) string {
	if r.site.Config.BaseURL == "" || p.Kind == site.NotFound {
		return ""
	}
	if p.Kind == site.Print || p.Kind == site.Card {
		p = p.Parent
	}
	return r.absolute(pretty(p.Address))
}

func (r *Renderer) absolute(address string) string {
	var b strings.Builder
	b.WriteString(strings.TrimSuffix(r.site.Config.BaseURL, "/") + "/")
	escapePath(&b, address)
	return b.String()
}

func link(p *site.Page, at place) theme.Link {
	if p == nil {
		return theme.Link{}
	}
	return theme.Link{Href: at.to(p.Address), Name: p.Name}
}

func links(pages []*site.Page, at place) theme.Links {
	if len(pages) == 0 {
		return nil
	}
	out := make(theme.Links, len(pages))
	for i, p := range pages {
		out[i] = link(p, at)
	}
	return out
}

// crumbs lead from home to the page's parent.
func crumbs(p *site.Page, at place) theme.Links {
	depth := 0
	for a := p.Parent; a != nil; a = a.Parent {
		depth++
	}
	if depth == 0 {
		return nil
	}
	out := make(theme.Links, depth)
	for a := p.Parent; a != nil; a = a.Parent {
		depth--
		out[depth] = link(a, at)
	}
	return out
}

// outline lists the headings of the second and third level that the edition
// shows. Fewer than two are no outline.
func (r *Renderer) outline(src *page.Page, f *filler) theme.Headings {
	out := make(theme.Headings, 0, len(src.Headings))
	for _, h := range src.Headings {
		if h.Level < 2 || h.Level > 3 || !r.staff && (h.Staff || within(f.cuts, h.Part)) {
			continue
		}
		one := theme.Heading{Level: h.Level, Href: fragment(h.ID), Text: r.fill(src, h.Text)}
		if pattern, open := f.pattern(src, h.Text); open {
			one.Fill = pattern
		}
		out = append(out, one)
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

func within(cuts []cut, part int) bool {
	for _, c := range cuts {
		if part >= c.from && part < c.to {
			return true
		}
	}
	return false
}

func (r *Renderer) translations(p *site.Page, at place) []theme.Translation {
	var out []theme.Translation
	for _, t := range p.Translations {
		one := theme.Translation{Lang: t.Lang, Dir: direction(t.Lang), Name: orText(r.ownWords(t.Lang, "language")["language"], t.Lang), Href: at.to(t.Address), Absolute: r.canonical(t)}
		for _, known := range r.site.Config.Languages {
			if known.Code == t.Lang && known.Name != "" {
				one.Name = known.Name
			}
		}
		out = append(out, one)
	}
	return out
}

// banners say why a visitor would not see the page, or should not rely on it.
func banners(p *site.Page, at place, l *tongue) []theme.Banner {
	var out []theme.Banner
	for _, mark := range p.Marks {
		out = append(out, theme.Banner{Kind: mark, Text: l.words.Get("mark." + mark)})
	}
	if p.Source == nil {
		return out
	}
	switch s := p.Source.Meta.Status; s {
	case page.Superseded, page.Retired:
		b := theme.Banner{Kind: s.String(), Text: l.words.Get("status." + s.String())}
		if p.Successor != nil {
			b.Link = theme.Link{Href: at.to(p.Successor.Address), Name: p.Successor.Title}
		}
		out = append(out, b)
	}
	return out
}
