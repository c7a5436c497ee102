package word

import (
	"archive/zip"
	"fmt"
	"io"
	"net/url"
	"strings"

	"golang.org/x/net/html"
)

// Write makes the document's file. open gives the bytes of a picture; it is
// asked only for those that the document lists.
func (p *Press) Write(w io.Writer, d Document, open func(src string) ([]byte, error)) error {
	m := &maker{d: &d, open: open, out: &story{}, notes: map[string]*html.Node{}, noted: map[string]bool{}, marks: map[string]string{}}
	m.foot.note = true
	head := m.document()
	if m.failed != nil {
		return m.failed
	}
	a := &archive{press: p, zip: zip.NewWriter(w)}
	a.common("[Content_Types].xml", "", contentTypes)
	a.common("_rels/.rels", "", func() string { return relations(top()) })
	a.part("docProps/core.xml", []byte(d.core()))
	a.common("docProps/app.xml", "", app)
	a.part("word/document.xml", m.out.Bytes())
	a.part("word/_rels/document.xml.rels", []byte(relations(m.out.rels)))
	a.common("word/styles.xml", fmt.Sprint(d.Lang, d.Dir, d.Letter, d.Accent), d.styles)
	a.common("word/settings.xml", "", settings)
	a.common("word/numbering.xml", fmt.Sprint(m.lists), m.numbering)
	a.part("word/header1.xml", []byte(head))
	a.common("word/footer1.xml", fmt.Sprintf("%q %q", d.Footer, d.PageOf), d.footer)
	if m.foot.Len() == 0 {
		a.common("word/footnotes.xml", "", m.footnotes)
	} else {
		a.part("word/footnotes.xml", []byte(m.footnotes()))
	}
	if len(m.foot.rels) > 0 {
		a.part("word/_rels/footnotes.xml.rels", []byte(relations(m.foot.rels)))
	}
	for _, known := range m.media {
		a.picture("word/media/"+known.name, known.data)
	}
	if a.err != nil {
		return a.err
	}
	return a.zip.Close()
}

// document writes the main part, and returns the head of its pages.
func (m *maker) document() (head string) {
	for _, kind := range []string{"styles", "settings", "numbering", "footnotes"} {
		m.out.relate(kind, kind+".xml", "")
	}
	header, footer := m.out.relate("header", "header1.xml", ""), m.out.relate("footer", "footer1.xml", "")
	title, content := parse(m.d.Title), parse(m.d.Content)
	m.survey(content)
	m.titled, m.shift = m.d.ShowTitle, 1
	if headed(content, m.d.ShowTitle) {
		m.shift = 0
	}
	o := m.out
	o.Grow(3*len(m.d.Content) + 2000)
	o.WriteString(declaration + `<w:document` + spaces + `><w:body>`)
	top := block{width: m.d.column()}
	for _, b := range m.d.Banners {
		m.line(b, block{style: "Banner", width: top.width}, look{})
	}
	if m.d.ShowTitle {
		m.nodes(title, block{style: "Title", width: top.width, keep: true}, look{})
		m.closePara()
	}
	if m.titled {
		m.facts(top)
	}
	for _, n := range content {
		before := m.titled
		m.node(n, top, look{})
		if m.titled && !before { // the title block stands below the title
			m.closePara()
			m.facts(top)
		}
	}
	m.closePara()
	if !m.titled {
		m.facts(top)
	}
	width, height := m.d.paper()
	o.WriteString(`<w:sectPr><w:headerReference w:type="default" r:id="` + header + `"/><w:footerReference w:type="default" r:id="` + footer +
		`"/><w:pgSz w:w="` + num(width) + `" w:h="` + num(height) + `"/><w:pgMar w:top="1417" w:right="` + num(margin) + `" w:bottom="1247" w:left="` + num(margin) +
		`" w:header="624" w:footer="567" w:gutter="0"/>` + map[bool]string{true: `<w:bidi/>`}[m.d.Dir == "rtl"] + `</w:sectPr></w:body></w:document>`)
	return m.header(title)
}

func (m *maker) line(s string, b block, l look) {
	m.closePara()
	m.text(s, b, l)
	m.closePara()
}

// headed reports whether the content has headings of the first level beside
// the title.
func headed(content []*html.Node, apart bool) bool {
	n := 0
	for _, top := range content {
		if top.Data == "h1" {
			n++
		}
		for c := range top.Descendants() {
			if c.Type == html.ElementNode && c.Data == "h1" {
				n++
			}
		}
	}
	return n > 1 || n == 1 && apart
}

// survey finds the notes, and the places that the page itself links to.
func (m *maker) survey(content []*html.Node) {
	ids := map[string]bool{}
	each(content, func(n *html.Node) {
		id := attr(n, "id")
		ids[id] = true
		if n.Data == "li" && n.Parent != nil && n.Parent.Parent != nil && has(n.Parent.Parent, "footnotes") {
			m.notes[id] = n
		}
	})
	each(content, func(n *html.Node) {
		place, ok := strings.CutPrefix(attr(n, "href"), "#")
		if !ok || n.Data != "a" || attr(n, "role") == "doc-noteref" {
			return
		}
		if name, err := url.PathUnescape(place); err == nil && name != "" && ids[name] && m.marks[name] == "" {
			m.marks[name] = "_place" + num(len(m.marks)+1)
		}
	})
}

// each calls f with every element that is seen, but for those in unseen ones.
func each(list []*html.Node, f func(*html.Node)) {
	for _, n := range list {
		if n.Type == html.ElementNode && !unseen(n) {
			f(n)
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				each([]*html.Node{c}, f)
			}
		}
	}
}

// facts writes the title block: two facts in a row, each beside its name.
func (m *maker) facts(b block) {
	if len(m.d.Facts) == 0 {
		return
	}
	narrow, wide := b.width/5, b.width/2-b.width/5
	widths := []int{narrow, wide, narrow, wide}
	if len(m.d.Facts) == 1 {
		widths = []int{narrow, b.width - narrow}
	}
	m.closePara()
	m.openTable(0, widths, b)
	for i := 0; i < len(m.d.Facts); i += 2 {
		m.out.WriteString(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
		m.fact(m.d.Facts[i].Label, "TableHead", widths[:1])
		if i+1 < len(m.d.Facts) {
			m.fact(m.d.Facts[i].Value, "TableText", widths[1:2])
			m.fact(m.d.Facts[i+1].Label, "TableHead", widths[2:3])
			m.fact(m.d.Facts[i+1].Value, "TableText", widths[3:])
		} else {
			m.fact(m.d.Facts[i].Value, "TableText", widths[1:])
		}
		m.out.WriteString(`</w:tr>`)
	}
	m.closeTable()
}

func (m *maker) fact(text, style string, widths []int) {
	m.openCell(cell{span: len(widths)}, widths)
	m.out.WriteString(`</w:tcPr>`)
	m.openPara(block{style: style})
	m.text(text, block{style: style}, look{})
	m.closePara()
	m.out.WriteString(`</w:tc>`)
}

// header is the head of every page: the title, and what holds of the document.
func (m *maker) header(title []*html.Node) string {
	body := m.out
	m.out, m.pending, m.linked = &story{note: true}, nil, true // and so no links
	defer func() { m.out = body }()
	m.out.WriteString(declaration + `<w:hdr` + spaces + `>`)
	b := block{style: "Header", width: m.d.column()}
	m.openPara(b)
	m.nodes(title, b, look{})
	if m.d.Header != "" {
		m.out.WriteString("<w:r><w:tab/></w:r>")
		m.fresh = true
		m.text(m.d.Header, b, look{})
	}
	m.closePara()
	m.out.WriteString(`</w:hdr>`)
	return m.out.String()
}

// footer is the foot of every page, with its number.
func (d *Document) footer() string {
	m := &maker{d: d, out: &story{note: true}}
	m.out.WriteString(declaration + `<w:ftr` + spaces + `>`)
	b := block{style: "Footer"}
	m.openPara(b)
	m.text(d.Footer, b, look{})
	m.out.WriteString("<w:r><w:tab/></w:r>")
	rest := d.PageOf
	for rest != "" {
		before, after, _ := strings.Cut(rest, "{")
		name, after, _ := strings.Cut(after, "}")
		if before != "" {
			m.run(`<w:t xml:space="preserve">`+esc(before)+`</w:t>`, before, look{})
		}
		switch name {
		case "page":
			m.out.WriteString(`<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>`)
		case "pages":
			m.out.WriteString(`<w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>1</w:t></w:r></w:fldSimple>`)
		}
		rest = after
	}
	m.closePara()
	m.out.WriteString(`</w:ftr>`)
	return m.out.String()
}
