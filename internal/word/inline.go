package word

import (
	"cmp"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// look is what a run of text takes from the elements that it stands in.
type look struct {
	bold, italic, strike, under, code, mark, link bool
	fixed                                         bool // white space counts
	raised                                        string
	lang                                          string
}

// inline writes an element that is part of a line. One that nobody knows is
// its content.
func (m *maker) inline(n *html.Node, b block, l look) {
	switch n.Data {
	case "br", "wbr":
		if n.Data == "br" && m.inPara {
			m.out.WriteString("<w:r><w:br/></w:r>")
			m.fresh, m.space = true, false
		}
		return
	case "strong", "b", "th":
		l.bold = true
	case "em", "i", "cite", "dfn", "var":
		l.italic = true
	case "del", "s", "strike":
		l.strike = true
	case "ins", "u":
		l.under = true
	case "code", "kbd", "samp", "tt":
		l.code = !l.fixed
	case "mark":
		l.mark = true
	case "sub":
		l.raised = "subscript"
	case "sup":
		if m.reference(n, b) {
			return
		}
		l.raised = "superscript"
	case "q":
		m.text("“", b, l)
		m.inside(n, b, l)
		m.text("”", b, l)
		return
	case "a":
		m.link(n, b, l)
		return
	case "img":
		m.image(n, b, l)
		return
	case "input", "textarea", "select":
		m.field(n, b, l)
		return
	}
	m.inside(n, b, l)
}

// text writes words, with white space as a browser sets it.
func (m *maker) text(s string, b block, l look) {
	if l.fixed {
		m.fixed(s, b, l)
		return
	}
	for s != "" {
		if n := len(s) - len(strings.TrimLeft(s, " \t\r\n\f")); n > 0 {
			m.space, s = m.inPara && !m.fresh, s[n:]
			continue
		}
		end := 0 // of words between which there are single spaces
		for end < len(s) && !blankAt(s, end) {
			end++
		}
		if !m.inPara {
			m.openPara(b)
		}
		words := s[:end]
		if m.space && (l.strike || l.under || l.code || l.mark || l.raised != "") {
			m.gap(b) // a space shows these looks
		} else if m.space {
			words = " " + words
		}
		m.space, m.fresh = false, false
		m.run(`<w:t xml:space="preserve">`+esc(words)+`</w:t>`, words, l)
		s = s[end:]
	}
}

// blankAt reports whether white space begins that is not a single space between
// words.
func blankAt(s string, i int) bool {
	switch s[i] {
	case '\t', '\r', '\n', '\f':
		return true
	case ' ':
		return i+1 == len(s) || strings.IndexByte(" \t\r\n\f", s[i+1]) >= 0
	}
	return false
}

// fixed writes text in which lines and spaces are as they are.
func (m *maker) fixed(s string, b block, l look) {
	if s == "" || !m.inPara && strings.Trim(s, "\n") == "" {
		return
	}
	if !m.inPara {
		m.openPara(b)
		s = strings.TrimPrefix(s, "\n")
	}
	var t strings.Builder
	for i, line := range strings.Split(s, "\n") {
		if i > 0 {
			m.breaks++ // written when something follows, as the last line ends like the others
		}
		if line == "" {
			continue
		}
		t.WriteString(strings.Repeat("<w:br/>", m.breaks))
		m.breaks = 0
		for j, piece := range strings.Split(line, "\t") {
			if j > 0 {
				t.WriteString("<w:tab/>")
			}
			if piece != "" {
				t.WriteString(`<w:t xml:space="preserve">` + esc(piece) + `</w:t>`)
			}
		}
	}
	if t.Len() > 0 {
		m.run(t.String(), s, l)
	}
}

// run writes a run around content; text is what it says.
func (m *maker) run(content, text string, l look) {
	m.out.WriteString("<w:r>")
	m.out.WriteString(m.runProperties(text, l))
	m.out.WriteString(content)
	m.out.WriteString("</w:r>")
}

// runProperties are in the order that the schema wants.
func (m *maker) runProperties(text string, l look) string {
	rtl := rightToLeft(text)
	if l == (look{fixed: l.fixed}) && !rtl {
		return ""
	}
	var p strings.Builder
	put := func(when bool, s string) {
		if when {
			p.WriteString(s)
		}
	}
	put(l.link, `<w:rStyle w:val="Hyperlink"/>`)
	put(l.code && !l.link, `<w:rStyle w:val="Code"/>`)
	put(l.code && l.link, `<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Consolas"/>`)
	put(l.bold, `<w:b/><w:bCs/>`)
	put(l.italic, `<w:i/><w:iCs/>`)
	put(l.strike, `<w:strike/>`)
	put(l.mark, `<w:highlight w:val="yellow"/>`)
	put(l.under && !l.link, `<w:u w:val="single"/>`)
	put(l.raised != "", `<w:vertAlign w:val="`+l.raised+`"/>`)
	put(rtl, `<w:rtl/>`)
	put(isTag(l.lang), `<w:lang w:val="`+l.lang+`" w:bidi="`+l.lang+`"/>`)
	if p.Len() == 0 {
		return ""
	}
	return "<w:rPr>" + p.String() + "</w:rPr>"
}

// isTag reports what can be the code of a language.
func isTag(s string) bool {
	for i := range len(s) {
		if c := s[i]; c != '-' && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') {
			return false
		}
	}
	return s != "" && len(s) < 36
}

// rightToLeft reports whether a text has letters that run so.
func rightToLeft(s string) bool {
	for i := range len(s) {
		if s[i] < 0xd6 { // no such letter begins with less
			continue
		}
		r, _ := utf8.DecodeRuneInString(s[i:])
		if unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko, unicode.Adlam) {
			return true
		}
	}
	return false
}

// link writes a link: to a place of the page, or to a whole address. Any other
// is its words, since nobody knows where the file will lie.
func (m *maker) link(n *html.Node, b block, l look) {
	var open string
	if href := attr(n, "href"); strings.HasPrefix(href, "#") {
		if name, err := url.PathUnescape(href[1:]); err == nil && m.marks[name] != "" && !m.out.note {
			open = `<w:hyperlink w:anchor="` + m.marks[name] + `" w:history="1">`
		}
	} else if whole(href) {
		open = `<w:hyperlink r:id="` + m.out.relate("hyperlink", href, "External") + `" w:history="1">`
	}
	if open == "" || m.linked || holdsBlocks(n) {
		m.inside(n, b, l)
		return
	}
	if !m.inPara {
		m.openPara(b)
	} else if m.space {
		m.run(`<w:t xml:space="preserve"> </w:t>`, " ", look{})
		m.space, m.fresh = false, true
	}
	m.out.WriteString(open)
	m.linked, l.link = true, true
	m.inside(n, b, l)
	m.linked = false
	m.out.WriteString("</w:hyperlink>")
}

// whole reports addresses that lead somewhere from any place, and that Word
// takes: it refuses a file with an address that it cannot read.
func whole(href string) bool {
	u, err := url.Parse(href)
	if err != nil || len(href) > 2000 {
		return false
	}
	for i := range len(href) {
		if c := href[i]; c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>\\^`{|}", c) >= 0 {
			return false
		}
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https":
		return u.Host != ""
	case "mailto", "tel":
		return u.Opaque != "" || u.Path != ""
	}
	return false
}

func holdsBlocks(n *html.Node) bool {
	for c := range n.Descendants() {
		switch c.Data {
		case "p", "div", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "dl", "hr", "figure":
			if c.Type == html.ElementNode {
				return true
			}
		}
	}
	return false
}

// blank is a gap to be filled in: a control that the Tab key goes to, with the
// blank's name as its tag.
func (m *maker) blank(n *html.Node, name string, b block, l look) {
	label := cmp.Or(seenText(n), attr(n, "placeholder"), attr(n, "aria-label"), name)
	m.gap(b)
	m.ids++
	props := strings.TrimSuffix(strings.TrimPrefix(m.runProperties(label, l), "<w:rPr>"), "</w:rPr>")
	m.out.WriteString(`<w:sdt><w:sdtPr><w:alias w:val="` + esc(short(label, 64)) + `"/><w:tag w:val="` + esc(short(name, 64)) +
		`"/><w:id w:val="` + num(m.ids) + `"/><w:showingPlcHdr/><w:text w:multiLine="1"/></w:sdtPr><w:sdtContent><w:r><w:rPr><w:rStyle w:val="PlaceholderText"/>` +
		dropStyle(props) + `</w:rPr><w:t xml:space="preserve">[` + esc(label) + `]</w:t></w:r></w:sdtContent></w:sdt>`)
}

// dropStyle takes a character style off: a run has room for one.
func dropStyle(props string) string {
	if strings.HasPrefix(props, "<w:rStyle") {
		_, props, _ = strings.Cut(props, "/>")
	}
	return props
}

// gap makes ready for something in the line that is no word.
func (m *maker) gap(b block) {
	if !m.inPara {
		m.openPara(b)
	} else if m.space {
		m.run(`<w:t xml:space="preserve"> </w:t>`, " ", look{})
	}
	m.space, m.fresh = false, false
}

// field is what one fills in on the page: a box to tick, or a line.
func (m *maker) field(n *html.Node, b block, l look) {
	switch kind := attr(n, "type"); {
	case n.Data == "input" && (kind == "checkbox" || kind == "radio"):
		m.gap(b)
		_, on := lookup(n, "checked")
		m.tick(on)
		if b.item != nil && b.item.box {
			m.out.WriteString("<w:r><w:tab/></w:r>")
			m.fresh = true
		}
	case n.Data == "input" && (kind == "hidden" || kind == "submit" || kind == "reset" || kind == "button" || kind == "image"):
	default:
		m.text(" ____________ ", b, l)
	}
}

// tick is a box that a click ticks, in Word 2010 and newer.
func (m *maker) tick(on bool) {
	state, sign := "0", "☐"
	if on {
		state, sign = "1", "☒"
	}
	m.ids++
	m.out.WriteString(`<w:sdt><w:sdtPr><w:id w:val="` + num(m.ids) + `"/><w14:checkbox><w14:checked w14:val="` + state +
		`"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/><w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr>` +
		`<w:sdtContent><w:r><w:rPr><w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic" w:hint="eastAsia"/></w:rPr><w:t>` + sign + `</w:t></w:r></w:sdtContent></w:sdt>`)
}

// reference writes the sign of a footnote, and the note itself.
func (m *maker) reference(n *html.Node, b block) bool {
	a := n.FirstChild
	if a == nil || a.Data != "a" || attr(a, "role") != "doc-noteref" || m.out.note {
		return false
	}
	id := strings.TrimPrefix(attr(a, "href"), "#")
	note := m.notes[id]
	if note == nil || m.noted[id] {
		return false // a second sign for one note is its number alone
	}
	m.noted[id] = true
	m.gap(b)
	number := num(len(m.noted) + 1) // 0 and 1 are lines above notes
	m.out.WriteString(`<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="` + number + `"/></w:r>`)
	m.footnote(note, number)
	return true
}

// footnote writes a note into the part that holds them.
func (m *maker) footnote(note *html.Node, number string) {
	out, space, fresh, linked := m.out, m.space, m.fresh, m.linked
	m.out, m.inPara, m.ended, m.linked = &m.foot, false, false, false
	m.out.WriteString(`<w:footnote w:id="` + number + `">`)
	b := block{style: "FootnoteText", width: m.d.column()}
	m.openPara(b)
	m.out.WriteString(`<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>`)
	m.fresh, m.space = false, true
	first := true
	for c := note.FirstChild; c != nil; c = c.NextSibling {
		if first && c.Type == html.ElementNode && c.Data == "p" {
			m.inside(c, b, look{}) // beside the number
			m.closePara()
		} else {
			m.node(c, b, look{})
		}
		first = first && c.Type != html.ElementNode
	}
	m.closePara()
	if !m.ended {
		m.out.WriteString("<w:p/>")
	}
	m.out.WriteString("</w:footnote>")
	m.out, m.inPara, m.space, m.fresh, m.linked = out, true, space, fresh, linked
}

// seenText is what an element says, in one line.
func seenText(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.Type == html.TextNode {
				b.WriteString(c.Data)
			} else if c.Type == html.ElementNode && !unseen(c) {
				walk(c)
			}
		}
	}
	walk(n)
	return strings.Join(strings.Fields(b.String()), " ")
}
