package render

import (
	"peppermill/internal/site"
	"peppermill/internal/theme"
)

// relations groups what a page says of how it stands to others, and then what
// others say of it, each in the order in which the first was met.
func relations(p *site.Page, at place, l *tongue) []theme.Relation {
	if len(p.Edges)+len(p.Back) == 0 {
		return nil
	}
	var out []theme.Relation
	groups := map[string]int{}
	add := func(key string, e site.Edge) {
		i, ok := groups[key]
		if !ok {
			i = len(out)
			groups[key] = i
			out = append(out, theme.Relation{Label: l.words.Get(key)})
		}
		one := theme.Link{Name: e.Name}
		if e.Page != nil {
			one.Href = at.to(e.Page.Address)
		}
		out[i].Links = append(out[i].Links, one)
	}
	for _, e := range p.Edges {
		add("edge."+e.Field.Name, e)
	}
	for _, e := range p.Back {
		add("edge."+e.Field.Name+".back", e)
	}
	return out
}
