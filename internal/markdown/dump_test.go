package markdown

import (
	"fmt"
	"strings"
	"testing"

	"github.com/yuin/goldmark/util"
	"golang.org/x/net/html"

	"peppermill/internal/page"
	"peppermill/internal/source"
)

// partsOf unpacks a page's parts.
func partsOf(pg *page.Page) []page.Part {
	var list []page.Part
	for _, p := range pg.Body.Parts.All() {
		list = append(list, p)
	}
	return list
}

// dump shows a body so that one can read it: HTML with holes in {{braces}}.
func dump(pg *page.Page) string {
	var b strings.Builder
	for _, p := range partsOf(pg) {
		if p.Kind != page.Hole {
			b.WriteString(pg.Body.Markup[p.Start:p.End])
			continue
		}
		switch p.Hole {
		case page.LinkOpen:
			fmt.Fprintf(&b, "{{link %d %s}}", p.Ref, pg.Links[p.Ref].Dest)
		case page.LinkClose:
			b.WriteString("{{/link}}")
		case page.LinkTitle:
			fmt.Fprintf(&b, "{{title %d}}", p.Ref)
		case page.Picture:
			l := pg.Links[p.Ref]
			fmt.Fprintf(&b, "{{image %d %s %q%s}}", p.Ref, l.Dest, l.Alt, attrWords(l.Attrs))
		case page.BlankHole:
			fmt.Fprintf(&b, "{{blank %s}}", pg.Blanks[p.Ref].Name)
		case page.Word:
			fmt.Fprintf(&b, "{{word %s}}", pg.Body.Words[p.Ref])
		case page.StaffOpen:
			b.WriteString("{{staff}}")
		case page.StaffClose:
			b.WriteString("{{/staff}}")
		}
	}
	return b.String()
}

func attrWords(attrs []page.Attr) string {
	s := ""
	for _, a := range attrs {
		s += fmt.Sprintf(" %s=%q", a.Name, a.Value)
	}
	return s
}

// fill puts plausible HTML into the holes. Addresses are only escaped, not
// encoded, so that what a browser would make of them can be looked at.
func fill(pg *page.Page) string { return fillWith(pg, partsOf(pg), html.EscapeString) }

func fillWith(pg *page.Page, parts []page.Part, href func(dest string) string) string {
	var b strings.Builder
	esc := html.EscapeString
	for _, p := range parts {
		if p.Kind != page.Hole {
			b.WriteString(pg.Body.Markup[p.Start:p.End])
			continue
		}
		switch p.Hole {
		case page.LinkOpen, page.Picture:
			l := pg.Links[p.Ref]
			attrs := ""
			for _, a := range l.Attrs {
				attrs += fmt.Sprintf(` %s="%s"`, a.Name, esc(a.Value))
			}
			if l.Title != "" {
				attrs += fmt.Sprintf(` title="%s"`, esc(string(l.Title)))
			}
			if p.Hole == page.Picture {
				fmt.Fprintf(&b, `<img src="%s" alt="%s"%s>`, href(l.Dest), esc(string(l.Alt)), attrs)
			} else {
				fmt.Fprintf(&b, `<a href="%s"%s>`, href(l.Dest), attrs)
			}
		case page.LinkClose:
			b.WriteString("</a>")
		case page.LinkTitle:
			b.WriteString("Title")
		case page.BlankHole:
			b.WriteString(`<span class="blank">` + esc(pg.Blanks[p.Ref].Name) + `</span>`)
		case page.Word:
			b.WriteString(esc(pg.Body.Words[p.Ref]))
		}
	}
	return b.String()
}

func parseText(p *Parser, text string) (*page.Page, []string) {
	pg, diags := p.Parse(source.File{Path: "page.md", Data: []byte(text)})
	var found []string
	for _, d := range diags {
		s := fmt.Sprintf("%d:%d+%d %s: %s", d.Pos.Line, d.Pos.Column, d.Width, d.Rule, d.Message)
		if d.Hint != "" {
			s += " (" + d.Hint + ")"
		}
		found = append(found, s)
	}
	return pg, found
}

// checkParts tests what every body must be: parts that cover the markup from
// start to end, merged where they can be, and holes that nest.
func checkParts(t testing.TB, pg *page.Page) {
	t.Helper()
	at := uint32(0)
	var open []page.Part
	starts, parts := map[int]bool{}, partsOf(pg)
	for _, h := range pg.Headings {
		starts[h.Part] = true
		if h.Part >= len(parts) {
			t.Fatalf("heading %q begins at part %d of %d", h.ID, h.Part, len(parts))
		}
		p := parts[h.Part]
		if want := fmt.Sprintf("<h%d", h.Level); !strings.HasPrefix(pg.Body.Markup[p.Start:], want) {
			t.Fatalf("heading %q: part %d begins %.20q, want %s", h.ID, h.Part, pg.Body.Markup[p.Start:], want)
		}
	}
	for i, p := range parts {
		if p.Start != at || p.End < p.Start || (p.Kind == page.Hole) != (p.Start == p.End) {
			t.Fatalf("part %d is %+v, after byte %d", i, p, at)
		}
		at = p.End
		switch p.Hole {
		case page.LinkOpen, page.StaffOpen:
			open = append(open, p)
		case page.LinkClose, page.StaffClose:
			if len(open) == 0 || open[len(open)-1].Hole != p.Hole-1 && !(p.Hole == page.LinkClose && open[len(open)-1].Hole == page.LinkOpen) || open[len(open)-1].Ref != p.Ref {
				t.Fatalf("part %d closes what is not open: %+v, open %+v", i, p, open)
			}
			open = open[:len(open)-1]
		}
	}
	if int(at) != len(pg.Body.Markup) || len(open) > 0 {
		t.Fatalf("parts end at %d of %d, open %+v", at, len(pg.Body.Markup), open)
	}
}

// encoded is an address as CommonMark's examples have it.
func encoded(dest string) string {
	return string(util.EscapeHTML(util.URLEscape([]byte(dest), false)))
}
