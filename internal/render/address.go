package render

import "strings"

// Rel returns the relative address that leads from one file of the site to
// another, both given as slash-separated paths from its top. It is
// percent-encoded and keeps file names, so that it works from a disk too:
// Rel("a/b/index.html", "a/c/index.html") is "../c/index.html". From a file to
// itself it is the file's name.
func Rel(from, to string) string {
	shared := 0
	for i := 0; i < len(from) && i < len(to) && from[i] == to[i]; i++ {
		if from[i] == '/' {
			shared = i + 1
		}
	}
	up := strings.Count(from[shared:], "/")
	rest := to[shared:]
	var b strings.Builder
	b.Grow(3*up + len(rest))
	for range up {
		b.WriteString("../")
	}
	escapePath(&b, rest)
	return b.String()
}

// escapePath percent-encodes all but the unreserved characters of RFC 3986 and
// the slash. The colon is encoded too, so that no name looks like a scheme.
func escapePath(b *strings.Builder, s string) { escape(b, s, "-._~/@,") }

func escape(b *strings.Builder, s, keep string) {
	const hex = "0123456789ABCDEF"
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', strings.IndexByte(keep, c) >= 0:
			b.WriteByte(c)
		default:
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		}
	}
}

// fragment returns "#" and the encoded identifier, or "" for none.
func fragment(id string) string {
	if id == "" {
		return ""
	}
	var b strings.Builder
	b.WriteByte('#')
	escapePath(&b, id)
	return b.String()
}

// query encodes a query of the author's, which begins with "?" or is "".
func query(q string) string {
	if q == "" {
		return ""
	}
	var b strings.Builder
	escape(&b, q, "-._~/@,?&=+%:;!$'()*")
	return b.String()
}

// pretty is the address as a host shows it: without index.html.
func pretty(address string) string {
	if address == "index.html" {
		return ""
	}
	if dir, ok := strings.CutSuffix(address, "/index.html"); ok {
		return dir + "/"
	}
	return address
}

// place is where a page stands, for the addresses on it.
type place struct {
	from string
	// top leads every address when the page is shown at any depth, as a
	// host's answer to a wrong address is; "" for all other pages.
	top string
	// whole makes addresses those that a visitor of the site sees, without
	// index.html: what is read elsewhere leads to a host.
	whole bool
}

// to returns the address of another file of the site.
func (p place) to(address string) string {
	if p.top == "" {
		return Rel(p.from, address)
	}
	var b strings.Builder
	b.WriteString(p.top)
	if p.whole {
		address = pretty(address)
	}
	escapePath(&b, address)
	return b.String()
}

// root leads to the top of the site.
func (p place) root() string {
	if p.top != "" {
		return p.top
	}
	return strings.Repeat("../", strings.Count(p.from, "/"))
}

// topOf is the path of a base URL: "https://example.com/book/" → "/book/".
func topOf(base string) string {
	_, rest, ok := strings.Cut(base, "://")
	if !ok {
		return "/"
	}
	_, path, _ := strings.Cut(rest, "/")
	if path == "" {
		return "/"
	}
	return "/" + strings.TrimSuffix(path, "/") + "/"
}

// folderOf returns the folder of a path, without a slash at the end.
func folderOf(path string) string {
	if i := strings.LastIndexByte(path, '/'); i >= 0 {
		return path[:i]
	}
	return ""
}
