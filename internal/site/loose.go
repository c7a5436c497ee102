package site

import (
	"strings"

	"peppermill/internal/diag"
)

// lookupLoosely finds what a careless path means: backslashes, other capital
// letters. It is found, but said, because other programs do not find it.
func (l *linker) lookupLoosely(at place, path string) hit {
	if strings.Contains(path, `\`) {
		slashed := strings.ReplaceAll(path, `\`, "/")
		if h := l.lookup(at, slashed); h.found() {
			l.report(ruleLinkForm, at.pos, at.width, "the link "+quote(at.text)+" has backslashes", "write "+quote(slashed))
			return h
		}
	}
	for _, folder := range l.bases(at, path) {
		buf, ok := appendPath(nil, folder, path)
		if !ok {
			continue
		}
		real, ok := l.foldedPath(string(buf))
		if !ok {
			continue
		}
		if h := l.names.find([]byte(real)); h.found() {
			if h.held == 0 && h.kept == 0 {
				l.report(ruleLinkCase, at.pos, at.width,
					"the link "+quote(at.text)+" differs in capital letters from "+quote(real)+", which fails on many computers",
					"write "+quote(l.spell(at, real)))
			}
			return h
		}
	}
	return hit{}
}

// bases are the folders that a path may be relative to, nearest first.
func (l *linker) bases(at place, path string) []string {
	if strings.HasPrefix(path, "/") {
		if f := at.page.tree.folder; f != "" {
			return []string{"", f}
		}
		return []string{""}
	}
	return []string{base(at), folderOf(at.page.Source.Path), addressStem(at.page.Address)}
}

// base is the folder of the file that something was written in.
func base(at place) string {
	if at.pos.Path == "" {
		return folderOf(at.page.Source.Path)
	}
	return folderOf(at.pos.Path)
}

// spell writes a path of the site as the author of the link would: from the
// root when theirs was, else relative to their file.
func (l *linker) spell(at place, path string) string {
	if strings.HasPrefix(at.text, "/") {
		return "/" + path
	}
	return relative(base(at), path)
}

// relative is the path from a folder to a path.
func relative(folder, path string) string {
	for folder != "" {
		first, rest, _ := strings.Cut(folder, "/")
		tail, ok := strings.CutPrefix(path, first+"/")
		if !ok {
			break
		}
		folder, path = rest, tail
	}
	if folder == "" {
		return path
	}
	return strings.Repeat("../", strings.Count(folder, "/")+1) + path
}

// anchor checks that a page has a part of that name and returns its name as
// the page has it, or "" when there is none: the top of the page is then the
// best that a link can do. What made-up pages contain is the theme's affair.
func (l *linker) anchor(at place, p *Page, name string) string {
	if p.Source == nil || name == "top" || strings.HasPrefix(name, ":~:") || l.hasAnchor(p, name) {
		return name
	}
	var ids []string
	if l.spend(len(p.Source.Headings) + len(p.Source.Anchors)) {
		ids = l.anchors(p)
	}
	for _, id := range ids {
		if equalFold(id, name) {
			l.report(ruleLinkCase, at.pos, at.width,
				"the link "+quote(at.text)+" differs in capital letters from the heading's name", "write "+quote("#"+id))
			return id
		}
	}
	hint := ""
	if near := nearAnchor(name, ids); near != "" {
		hint = "did you mean " + quote("#"+near) + "?"
	} else if len(ids) > 0 && len(ids) <= 6 {
		hint = "the page has #" + strings.Join(ids, ", #")
	}
	where := "this page"
	if p != at.page {
		where = p.Source.Path
	}
	l.report(ruleAnchorMissing, at.pos, at.width, where+" has no heading or anchor "+quote("#"+name), hint)
	return ""
}

// manyAnchors is from where on a set is quicker than looking through the list.
const manyAnchors = 64

func (l *linker) hasAnchor(p *Page, name string) bool {
	src := p.Source
	if len(src.Headings)+len(src.Anchors) > manyAnchors {
		return l.anchorSet(p)[name]
	}
	for i := range src.Headings {
		if h := &src.Headings[i]; h.ID == name && (!h.Staff || l.site.staff) {
			return true
		}
	}
	for _, a := range src.Anchors {
		if a.ID == name && (!a.Staff || l.site.staff) {
			return true
		}
	}
	return false
}

func (l *linker) anchorSet(p *Page) map[string]bool {
	set, ok := l.sets[p]
	if !ok {
		set = make(map[string]bool, len(p.Source.Headings))
		for _, id := range l.anchors(p) {
			set[id] = true
		}
		if l.sets == nil {
			l.sets = map[*Page]map[string]bool{}
		}
		l.sets[p] = set
	}
	return set
}

// anchors lists what a link to the page may name, in order of the document.
func (l *linker) anchors(p *Page) []string {
	ids := make([]string, 0, len(p.Source.Headings)+len(p.Source.Anchors))
	for _, h := range p.Source.Headings {
		if !h.Staff || l.site.staff {
			ids = append(ids, h.ID)
		}
	}
	for _, a := range p.Source.Anchors {
		if !a.Staff || l.site.staff {
			ids = append(ids, a.ID)
		}
	}
	return ids
}

// nearAnchor first ignores everything but letters and digits: generators
// differ most in how they write the rest.
func nearAnchor(name string, ids []string) string {
	bare := letters(name)
	for _, id := range ids {
		if bare != "" && letters(id) == bare {
			return id
		}
	}
	return diag.Near(name, ids)
}
