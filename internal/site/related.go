package site

import (
	"math/bits"
	"slices"
)

const (
	maxRelated = 5
	// A tag that more pages carry says little about any two of them, so each
	// page only looks at its neighbours in such a tag. This keeps the work
	// linear however common a tag is.
	commonTag  = 128
	neighbours = 32
)

// relate gives each page the pages that it names, then those that share its
// tags: a rare tag counts for more (inverse document frequency, in whole
// powers of two so that every machine agrees), then the same folder, then
// nearness in the order of the sources.
func (l *linker) relate() {
	for _, p := range l.pages[:l.sources] {
		p.Related = l.namedRelated(p)
	}
	share(l.sources, func(from, to int) {
		r := relater{pages: l.pages, score: make([]int32, len(l.pages))}
		room := make([]*Page, 0, (to-from)*maxRelated)
		for _, p := range l.pages[from:to] {
			if len(p.Tags) == 0 || len(p.Related) >= maxRelated {
				continue
			}
			start := len(room)
			room = r.nearest(append(room, p.Related...), p, p.Related)
			if len(room) > start {
				p.Related = room[start:len(room):len(room)]
			}
		}
	})
}

// namedRelated resolves related: of the front matter.
func (l *linker) namedRelated(p *Page) []*Page {
	var named []*Page
	for _, ref := range p.Source.Meta.Related {
		if q := l.reference(p, ref, "a related page"); q != nil && q != p && !slices.Contains(named, q) {
			named = append(named, q)
		}
	}
	return named
}

type relater struct {
	pages   []*Page
	score   []int32
	touched []int32
}

// nearest appends the best pages to room, up to maxRelated with those named.
func (r *relater) nearest(room []*Page, p *Page, named []*Page) []*Page {
	r.touched = r.touched[:0]
	for _, tag := range p.Tags {
		r.count(p, tag.carriers)
	}
	r.score[p.num] = 0
	var best [maxRelated]int32
	n, most := 0, maxRelated-len(named)
	for _, q := range r.touched {
		if r.score[q] == 0 || len(named) > 0 && slices.Contains(named, r.pages[q]) {
			continue
		}
		if n == most && !r.better(p, q, best[n-1]) {
			continue
		}
		i := n
		if n == most {
			i--
		} else {
			n++
		}
		for ; i > 0 && r.better(p, q, best[i-1]); i-- {
			best[i] = best[i-1]
		}
		best[i] = q
	}
	for _, q := range best[:n] {
		room = append(room, r.pages[q])
	}
	for _, q := range r.touched {
		r.score[q] = 0
	}
	return room
}

// count adds a tag's weight to its carriers, which are sorted by number.
func (r *relater) count(p *Page, carriers []int32) {
	weight := int32(1 + max(0, bits.Len(uint(len(r.pages)))-bits.Len(uint(len(carriers)))))
	if len(carriers) > commonTag {
		i, _ := slices.BinarySearch(carriers, p.num)
		carriers = carriers[max(0, i-neighbours):min(len(carriers), i+neighbours+1)]
	}
	for _, q := range carriers {
		if r.score[q] == 0 {
			r.touched = append(r.touched, q)
		}
		r.score[q] += weight
	}
}

// better reports whether a is nearer to p than b.
func (r *relater) better(p *Page, a, b int32) bool {
	if r.score[a] != r.score[b] {
		return r.score[a] > r.score[b]
	}
	x, y := r.pages[a].node == p.node, r.pages[b].node == p.node
	if x != y {
		return x
	}
	if d, e := distance(a, p.num), distance(b, p.num); d != e {
		return d < e
	}
	return a < b
}

func distance(a, b int32) int32 { return max(a-b, b-a) }
