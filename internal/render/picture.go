package render

import (
	"strconv"
	"strings"

	"peppermill/internal/page"
	"peppermill/internal/site"
)

// How wide pictures are shown, as the theme sets its text: a column of some
// 600 pixels, or a small screen less its edges.
const (
	column   = 600
	sizes    = "min(37.5rem, 100vw - 2rem)"
	usual    = 800  // pixels of the copy for browsers that cannot choose
	announce = 1200 // pixels of the copy that other programs show with a link
)

// img writes a picture of the site. Its shape is said in the markup, so that
// nothing moves when it arrives. The first one of a page is most likely seen
// at once; the others are fetched when somebody scrolls to them.
func (f *filler) img(link page.Link, target site.Target) {
	p := f.r.shown[target.Address]
	if p == nil {
		p = &site.Picture{}
	}
	width, height, attrs := shape(p, link.Attrs)
	f.out.WriteString(`<img`)
	one := target
	if c, ok := p.Nearest(usual); ok {
		one.Address = c.Address
	}
	src := f.href(one)
	f.shown = append(f.shown, shown{src, one.Address})
	f.attr("src", src)
	if len(p.Copies) > 1 {
		f.attr("srcset", f.srcset(p))
		f.attr("sizes", sizesOf(width))
	}
	if width != "" {
		f.attr("width", width)
	}
	if height != "" {
		f.attr("height", height)
	}
	f.textAttr("alt", link.Alt)
	if link.Title != "" {
		f.textAttr("title", link.Title)
	}
	f.attrs(attrs)
	if f.images > 0 {
		f.out.WriteString(` loading="lazy" decoding="async"`)
	}
	f.images++
	f.out.WriteByte('>')
}

// srcset lists the copies. A comma at either end of an address would be read
// as the end of an entry, so commas are encoded, as spaces always are.
func (f *filler) srcset(p *site.Picture) string {
	var b strings.Builder
	for i, c := range p.Copies {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(strings.ReplaceAll(f.at.to(c.Address), ",", "%2C") + " " + strconv.Itoa(c.Width) + "w")
	}
	return b.String()
}

// sizesOf says how wide a picture is shown that has the width, in pixels: no
// wider than itself, the column or the screen.
func sizesOf(width string) string {
	if n, err := strconv.Atoi(width); err == nil && n < column {
		return "min(" + width + "px, 100vw - 2rem)"
	}
	return sizes
}

// shape is the width and height that a picture takes on the page, and what the
// author set besides. One of the author's own measures gives the other; of
// two, the width counts, as no picture is shown out of its proportions.
func shape(p *site.Picture, attrs []page.Attr) (width, height string, rest []page.Attr) {
	for _, a := range attrs {
		switch {
		case a.Name == "width" && width == "":
			width = a.Value
		case a.Name == "height" && height == "":
			height = a.Value
		case a.Name != "width" && a.Name != "height":
			rest = append(rest, a)
		}
	}
	if p.Width == 0 || p.Height == 0 {
		return width, height, rest
	}
	w, noWidth := strconv.Atoi(width)
	h, noHeight := strconv.Atoi(height)
	switch {
	case noWidth == nil:
		height = strconv.Itoa(scaled(w, p.Height, p.Width))
	case width == "" && noHeight == nil:
		width = strconv.Itoa(scaled(h, p.Width, p.Height))
	case width == "" && height == "":
		width, height = strconv.Itoa(p.Width), strconv.Itoa(p.Height)
	}
	return width, height, rest
}

// scaled is n times a/b, rounded, and at least 1.
func scaled(n, a, b int) int {
	return max(int((2*int64(n)*int64(a)+int64(b))/(2*int64(b))), 1)
}
