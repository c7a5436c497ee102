package render

import (
	"html/template"
	"path"
	"strings"

	"peppermill/internal/page"
	"peppermill/internal/site"
)

// filler turns the holes of one page's body into markup.
type filler struct {
	*asking
	p      *site.Page
	at     place
	out    strings.Builder
	links  []string // what closes each open link, innermost last
	images int      // written so far
	depth  int      // open staff-only parts that are being left out
	cuts   []cut    // what was left out
	shown  []shown  // pictures

	words  glossary
	linked map[string]bool // addresses of whole pages that a folder's text links to; nil for other pages
}

// shown is a picture of the site on a page.
type shown struct{ src, address string }

// cut is a stretch of parts that was left out: from, up to but not with, to.
type cut struct{ from, to int }

// body returns the page's content and what it noticed on the way. In the
// public edition nothing between StaffOpen and StaffClose gets through, nor
// anything after an open that is never closed. What is left to the reader is
// added to a.
func (r *Renderer) body(p *site.Page, at place, a *asking) *filler {
	f := &filler{asking: a, p: p, at: at}
	if p.Source == nil {
		return f
	}
	if p.Kind != site.Single {
		f.linked = map[string]bool{}
	}
	b := &p.Source.Body
	f.out.Grow(len(b.Markup) + 64*len(p.Source.Links))
	f.words = r.glossary(p)
	end := 0
	for i, part := range b.Parts.All() {
		end = i + 1
		if part.Kind == page.Hole && (part.Hole == page.StaffOpen || part.Hole == page.StaffClose) {
			f.staff(part, i)
			continue
		}
		if f.depth > 0 {
			continue
		}
		switch text := b.Markup[part.Start:part.End]; part.Kind {
		case page.Hole:
			f.hole(part)
		case page.Prose:
			f.prose(text)
		default:
			f.words.pass(text)
			f.out.WriteString(text)
		}
	}
	if f.depth > 0 {
		f.cuts[len(f.cuts)-1].to = end
	}
	return f
}

func (f *filler) staff(part page.Part, at int) {
	hole, element := part.Hole, "div"
	if part.Ref == page.Within {
		element = "span"
	}
	switch {
	case f.r.staff && part.Ref == page.Bare:
	case f.r.staff && hole == page.StaffOpen:
		f.out.WriteString(`<` + element + ` class="staff-only">`)
	case f.r.staff:
		f.out.WriteString(`</` + element + `>`)
	case hole == page.StaffOpen:
		if f.depth++; f.depth == 1 {
			f.cuts = append(f.cuts, cut{from: at})
		}
	case f.depth > 0:
		if f.depth--; f.depth == 0 {
			f.cuts[len(f.cuts)-1].to = at
		}
	}
}

func (f *filler) hole(part page.Part) {
	ref := int(part.Ref)
	switch part.Hole {
	case page.LinkOpen:
		f.openLink(ref)
	case page.LinkClose:
		if n := len(f.links); n > 0 {
			f.out.WriteString(f.links[n-1])
			f.links = f.links[:n-1]
		}
	case page.LinkTitle:
		f.linkTitle(ref)
	case page.Picture:
		f.picture(ref)
	case page.BlankHole:
		if ref < len(f.p.Source.Blanks) {
			f.blank(&f.out, f.p.Source, f.p.Source.Blanks[ref].Name, f.p.Lang)
		}
	case page.Attribute:
		if ref < len(f.p.Source.Attrs) {
			f.textAttr(f.p.Source.Attrs[ref].Name, page.Text(f.p.Source.Attrs[ref].Value))
		}
	case page.Word:
		if ref < len(f.p.Source.Body.Words) {
			f.text(f.r.site.Words.Word(f.p.Lang, f.p.Source.Body.Words[ref]))
		}
	}
}

func (f *filler) text(s string) { f.out.WriteString(template.HTMLEscapeString(s)) }

func (f *filler) attr(name, value string) {
	f.out.WriteByte(' ')
	f.out.WriteString(name)
	f.out.WriteString(`="`)
	f.text(value)
	f.out.WriteByte('"')
}

// textAttr writes an attribute with words in it. Where the reader fills in some
// of them, it is said how.
func (f *filler) textAttr(name string, t page.Text) {
	f.attr(name, f.r.fill(f.p.Source, t))
	if pattern, open := f.pattern(f.p.Source, t); open {
		f.attr("data-fill-"+name, pattern)
	}
}

// say writes a plain text, or other words in place of an empty one.
func (f *filler) say(t page.Text, otherwise string) {
	if t == "" {
		f.text(otherwise)
		return
	}
	f.out.WriteString(string(f.orWords(f.p.Source, t, f.p.Lang)))
}

// link returns a link and where it leads. Nowhere when the map knows nothing
// of it.
func (f *filler) link(ref int) (page.Link, site.Target) {
	if ref >= len(f.p.Source.Links) {
		return page.Link{}, site.Target{}
	}
	if ref >= len(f.p.Targets) {
		return f.p.Source.Links[ref], site.Target{}
	}
	return f.p.Source.Links[ref], f.p.Targets[ref]
}

// href is the address that leads to the target, or "" when none may.
func (f *filler) href(t site.Target) string { return hrefTo(t, f.at) }

func hrefTo(t site.Target, at place) string {
	switch t.Kind {
	case site.External:
		if !allowed(t.URL) {
			return ""
		}
		return t.URL
	case site.ToPage, site.ToFile:
		if t.Address == at.from && t.Fragment != "" && t.Query == "" {
			return fragment(t.Fragment)
		}
		return at.to(t.Address) + query(t.Query) + fragment(t.Fragment)
	}
	return ""
}

// allowed repeats the map's own check: of all addresses of other sites, only
// these schemes ever reach a page.
func allowed(url string) bool {
	for _, scheme := range [...]string{"https://", "http://", "mailto:", "tel:"} {
		if len(url) >= len(scheme) && strings.EqualFold(url[:len(scheme)], scheme) {
			return true
		}
	}
	return false
}

func (f *filler) openLink(ref int) {
	link, target := f.link(ref)
	href := f.href(target)
	pattern, open := f.address(link, target)
	if href == "" && !open {
		f.out.WriteString(`<span class="nolink">`)
		f.links = append(f.links, `</span>`)
		return
	}
	if f.linked != nil && target.Kind == site.ToPage {
		f.linked[f.at.to(target.Address)] = true
	}
	f.links = append(f.links, `</a>`)
	f.out.WriteString(`<a`)
	if href == "" { // it becomes a link as soon as the reader has filled it in
		f.out.WriteString(` class="nolink"`)
	} else {
		f.attr("href", href)
	}
	if open {
		f.attr("data-fill-href", pattern)
	}
	if link.Title != "" {
		f.textAttr("title", link.Title)
	}
	if target.Kind == site.External && strings.HasPrefix(strings.ToLower(href), "http") {
		f.attr("rel", "noopener")
	}
	if href != "" {
		f.attrs(link.Attrs)
	}
	f.out.WriteByte('>')
}

// address is where a link leads once the reader has filled in what is left of
// it; open is false where nothing is left. Only to other sites, mail and
// telephones: the site's own pages are where they are.
func (f *filler) address(link page.Link, target site.Target) (pattern string, open bool) {
	if !strings.Contains(link.Dest, "%{") || link.Kind == page.Wiki || target.Kind != site.Nowhere && target.Kind != site.External {
		return "", false
	}
	pattern, open = f.pattern(f.p.Source, page.Text(link.Dest))
	return pattern, open && (allowed(pattern) || strings.HasPrefix(pattern, "%{"))
}

// attrs writes what the author set and nothing that could act: the list is
// short, and each name is written by us.
func (f *filler) attrs(list []page.Attr) {
	for i, a := range list {
		switch a.Name {
		case "id", "class", "lang", "dir", "width", "height", "hreflang":
			if !repeated(list[:i], a.Name) {
				f.attr(a.Name, a.Value)
			}
		}
	}
}

func repeated(before []page.Attr, name string) bool {
	for _, a := range before {
		if a.Name == name {
			return true
		}
	}
	return false
}

// linkTitle is the text of a wiki link that has none of its own.
func (f *filler) linkTitle(ref int) {
	link, target := f.link(ref)
	switch {
	case target.Kind == site.ToPage && target.Page != nil:
		f.text(target.Page.Title)
	case target.Kind == site.ToFile:
		f.text(path.Base(target.Address))
	default:
		f.text(link.Dest)
	}
}

// picture writes an image. One of another site becomes a link to it: a page
// asks nobody else for anything, and its reader is not told on.
func (f *filler) picture(ref int) {
	link, target := f.link(ref)
	src := f.href(target)
	if f.video(link, target, src) {
		return
	}
	switch {
	case src == "":
		f.span("nolink", link.Alt, "")
	case target.Kind != site.External:
		f.img(link, target)
	case len(f.links) > 0:
		f.span("picture-link", link.Alt, path.Base(src))
	default:
		f.out.WriteString(`<a class="picture-link"`)
		f.attr("href", src)
		f.attr("rel", "noopener")
		f.out.WriteByte('>')
		f.say(link.Alt, path.Base(src))
		f.out.WriteString(`</a>`)
	}
}

func (f *filler) span(class string, t page.Text, otherwise string) {
	if t == "" && otherwise == "" {
		return
	}
	f.out.WriteString(`<span class="` + class + `">`)
	f.say(t, otherwise)
	f.out.WriteString(`</span>`)
}

func orText(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

// fill replaces the blanks of a plain text by their values, or by their labels
// where nothing fills them.
func (r *Renderer) fill(src *page.Page, t page.Text) string {
	if !strings.Contains(string(t), "%{") {
		return string(t)
	}
	return t.Fill(func(name string) string {
		text, _ := r.site.Value(src, name)
		return text
	})
}
