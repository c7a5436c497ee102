package feed

import "strings"

// authority leads the identifiers of a site that has no address yet: a name
// with a year in which it was ours (RFC 4151).
const authority = "tag:peppermill,2026:/"

// identifier is what a page is called for ever: its canonical address, or a
// tag: URI when the site does not know where it will be.
func identifier(base, address string) string {
	if base == "" {
		base = authority
	}
	return base + escape(pretty(address))
}

// link leads from the file at address from to another: with a base as a host
// shows it, without one as a relative address that also works from a disk.
func link(base, from, to string) string {
	if base != "" {
		return base + escape(pretty(to))
	}
	shared := 0
	for i := 0; i < len(from) && i < len(to) && from[i] == to[i]; i++ {
		if from[i] == '/' {
			shared = i + 1
		}
	}
	return strings.Repeat("../", strings.Count(from[shared:], "/")) + escape(to[shared:])
}

// pretty is the address as a host shows it: without index.html.
func pretty(address string) string {
	if dir, ok := strings.CutSuffix(address, "index.html"); ok && (dir == "" || strings.HasSuffix(dir, "/")) {
		return dir
	}
	return address
}

// escape percent-encodes all but the unreserved characters of RFC 3986, the
// slash, "@" and ",", as the addresses on pages are, so that the two agree.
func escape(path string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	b.Grow(len(path))
	for i := range len(path) {
		c := path[i]
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', strings.IndexByte("-._~/@,", c) >= 0:
			b.WriteByte(c)
		default:
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		}
	}
	return b.String()
}

// folder is the folder of a page's address with its slash, "" for the top.
func folder(address string) string { return address[:strings.LastIndexByte(address, '/')+1] }

// rootPath is the path of a base address: "/" without one.
func rootPath(base string) string {
	_, rest, _ := strings.Cut(base, "://")
	if i := strings.IndexByte(rest, '/'); i >= 0 {
		return strings.TrimSuffix(rest[i:], "/") + "/"
	}
	return "/"
}
