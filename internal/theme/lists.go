package theme

import (
	"html/template"
	"strconv"
	"strings"
)

// Links is a list of links. A layout may range over it, or take HTML.
type Links []Link

// Headings is an outline. A layout may range over it, or take HTML.
type Headings []Heading

// Items is a list of pages or folders. A layout may range over it, or take HTML.
type Items []Item

// The HTML methods exist for speed: ten thousand pages have a hundred thousand
// such entries, and html/template needs several microseconds for each. They
// are functions of the list alone, and escape all that they write.

// HTML is an <li> with a link for each entry.
func (l Links) HTML() template.HTML {
	var b strings.Builder
	b.Grow(64 * len(l))
	for _, link := range l {
		b.WriteString(`<li>`)
		anchor(&b, link.Href, link.Name, "", link.Current)
		b.WriteString(`</li>`)
	}
	return template.HTML(b.String())
}

// HTML is an <li> with a link for each heading; those of the third level have
// the class "deep".
func (l Headings) HTML() template.HTML {
	var b strings.Builder
	b.Grow(64 * len(l))
	for _, h := range l {
		if h.Level > 2 {
			b.WriteString(`<li class="deep">`)
		} else {
			b.WriteString(`<li>`)
		}
		anchor(&b, h.Href, h.Text, h.Fill, false)
		b.WriteString("</li>\n")
	}
	return template.HTML(b.String())
}

// HTML is an <li> for each entry: a link, then the day, the type and the
// summary, or the number of entries below it. A story is a card.
func (l Items) HTML() template.HTML {
	var b strings.Builder
	b.Grow(200 * len(l))
	for _, item := range l {
		if item.Story+item.Known == "" {
			b.WriteString(`<li>`)
		} else {
			b.WriteString(`<li class="card">`)
		}
		anchor(&b, item.Href, item.Name, "", false)
		if item.Date.ISO != "" {
			b.WriteString(` <time datetime="`)
			escape(&b, item.Date.ISO)
			b.WriteString(`">`)
			escape(&b, item.Date.Text)
			b.WriteString(`</time>`)
		}
		if item.CountText != "" {
			b.WriteString(` <span class="count">`)
			escape(&b, item.CountText)
			b.WriteString(`</span>`)
		}
		if item.TypeName != "" {
			b.WriteString(` <span class="type">`)
			escape(&b, item.TypeName)
			b.WriteString(`</span>`)
		}
		said(&b, `<p class="card-story">`, item.Story)
		said(&b, `<p>`, item.Summary)
		said(&b, `<p class="card-known">`, item.Known)
		b.WriteString("</li>\n")
	}
	return template.HTML(b.String())
}

// said writes a paragraph, unless there is nothing in it.
func said(b *strings.Builder, tag, text string) {
	if text != "" {
		b.WriteString(tag)
		escape(b, text)
		b.WriteString(`</p>`)
	}
}

// anchor writes a link within the site. An address with a scheme cannot come
// here from our own hands, so it is not believed. fill is the name as the page's
// reader fills it in, or "".
func anchor(b *strings.Builder, href, name, fill string, current bool) {
	if scheme, _, ok := strings.Cut(href, ":"); ok && !strings.ContainsAny(scheme, "/?#") {
		href = "#"
	}
	b.WriteString(`<a href="`)
	escape(b, href)
	b.WriteByte('"')
	if current {
		b.WriteString(` aria-current="page"`)
	}
	if fill != "" {
		b.WriteString(` data-fill-text="`)
		escape(b, fill)
		b.WriteByte('"')
	}
	b.WriteByte('>')
	escape(b, name)
	b.WriteString(`</a>`)
}

// escape writes text so that it is text, between tags and in quotes alike.
func escape(b *strings.Builder, s string) {
	last := 0
	for i := 0; i < len(s); i++ {
		var instead string
		switch c := s[i]; c {
		case '&', '<', '>', '"', '\'':
			instead = "&#" + strconv.Itoa(int(c)) + ";"
		case 0:
			instead = "\uFFFD"
		default:
			continue
		}
		b.WriteString(s[last:i])
		b.WriteString(instead)
		last = i + 1
	}
	b.WriteString(s[last:])
}
