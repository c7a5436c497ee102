package feed

import (
	"cmp"
	"slices"
	"strings"

	"peppermill/internal/site"
)

// taken knows what already has an address.
type taken struct {
	site  *site.Site
	files map[string]bool // folded addresses of copied files
}

func survey(s *site.Site) taken {
	t := taken{site: s, files: make(map[string]bool, len(s.Files))}
	for _, f := range s.Files {
		t.files[site.FoldKey(f.Address)] = true
	}
	return t
}

// file reports whether the source has its own file at the address. Case does
// not count: Robots.txt beside robots.txt would be one file on many disks.
func (t *taken) file(address string) bool { return t.files[site.FoldKey(address)] }

// below returns the source of something that needs the address as a folder,
// or "". Pages, old addresses and files are sorted by address.
func (t *taken) below(address string) string {
	prefix := address + "/"
	s := t.site
	if i, ok := first(s.Pages, prefix, func(p *site.Page) string { return p.Address }); ok {
		return sourceOf(s.Pages[i], prefix)
	}
	if i, ok := first(s.Moved, prefix, func(m site.Moved) string { return m.Address }); ok {
		return sourceOf(s.Moved[i].Page, prefix)
	}
	if i, ok := first(s.Files, prefix, func(f site.File) string { return f.Address }); ok {
		return s.Files[i].Path
	}
	return ""
}

// first finds the first of a sorted list whose address begins with prefix.
func first[T any](list []T, prefix string, address func(T) string) (int, bool) {
	i, _ := slices.BinarySearchFunc(list, prefix, func(e T, p string) int { return cmp.Compare(address(e), p) })
	return i, i < len(list) && strings.HasPrefix(address(list[i]), prefix)
}

// sourceOf is a page's file, or the folder's address when it has none.
func sourceOf(p *site.Page, otherwise string) string {
	if p.Source == nil {
		return otherwise
	}
	return p.Source.Path
}
