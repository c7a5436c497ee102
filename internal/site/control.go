package site

import (
	"strings"

	"peppermill/internal/config"
	"peppermill/internal/page"
)

// control brings together documents and what replaces them, and finds the
// pages of those who answer for them.
func (l *linker) control() {
	for _, p := range l.pages[:l.sources] {
		m := &p.Source.Meta
		if m.Control.SupersededBy.Text != "" {
			if q := l.reference(p, m.Control.SupersededBy, "the page that replaces this one"); q != p {
				p.Successor = q
				if q != nil {
					q.Earlier = append(q.Earlier, p)
				}
			}
		}
		for _, ref := range m.Control.Supersedes {
			if q := l.reference(p, ref, "the page that this one replaces"); q != nil && q != p {
				p.Replaces = append(p.Replaces, q)
			}
		}
	}
	for _, p := range l.pages[:l.sources] {
		for _, q := range p.Replaces {
			if q.Successor == nil && q.Source != nil && q.Source.Meta.Control.SupersededBy.Text == "" {
				q.Successor = p
			}
		}
	}
	l.persons = l.people()
	for _, p := range l.pages[:l.sources] {
		m := &p.Source.Meta
		p.Owner = l.persons.find(p, l.site.fill(p.Source, page.Text(m.Owner)))
		p.Approver = l.persons.find(p, l.site.fill(p.Source, page.Text(m.Control.Approver)))
	}
}

// people are the pages of roles and of authors, by language and folded name.
type people map[[2]string]*Page

// people lists the pages that an owner's name may mean: a role by its title,
// its short title or its id, then an author by name. Of several with one name
// the first counts.
func (l *linker) people() people {
	out := people{}
	add := func(p *Page, names ...string) {
		for _, name := range names {
			key := [2]string{p.tree.code, config.Fold(name)}
			if out[key] == nil && name != "" {
				out[key] = p
			}
		}
	}
	for _, p := range l.pages[:l.sources] {
		if m := &p.Source.Meta; m.Type == "role" && p.Kind == Single {
			add(p, p.Title, p.Name, m.ID)
		}
	}
	for _, p := range l.pages {
		if p.Kind == Author && p.Number < 2 {
			add(p, p.Name)
		}
	}
	return out
}

// find returns the page of a role or person in the language of p, or nil.
func (people people) find(p *Page, name string) *Page {
	if name == "" || len(people) == 0 {
		return nil
	}
	if q := people[[2]string{p.tree.code, config.Fold(strings.TrimSpace(name))}]; q != p {
		return q
	}
	return nil
}
