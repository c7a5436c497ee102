package serve

import (
	"cmp"
	"slices"
	"sync"

	"peppermill/internal/output"
)

// snapshot is everything that one build shows. It never changes, but for the
// shelf, which only remembers what its entries always give.
type snapshot struct {
	number  int // 0 before the first build
	build   Build
	shown   bool // there is a tree, of this build or, when it stopped, of an earlier one
	entries map[string]output.Entry
	more    func() map[string]output.Entry // those of Tree.More, listed at the first need
	pages   map[string]Page
	fresh   *shelf
	held    map[string]held // by output path
	edited  string          // output path of the page whose source changed last, or ""
	next    chan struct{}   // closed when there is a newer snapshot
}

// held is a page whose source is broken, as it was when it last was whole.
type held struct {
	page  Page
	bytes *answer
}

// after is the snapshot that follows before when b is shown.
func (s *Server) after(before *snapshot, b Build) *snapshot {
	next := &snapshot{number: before.number + 1, build: b, next: make(chan struct{})}
	if b.Stopped {
		next.shown, next.entries, next.more, next.pages = before.shown, before.entries, before.more, before.pages
		next.fresh, next.held = before.fresh, before.held
	} else {
		next.shown, next.pages, next.fresh = true, b.Pages, newShelf(freshBytes)
		next.entries = byPath(b.Tree.Entries)
		if b.Tree.More != nil {
			next.more = sync.OnceValue(func() map[string]output.Entry { return byPath(b.Tree.More()) })
		}
		next.held = s.hold(before, next)
	}
	next.edited = lastEdited(next, before.edited)
	return next
}

func byPath(entries []output.Entry) map[string]output.Entry {
	out := make(map[string]output.Entry, len(entries))
	for _, e := range entries {
		if _, twice := out[e.Path]; !twice {
			out[e.Path] = e
		}
	}
	return out
}

// entry finds the file at an output path.
func (n *snapshot) entry(path string) (output.Entry, bool) {
	e, ok := n.entries[path]
	if !ok && n.more != nil {
		e, ok = n.more()[path]
	}
	return e, ok
}

// alive reports whether the tree has a file at an output path.
func (n *snapshot) alive(path string) bool {
	_, ok := n.entries[path]
	return ok
}

// has reports whether something is shown for an output path.
func (n *snapshot) has(path string) bool {
	_, kept := n.held[path]
	return kept || n.alive(path)
}

// hold collects the last good bytes of the pages whose sources are broken in
// next: those that before had, and those that before had to hold itself.
func (s *Server) hold(before, next *snapshot) map[string]held {
	if len(next.build.Broken) == 0 {
		return nil
	}
	kept, room := map[string]held{}, s.room
	for _, path := range before.from(next.build.Broken) {
		if next.alive(path) || room < 0 {
			continue
		}
		page, _ := before.page(path)
		if a, _ := s.look(before, path); a.err == nil && a.stream == nil {
			if room -= len(a.body); room >= 0 {
				kept[path] = held{page, a}
			}
		}
	}
	return kept
}

// from lists the output paths of the pages made of one of the sources, the
// shortest first: a list's first page before its second.
func (n *snapshot) from(sources []string) []string {
	if len(sources) == 0 {
		return nil
	}
	wanted := make(map[string]bool, len(sources))
	for _, source := range sources {
		wanted[source] = true
	}
	var paths []string
	for path, p := range n.pages {
		if p.Source != "" && wanted[p.Source] {
			paths = append(paths, path)
		}
	}
	for path, h := range n.held {
		if wanted[h.page.Source] {
			paths = append(paths, path)
		}
	}
	slices.SortFunc(paths, func(a, b string) int {
		return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
	})
	return paths
}

// lastEdited is the page of the first changed source that has one, or else what
// it was before, while that is still a page.
func lastEdited(n *snapshot, before string) string {
	first := map[string]string{} // source → its first page
	for _, path := range n.from(n.build.Changed) {
		p, _ := n.page(path)
		if _, ok := first[p.Source]; !ok {
			first[p.Source] = path
		}
	}
	for _, source := range n.build.Changed {
		if path, ok := first[source]; ok {
			return path
		}
	}
	if _, ok := n.page(before); ok {
		return before
	}
	return ""
}

// page gives the facts of the page at an output path.
func (n *snapshot) page(path string) (Page, bool) {
	if p, ok := n.pages[path]; ok {
		return p, true
	}
	h, ok := n.held[path]
	return h.page, ok
}
