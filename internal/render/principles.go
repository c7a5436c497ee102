package render

import (
	"peppermill/internal/page"
	"peppermill/internal/site"
	"peppermill/internal/theme"
)

// mostRules is how many rules a page repeats at most: more are read where they
// are written.
const mostRules = 12

// principles are the rules of the first playbook that names the page and has
// any, itself or above it.
func (r *Renderer) principles(p *site.Page, at place) theme.Principles {
	for _, e := range p.Back {
		if e.Field.Name != "plays" && e.Field.Name != "policies" {
			continue
		}
		for book := e.Page; book != nil; book = book.Parent {
			if book.Source == nil {
				continue
			}
			rules := r.column(book, "principles", "principle")
			if len(rules) == 0 {
				continue
			}
			out := theme.Principles{From: link(book, at), Rules: rules[:min(len(rules), mostRules)]}
			for _, s := range page.Find(book.Source.Structures, "principles") {
				if s.Heading != "" && (r.staff || !s.Staff) {
					out.From.Href += fragment(s.Heading)
					break
				}
			}
			return out
		}
	}
	return theme.Principles{}
}
