package site

import (
	"cmp"
	"slices"
	"strings"

	"peppermill/internal/page"
)

// redirect collects the old addresses of pages. One that belongs to something
// else today does not lead anywhere new.
func (l *linker) redirect() {
	l.old = redirects{l: l, owner: map[string]*Page{}, folders: map[string]bool{}}
	for _, p := range l.pages[:l.sources] {
		for _, ref := range p.Source.Meta.Aliases {
			if address := l.oldAddress(p, ref); address != "" {
				l.old.add(p, ref, address)
			}
		}
	}
}

type redirects struct {
	l       *linker
	owner   map[string]*Page // by folded address
	folders map[string]bool  // that old addresses need
}

func (r *redirects) add(p *Page, ref page.Ref, address string) {
	key := FoldKey(address)
	if key == FoldKey(p.Address) || r.owner[key] == p {
		return
	}
	if other := r.conflict(key); other != "" {
		r.l.report(ruleAliasTaken, ref.Pos, ref.Width,
			"the old address "+quote(ref.Text)+" belongs to "+other, "take the alias away from one of them")
		return
	}
	r.owner[key] = p
	for folder := folderOf(key); folder != "" && !r.folders[folder]; folder = folderOf(folder) {
		r.folders[folder] = true
	}
	r.l.site.Moved = append(r.l.site.Moved, Moved{Address: address, Page: p})
	if s := addressStem(address); r.l.names.moved[s] == nil {
		r.l.names.moved[s] = p
	}
}

// conflict names who has the address, or stands above or below it.
func (r *redirects) conflict(key string) string {
	if c := r.l.claimed(key); c != nil {
		return r.l.owner(c)
	}
	if p := r.owner[key]; p != nil {
		return p.Source.Path + ", which has it as an alias too"
	}
	if r.l.reservedFolder(key) {
		return "the site"
	}
	if !strings.HasSuffix(key, "/"+indexFile) {
		if c := r.l.firstBelow(key); c != nil {
			return r.l.owner(c)
		}
		if r.folders[key] {
			return "the folder of another alias"
		}
	}
	for folder := folderOf(key); folder != ""; folder = folderOf(folder) {
		if c := r.l.claimed(folder); c != nil {
			return r.l.owner(c)
		}
		if p := r.owner[folder]; p != nil {
			return p.Source.Path + ", which has it as an alias too"
		}
	}
	return ""
}

// claimed returns who has the folded address.
func (l *linker) claimed(key string) *claim {
	i, ok := slices.BinarySearchFunc(l.claims, key, func(c claim, k string) int { return cmp.Compare(c.key, k) })
	if !ok {
		return nil
	}
	return &l.claims[i]
}

// oldAddress reads an alias. One that begins with a slash or with a folder at
// the top of the site counts from the root, any other from the page's folder.
func (l *linker) oldAddress(p *Page, ref page.Ref) string {
	text := strings.TrimSpace(ref.Text)
	if inner, ok := l.ownAddress(text); ok {
		text = inner
	}
	if i := strings.IndexAny(text, "?#"); i >= 0 {
		text = text[:i]
	}
	problem := "it is empty"
	if text != "" {
		_, foreign := scheme(text)
		path, ok := l.aliasPath(p, text)
		switch {
		case foreign || strings.HasPrefix(text, "//"):
			problem = "it is the address of another site"
		case !ok:
			problem = "it leads out of the site"
		default:
			var address string
			if address, problem = urlAddress(path); problem == "" {
				return address
			}
		}
	}
	l.report(ruleAliasUnsafe, ref.Pos, ref.Width,
		"the old address "+quote(ref.Text)+" cannot be used: "+problem, "write a path within the site, such as /old/path/")
	return ""
}

func (l *linker) aliasPath(p *Page, text string) (string, bool) {
	folder := ""
	if first, rest, _ := strings.Cut(text, "/"); first != "" && (rest == "" || l.dirs[first] == nil) {
		folder = folderOf(addressStem(p.Address))
		if p.node != nil && p.node.page != p {
			folder = p.node.dir
		}
	}
	joined, ok := appendPath(nil, folder, text)
	path, _ := cutPageEnding(string(joined))
	if strings.HasSuffix(text, "/") && path != "" {
		path += "/"
	}
	return path, ok
}
