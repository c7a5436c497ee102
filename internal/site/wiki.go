package site

import (
	"slices"
	"strings"

	"peppermill/internal/config"
)

// wikiTarget resolves [[page#part]]: by path, else by the name of a file
// anywhere, else by title. Capital letters do not count. Of several the
// nearest folder's wins; when they are equally near, the author must say.
func (l *linker) wikiTarget(at place, dest string) Target {
	if s, has := scheme(dest); has && (s == "http" || s == "https") {
		return l.external(at, s, dest)
	}
	name, fragment, _ := strings.Cut(dest, "#")
	name = strings.TrimSpace(name)
	if name == "" {
		if fragment == "" {
			l.missing(at, "")
			return Target{}
		}
		return l.wikiPage(at, hit{page: at.page}, fragment)
	}
	h := l.lookup(at, name)
	if !h.found() {
		h = l.lookupIn("", name)
	}
	if !h.found() {
		h = l.wikiSearch(at, name)
	}
	if !h.found() {
		h = l.wikiHidden(name)
	}
	if !h.found() {
		l.missing(at, name)
		return Target{}
	}
	return l.wikiPage(at, h, fragment)
}

// wikiPage is onPage for parts that are named by the words of a heading.
func (l *linker) wikiPage(at place, h hit, fragment string) Target {
	fragment = strings.TrimSpace(fragment)
	if h.page == nil || h.page.Source == nil || fragment == "" || l.hasAnchor(h.page, fragment) {
		return l.onPage(at, h, "", fragment)
	}
	bare := letters(fragment)
	if bare != "" && l.spend(len(h.page.Source.Headings)) {
		for _, id := range l.anchors(h.page) {
			if letters(id) == bare {
				return l.onPage(at, h, "", id)
			}
		}
	}
	return l.onPage(at, h, "", fragment)
}

func (l *linker) wikiSearch(at place, name string) hit {
	a := l.search()
	clean := FoldKey(stem(strings.Trim(name, "/")))
	_, last := split(clean)
	var fits []string
	for _, path := range a.byName[last] {
		if key := FoldKey(stem(path)); key == clean || strings.HasSuffix(key, "/"+clean) || l.folderOfPage(path, clean) {
			fits = append(fits, path)
		}
	}
	if len(fits) == 0 {
		for _, p := range a.byTitle[config.Fold(name)] {
			fits = append(fits, p.Source.Path)
		}
	}
	fits = l.preferred(fits)
	if len(fits) == 0 {
		return hit{}
	}
	best := l.closest(at, name, fits)
	if i, ok := l.names.files[best]; ok {
		return hit{file: i + 1}
	}
	return hit{page: l.names.source[stem(best)]}
}

// preferred leaves those of several pages that are of a type that is looked
// for, if there are any: a role and a policy may both be called Complaints.
func (l *linker) preferred(fits []string) []string {
	if len(fits) < 2 || len(l.prefer) == 0 {
		return fits
	}
	var some []string
	for _, path := range fits {
		if p := l.names.source[stem(path)]; p != nil && p.Source != nil && slices.Contains(l.prefer, p.Source.Meta.Type) {
			some = append(some, path)
		}
	}
	if len(some) == 0 {
		return fits
	}
	return some
}

// folderOfPage reports whether path is the page of a folder that is called
// so: [[people]] means people/index.md.
func (l *linker) folderOfPage(path, clean string) bool {
	folder, base := split(path)
	key := FoldKey(folder)
	return folderPage(base) > 0 && (key == clean || strings.HasSuffix(key, "/"+clean))
}

// closest picks the path that shares most of its folders with the page. A tie
// is reported and goes to the first.
func (l *linker) closest(at place, name string, fits []string) string {
	here := base(at)
	best, ties := fits[0], []string{fits[0]}
	for _, path := range fits[1:] {
		switch d := commonStart(folderOf(path), here) - commonStart(folderOf(best), here); {
		case d > 0:
			best, ties = path, []string{path}
		case d == 0:
			ties = append(ties, path)
		}
	}
	if len(ties) > 1 {
		shown := ties[:min(len(ties), 4)]
		l.report(ruleLinkAmbiguous, at.pos, at.width,
			quote(name)+" may be any of "+strings.Join(shown, ", "), "write the path, such as "+quote(stem(best)))
	}
	return best
}

// wikiHidden knows withheld pages by their names, so that the finding can say
// why the link leads nowhere.
func (l *linker) wikiHidden(name string) hit {
	hidden := l.search().hidden
	clean := FoldKey(stem(strings.Trim(name, "/")))
	_, last := split(clean)
	for _, i := range hidden[last] {
		if key := FoldKey(stem(l.site.Withheld[i].Page.Path)); key == clean || strings.HasSuffix(key, "/"+clean) {
			return hit{held: i + 1}
		}
	}
	if titled := hidden["title "+config.Fold(name)]; len(titled) > 0 {
		return hit{held: titled[0] + 1}
	}
	return hit{}
}
