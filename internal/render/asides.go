package render

import (
	"slices"
	"strings"

	"peppermill/internal/page"
	"peppermill/internal/site"
	"peppermill/internal/theme"
)

// asides is what a page says beside its text.
func (r *Renderer) asides(p *site.Page, at place, l *tongue) theme.Asides {
	src, own := p.Source, r.publicAsides(p.Source.Meta.Asides)
	out := theme.Asides{Perspective: r.fill(src, own.Perspective)}
	out.Action = theme.Link{Name: r.fill(src, own.Action.Label), Href: r.asideHref(p, own.Action.Link, at)}
	if out.Action.Name == "" {
		out.Action.Name = own.Action.URL.Text
	}
	out.Story = theme.Story{Business: r.fill(src, own.Story.Business), Location: r.fill(src, own.Story.Location)}
	if out.Story.Business != "" {
		out.Story.Industry = r.fill(src, page.Text(strings.Join(own.Story.Industry, ", ")))
		if own.Story.Evidence != "" {
			out.Story.Evidence = l.words.Get("evidence." + own.Story.Evidence)
		}
	}
	out.Story.Results, out.Story.Lesson = r.outcome(p)
	for _, q := range own.Quotes {
		quote := theme.Quote{Text: r.fill(src, q.Text), Who: r.fill(src, q.Who), Role: r.fill(src, q.Role)}
		if q.Consent != "" {
			quote.Consent = l.words.Get("consent." + q.Consent)
		}
		out.Quotes = append(out.Quotes, quote)
	}
	out.Debate = theme.Debate{Question: r.fill(src, own.Debate.Question), For: r.fillAll(src, own.Debate.For), Against: r.fillAll(src, own.Debate.Against)}
	for _, s := range own.Sources {
		link := theme.Link{Name: r.fill(src, s.Title), Href: r.asideHref(p, s.Link, at)}
		out.Sources = append(out.Sources, theme.Source{Link: link, Publisher: r.fill(src, s.Publisher), Accessed: l.date(s.Accessed)})
	}
	for _, c := range own.Claims {
		if c.Status != "cited" {
			out.Claims = append(out.Claims, theme.Claim{Text: r.fill(src, c.Text), State: l.words.Get("claim." + c.Status)})
		}
	}
	out.Any = out.Action.Href != "" || out.Debate.Question != "" || len(out.Quotes)+len(out.Sources)+len(out.Claims) > 0
	return out
}

// publicAsides leaves out what is for staff only, where the edition is not
// theirs.
func (r *Renderer) publicAsides(a page.Asides) page.Asides {
	if r.staff {
		return a
	}
	if a.Action.Staff {
		a.Action = page.Action{}
	}
	if a.Debate.Staff {
		a.Debate = page.Debate{}
	}
	a.Quotes = slices.DeleteFunc(slices.Clone(a.Quotes), func(q page.Quote) bool { return q.Staff })
	a.Sources = slices.DeleteFunc(slices.Clone(a.Sources), func(s page.Source) bool { return s.Staff })
	a.Claims = slices.DeleteFunc(slices.Clone(a.Claims), func(c page.Claim) bool { return c.Staff })
	return a
}

func (r *Renderer) fillAll(src *page.Page, texts []page.Text) []string {
	var out []string
	for _, t := range texts {
		out = append(out, r.fill(src, t))
	}
	return out
}

// asideHref is where one of a page's links leads, by its number from 1; "" when
// it leads nowhere.
func (r *Renderer) asideHref(p *site.Page, link int, at place) string {
	if link == 0 || link > len(p.Targets) {
		return ""
	}
	return hrefTo(p.Targets[link-1], at)
}
