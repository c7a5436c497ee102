package render

import (
	"bytes"
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// A document holds the contents of many pages. What each of them says of itself
// by name – ids, links within the page, what labels what – must then be said
// by names that no other page of the document has, and its headings stand
// below the document's.
//
// The pages' markup is read with the tokenizer that a browser's rules are
// written in, not with patterns: a site may allow all HTML, and then a page
// holds what its author typed. What need not change is copied byte for byte.

// embedding is how the pages of one document fit together.
type embedding struct {
	parts map[string]string // relative address of a page in the document → id of its part
	ids   map[string]bool   // every id of every part, as the document has it
}

// fitted is a part's markup as the document has it, but for its links to
// places in the document: where these are is known once every part is fitted.
type fitted struct {
	markup string
	links  []openLink
}

// openLink is a link's tag that is left out of the markup.
type openLink struct {
	at     int // where it belongs
	tag    html.Token
	closed bool
}

// fit puts the part's id before the ids in its markup and moves its headings
// down by so many levels, but never below the sixth. What every page may have
// once, such as its footnotes, is called by the page's title too.
func (e *embedding) fit(part, title, markup string, down int) fitted {
	var b strings.Builder
	b.Grow(len(markup) + len(markup)/8)
	var f fitted
	z := html.NewTokenizer(strings.NewReader(markup))
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() { // a tag without an end is nothing, as in a browser
		raw := z.Raw()
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken && kind != html.EndTagToken || plainTag(raw) {
			b.Write(raw)
			continue
		}
		closed := bytes.HasSuffix(raw, []byte("/>"))
		was := string(raw) // Token takes the bytes apart
		t := z.Token()
		changed, link := e.tag(part, title, &t, down)
		switch {
		case link:
			f.links = append(f.links, openLink{b.Len(), t, closed})
		case changed:
			writeTag(&b, t, closed)
		default:
			b.WriteString(was)
		}
	}
	f.markup = b.String()
	return f
}

// plainTag reports tags that surely have nothing to change: with no attribute
// or with a class alone, and no heading. Most tags are, in highlighted code
// nearly all.
func plainTag(raw []byte) bool {
	i := 1
	if len(raw) > 2 && raw[1] == '/' {
		i = 2
	}
	if len(raw) > i+1 && raw[i]|0x20 == 'h' && raw[i+1] >= '1' && raw[i+1] <= '6' {
		return false
	}
	n := bytes.Count(raw, []byte("="))
	return n == 0 || n == 1 && bytes.Contains(raw, []byte(` class="`))
}

// tag changes a tag and notes its id. link is true for a link that may lead to
// a place in the document; its address is left as it was.
func (e *embedding) tag(part, title string, t *html.Token, down int) (changed, link bool) {
	changed = lower(t, down)
	for i := range t.Attr {
		a := &t.Attr[i]
		if a.Key == "href" && (t.Data == "a" || t.Data == "area") {
			link = link || e.inside(a.Val)
			continue
		}
		changed = rename(part, t.Data, a) || changed
		if (a.Key == "id" || a.Key == "name" && t.Data == "a") && t.Type != html.EndTagToken {
			e.ids[a.Val] = true
		}
	}
	switch t.Data {
	case "img":
		changed = drop(t, "loading") || changed // a printer does not scroll
	case "nav", "section", "aside":
		changed = relabel(t, title) || changed
	}
	return changed, link
}

// join puts the links back in.
func (e *embedding) join(part string, f fitted) string {
	if len(f.links) == 0 {
		return f.markup
	}
	var b strings.Builder
	b.Grow(len(f.markup) + 64*len(f.links))
	last := 0
	for _, l := range f.links {
		b.WriteString(f.markup[last:l.at])
		last = l.at
		for i := range l.tag.Attr {
			if a := &l.tag.Attr[i]; a.Key == "href" {
				a.Val = e.href(part, a.Val)
			}
		}
		writeTag(&b, l.tag, l.closed)
	}
	b.WriteString(f.markup[last:])
	return b.String()
}

// lower moves a heading's tag down.
func lower(t *html.Token, down int) bool {
	n := t.Data
	if down <= 0 || len(n) != 2 || n[0] != 'h' || n[1] < '1' || n[1] > '6' {
		return false
	}
	t.Data = "h" + strconv.Itoa(min(int(n[1]-'0')+down, 6))
	return t.Data != n
}

// rename changes an attribute's value where it names a place of the page.
func rename(part, element string, a *html.Attribute) bool {
	old := a.Val
	switch a.Key {
	case "id", "popovertarget", "commandfor", "list", "form", "aria-activedescendant", "aria-details", "aria-errormessage":
		a.Val = local(part, old)
	case "name":
		if element == "a" || element == "map" {
			a.Val = local(part, old)
		}
	case "for", "headers", "itemref", "aria-controls", "aria-describedby", "aria-flowto", "aria-labelledby", "aria-owns":
		names := strings.Fields(old)
		for i, n := range names {
			names[i] = local(part, n)
		}
		a.Val = strings.Join(names, " ")
	case "href", "usemap":
		if strings.HasPrefix(old, "#") {
			a.Val = "#" + local(part, old[1:])
		}
	default:
		a.Val = strings.ReplaceAll(old, "url(#", "url(#"+part+"-")
	}
	return a.Val != old
}

// inside reports whether an address may lead to a place in the document.
func (e *embedding) inside(address string) bool {
	page, _, _ := strings.Cut(address, "#")
	return page == "" && address != "" || e.parts[page] != ""
}

// href leads to a part where the page that it led to is one: to the place in
// it, or to its beginning when the page has no such place.
func (e *embedding) href(part, old string) string {
	address, place, _ := strings.Cut(old, "#")
	if address != "" {
		var known bool
		if part, known = e.parts[address]; !known {
			return old
		}
	} else if old == "" {
		return old
	}
	if name, err := url.PathUnescape(place); err == nil && name != "" && e.ids[local(part, name)] {
		return "#" + part + "-" + place
	}
	return "#" + part
}

// local is a name of a part's own as the document has it. An empty one is
// none.
func local(part, name string) string {
	if name == "" {
		return ""
	}
	return part + "-" + name
}

func drop(t *html.Token, key string) bool {
	for i, a := range t.Attr {
		if a.Key == key {
			t.Attr = append(t.Attr[:i], t.Attr[i+1:]...)
			return true
		}
	}
	return false
}

// relabel tells a landmark from those of its name on other pages.
func relabel(t *html.Token, title string) bool {
	for i := range t.Attr {
		if a := &t.Attr[i]; a.Key == "aria-label" && a.Val != "" {
			a.Val += " – " + title
			return true
		}
	}
	return false
}

func writeTag(b *strings.Builder, t html.Token, closed bool) {
	b.WriteByte('<')
	if t.Type == html.EndTagToken {
		b.WriteByte('/')
	}
	b.WriteString(t.Data)
	for _, a := range t.Attr {
		b.WriteByte(' ')
		b.WriteString(a.Key)
		b.WriteString(`="`)
		b.WriteString(html.EscapeString(a.Val))
		b.WriteByte('"')
	}
	if closed {
		b.WriteByte('/')
	}
	b.WriteByte('>')
}
