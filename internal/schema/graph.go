package schema

import (
	"slices"
	"strings"

	"peppermill/internal/page"
)

// modelled reports whether a page's front matter shows that it is of its type: by
// type, by a kind of that type, or by a field that only documents under control
// have. A folder alone does not: handbooks that know nothing of this product
// have folders called policies and roles, and are to hear nothing about types.
// An owner is such a field: it is the first thing that a policy is asked for. A
// table of versions in the text is none: other handbooks have that as well.
func modelled(m *page.Meta) bool {
	known, ok := typeOf(m.Type)
	if !ok || known.Name == "page" {
		return false
	}
	if !m.TypeImplied || m.Kind != "" && slices.Contains(known.Kinds, m.Kind) {
		return true
	}
	c := &m.Control
	return m.Owner != "" || c.Approver != "" || c.Version != "" || !c.Effective.IsZero() || !c.ReviewEvery.IsZero() ||
		m.Status == page.Approved || m.Status == page.Template
}

// owns reports whether a field belongs to pages of this one's type. Elsewhere
// its key is the author's own and means what the author likes.
func (r *reader) owns(f *Field) bool {
	return len(f.Of) == 0 || slices.Contains(f.Of, r.meta.Type) && r.meta.Modelled
}

// edges are the rows of the table that are part of the checked graph, as pages
// name them; parallel to the envelope, nil for the others.
var edges = edgeRows()

func edgeRows() []*page.EdgeField {
	out := make([]*page.EdgeField, len(envelope))
	for i, f := range envelope {
		if f.Kind == Edges {
			out[i] = &page.EdgeField{Name: f.Name, To: f.To, Names: f.Person, Staff: f.Secret}
		}
	}
	return out
}

// graph resolves how the page stands to others.
func (r *reader) graph() {
	r.meta.Modelled = modelled(&r.meta)
	if r.owns(&envelope[rows["pass_mark"].field]) {
		r.meta.Pass = r.line("pass_mark")
	}
	if r.owns(&envelope[rows["policy_version"].field]) {
		if f, ok := r.get("policy_version"); ok {
			r.meta.Taught = page.Ref{Text: r.line("policy_version"), Pos: f.Value.Pos, Width: f.Value.Width}
		}
	}
	for i, row := range edges {
		if row == nil || r.fields[i].field == 0 || !r.owns(&envelope[i]) {
			continue
		}
		for _, ref := range r.refs(row.Name) {
			if _, isType := typeOf(ref.Text); isType && len(row.To) == 0 && !row.Names {
				continue // a worksheet produces a policy, not one that is there
			}
			if strings.TrimSpace(ref.Text) != "" {
				r.meta.Edges = append(r.meta.Edges, page.Edge{Field: row, Ref: ref})
			}
		}
	}
}
