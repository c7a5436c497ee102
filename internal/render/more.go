package render

import (
	"slices"

	"peppermill/internal/site"
	"peppermill/internal/theme"
)

// more names the sheet and the script of documents on pages that have anything
// of theirs.
func (r *Renderer) more(v *theme.View, p *site.Page, at place) {
	if p.Kind == site.Letters { // the search's own page
		v.Page.MoreSheet = at.to(r.theme.SearchSheet)
	}
	if !needsMore(v, p) {
		return
	}
	v.Page.MoreSheet, v.Page.MoreScript = at.to(r.theme.DocumentSheet), at.to(r.theme.DocumentScript)
}

func needsMore(v *theme.View, p *site.Page) bool {
	return p.Kind == site.Print || p.Kind == site.Reported || p.Kind == site.Card ||
		!slices.Contains([]string{"page", "article"}, v.Page.Type) ||
		v.Page.Control.Strip || v.Page.Blanks.Script != "" || v.Page.Word.Href != "" ||
		len(v.Page.Log.Changes) > 0 || v.Page.Log.Sign != "" || len(v.Page.Relations) > 0
}
