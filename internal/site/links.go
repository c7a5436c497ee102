package site

import (
	"net/url"
	"strings"
	"unicode"

	"peppermill/internal/diag"
	"peppermill/internal/page"
)

// resolve finds the target of every link of every page: first the usual ones,
// side by side, then, in order, those that take a search or a finding.
func (l *linker) resolve() {
	total := 0
	for _, p := range l.pages[:l.sources] {
		total += len(p.Source.Links)
	}
	room := make([]Target, total)
	for _, p := range l.pages[:l.sources] {
		if n := len(p.Source.Links); n > 0 {
			p.Targets, room = room[:n:n], room[n:]
		}
	}
	for _, u := range l.resolveUsual() {
		u.page.Targets[u.link] = l.target(u.page, &u.page.Source.Links[u.link])
	}
}

// place is where something was written and what: enough for a finding.
type place struct {
	page  *Page // that it stands on
	pos   diag.Pos
	width int
	text  string // as written
	image bool
}

// target resolves one link. Staff links have none in the public edition: they
// are not shown, so they must not leave a trace either.
func (l *linker) target(p *Page, k *page.Link) Target {
	if k.Staff && !l.site.staff {
		return Target{}
	}
	at := place{page: p, pos: k.Pos, width: k.Width, text: k.Dest, image: k.Kind == page.Image}
	dest := strings.TrimSpace(k.Dest)
	if strings.Contains(dest, "%{") {
		filled := true
		dest = page.Text(dest).Fill(func(name string) string {
			text, ok := l.site.Value(p.Source, name)
			filled = filled && ok
			return text
		})
		if !filled {
			return Target{}
		}
	}
	if k.Kind == page.Wiki {
		return l.wikiTarget(at, dest)
	}
	if s, has := scheme(dest); has || strings.HasPrefix(dest, "//") {
		inner, ok := l.ownAddress(dest)
		if !ok {
			return l.external(at, s, dest)
		}
		dest = inner
	}
	return l.internal(at, dest)
}

// ownAddress turns an absolute address of this site into a path from its root.
func (l *linker) ownAddress(dest string) (string, bool) {
	base := l.cfg.BaseURL
	if base == "" {
		return "", false
	}
	if rest, ok := strings.CutPrefix(dest, base); ok {
		return "/" + rest, true
	}
	return "/", len(dest)+1 == len(base) && base[:len(dest)] == dest
}

// external checks an address against the allow-list. Mail and telephone
// numbers are no pictures.
func (l *linker) external(at place, scheme, dest string) Target {
	switch {
	case strings.ContainsFunc(dest, unicode.IsControl):
		l.report(ruleLinkScheme, at.pos, at.width, "the link "+quote(at.text)+" has characters that cannot be seen", "write it again")
	case scheme == "http", scheme == "https", !at.image && (scheme == "mailto" || scheme == "tel"):
		return Target{Kind: External, URL: dest}
	case scheme == "":
		l.report(ruleLinkScheme, at.pos, at.width, "the link "+quote(at.text)+" does not say http or https", "write "+quote("https:"+dest))
	default:
		l.report(ruleLinkScheme, at.pos, at.width, "links that begin with "+quote(scheme+":")+" are not followed",
			"a link may begin with http, https, mailto or tel, or be a path")
	}
	return Target{}
}

// internal resolves a path within the site.
func (l *linker) internal(at place, dest string) Target {
	path, query, fragment := cutReference(dest)
	if path == "" {
		if dest == "" || at.image {
			l.missing(at, "")
			return Target{}
		}
		return l.onPage(at, hit{page: at.page}, query, fragment)
	}
	h := l.lookup(at, path)
	if !h.found() {
		if address := l.promised(at, path); address != "" {
			return Target{Kind: ToFile, Address: address, Query: query, Fragment: fragment}
		}
		if h = l.lookupLoosely(at, path); !h.found() {
			l.missing(at, path)
			return Target{}
		}
	}
	return l.onPage(at, h, query, fragment)
}

// cutReference splits a reference (RFC 3986, 4.2) and decodes its path and
// fragment. A percent sign that begins no escape is a percent sign.
func cutReference(dest string) (path, query, fragment string) {
	path = dest
	if i := strings.IndexByte(path, '#'); i >= 0 {
		path, fragment = path[:i], unescape(path[i+1:])
	}
	if i := strings.IndexByte(path, '?'); i >= 0 {
		path, query = path[:i], path[i:]
	}
	return unescape(path), query, fragment
}

func unescape(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	if decoded, err := url.PathUnescape(s); err == nil {
		return decoded
	}
	return s
}

// onPage makes the target of what was found.
func (l *linker) onPage(at place, h hit, query, fragment string) Target {
	switch {
	case h.held > 0:
		l.reportWithheld(at, l.site.Withheld[h.held-1])
		return Target{}
	case h.kept > 0:
		l.reportKeptFile(at, l.site.HeldFiles[h.kept-1])
		return Target{}
	case h.dead:
		return Target{}
	case h.file > 0:
		return Target{Kind: ToFile, Address: l.site.Files[h.file-1].Address, Query: query, Fragment: fragment}
	case at.image:
		l.report(ruleImageMissing, at.pos, at.width, quote(at.text)+" is a page, not an image", "name the image's file")
		return Target{}
	}
	if h.moved {
		l.report(ruleLinkMoved, at.pos, at.width, quote(at.text)+" is an old address of "+quote(h.page.Name),
			l.suggest(at, h.page))
	}
	if fragment != "" {
		fragment = l.anchor(at, h.page, fragment)
	}
	return Target{Kind: ToPage, Page: h.page, Address: h.page.Address, Query: query, Fragment: fragment}
}

// reportWithheld tells the author of a public page. A page that is itself
// marked has the same reason to be there, so it says nothing about others.
func (l *linker) reportWithheld(at place, w Withheld) {
	hint := "it is shown as plain text until that page is published"
	if w.Reason == "staff" {
		hint = "it is shown as plain text; a link for staff belongs into a staff part"
	}
	l.unlinked(at, w.Page.Path)
	l.report(ruleLinkWithheld, at.pos, at.width,
		quote(at.text)+" leads to "+w.Page.Path+", which is not published: "+why(w.Reason), hint)
}

// reportKeptFile tells of a file that is kept back although a public page has
// a link that may mean it.
func (l *linker) reportKeptFile(at place, f HeldFile) {
	l.unlinked(at, f.Path)
	l.report(ruleLinkWithheld, at.pos, at.width, quote(at.text)+" leads to "+f.Path+", which is not published: "+whyFile(f.Reason),
		"it is shown as plain text; write the path of the file exactly to publish it")
}

// unlinked takes down a link that is shown as plain text.
func (l *linker) unlinked(at place, to string) {
	l.site.Unlinked = append(l.site.Unlinked, Unlinked{Pos: at.pos, Source: at.page.Source.Path, Text: at.text, To: to})
}

// lookup tries the folders that a path may be relative to. First the file that
// the link stands in, then, for an included file, the page's own; last what a
// browser would make of it at the page's address, as other generators have it.
func (l *linker) lookup(at place, path string) hit {
	if path[0] == '/' {
		return l.lookupRoot(at, path)
	}
	src := at.page.Source.Path
	here := folderOf(at.pos.Path)
	if at.pos.Path == "" {
		here = folderOf(src)
	}
	if h := l.lookupIn(here, path); h.found() {
		return h
	}
	if own := folderOf(src); own != here {
		if h := l.lookupIn(own, path); h.found() {
			return h
		}
	}
	if at.image || strings.HasSuffix(path, ".md") {
		return hit{}
	}
	return l.lookupIn(addressStem(at.page.Address), path)
}

// lookupRoot resolves a path from the root: as it is, within the page's
// language, or behind a folder that the site or its source lies in.
func (l *linker) lookupRoot(at place, path string) hit {
	path = strings.TrimLeft(path, "/")
	if h := l.lookupIn("", path); h.found() {
		return h
	}
	if t := at.page.tree; t.folder != "" {
		if h := l.lookupIn(t.folder, path); h.found() {
			return h
		}
	}
	if t := l.mainTree(); t.folder != "" {
		if h := l.lookupIn(t.folder, path); h.found() {
			return h
		}
	}
	for _, prefix := range l.outer() {
		if rest, ok := strings.CutPrefix(path, prefix+"/"); ok && prefix != "" {
			if h := l.lookupIn("", rest); h.found() {
				return h
			}
		}
	}
	return hit{}
}

// outer lists the folders that a link from the root may begin with although
// they are not part of the site: the path of its address, and what a content
// folder is usually called. Its real name is not among them, so that the same
// content in a folder of another name gives the same site.
func (l *linker) outer() [3]string {
	base := ""
	if u, err := url.Parse(l.cfg.BaseURL); err == nil {
		base = strings.Trim(u.Path, "/")
	}
	return [3]string{base, "content", "docs"}
}

func (l *linker) lookupIn(folder, path string) hit {
	var h hit
	h, l.buf = l.names.join(l.buf, folder, path)
	return h
}

// join looks up a path that is relative to a folder. buf is room to work in.
func (n *names) join(buf []byte, folder, path string) (hit, []byte) {
	buf, ok := appendPath(buf[:0], folder, path)
	if !ok {
		return hit{}, buf
	}
	return n.find(buf), buf
}

// appendPath joins a folder and a relative path; ok is false when it leads out
// of the root.
func appendPath(buf []byte, folder, path string) (joined []byte, ok bool) {
	buf = append(buf, folder...)
	for path != "" {
		e := path
		if i := strings.IndexByte(path, '/'); i >= 0 {
			e, path = path[:i], path[i+1:]
		} else {
			path = ""
		}
		switch e {
		case "", ".":
		case "..":
			if len(buf) == 0 {
				return buf, false
			}
			n := len(buf) - 1
			for n > 0 && buf[n] != '/' {
				n--
			}
			buf = buf[:n]
		default:
			if len(buf) > 0 {
				buf = append(buf, '/')
			}
			buf = append(buf, e...)
		}
	}
	return buf, true
}
