package markdown

import (
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"

	"peppermill/internal/page"
)

// addLink records a link and the blanks in it, and returns its index.
func (w *work) addLink(l page.Link) int {
	l.Staff = w.staff > 0
	w.blanksIn(page.Text(l.Dest), l.Pos)
	w.blanksIn(l.Alt, l.Pos)
	w.blanksIn(l.Title, l.Pos)
	for _, a := range l.Attrs {
		if a.Name == "id" {
			w.anchor(a.Value)
		}
	}
	w.page.Links = append(w.page.Links, l)
	return len(w.page.Links) - 1
}

// link writes a link as a pair of holes, or, when its address is not allowed,
// only its words.
func (w *work) link(n *ast.Link) {
	attrs := w.braces(n)
	off := w.destination(n.Destination, n.Pos())
	dest := unescape(n.Destination)
	if w.inLink > 0 || !safeScheme(dest) {
		if w.inLink == 0 {
			w.unsafe(dest, off, len(n.Destination))
		}
		w.inlines(n)
		return
	}
	i := w.addLink(page.Link{Kind: page.Inline, Dest: dest, Title: textOf(n.Title), Attrs: attrs,
		Pos: w.pos(off), Width: w.width(off, off+len(n.Destination))})
	w.out.hole(page.LinkOpen, i)
	w.inLink++
	w.inlines(n)
	w.inLink--
	w.out.hole(page.LinkClose, i)
}

// image leaves a hole for a picture. A title that became a caption is no
// tooltip as well.
func (w *work) image(n *ast.Image, titled bool) {
	alt, said := takeAlt(n)
	attrs := w.braces(n)
	off := w.destination(n.Destination, n.Pos())
	dest := unescape(n.Destination)
	if !safeScheme(dest) {
		w.unsafe(dest, off, len(n.Destination))
		w.inlines(n)
		return
	}
	if !said {
		alt = page.Text(w.appendPlain(nil, n))
		w.wantAlt(alt, max(0, n.Pos()), `write it between the brackets: ![what it shows](…); or add {alt=""} behind, if the picture only decorates`)
	}
	l := page.Link{Kind: page.Image, Dest: dest, Alt: alt, Attrs: attrs,
		Pos: w.pos(off), Width: w.width(off, off+len(n.Destination))}
	if titled {
		l.Title = textOf(n.Title)
	}
	w.out.hole(page.Picture, w.addLink(l))
}

// takeAlt takes alt="…" out of the braces after an image. Empty, it says that
// the picture only decorates, as it does in HTML.
func takeAlt(n *ast.Image) (alt page.Text, said bool) {
	b, ok := n.NextSibling().(*bracesNode)
	if !ok {
		return "", false
	}
	i := slices.IndexFunc(b.attrs, func(a page.Attr) bool { return a.Name == "alt" })
	if i < 0 {
		return "", false
	}
	alt = textOf([]byte(b.attrs[i].Value))
	b.attrs = slices.Delete(b.attrs, i, i+1)
	return alt, true
}

// wantAlt asks for the words of a picture that has none.
func (w *work) wantAlt(alt page.Text, off int, hint string) {
	if strings.TrimSpace(string(alt)) == "" {
		w.finding(RuleAlt, off, 1, "this picture has no words for those who cannot see it", hint)
	}
}

// destination is where a link's address stands; at a reference link that is
// its definition. When the address is a copy, it is the link itself.
func (w *work) destination(dest []byte, link int) int {
	if off := w.offset(dest); off >= 0 {
		return off
	}
	return max(0, link)
}

func (w *work) isSafe(dest []byte) bool { return safeScheme(unescape(dest)) }

func (w *work) unsafe(dest string, off, length int) {
	w.finding(RuleScheme, off, length, "the address "+quoted(dest)+" is not allowed, so it is shown without its link",
		"use http:, https:, mailto:, tel: or an address within the site")
}

// wiki writes [[page|text]] as a link and ![[file.png|300]] as a picture.
func (w *work) wiki(n *wikiNode) {
	at := w.pos(n.destAt)
	if !safeScheme(n.dest) {
		w.unsafe(n.dest, n.destAt, len(n.dest))
		w.out.plain(page.Prose, string(w.src[n.start:n.stop]))
		return
	}
	width := w.width(n.destAt, n.destAt+len(n.dest))
	if n.image && isPicture(n.dest) {
		l := page.Link{Kind: page.Image, Dest: n.dest, Pos: at, Width: width}
		hint := "write it behind a bar: ![[…|what it shows]]"
		if v, ok := cleanAttr(page.Attr{Name: "width", Value: n.label}); ok {
			hint = "write it as ![what it shows](…){width=" + v + "}"
			l.Attrs = []page.Attr{{Name: "width", Value: v}}
		} else {
			l.Alt = textOf([]byte(n.label))
		}
		w.wantAlt(l.Alt, n.start, hint)
		w.out.hole(page.Picture, w.addLink(l))
		return
	}
	if w.inLink > 0 {
		label := n.label
		if label == "" {
			label = n.dest
		}
		w.out.plain(page.Prose, label)
		return
	}
	i := w.addLink(page.Link{Kind: page.Wiki, Dest: n.dest, Pos: at, Width: width})
	w.out.hole(page.LinkOpen, i)
	if n.label == "" {
		w.out.hole(page.LinkTitle, i)
	} else {
		w.text(page.Prose, textOf([]byte(n.label)), at)
	}
	w.out.hole(page.LinkClose, i)
}

func isPicture(dest string) bool {
	switch strings.ToLower(path.Ext(dest)) {
	case ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif":
		return true
	}
	return false
}

// safeScheme is the allow-list for addresses: http, https, mailto, tel and
// whatever has no scheme and no host of its own. Browsers take '\' for '/' and
// skip control characters, so neither may be in front of what is checked. The
// rules are those of the WHATWG URL standard, 4.4, read narrowly.
func safeScheme(dest string) bool {
	if strings.ContainsFunc(dest, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }) {
		return false
	}
	dest = strings.TrimSpace(dest)
	if len(dest) > 1 && strings.IndexByte(`/\`, dest[0]) >= 0 && strings.IndexByte(`/\`, dest[1]) >= 0 {
		return false
	}
	end := strings.IndexAny(dest, ":/?#\\")
	if end < 0 || dest[end] != ':' {
		return true
	}
	scheme := strings.ToLower(dest[:end])
	switch scheme {
	case "http", "https", "mailto", "tel":
		return true
	}
	return !isScheme(scheme)
}

// isScheme reports whether a browser would take s for a scheme.
func isScheme(s string) bool {
	for i := range len(s) {
		c := s[i]
		if !isLetter(c) && (i == 0 || !isDigit(c) && c != '+' && c != '-' && c != '.') {
			return false
		}
	}
	return s != ""
}
