package search

import (
	"encoding/json"
	"slices"
	"strings"

	"peppermill/internal/site"
)

// scope is a folder whose pages are searched apart from all others, because
// its own page asks for it.
type scope struct{ address, title string }

// MarshalJSON writes it as the format has it.
func (s scope) MarshalJSON() ([]byte, error) { return json.Marshal([]any{s.address, s.title}) }

// scopesOf lists the scopes that any of the documents is in, by address.
func scopesOf(s *site.Site, docs []*document) []scope {
	var all []scope
	for _, p := range s.Pages {
		if p.Kind == site.Section && p.Number <= 1 && p.Source != nil && p.Source.Meta.Search.Apart {
			all = append(all, scope{address(p), p.Name})
		}
	}
	slices.SortFunc(all, func(a, b scope) int { return strings.Compare(a.address, b.address) })
	used := make([]bool, len(all))
	for _, d := range docs {
		if i := scopeOf(all, d.page); i >= 0 {
			used[i] = true
		}
	}
	var out []scope
	for i, one := range all {
		if used[i] {
			out = append(out, one)
		}
	}
	return out
}

// scopeOf is the innermost scope of a page, -1 for none.
func scopeOf(all []scope, p *site.Page) int {
	for i, s := range slices.Backward(all) { // what lies within another comes behind it
		if strings.HasPrefix(p.Address, s.address) {
			return i
		}
	}
	return -1
}

// scoped says of each slot which scope its document is in, a character each.
func (ix *index) scoped() []byte {
	text := make([]rune, len(ix.slots))
	for i, d := range ix.slots {
		text[i] = '-'
		if d != nil {
			if n := scopeOf(ix.scopes, d.page); n >= 0 {
				text[i] = rune('0' + n)
			}
		}
	}
	return encode(string(text))
}
