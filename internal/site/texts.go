package site

import (
	"strings"

	"peppermill/internal/page"
)

// fill gives the text with its blanks filled, or labelled where they have no
// value.
func (s *Site) fill(src *page.Page, t page.Text) string {
	if !strings.Contains(string(t), "%{") {
		return string(t)
	}
	return t.Fill(func(name string) string { text, _ := s.Value(src, name); return text })
}

// titles fills Name, Title and Summary of all pages that there are by now.
func (l *linker) titles() {
	for _, p := range l.pages {
		switch {
		case p.Source != nil:
			l.ownTitles(p)
		case p.Kind == Home:
			p.Title = l.site.fill(nil, l.cfg.Title)
			if p.Title == "" {
				p.Title = l.word(p.tree, "home")
			}
			p.Summary = l.site.fill(nil, l.cfg.Tagline)
		default:
			_, base := split(p.node.src)
			p.Title = readable(base)
		}
		if p.Name == "" {
			p.Name = p.Title
		}
	}
}

func (l *linker) ownTitles(p *Page) {
	src := p.Source
	p.Title = l.site.fill(src, src.Title)
	if p.Title == "" {
		_, base := split(stem(src.Path))
		p.Title = readable(base)
	}
	p.Summary = l.site.fill(src, src.Summary)
	if src.Meta.LinkTitle != "" {
		p.Name = l.site.fill(src, src.Meta.LinkTitle)
	}
}
