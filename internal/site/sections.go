package site

import (
	"cmp"
	"slices"
)

// node is a folder that has published pages in or below it.
type node struct {
	src      string // source folder; the first, when several have one address
	dir      string // folder of the output
	tree     *tree
	parent   *node // nil for the root of each language
	page     *Page // its own page or the one made up for it
	children []*Page
	count    int
}

// own makes p the folder's page.
func (n *node) own(p *Page) {
	n.page, p.node, p.Kind = p, n, Section
	if n.parent == nil {
		p.Kind, n.tree.home = Home, p
	}
}

// folder returns the node of a source folder, made with those above it when
// it is asked for the first time.
func (l *linker) folder(src string) *node {
	if n, ok := l.folders[src]; ok {
		return n
	}
	t := l.treeOf(src)
	above, base := split(src)
	n := &node{src: src, tree: t}
	if src != "" && src != t.folder {
		n.parent = l.folder(above)
		n.dir = under(n.parent.dir, l.slugs.slug(base, t.code))
	} else {
		n.dir = t.folder
	}
	if same, ok := l.dirs[n.dir]; ok {
		n = same
	} else {
		l.dirs[n.dir] = n
		l.nodes = append(l.nodes, n)
	}
	l.folders[src] = n
	return n
}

// makeSections makes up the page of each folder that has none. A folder that
// nothing is left in is none.
func (l *linker) makeSections() {
	used := map[*node]bool{l.root: true}
	for _, p := range l.pages {
		for n := p.node; n != nil && !used[n]; n = n.parent {
			used[n] = true
		}
	}
	l.nodes = slices.DeleteFunc(l.nodes, func(n *node) bool { return !used[n] })
	for _, n := range l.nodes {
		if n.page == nil {
			p := l.add(Section, nil, n.tree)
			p.listed = true
			p.Address = indexIn(n.dir, "")
			n.own(p)
		}
	}
}

// arrange fills Parent, Children, Items, Prev and Next. What is superseded or
// retired has a parent but is nobody's child.
func (l *linker) arrange() {
	l.emptyFolders()
	for _, p := range l.ranked {
		if n := parentNode(p); n != nil {
			p.Parent = n.page
			if p.listed {
				n.count++
			}
		}
	}
	room := make([]*Page, 0, len(l.ranked))
	for _, p := range l.ranked {
		if n := parentNode(p); n != nil && p.listed {
			if n.children == nil {
				n.children = room[len(room) : len(room) : len(room)+n.count]
				room = room[:len(room)+n.count]
			}
			n.children = append(n.children, p)
		}
	}
	for _, n := range l.nodes {
		readingOrder(n.children)
		n.page.Children, n.page.Items = n.children, n.children
		chain(n.children)
	}
	if home := l.root.page; len(home.Children) == 0 && home.Source == nil {
		for _, t := range l.trees[1:] {
			if t.home != nil {
				home.Items = append(home.Items, t.home)
			}
		}
	}
}

// parentNode is the folder that a page is a child of, nil for homes and 404.
func parentNode(p *Page) *node {
	switch {
	case p.Kind == NotFound:
		return nil
	case p.node.page == p:
		return p.node.parent
	}
	return p.node
}

// emptyFolders keeps made-up pages out of navigation when nothing in them is
// in it. Nodes are in order of creation, children after parents.
func (l *linker) emptyFolders() {
	used := make(map[*node]bool, len(l.nodes))
	for _, p := range l.pages {
		if p.listed && p.Source != nil && p.node != nil {
			used[p.node] = true
		}
	}
	for _, n := range slices.Backward(l.nodes) {
		if n.page.Source == nil {
			n.page.listed = used[n]
		}
		if used[n] && n.parent != nil {
			used[n.parent] = true
		}
	}
}

// readingOrder puts pages that are in alphabetical order into the order of
// reading: by weight where one is given, then newest first when every page is
// dated, then as they were.
func readingOrder(pages []*Page) {
	dated, weighted := allDated(pages), false
	for _, p := range pages {
		weighted = weighted || hasWeight(p)
	}
	if !dated && !weighted {
		return
	}
	slices.SortStableFunc(pages, func(a, b *Page) int {
		if c := compareWeight(a, b); weighted && c != 0 || !dated {
			return c
		}
		return byRecent(a, b)
	})
}

func hasWeight(p *Page) bool { return p.Source != nil && p.Source.Meta.HasWeight }

func compareWeight(a, b *Page) int {
	switch x, y := hasWeight(a), hasWeight(b); {
	case x && y:
		return cmp.Compare(a.Source.Meta.Weight, b.Source.Meta.Weight)
	case x:
		return -1
	case y:
		return 1
	}
	return 0
}

// allDated reports whether there are pages and all have dates; folders among
// them do not count.
func allDated(pages []*Page) bool {
	singles := 0
	for _, p := range pages {
		if p.Kind == Single {
			if !p.dated {
				return false
			}
			singles++
		}
	}
	return singles > 0
}

func newestFirst(a, b *Page) int {
	switch {
	case a.dated && b.dated:
		return cmp.Compare(b.date, a.date)
	case a.dated:
		return -1
	case b.dated:
		return 1
	}
	return 0
}

func chain(pages []*Page) {
	for i := 1; i < len(pages); i++ {
		pages[i-1].Next, pages[i].Prev = pages[i], pages[i-1]
	}
}
