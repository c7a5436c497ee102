package site

import (
	"slices"

	"peppermill/internal/diag"
)

// Promised is a link to an address that another room writes, such as feed.xml.
// Whether it does is only known when that room has seen the site.
type Promised struct {
	Address string
	at      place
}

// promised returns the reserved address that a path means, or "". Whole
// folders are not promised.
func (l *linker) promised(at place, path string) string {
	folder := folderOf(at.page.Source.Path)
	if path[0] == '/' {
		folder = ""
	}
	buf, ok := appendPath(l.buf[:0], folder, path)
	l.buf = buf
	if !ok || !slices.Contains(l.in.Reserved, string(buf)) {
		return ""
	}
	address := string(buf)
	l.site.Promised = append(l.site.Promised, Promised{address, at})
	return address
}

// Unkept reports the promised addresses that nobody writes after all.
func (s *Site) Unkept(written func(address string) bool) diag.List {
	var found diag.List
	for _, p := range s.Promised {
		if written(p.Address) {
			continue
		}
		found = append(found, diag.Diagnostic{Rule: ruleLinkMissing, Pos: p.at.pos, Width: p.at.width,
			Message: "this site has no " + p.Address + ", so " + quote(p.at.text) + " leads nowhere",
			Hint:    "a feed needs a page with a date, and a sitemap a base_url in site.yaml"})
	}
	return found
}
