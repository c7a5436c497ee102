package site

import (
	"strings"

	"peppermill/internal/diag"
	"peppermill/internal/page"
)

const indexFile = "index.html"

// place gives every source page its folder and its address, and makes up pages
// for folders that have none.
func (l *linker) place() {
	l.root = l.folder("")
	owners := l.folderPages()
	for _, p := range l.pages {
		p.node = l.folder(folderOf(p.Source.Path))
	}
	for _, p := range l.pages {
		if owners[p.num] && p.node.page == nil {
			p.node.own(p)
		}
	}
	for _, p := range l.pages {
		l.address(p, owners[p.num])
	}
	l.makeSections()
	l.index()
}

// address follows, in this order: url, slug, the folder's address, the name.
func (l *linker) address(p *Page, owner bool) {
	src := p.Source
	if src.Meta.URL != "" {
		if a, problem := urlAddress(src.Meta.URL); problem == "" {
			l.settle(p, a, owner)
			return
		} else {
			at, width := fieldPlace(src, "url", "permalink")
			l.report(ruleAddressUnsafe, at, width, "the url "+quote(src.Meta.URL)+" cannot be an address: "+problem,
				"write a path within the site, such as /policies/late/")
		}
	}
	dir, name := p.node.dir, ""
	if owner {
		dir, name = split(dir)
	} else if _, base := split(stem(src.Path)); p.node.parent == nil && p.node == l.root && base == "404" {
		p.Kind, p.Address, p.listed = NotFound, notFoundAddress, false
		return
	} else {
		name = l.slugs.slug(base, p.Lang)
	}
	if slug, ok := l.ownSlug(src); ok && (!owner || name != "") {
		name = l.slugs.slug(slug, p.Lang)
	}
	l.settle(p, indexIn(dir, name), owner)
}

// settle sets the address. A page that has the address of a folder without a
// page of its own becomes that folder's page: people.md beside people/. The
// folder that it was the page of until then goes without.
func (l *linker) settle(p *Page, address string, owner bool) {
	p.Address = address
	if !strings.HasSuffix(address, indexFile) {
		return
	}
	if n := l.dirs[addressStem(address)]; n != nil && n.page == nil {
		if owner && p.node.page == p {
			p.node.page = nil
		}
		n.own(p)
	}
}

// ownSlug returns the slug of the front matter when it is a usable one.
func (l *linker) ownSlug(src *page.Page) (string, bool) {
	slug := src.Meta.Slug
	if slug == "" {
		return "", false
	}
	problem := elementProblem(slug)
	if problem == "" {
		return slug, true
	}
	hint := "write one word, such as late-deliveries"
	if strings.Contains(slug, "/") {
		hint = "write url: instead of slug: for a whole address"
	}
	at, width := fieldPlace(src, "slug")
	l.report(ruleAddressUnsafe, at, width, "the slug "+quote(slug)+" cannot be part of an address: "+problem, hint)
	return "", false
}

// indexIn is the address of a page with a folder to itself.
func indexIn(dir, name string) string {
	switch {
	case dir == "" && name == "":
		return indexFile
	case dir == "":
		return name + "/" + indexFile
	case name == "":
		return dir + "/" + indexFile
	}
	return dir + "/" + name + "/" + indexFile
}

// addressStem is what links call an address: without index.html or .html.
func addressStem(address string) string {
	if address == indexFile {
		return ""
	}
	if s, ok := strings.CutSuffix(address, "/"+indexFile); ok {
		return s
	}
	return strings.TrimSuffix(address, ".html")
}

// folderPages says which pages, by number, are the page of the folder that
// they lie in. A withheld index.md still has the place: publishing it must
// not move another page.
func (l *linker) folderPages() []bool {
	type winner struct {
		src  *page.Page
		rank int
	}
	best := map[string]winner{}
	for _, src := range l.in.Pages {
		folder, base := split(src.Path)
		if r := folderPage(base); r > 0 {
			if w, ok := best[folder]; !ok || r < w.rank {
				best[folder] = winner{src, r}
			}
		}
	}
	owners := make([]bool, len(l.pages))
	published := make(map[*page.Page]bool, len(best))
	for _, p := range l.pages {
		if folderPage(baseOf(p.Source.Path)) > 0 {
			published[p.Source] = true
		}
	}
	for _, p := range l.pages {
		folder, base := split(p.Source.Path)
		if folderPage(base) == 0 {
			continue
		}
		w := best[folder]
		owners[p.num] = w.src == p.Source
		if !owners[p.num] && published[w.src] {
			l.report(ruleFolderPageTwice, startOf(p.Source), 0,
				"the folder has two pages of its own: "+w.src.Path+" and "+p.Source.Path,
				"keep one of them; "+w.src.Path+" is used as the folder's page")
		}
	}
	return owners
}

func baseOf(path string) string {
	_, base := split(path)
	return base
}

// folderPage ranks the names of a folder's own page, 1 being the strongest; 0
// is any other name. Capital letters do not count, but of two names that
// differ only in them the lower-case one wins.
func folderPage(base string) int {
	name, ok := cutPageEnding(base)
	if !ok || len(name) < 5 || len(name) > 6 {
		return 0
	}
	for i, known := range [...]string{"index", "_index", "readme"} {
		if strings.EqualFold(name, known) {
			if name == known {
				return 2*i + 1
			}
			return 2*i + 2
		}
	}
	return 0
}

func startOf(src *page.Page) diag.Pos { return diag.Pos{Path: src.Path} }
