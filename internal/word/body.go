package word

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// story is one part of the file that holds text: the document, a note, the
// head of the page. Links and pictures are counted for each.
type story struct {
	bytes.Buffer
	rels []relation
	note bool // Word allows no notes and no pictures of ours in it
}

// relation is what a part says it leads to, or shows.
type relation struct{ kind, target, mode string }

func (s *story) relate(kind, target, mode string) string {
	r := relation{kind, target, mode}
	for i, known := range s.rels {
		if known == r {
			return "rId" + num(i+1)
		}
	}
	s.rels = append(s.rels, r)
	return "rId" + num(len(s.rels))
}

// maker turns markup into the parts of one file.
type maker struct {
	d    *Document
	open func(src string) ([]byte, error)
	out  *story // being written

	notes   map[string]*html.Node // by id
	noted   map[string]bool       // those that have a reference
	foot    story                 // the notes' part
	marks   map[string]string     // id → bookmark, of places that the page links to
	pending []string              // bookmarks to be set in the next paragraph
	lists   []int                 // where each numbered list begins; -1 for bullets
	media   []medium
	ids     int
	shift   int  // heading 1 is h(1+shift)
	titled  bool // the title has been written
	failed  error

	inPara bool // a paragraph is open
	fresh  bool // nothing is in it yet, or a break: no space is wanted
	space  bool // a space is owed before the next word
	ended  bool // the last thing written was a paragraph
	linked bool // a hyperlink is open
	breaks int  // lines that have ended in fixed text

	last string // style of the paragraph before
}

type medium struct {
	src, name string
	data      []byte
}

// block is what a paragraph takes from the elements that it stands in.
type block struct {
	style  string
	item   *item
	indent int // beside what its list gives
	level  int // of lists that it is in
	width  int // that there is for it
	keep   bool
	align  string
	dir    string
}

// item is a point of a list. Its first paragraph bears the number.
type item struct {
	num, level int
	used       bool
	box        bool // it is to be ticked and has no number
}

// parse reads markup by a browser's rules. What is nested deeper than these
// allow is read as plain text.
func parse(markup string) []*html.Node {
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(markup), body)
	if err == nil {
		return nodes
	}
	var text strings.Builder
	z := html.NewTokenizer(strings.NewReader(markup))
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		if kind == html.TextToken {
			text.Write(z.Text())
		}
	}
	return []*html.Node{{Type: html.TextNode, Data: html.UnescapeString(text.String())}}
}

func (m *maker) nodes(list []*html.Node, b block, l look) {
	for _, n := range list {
		m.node(n, b, l)
	}
}

func (m *maker) inside(n *html.Node, b block, l look) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		m.node(c, b, l)
	}
}

// unseen reports elements that say nothing on paper.
func unseen(n *html.Node) bool {
	switch n.Data {
	case "script", "style", "template", "svg", "button", "video", "audio", "iframe", "object", "embed", "canvas", "datalist", "head", "title", "link", "meta":
		return true
	}
	_, hidden := lookup(n, "hidden")
	return hidden || attr(n, "aria-hidden") == "true" || has(n, "visually-hidden") || has(n, "footnote-back") || has(n, "permalink")
}

func (m *maker) node(n *html.Node, b block, l look) {
	switch n.Type {
	case html.TextNode:
		m.text(n.Data, b, l)
	case html.ElementNode:
		if name := attr(n, "data-blank"); name != "" && has(n, "blank") {
			m.blank(n, name, b, l) // whatever the page has it filled in with
			return
		}
		if unseen(n) {
			return
		}
		if dir := attr(n, "dir"); dir == "ltr" || dir == "rtl" {
			b.dir = dir
		}
		if lang := attr(n, "lang"); lang != "" {
			l.lang = lang
		}
		if name := m.marks[attr(n, "id")]; name != "" {
			m.pending = append(m.pending, name)
		}
		if !m.block(n, b, l) {
			m.inline(n, b, l)
		}
	}
}

// block writes an element that is set in paragraphs of its own, and reports
// whether it is one.
func (m *maker) block(n *html.Node, b block, l look) bool {
	switch n.Data {
	case "p", "div", "section", "article", "header", "footer", "main", "aside", "nav", "address", "fieldset", "form", "details", "center":
		m.group(n, b, l)
	case "figure":
		b.keep = n.LastChild != nil && n.LastChild.Data == "figcaption"
		m.group(n, b, l)
	case "h1", "h2", "h3", "h4", "h5", "h6":
		m.heading(n, b, l)
	case "summary", "legend":
		m.title(n, b, l)
	case "figcaption", "caption":
		b.style, b.item, b.keep = "Caption", nil, n.NextSibling != nil
		m.apart(n, b, l)
	case "blockquote":
		if b.style == "" {
			b.style = "Quote"
		} else {
			b.indent += step
		}
		m.apart(n, b, l)
	case "ul", "ol", "menu":
		m.list(n, b, l)
	case "li":
		m.point(n, b, l, -1)
	case "dl":
		m.apart(n, b, l)
	case "dt":
		b.style, b.item = "DefinitionTerm", nil
		m.apart(n, b, l)
	case "dd":
		if b.style == "" || b.style == "DefinitionTerm" {
			b.style = "Definition"
		}
		b.item = nil
		m.apart(n, b, l)
	case "pre":
		m.code(n, b, l)
	case "hr":
		m.closePara()
		m.openPara(block{style: "Rule", width: b.width})
		m.closePara()
	case "table":
		m.table(n, b, l)
	default:
		return false
	}
	return true
}

// apart writes an element's content in paragraphs that hold nothing else.
func (m *maker) apart(n *html.Node, b block, l look) {
	m.closePara()
	m.inside(n, b, l)
	m.closePara()
}

// group is a block without a look of its own, or one of the boxes.
func (m *maker) group(n *html.Node, b block, l look) {
	switch {
	case has(n, "block-title"), has(n, "alert-title"), has(n, "tab-title"):
		m.title(n, b, l)
		return
	case has(n, "footnotes"):
		return // each note stands where it is referred to
	}
	if style := boxOf(n); style != "" {
		if m.closePara(); style == m.last { // two in a row would be one
			m.out.WriteString(spacer)
		}
		b.style = style
	}
	if n.Data == "p" {
		b.align = alignOf(n, b.align)
	}
	m.apart(n, b, l)
}

// boxOf is the style of a box, or "".
func boxOf(n *html.Node) string {
	switch {
	case has(n, "block-say"):
		return "Say"
	case has(n, "block-avoid"):
		return "Avoid"
	case has(n, "staff-only"):
		return "Staff"
	case has(n, "alert-warning"), has(n, "alert-caution"), has(n, "alert-important"):
		return "Warning"
	case has(n, "alert"), has(n, "block-decision"):
		return "Note"
	}
	return ""
}

// title is the first line of a box or of something that folds.
func (m *maker) title(n *html.Node, b block, l look) {
	if b.style == "" {
		b.style = "BlockTitle"
	}
	b.keep, b.item, l.bold = true, nil, true
	m.apart(n, b, l)
}

func (m *maker) heading(n *html.Node, b block, l look) {
	level := int(n.Data[1]-'0') - m.shift
	own := block{style: "Heading" + num(max(level, 1)), width: b.width, dir: b.dir, indent: b.indent, keep: true}
	if n.Data == "h1" && !m.titled {
		m.titled, own.style = true, "Title"
	}
	m.apart(n, own, l)
}

func (m *maker) code(n *html.Node, b block, l look) {
	b.style, l.fixed = "CodeBlock", true
	m.apart(n, b, l)
}

// openPara begins a paragraph.
func (m *maker) openPara(b block) {
	o := m.out
	o.WriteString("<w:p>")
	m.properties(b)
	for _, name := range m.pending {
		m.ids++
		o.WriteString(`<w:bookmarkStart w:id="` + num(m.ids) + `" w:name="` + name + `"/><w:bookmarkEnd w:id="` + num(m.ids) + `"/>`)
	}
	m.pending = m.pending[:0]
	m.inPara, m.fresh, m.space, m.breaks, m.last = true, true, false, 0, b.style
	if b.item != nil {
		b.item.used = true
	}
}

// properties are in the order that the schema wants.
func (m *maker) properties(b block) {
	var p strings.Builder
	style, numbered, indent := b.style, b.item != nil && !b.item.used && !b.item.box, b.indent
	if style == "" && b.level > 0 {
		style = "ListParagraph"
	}
	if style != "" {
		p.WriteString(`<w:pStyle w:val="` + style + `"/>`)
	}
	if b.keep {
		p.WriteString(`<w:keepNext/>`)
	}
	if numbered {
		p.WriteString(`<w:numPr><w:ilvl w:val="` + num(b.item.level) + `"/><w:numId w:val="` + num(b.item.num) + `"/></w:numPr>`)
	}
	if b.dir != "" && b.dir != m.d.Dir {
		p.WriteString(`<w:bidi w:val="` + map[bool]string{true: "1", false: "0"}[b.dir == "rtl"] + `"/>`)
	}
	m.indentation(&p, b, numbered, indent)
	if b.align != "" {
		p.WriteString(`<w:jc w:val="` + m.side(b) + `"/>`)
	}
	if p.Len() > 0 {
		m.out.WriteString(`<w:pPr>` + p.String() + `</w:pPr>`)
	}
}

// indentation says how far a paragraph stands in, where its style and its
// list do not.
func (m *maker) indentation(p *strings.Builder, b block, numbered bool, indent int) {
	boxed := 0
	switch b.style {
	case "Note", "Warning", "Say", "Avoid", "Staff":
		boxed = inset
	case "Quote":
		boxed = 2 * inset
	case "Definition":
		boxed = step
	}
	switch {
	case b.level > 0 && numbered && indent+boxed == 0:
	case b.level > 0:
		hanging := ""
		if numbered || b.item != nil && !b.item.used {
			hanging = ` w:hanging="` + num(step) + `"`
		}
		p.WriteString(`<w:ind w:left="` + num(indent+boxed+step*b.level) + `"` + hanging + `/>`)
	case indent > 0:
		p.WriteString(`<w:ind w:left="` + num(indent+boxed) + `"/>`)
	}
}

// side translates what an author means by left into what Word does in a text
// that runs the other way.
func (m *maker) side(b block) string {
	rtl := b.dir == "rtl" || b.dir == "" && m.d.Dir == "rtl"
	switch {
	case b.align == "center":
		return "center"
	case (b.align == "left") == rtl:
		return "right"
	}
	return "left"
}

func (m *maker) closePara() {
	if m.inPara {
		m.out.WriteString("</w:p>")
		m.inPara, m.ended = false, true
	}
}

func attr(n *html.Node, key string) string {
	v, _ := lookup(n, key)
	return v
}

func lookup(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val, true
		}
	}
	return "", false
}

// has reports whether the element is of the class.
func has(n *html.Node, class string) bool {
	all := attr(n, "class")
	for all != "" {
		var one string
		one, all, _ = strings.Cut(all, " ")
		if one == class {
			return true
		}
	}
	return false
}

// alignOf is an alignment by class or attribute, or else the one given.
func alignOf(n *html.Node, otherwise string) string {
	for _, side := range [...]string{"left", "center", "right"} {
		if has(n, "align-"+side) || strings.EqualFold(attr(n, "align"), side) {
			return side
		}
	}
	return otherwise
}
