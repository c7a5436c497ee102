package markdown

import (
	"bytes"

	"golang.org/x/net/html"

	"peppermill/internal/page"
)

// trusted writes a token of a site that allows all HTML. Links and images
// become holes, so that their addresses are checked and fit wherever the page
// ends up; all else passes.
func (f *fragment) trusted(z *html.Tokenizer, kind html.TokenType, raw []byte) {
	name := ""
	if kind == html.StartTagToken || kind == html.SelfClosingTagToken || kind == html.EndTagToken {
		name = tagName(raw)
	}
	switch {
	case kind == html.TextToken && !f.raw && bytes.IndexByte(raw, '<') < 0:
		f.trustedText(string(raw))
	case kind == html.StartTagToken && name == "a" && f.inLink == 0 && f.trustedLink(z, raw):
	case kind == html.EndTagToken && name == "a" && f.endTrustedLink():
	case kind != html.EndTagToken && name == "img" && f.trustedImage(z, raw):
	default:
		f.out.markup(string(raw))
	}
	f.raw = kind == html.StartTagToken && isRawElement(name) || f.raw && kind == html.TextToken
}

// isRawElement reports elements whose content is no HTML.
func isRawElement(name string) bool {
	switch name {
	case "script", "style", "textarea", "title", "iframe", "noembed", "noframes", "noscript", "plaintext", "xmp":
		return true
	}
	return false
}

// trustedText writes text that is HTML already.
func (f *fragment) trustedText(s string) {
	f.work.words(s)
	off := f.off + f.at
	for {
		before, name, rest, escaped, ok := page.CutBlank(s)
		f.proseHTML(before)
		if !ok {
			return
		}
		if escaped {
			f.proseHTML("%{")
		} else {
			f.out.hole(page.BlankHole, f.blank(name, f.pos(off+len(before))))
		}
		off += len(s) - len(rest)
		s = rest
	}
}

func (f *fragment) proseHTML(s string) {
	f.out.begin(page.Prose)
	f.out.buf = append(f.out.buf, s...)
	f.out.end()
}

func (f *fragment) trustedLink(z *html.Tokenizer, raw []byte) bool {
	l, _, ok := f.readLink(z, "href", raw)
	if !ok {
		return false
	}
	i := f.addLink(l)
	f.out.hole(page.LinkOpen, i)
	f.inLink++
	f.html = append(f.html, openElement{tag: "a", link: i, at: f.off + f.at, end: f.off + f.at + len(raw)})
	return true
}

func (f *fragment) endTrustedLink() bool {
	if len(f.html) <= f.floor {
		return false
	}
	f.closeElement()
	return true
}

func (f *fragment) trustedImage(z *html.Tokenizer, raw []byte) bool {
	l, described, ok := f.readLink(z, "src", raw)
	if !ok {
		return false
	}
	if !described {
		f.wantAlt("", f.off+f.at, `write alt="what it shows", or alt="" if the picture only decorates`)
	}
	l.Kind = page.Image
	f.out.hole(page.Picture, f.addLink(l))
	return true
}

// readLink reads the tag's attributes that a link can have; ok is false when
// it has no address, or one that only HTML may have. described reports whether
// there is an alternative text, which may be empty.
func (f *fragment) readLink(z *html.Tokenizer, address string, raw []byte) (l page.Link, described, ok bool) {
	l.Pos, l.Width = f.pos(f.off+f.at), f.width(f.off+f.at, f.off+f.at+len(raw))
	z.TagName()
	for more := true; more; {
		var key, value []byte
		key, value, more = z.TagAttr()
		switch k := string(key); k {
		case address:
			l.Dest, ok = string(value), true
		case "title":
			l.Title = page.Text(value)
		case "alt":
			l.Alt, described = page.Text(value), true
		default:
			if v, allowed := cleanAttr(page.Attr{Name: k, Value: string(value)}); allowed {
				l.Attrs = append(l.Attrs, page.Attr{Name: k, Value: v})
			}
		}
	}
	return l, described, ok && safeScheme(l.Dest)
}
