package render

import (
	"strconv"

	"peppermill/internal/site"
	"peppermill/internal/theme"
)

// pagerReach is how many pages on each side of the current one a pager names,
// beside the first and the last.
const pagerReach = 2

// pager links the pages of a list that is split, and says which one this is.
func pager(p *site.Page, at place, l *tongue) (links theme.Links, text string) {
	if p.Pager == nil {
		return nil, ""
	}
	all := p.Pager.Pages
	for i, other := range all {
		number := i + 1
		if number == 1 || number == len(all) || abs(number-p.Number) <= pagerReach {
			links = append(links, theme.Link{Href: at.to(other.Address), Name: strconv.Itoa(number), Current: number == p.Number})
		}
	}
	return links, with(with(l.words.Get("page-of"), "page", p.Number), "pages", len(all))
}

func abs(n int) int { return max(n, -n) }

// entries is how many pages a list has, however many of its own it takes.
func entries(p *site.Page) int {
	if p.Pager != nil {
		return len(p.Pager.Items)
	}
	return len(p.Items)
}
