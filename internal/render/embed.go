package render

import (
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

// collect notes the ids of a part.
func (e *embedding) collect(part, markup string) {
	eachTag(markup, func(t html.Token, _ string) {
		for _, a := range t.Attr {
			if own := a.Key == "id" || a.Key == "name" && t.Data == "a"; own && a.Val != "" && t.Type != html.EndTagToken {
				e.ids[local(part, a.Val)] = true
			}
		}
	}, nil)
}

// embed returns a part's markup as the document has it: ids with the part's
// before them, links to pages of the document as links within it, headings
// down levels lower, but never below the sixth. What every page may have once,
// such as its footnotes, is called by the page's title too.
func (e *embedding) embed(part, title, markup string, down int) string {
	var b strings.Builder
	b.Grow(len(markup) + len(markup)/8)
	eachTag(markup, func(t html.Token, raw string) {
		changed := lower(&t, down)
		for i := range t.Attr {
			changed = e.attr(part, t.Data, &t.Attr[i]) || changed
		}
		switch t.Data {
		case "img":
			changed = drop(&t, "loading") || changed // a printer does not scroll
		case "nav", "section", "aside":
			changed = relabel(&t, title) || changed
		}
		if changed {
			writeTag(&b, t, strings.HasSuffix(raw, "/>"))
		} else {
			b.WriteString(raw)
		}
	}, func(raw string) { b.WriteString(raw) })
	return b.String()
}

// eachTag calls tag for each start and end tag and rest, unless it is nil, for
// all else. A tag that has no end is nothing, as in a browser.
func eachTag(markup string, tag func(t html.Token, raw string), rest func(raw string)) {
	z := html.NewTokenizer(strings.NewReader(markup))
	for {
		switch kind := z.Next(); kind {
		case html.ErrorToken:
			return
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			raw := string(z.Raw()) // before Token, which takes the bytes apart
			tag(z.Token(), raw)
		default:
			if rest != nil {
				rest(string(z.Raw()))
			}
		}
	}
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

// attr changes an attribute's value where it names a place.
func (e *embedding) attr(part, element string, a *html.Attribute) bool {
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
	case "href":
		if element == "a" || element == "area" {
			a.Val = e.href(part, old)
		} else if strings.HasPrefix(old, "#") {
			a.Val = "#" + local(part, old[1:])
		}
	case "usemap":
		if strings.HasPrefix(old, "#") {
			a.Val = "#" + local(part, old[1:])
		}
	default:
		a.Val = strings.ReplaceAll(old, "url(#", "url(#"+part+"-")
	}
	return a.Val != old
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
