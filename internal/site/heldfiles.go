package site

import (
	"path"
	"slices"
	"strings"

	"peppermill/internal/diag"
	"peppermill/internal/page"
)

// HeldFile is a file that is not copied, because it belongs to what is withheld.
type HeldFile struct {
	Path   string
	Reason string   // "folder": the pages of its folder are withheld; "named": only withheld text names it
	At     diag.Pos // where; zero for "folder"
}

// holdFiles keeps back the files that belong to what is withheld. A file that
// anything public names, as a link or picture, in front matter, settings or
// data, or as an include, is published. Else it is kept back when withheld text
// names it, or when all pages of its folder are withheld. Every other file is
// published, as somebody may link to it from elsewhere.
//
// What withheld text names is guessed widely, and what public text names is
// looked up exactly: a file too few is seen and mended, a file too many is not.
func (l *linker) holdFiles() {
	if len(l.site.Files) == 0 || !l.withholdsAny() {
		return
	}
	h := holder{l: l, held: map[int32]HeldFile{}}
	h.index()
	h.byFolder()
	h.byName()
	if len(h.held) == 0 {
		return
	}
	h.release()
	h.leaveOut()
	l.names.folded = nil // it is made anew when the lists have their pages
}

// withholdsAny reports whether there is a page or a part that is withheld.
func (l *linker) withholdsAny() bool {
	return len(l.site.Withheld) > 0 || !l.site.staff && slices.ContainsFunc(l.pages[:l.sources], func(p *Page) bool { return hidesSome(p.Source) })
}

// hidesSome reports whether a page has parts for staff.
func hidesSome(src *page.Page) bool { return len(src.StaffParts) > 0 }

// holder finds out which files are to be kept back.
type holder struct {
	l     *linker
	names fileNames
	held  map[int32]HeldFile // by index of Site.Files
}

func (h *holder) index() {
	h.names = fileNames{byBase: map[string][]int32{}, endings: map[string]bool{}}
	for i, f := range h.l.site.Files {
		if !askedFor(f.Path) {
			h.names.add(int32(i), FoldKey(f.Path))
		}
	}
}

// askedFor knows the files that hosts and browsers ask for by their names, so
// that a page which merely speaks of one does not take it away.
func askedFor(path string) bool {
	if strings.HasPrefix(path, ".well-known/") {
		return true
	}
	folder, base := split(path)
	if folder != "" {
		return false
	}
	stem, _, _ := strings.Cut(base, ".")
	return base[0] == '_' || base[0] == '.' || slices.Contains([]string{"CNAME", "robots", "humans", "ads", "favicon", "apple-touch-icon", "manifest", "site", "browserconfig", "sitemap", "feed"}, stem)
}

// byFolder keeps back what lies in folders whose own pages are all withheld. A
// folder without pages belongs to the one above it; the top of the site counts
// as withheld only when nothing at all is published.
func (h *holder) byFolder() {
	published := map[string]bool{}
	withheld := map[string]bool{}
	for _, p := range h.l.pages[:h.l.sources] {
		published[folderOf(p.Source.Path)] = true
	}
	for _, w := range h.l.site.Withheld {
		withheld[folderOf(w.Page.Path)] = true
	}
	for i, f := range h.l.site.Files {
		folder := folderOf(f.Path)
		for folder != "" && !published[folder] && !withheld[folder] {
			folder = folderOf(folder)
		}
		if folder != "" && !published[folder] || folder == "" && h.l.sources == 0 {
			if !askedFor(f.Path) {
				h.held[int32(i)] = HeldFile{Path: f.Path, Reason: "folder"}
			}
		}
	}
}

// byName keeps back what withheld text names.
func (h *holder) byName() {
	for _, w := range h.l.site.Withheld {
		src := w.Page
		h.named(src, src.Body.Markup, diag.Pos{Path: src.Path})
		for i := range src.Links {
			h.linked(src, &src.Links[i])
		}
		for _, in := range src.Includes {
			h.exactly(in.Path, in.Pos)
		}
		eachScalar(src.Meta.Tree, func(v page.Value) { h.named(src, v.Text, v.Pos) })
	}
	if h.l.site.staff {
		return
	}
	for _, p := range h.l.pages[:h.l.sources] {
		src := p.Source
		if !hidesSome(src) {
			continue
		}
		eachStaffPart(src, func(n int, text string) { h.named(src, text, staffPlace(src, n)) })
		for i := range src.Links {
			if src.Links[i].Staff {
				h.linked(src, &src.Links[i])
			}
		}
		for _, in := range src.Includes {
			if in.Staff {
				h.exactly(in.Path, in.Pos)
			}
		}
	}
}

// eachStaffPart calls f with the markup of each part of a page that is for staff.
func eachStaffPart(src *page.Page, f func(n int, text string)) {
	depth, from, n := 0, uint32(0), 0
	for _, part := range src.Body.Parts.All() {
		switch {
		case part.Kind != page.Hole:
		case part.Hole == page.StaffOpen:
			if depth++; depth == 1 {
				from = part.Start
			}
		case part.Hole == page.StaffClose && depth > 0:
			if depth--; depth == 0 {
				f(n, src.Body.Markup[from:part.Start])
				n++
			}
		}
	}
	if depth > 0 {
		f(n, src.Body.Markup[from:])
	}
}

func staffPlace(src *page.Page, n int) diag.Pos {
	if n < len(src.StaffParts) {
		return src.StaffParts[n]
	}
	return diag.Pos{Path: src.Path}
}

// linked keeps back what a withheld link may mean.
func (h *holder) linked(src *page.Page, k *page.Link) {
	dest := h.l.filled(src, strings.TrimSpace(k.Dest))
	name, _, _ := cutReference(dest)
	if scheme, rest, ok := strings.Cut(name, "://"); ok && !strings.Contains(scheme, "/") {
		name = "//" + rest
	}
	h.hold(h.names.meant(folderOf(src.Path), FoldKey(strings.ReplaceAll(name, `\`, "/"))), k.Pos)
	h.named(src, dest, k.Pos) // such as a file behind a script's question mark
}

func (h *holder) named(src *page.Page, text string, at diag.Pos) {
	h.names.in(text, func(name string) { h.hold(h.names.meant(folderOf(src.Path), name), at) })
}

func (h *holder) exactly(path string, at diag.Pos) {
	if i, ok := h.l.names.files[path]; ok && !askedFor(path) {
		h.hold([]int32{i}, at)
	}
}

// hold notes the first place that names a file.
func (h *holder) hold(files []int32, at diag.Pos) {
	for _, i := range files {
		if _, known := h.held[i]; !known {
			h.held[i] = HeldFile{Path: h.l.site.Files[i].Path, Reason: "named", At: at}
		}
	}
}

// release takes out what something public names.
func (h *holder) release() {
	l := h.l
	asked := map[string]bool{} // the last elements that are worth a look
	for i := range h.held {
		asked[FoldKey(baseOf(l.site.Files[i].Path))] = true
	}
	worth := func(dest string) bool {
		name, _, _ := cutReference(dest)
		return asked[FoldKey(path.Base(strings.ReplaceAll(name, `\`, "/")))]
	}
	for _, p := range l.pages[:l.sources] {
		src := p.Source
		for i := range src.Links {
			if k := &src.Links[i]; !k.Staff || l.site.staff {
				if dest := l.filled(src, strings.TrimSpace(k.Dest)); worth(dest) {
					h.free(place{page: p, pos: k.Pos}, dest, k.Kind == page.Wiki)
				}
			}
		}
		for _, in := range src.Includes {
			if !in.Staff || l.site.staff {
				h.freeExactly(in.Path)
			}
		}
		eachScalar(src.Meta.Tree, func(v page.Value) {
			if worth(v.Text) {
				h.free(place{page: p, pos: diag.Pos{Path: src.Path}}, v.Text, false)
			}
		})
		eachAddress(src, l.site.staff, func(dest string) {
			if worth(dest) {
				h.free(place{page: p, pos: diag.Pos{Path: src.Path}}, dest, false)
			}
		})
	}
	h.releaseSettings()
}

// releaseSettings takes out what the settings and data name, from the root.
func (h *holder) releaseSettings() {
	cfg := h.l.cfg
	for _, name := range []string{cfg.Logo, cfg.Brand.Font} {
		h.freeExactly(name)
	}
	for _, v := range []page.Value{cfg.Params, cfg.Data} {
		eachScalar(v, func(v page.Value) { h.freeExactly(strings.TrimLeft(v.Text, "/")) })
	}
}

// free takes out the file that a public link leads to.
func (h *holder) free(at place, dest string, wiki bool) {
	l := h.l
	if inner, ok := l.ownAddress(dest); ok {
		dest = inner
	}
	name, _, _ := cutReference(dest)
	if name == "" {
		return
	}
	hit := l.lookup(at, name)
	for _, folder := range l.bases(at, name) {
		if hit.found() {
			break
		}
		if joined, ok := appendPath(nil, folder, strings.ReplaceAll(name, `\`, "/")); ok {
			if real, ok := l.foldedPath(string(joined)); ok {
				joined = []byte(real)
			}
			hit = l.names.find(joined)
		}
	}
	switch {
	case hit.file > 0:
		delete(h.held, hit.file-1)
	case wiki && !hit.found():
		h.freeWiki(at, name)
	}
}

// freeWiki takes out the file that a wiki link means by its name alone: the
// nearest of all that have it.
func (h *holder) freeWiki(at place, name string) {
	var fits []string
	clean := FoldKey(strings.Trim(name, "/"))
	for _, f := range h.l.site.Files {
		if key := FoldKey(f.Path); key == clean || strings.HasSuffix(key, "/"+clean) {
			fits = append(fits, f.Path)
		}
	}
	if len(fits) > 0 {
		here := base(at)
		h.freeExactly(slices.MaxFunc(reversed(fits), func(a, b string) int {
			return commonStart(folderOf(a), here) - commonStart(folderOf(b), here)
		}))
	}
}

func (h *holder) freeExactly(path string) {
	if i, ok := h.l.names.files[path]; ok {
		delete(h.held, i)
	}
}

// leaveOut takes the held files off the map.
func (h *holder) leaveOut() {
	l := h.l
	left := make(map[int32]bool, len(h.held))
	for i, f := range h.held {
		left[i] = true
		l.site.HeldFiles = append(l.site.HeldFiles, f)
	}
	slices.SortFunc(l.site.HeldFiles, func(a, b HeldFile) int { return strings.Compare(a.Path, b.Path) })
	l.leaveOut(left)
	l.names.kept = make(map[string]int32, len(l.site.HeldFiles))
	for i, f := range l.site.HeldFiles {
		l.names.kept[f.Path] = int32(i)
	}
}

// filled is an address with its blanks filled, as far as they have values.
func (l *linker) filled(src *page.Page, dest string) string {
	if !strings.Contains(dest, "%{") {
		return dest
	}
	return l.site.fill(src, page.Text(dest))
}

// eachScalar calls f for every text in a tree of values.
func eachScalar(v page.Value, f func(page.Value)) {
	if v.Kind == page.Scalar {
		f(v)
	}
	for _, item := range v.Items {
		eachScalar(item, f)
	}
	for _, field := range v.Fields {
		eachScalar(field.Value, f)
	}
}
