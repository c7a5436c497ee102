package site

import "strings"

// names is what links may call things. Keys have no ending; folders have no
// slash at the end; the root is "".
type names struct {
	source   map[string]*Page // by source path
	folder   map[string]*Page // by source folder
	address  map[string]*Page // by address, where it is neither of those
	files    map[string]int32 // by path: index of Site.Files
	moved    map[string]*Page // by old address
	hidden   map[string]int32 // by source path: index of Site.Withheld
	unusable map[string]bool  // by path: files that are there and not published
	kept     map[string]int32 // by path: index of Site.HeldFiles
	folded   map[string]string
}

// index fills the names of source pages and folders. Of equal names the first
// one stays, so that a collision of addresses moves no link.
func (l *linker) index() {
	n := &l.names
	n.source = make(map[string]*Page, len(l.pages))
	n.folder = make(map[string]*Page, len(l.folders))
	n.address = map[string]*Page{}
	n.moved = map[string]*Page{}
	n.hidden = make(map[string]int32, len(l.site.Withheld))
	for _, p := range l.pages {
		if p.Source != nil {
			n.source[stem(p.Source.Path)] = p
		}
	}
	for folder, node := range l.folders {
		if node.page != nil {
			n.folder[folder] = node.page
		}
	}
	for _, p := range l.pages {
		l.nameAddress(p)
	}
	for i, w := range l.site.Withheld {
		s := stem(w.Page.Path)
		n.hidden[s] = int32(i)
		if folder, base := split(w.Page.Path); folderPage(base) > 0 {
			if _, other := n.hidden[folder]; !other {
				n.hidden[folder] = int32(i)
			}
		}
	}
}

// nameAddress makes a page known by its address.
func (l *linker) nameAddress(p *Page) {
	key := addressStem(p.Address)
	if l.names.source[key] == p || l.names.folder[key] == p {
		return
	}
	if _, taken := l.names.address[key]; !taken {
		l.names.address[key] = p
	}
}

// at returns the page that has the address now.
func (l *linker) at(address string) *Page {
	key := addressStem(address)
	for _, known := range [...]map[string]*Page{l.names.address, l.names.folder, l.names.source} {
		if p := known[key]; p != nil && p.Address == address {
			return p
		}
	}
	return nil
}

// hit is what a name stands for; the zero hit is nothing.
type hit struct {
	page  *Page
	file  int32 // 1 + index of Site.Files
	held  int32 // 1 + index of Site.Withheld
	moved bool  // by an old address
	kept  int32 // 1 + index of Site.HeldFiles
	dead  bool  // a file that is there and not published
}

func (h hit) found() bool { return h.page != nil || h.file > 0 || h.held > 0 || h.kept > 0 || h.dead }

// find looks a clean path up, in the order of what its ending promises. It
// takes bytes so that the usual case allocates nothing.
func (n *names) find(path []byte) hit {
	s, md := cutPageEndingBytes(path)
	if md {
		if p := n.source[string(s)]; p != nil {
			return hit{page: p}
		}
		if i, ok := n.hidden[string(s)]; ok {
			return hit{held: i + 1}
		}
	}
	if i, ok := n.files[string(path)]; ok {
		return hit{file: i + 1}
	}
	if i, ok := n.kept[string(path)]; ok {
		return hit{kept: i + 1}
	}
	if n.unusable[string(path)] {
		return hit{dead: true}
	}
	if p := n.address[string(s)]; p != nil {
		return hit{page: p}
	}
	if !md {
		if p := n.folder[string(s)]; p != nil {
			return hit{page: p}
		}
		if p := n.source[string(s)]; p != nil {
			return hit{page: p}
		}
	}
	if p := n.moved[string(s)]; p != nil {
		return hit{page: p, moved: true}
	}
	if i, ok := n.hidden[string(s)]; ok {
		return hit{held: i + 1}
	}
	if !md {
		return n.findIndex(string(s))
	}
	return hit{}
}

func (n *names) page(key string) *Page {
	if p := n.folder[key]; p != nil {
		return p
	}
	return n.source[key]
}

// findIndex knows a/index.html and a.html as other words for a/.
func (n *names) findIndex(path string) hit {
	s := strings.TrimSuffix(path, ".html")
	if s == "index" {
		s = ""
	}
	s = strings.TrimSuffix(s, "/index")
	if s == path {
		return hit{}
	}
	if p := n.address[s]; p != nil {
		return hit{page: p}
	}
	if p := n.page(s); p != nil {
		return hit{page: p}
	}
	if p := n.moved[s]; p != nil {
		return hit{page: p, moved: true}
	}
	if i, ok := n.hidden[s]; ok {
		return hit{held: i + 1}
	}
	return hit{}
}

func cutPageEndingBytes(path []byte) ([]byte, bool) {
	n := len(path)
	if n > 3 && path[n-3] == '.' && path[n-2] == 'm' && path[n-1] == 'd' {
		return path[:n-3], true
	}
	for _, e := range pageEndings {
		if k := n - len(e); k > 0 && path[k] == '.' && equalFold(string(path[k:]), e) {
			return path[:k], true
		}
	}
	return path, false
}

// foldedPath returns the path as it is really written when it differs from
// the given one in capital letters or Unicode form only.
func (l *linker) foldedPath(path string) (string, bool) {
	n := &l.names
	if n.folded == nil {
		n.folded = map[string]string{}
		for _, f := range l.site.Files {
			n.folded[FoldKey(f.Path)] = f.Path
		}
		for _, f := range l.site.HeldFiles {
			n.folded[FoldKey(f.Path)] = f.Path
		}
		for _, src := range l.in.Pages {
			n.folded[FoldKey(src.Path)] = src.Path
			n.folded[FoldKey(stem(src.Path))] = stem(src.Path)
		}
		for _, node := range l.nodes {
			n.folded[FoldKey(node.src)] = node.src
			n.folded[FoldKey(node.dir)] = node.dir
		}
		for _, p := range l.pages {
			n.folded[FoldKey(addressStem(p.Address))] = addressStem(p.Address)
		}
	}
	real, ok := n.folded[FoldKey(path)]
	return real, ok && real != path
}
