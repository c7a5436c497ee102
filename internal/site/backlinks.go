package site

import (
	"cmp"
	"slices"
)

// backlinks turns the links of bodies around. A page counts once however often
// it links, not for itself, and not when it is out of navigation.
func (l *linker) backlinks() {
	from := make([]*Page, 0, l.sources)
	for _, p := range l.pages[:l.sources] {
		if p.listed {
			from = append(from, p)
		}
	}
	slices.SortFunc(from, func(a, b *Page) int { return cmp.Compare(a.Address, b.Address) })

	counts := make([]int32, len(l.pages))
	total := 0
	l.eachLink(from, func(_, to *Page) {
		counts[to.num]++
		total++
	})
	room := make([]*Page, total)
	for _, p := range l.pages {
		if n := counts[p.num]; n > 0 {
			p.Backlinks, room = room[:0:n], room[n:]
		}
	}
	l.eachLink(from, func(p, to *Page) { to.Backlinks = append(to.Backlinks, p) })
}

// eachLink calls f for every pair of different pages that are linked.
func (l *linker) eachLink(from []*Page, f func(from, to *Page)) {
	last := make([]int32, len(l.pages)) // 1 + the page that linked there last
	for _, p := range from {
		for i := range p.Targets {
			to := p.Targets[i].Page
			if to == nil || to == p || last[to.num] == p.num+1 {
				continue
			}
			last[to.num] = p.num + 1
			f(p, to)
		}
	}
}
