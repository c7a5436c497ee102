package site

import (
	"path"
	"slices"
	"strings"

	"peppermill/internal/config"
	"peppermill/internal/diag"
)

// maxSpent bounds the candidates that one run compares for "did you mean", so
// that ten thousand broken links cost a moment and not a minute. Later ones
// get the hints that need no comparing.
const maxSpent = 200_000

func (l *linker) spend(n int) bool {
	if l.spent+n > maxSpent {
		return false
	}
	l.spent += n
	return true
}

// atlas finds pages and files by what is left of a name. Lists are in order
// of the sources.
type atlas struct {
	byName  map[string][]string // last element, folded and without a page's ending: paths
	byTitle map[string][]*Page  // folded title
	entries map[string][]string // folder: the names in it
	hidden  map[string][]int32  // last element, or "title " and folded title: indexes of Site.Withheld
}

// search makes the atlas when it is first needed: most sites have no broken
// link and no wiki link.
func (l *linker) search() *atlas {
	if l.atlas != nil {
		return l.atlas
	}
	a := &atlas{byName: map[string][]string{}, byTitle: map[string][]*Page{}, entries: map[string][]string{}, hidden: map[string][]int32{}}
	l.atlas = a
	seen := map[string]bool{"": true}
	for _, p := range l.pages {
		if p.Source == nil {
			continue
		}
		a.put(p.Source.Path, seen)
		a.byTitle[config.Fold(p.Title)] = append(a.byTitle[config.Fold(p.Title)], p)
	}
	for _, f := range l.site.Files {
		a.put(f.Path, seen)
	}
	for i, w := range l.site.Withheld {
		for _, key := range []string{FoldKey(baseOf(stem(w.Page.Path))), "title " + config.Fold(string(w.Page.Title))} {
			a.hidden[key] = append(a.hidden[key], int32(i))
		}
	}
	return a
}

func (a *atlas) put(path string, seen map[string]bool) {
	folder, base := split(path)
	name := stem(base)
	if folderPage(base) > 0 && folder != "" {
		_, name = split(folder)
	}
	key := FoldKey(name)
	a.byName[key] = append(a.byName[key], path)
	for {
		a.entries[folder] = append(a.entries[folder], base)
		if seen[folder] {
			return
		}
		seen[folder] = true
		folder, base = split(folder)
	}
}

// missing reports a link or image that leads nowhere.
func (l *linker) missing(at place, name string) {
	rule, what := ruleLinkMissing, "there is no page or file "
	name = strings.TrimRight(name, "/")
	if at.image {
		rule, what = ruleImageMissing, "there is no image "
	}
	if name == "" {
		l.report(rule, at.pos, at.width, "the link has no destination", "write where it leads")
		return
	}
	l.report(rule, at.pos, at.width, what+quote(at.text), l.missingHint(at, name))
}

// missingHint tries what is most likely first.
func (l *linker) missingHint(at place, name string) string {
	if hint := foreign(name); hint != "" {
		return hint
	}
	if hint := l.nearFile(at, name); hint != "" {
		return hint
	}
	if hint := l.sameName(at, name); hint != "" {
		return hint
	}
	if hint := l.atRoot(at, name); hint != "" {
		return hint
	}
	return l.nearFolder(at, name)
}

// foreign knows destinations that were never meant as paths.
func foreign(name string) string {
	first, _, _ := strings.Cut(name, "/")
	switch {
	case strings.Contains(name, "{{") || strings.Contains(name, "{%"):
		return "that is a template tag of another generator; write the path itself"
	case strings.HasPrefix(first, "www."):
		return "write " + quote("https://"+name)
	case first == name && strings.Count(name, "@") == 1 && strings.Contains(name[strings.IndexByte(name, '@'):], "."):
		return "write " + quote("mailto:"+name)
	case strings.Count(first, ".") > 0 && first != name && publicSuffix(first):
		return "for another site write " + quote("https://"+name)
	}
	return ""
}

// publicSuffix recognises the commonest endings of host names, for a hint only.
func publicSuffix(host string) bool {
	return slices.Contains([]string{".com", ".org", ".net", ".gov", ".edu", ".io", ".dev"}, path.Ext(host))
}

// nearFile looks in the folder that the link names for a name that is much
// alike: a slip of the finger, another ending, a README that is an index.
func (l *linker) nearFile(at place, name string) string {
	starts := []string{base(at)}
	if strings.HasPrefix(name, "/") {
		starts = l.bases(at, name)
	}
	for _, start := range starts {
		buf, ok := appendPath(nil, start, name)
		if !ok {
			continue
		}
		folder, last := split(string(buf))
		if near := nearEntry(last, l.search().entries[folder], l.spend); near != "" {
			return didYouMean(l.spell(at, under(folder, near)))
		}
	}
	return ""
}

func nearEntry(last string, entries []string, spend func(int) bool) string {
	want := plainName(last)
	if want == "" || len(entries) == 0 || !spend(len(entries)) {
		return ""
	}
	if folderPage(last) > 0 {
		for _, e := range entries {
			if folderPage(e) > 0 {
				return e
			}
		}
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = plainName(e)
	}
	if near := diag.Near(want, names); near != "" {
		return entries[slices.Index(names, near)]
	}
	return ""
}

// plainName compares names without ending; _ and - count alike.
func plainName(base string) string {
	s := strings.TrimSuffix(stem(base), ".html")
	return strings.ReplaceAll(strings.ReplaceAll(s, "_", "-"), " ", "-")
}

// sameName knows where else in the site a file of that name is, or its page
// was moved to.
func (l *linker) sameName(at place, name string) string {
	_, last := split(name)
	key := FoldKey(strings.TrimSuffix(stem(last), ".html"))
	if folderPage(last) > 0 || key == "index" {
		_, key = split(FoldKey(folderOf(name)))
	}
	found := l.search().byName[key]
	if len(found) == 0 || key == "" || key == ".." || !l.spend(len(found)) {
		return ""
	}
	if len(l.trees) > 1 {
		found = l.sameLanguage(at.page, found)
	}
	best := nearest(found, base(at), name)
	if len(found) > 3 && commonEnd(best, name) < 2 {
		return "files of that name are in other folders, such as " + quote(l.spell(at, best))
	}
	return didYouMean(l.spell(at, best))
}

// sameLanguage leaves the paths in the page's language, else those in the
// default one, else all.
func (l *linker) sameLanguage(p *Page, paths []string) []string {
	for _, t := range []*tree{p.tree, l.mainTree()} {
		var own []string
		for _, path := range paths {
			if l.treeOf(path) == t {
				own = append(own, path)
			}
		}
		if len(own) > 0 {
			return own
		}
	}
	return paths
}

// nearest prefers the path that shares the most with the link's own words,
// then the one closest to the folder.
func nearest(paths []string, folder, like string) string {
	return slices.MaxFunc(slices.Clone(reversed(paths)), func(a, b string) int {
		if c := commonEnd(a, like) - commonEnd(b, like); c != 0 {
			return c
		}
		return commonStart(a, folder) - commonStart(b, folder)
	})
}

func reversed(s []string) []string {
	s = slices.Clone(s)
	slices.Reverse(s)
	return s
}

// commonStart counts the folders that two paths share from the root.
func commonStart(a, b string) int {
	n := 0
	for a != "" && b != "" {
		var x, y string
		x, a, _ = strings.Cut(a, "/")
		y, b, _ = strings.Cut(b, "/")
		if x != y {
			break
		}
		n++
	}
	return n
}

// commonEnd counts the elements that two paths share from the end, endings
// of files aside.
func commonEnd(a, b string) int {
	a, b = stem(a), stem(strings.Trim(b, "/"))
	n := 0
	for a != "" && b != "" {
		var x, y string
		a, x = split(a)
		b, y = split(b)
		if !equalFold(x, y) {
			break
		}
		n++
	}
	return n
}

// atRoot is for links that count from the root but do not say so.
func (l *linker) atRoot(at place, name string) string {
	trimmed := strings.TrimLeft(name, "./")
	if trimmed == "" {
		return ""
	}
	h := l.lookupIn("", trimmed)
	if h.page == nil && h.file == 0 {
		return ""
	}
	return didYouMean(relative(base(at), trimmed))
}

// nearFolder says which part of a path is the first that does not exist.
func (l *linker) nearFolder(at place, name string) string {
	start := base(at)
	if strings.HasPrefix(name, "/") {
		start = ""
	}
	buf, ok := appendPath(nil, start, folderOf(name))
	if !ok {
		return "the path leads out of the site"
	}
	folder, entries := string(buf), l.search().entries
	if _, exists := entries[folder]; exists {
		return ""
	}
	for folder != "" {
		above, last := split(folder)
		if siblings, exists := entries[above]; exists {
			if l.spend(len(siblings)) {
				if near := diag.Near(last, siblings); near != "" {
					return "there is no folder " + quote(folder) + "; did you mean " + quote(under(above, near)) + "?"
				}
			}
			return "there is no folder " + quote(folder)
		}
		folder = above
	}
	return ""
}

func didYouMean(what string) string { return "did you mean " + quote(what) + "?" }

// suggest writes the link to a page as its author would.
func (l *linker) suggest(at place, p *Page) string {
	if p.Source == nil {
		return "write " + quote("/"+addressStem(p.Address)+"/")
	}
	return "write " + quote(l.spell(at, p.Source.Path))
}
