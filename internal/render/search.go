package render

import (
	"maps"
	"slices"
	"strings"

	"peppermill/internal/site"
	"peppermill/internal/theme"
)

// addSearch makes the search's script for each language that has an A-to-Z
// list, which is where a search leads.
func (r *Renderer) addSearch() {
	ask := contact(r.site.Config.Contact)
	for _, l := range r.tongues {
		if slices.ContainsFunc(l.lists, func(p *site.Page) bool { return p.Kind == site.Letters }) {
			l.search = r.theme.Search(l.words, ask)
		}
	}
}

// Scripts are the scripts that carry words, the search's and that of pages with
// blanks, one for each set of words; every build of the site contains them.
func (r *Renderer) Scripts() []theme.Asset {
	var out []theme.Asset
	for _, code := range slices.Sorted(maps.Keys(r.tongues)) {
		for _, own := range []theme.Asset{r.tongues[code].search, r.tongues[code].blanks} {
			if own.Address != "" && !slices.ContainsFunc(out, func(a theme.Asset) bool { return a.Address == own.Address }) {
				out = append(out, own)
			}
		}
	}
	return out
}

// contact names an address as people would: without its scheme.
func contact(address string) theme.Link {
	name := address
	for _, scheme := range []string{"mailto:", "https://", "http://"} {
		name = strings.TrimPrefix(name, scheme)
	}
	return theme.Link{Href: address, Name: strings.TrimSuffix(name, "/")}
}
