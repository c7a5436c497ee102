package site

import (
	"slices"
	"strings"

	"peppermill/internal/page"
)

// ownerField is the one edge that every page may have. It is shown on the page
// of the role only: the page itself has its owner in its title block.
var ownerField = &page.EdgeField{Name: "owner", To: []string{"role"}, Names: true}

// graph resolves how pages say that they stand to each other, and tells the
// other side. What only staff are told is not there in the public edition;
// what a page that is no longer in force says of others does not count.
func (l *linker) graph() {
	for _, p := range l.pages[:l.sources] {
		m := &p.Source.Meta
		if p.Owner != nil && p.Owner.Source != nil && p.listed {
			p.Owner.Back = append(p.Owner.Back, Edge{Field: ownerField, Name: p.Name, Page: p})
		}
		for i := range m.Edges {
			e := &m.Edges[i]
			if e.Field.Staff && !l.site.staff {
				continue
			}
			edge := l.edge(p, e)
			if edge.Name == "" || edge.Page == p || slices.Contains(p.Edges, edge) {
				continue
			}
			p.Edges = append(p.Edges, edge)
			if edge.Page != nil && p.listed {
				edge.Page.Back = append(edge.Page.Back, Edge{Field: e.Field, Name: p.Name, Page: p})
			}
		}
	}
}

// edge resolves one claim. The zero Edge comes back for what is withheld and
// for what is a finding.
func (l *linker) edge(p *Page, e *page.Edge) Edge {
	out := Edge{Field: e.Field}
	ref := e.Ref
	ref.Text = l.site.fill(p.Source, page.Text(ref.Text))
	if e.Field.Names && !strings.Contains(ref.Text, "/") && !strings.HasSuffix(ref.Text, ".md") {
		return l.person(p, e.Field, ref)
	}
	l.prefer = e.Field.To
	defer func() { l.prefer = nil }()
	if out.Page = l.reference(p, ref, "the page that "+quote(e.Field.Name)+" names"); out.Page == nil {
		return Edge{}
	}
	out.Name = out.Page.Name
	return l.ofType(p, ref, out)
}

// person finds who is meant. Most have no page, and need none. A name that is
// a withheld page's is not told.
func (l *linker) person(p *Page, f *page.EdgeField, ref page.Ref) Edge {
	name := strings.TrimSpace(ref.Text)
	out := Edge{Field: f, Name: name, Page: l.persons.find(p, name)}
	if out.Page == nil {
		h := l.byID(name)
		if h.page == nil && (h.found() || l.wikiHidden(name).found()) {
			return Edge{}
		}
		out.Page = h.page
	}
	if out.Page != nil {
		out.Name = out.Page.Name
	}
	return out
}

// ofType reports a page of another type than the claim is about. The edge is
// left out: a page that is no policy is not taught.
func (l *linker) ofType(p *Page, ref page.Ref, e Edge) Edge {
	src := e.Page.Source
	if len(e.Field.To) == 0 || src != nil && slices.Contains(e.Field.To, src.Meta.Type) {
		return e
	}
	want := strings.Join(e.Field.To, " or ")
	l.reportIn(p, ruleReferenceType, ref.Pos, ref.Width, quote(e.Field.Name)+" leads to "+quote(e.Page.Name)+", which is no "+want,
		"name a "+want+", or write type: "+e.Field.To[0]+" there")
	return Edge{}
}
