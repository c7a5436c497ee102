package site

import (
	"strings"
	"testing"

	"peppermill/internal/config"
	"peppermill/internal/page"
)

// TestCards holds which pages have a wall card, where it lies, and that it is
// in nobody's way.
func TestCards(t *testing.T) {
	steps := func(staff bool, rows ...page.Row) []page.Structure {
		return []page.Structure{{Kind: "steps", Columns: []string{"step"}, Staff: staff, Rows: rows}}
	}
	all := []*page.Page{
		{Path: "p/ring.md", Title: "Ring", Meta: page.Meta{Type: "procedure"}, Structures: steps(false, page.Row{}, page.Row{}), Links: []page.Link{{Dest: "ring/card-2/"}}},
		{Path: "p/ring/card.md", Title: "Mine"},
		{Path: "p/one.md", Title: "One", Meta: page.Meta{Type: "procedure"}, Structures: steps(false, page.Row{})},
		{Path: "p/late.md", Title: "Late", Meta: page.Meta{Type: "policy"}, Structures: steps(false, page.Row{}, page.Row{Staff: true})},
		{Path: "p/limits.md", Title: "Limits", Meta: page.Meta{Type: "policy"}, Structures: steps(true, page.Row{}, page.Row{})},
		{Path: "p/old.md", Title: "Old", Meta: page.Meta{Type: "policy", Status: page.Retired}, Structures: steps(false, page.Row{}, page.Row{})},
		{Path: "p/hat.md", Title: "Hat", Meta: page.Meta{Type: "role"}, Structures: steps(false, page.Row{}, page.Row{})},
	}
	for _, c := range []struct {
		edition page.Visibility
		most    int
		want    string
	}{
		{page.Public, 1, "p/ring/card-2/index.html Ring · Wall card"},
		{page.Public, 0, ""},
		{page.Staff, 2, ""},
		{page.Staff, 3, "p/late/card/index.html Late · Wall card|p/limits/card/index.html Limits · Wall card|p/ring/card-2/index.html Ring · Wall card"},
	} {
		s, found := Link(Input{Pages: all, Words: config.Words{"en": {"card": "Wall card"}}, Config: &config.Config{Lang: "en", Edition: c.edition, CardPages: c.most}})
		if c.want != "" && len(found) > 0 {
			t.Error(found)
		}
		var got []string
		for _, p := range s.Pages {
			if p.Kind == Card {
				got = append(got, p.Address+" "+p.Title)
				if p.Parent.Card != p || p.Source != nil || p.listed {
					t.Errorf("%s is not the card of %s", p.Address, p.Parent.Title)
				}
			}
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("%v, at most %d: %s", c.edition, c.most, strings.Join(got, "|"))
		}
	}
}
