package site

import (
	"strings"

	"peppermill/internal/diag"
	"peppermill/internal/page"
)

// Value returns what the site says for a blank on a page: the profile's value,
// else the default that the page or the site gives it. Without one, text is
// the blank's label and filled is false. src may be nil for the site's own texts.
func (s *Site) Value(src *page.Page, name string) (text string, filled bool) {
	if v := s.Config.Values[name]; v != "" {
		return v, true
	}
	label, value := ownBlank(src, name)
	fact := s.Config.Facts[name]
	if value == "" {
		value = fact.Default
	}
	switch {
	case value != "":
		return value, true
	case label != "":
		return label, false
	case fact.Label != "":
		return fact.Label, false
	}
	return readable(strings.ReplaceAll(name, ".", " ")), false
}

// ownBlank reads what the page's own front matter says of a blank: blanks: is a
// map by name, or a list of maps that have a name.
func ownBlank(src *page.Page, name string) (label, value string) {
	if src == nil {
		return "", ""
	}
	blanks, ok := field(src, "blanks")
	if !ok {
		return "", ""
	}
	about, _ := blanks.Get(name)
	for _, item := range blanks.Items {
		if n, _ := item.Get("name"); n.Text == name {
			about = item
		}
	}
	if about.Kind == page.Scalar {
		return about.Text, ""
	}
	l, _ := about.Get("label")
	v, _ := about.Get("default")
	return l.Text, v.Text
}

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

// checkBlanks stops approved pages that still have something to fill in. What
// only staff read is checked in the staff edition.
func (l *linker) checkBlanks() {
	for _, p := range l.pages[:l.sources] {
		if p.Source.Meta.Status != page.Approved {
			continue
		}
		for _, b := range p.Source.Blanks {
			if !b.Staff || l.site.staff {
				l.checkBlank(p.Source, b.Name, b.Pos, len(b.Name)+3)
			}
		}
		for i := range p.Source.Links {
			if k := &p.Source.Links[i]; !k.Staff || l.site.staff {
				for _, name := range page.Text(k.Dest).Blanks() {
					l.checkBlank(p.Source, name, k.Pos, k.Width)
				}
			}
		}
	}
}

func (l *linker) checkBlank(src *page.Page, name string, at diag.Pos, width int) {
	if _, filled := l.site.Value(src, name); filled {
		return
	}
	l.report(ruleBlankUnfilled, at, width, "the page is approved, but %{"+name+"} has no value",
		"give "+name+" a value in the profile or a default in _data/facts.yaml, or take back the approval")
}
