package render

import (
	"strings"

	"peppermill/internal/page"
	"peppermill/internal/site"
	"peppermill/internal/theme"
)

// control is what a document says about itself, as its title block shows it.
func (r *Renderer) control(p *site.Page, at place, l *tongue, a *asking) theme.Control {
	m := &p.Source.Meta
	c := theme.Control{
		OwnerText:  a.words(p.Source, page.Text(m.Owner), l.code),
		Owner:      r.who(p, m.Owner, p.Owner, at),
		Approver:   r.who(p, m.Control.Approver, p.Approver, at),
		Version:    r.fill(p.Source, page.Text(m.Control.Version)),
		Effective:  l.date(m.Control.Effective),
		Department: a.orWords(p.Source, page.Text(strings.Join(m.Control.Department, ", ")), l.code),
		Applies:    a.orWords(p.Source, page.Text(strings.Join(m.Control.Jurisdiction, ", ")), l.code),
		Replaces:   links(p.Replaces, at),
	}
	if m.Status != page.Current {
		c.State = l.words["state."+m.Status.String()]
	}
	if !m.Control.LastReviewed.Time.Equal(m.Control.Effective.Time) {
		c.Reviewed = l.date(m.Control.LastReviewed)
	}
	if next := m.Control.NextReview(); m.Status != page.Superseded && m.Status != page.Retired {
		c.Review = l.date(next)
		c.Overdue = !next.IsZero() && next.Time.Before(r.site.Now)
	}
	c.Controlled = c.Version != "" || c.Effective.ISO != "" || m.Status == page.Approved
	named := c.Controlled || c.Owner.Name != "" || c.Approver.Name != "" || c.Review.ISO != "" || c.Reviewed.ISO != "" || len(c.Replaces) > 0
	switch m.Type {
	case "policy", "procedure", "standard":
		c.Strip = named
	default:
		c.Strip = c.Controlled
	}
	c.Controlled = c.Controlled && c.Strip
	if c.Controlled {
		c.Printed = printed(c, l)
	}
	return c
}

// printed is what the margin of every sheet says of a controlled document.
func printed(c theme.Control, l *tongue) string {
	return strings.Join(append(held(c, l), l.words.Get("uncontrolled")), " · ")
}

// held says by version and next review how far a document may be relied on.
func held(c theme.Control, l *tongue) []string {
	var out []string
	if c.Version != "" {
		out = append(out, l.words.Get("version")+" "+c.Version)
	}
	if c.Review.Text != "" {
		out = append(out, l.words.Get("review")+" "+c.Review.Text)
	}
	return out
}

// who is a name, and a link where the site has a page about the role or person.
func (r *Renderer) who(p *site.Page, name string, about *site.Page, at place) theme.Link {
	l := theme.Link{Name: r.fill(p.Source, page.Text(name))}
	if about != nil && l.Name != "" {
		l.Href = at.to(about.Address)
	}
	return l
}
