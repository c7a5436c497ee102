package word

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

const deepest = 8 // Word has nine levels

// list writes a list. Each has numbers of its own, which begin where it says.
func (m *maker) list(n *html.Node, b block, l look) {
	m.lead(b)
	start := -1
	if n.Data == "ol" {
		start = 1
		if s, err := strconv.Atoi(attr(n, "start")); err == nil && s >= 0 && s < 32768 {
			start = s
		}
	}
	m.lists = append(m.lists, start)
	number := len(m.lists)
	b.item, b.keep = nil, false
	if b.style == "ListParagraph" {
		b.style = ""
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && c.Data == "li" {
			m.point(c, b, l, number)
		} else {
			m.node(c, b, l)
		}
	}
}

// point writes one point of a list, of the list with the number.
func (m *maker) point(n *html.Node, b block, l look, number int) {
	m.closePara()
	if number < 0 { // a point without a list
		m.lists = append(m.lists, -1)
		number = len(m.lists)
	}
	if name := m.marks[attr(n, "id")]; name != "" && b.item == nil {
		m.pending = append(m.pending, name)
	}
	b.item = &item{num: number, level: min(b.level, deepest), box: isTask(n)}
	b.level = min(b.level+1, deepest+1)
	m.inside(n, b, l)
	m.lead(b)
	m.closePara()
}

// lead gives a point its number where no words did: it begins with a table or
// with a list of its own.
func (m *maker) lead(b block) {
	m.closePara()
	if b.item != nil && !b.item.used {
		m.openPara(b)
		m.closePara()
	}
}

// isTask reports a point that begins with a box.
func isTask(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode && strings.TrimSpace(c.Data) == "":
		case c.Type == html.ElementNode && c.Data == "input":
			return attr(c, "type") == "checkbox"
		case c.Type == html.ElementNode && (c.Data == "p" || c.Data == "label"):
			return isTask(c)
		default:
			return false
		}
	}
	return false
}

// numbering is the part that says how lists are numbered: two ways, and each
// list of the page as one that begins anew.
func (m *maker) numbering() string {
	var b strings.Builder
	b.WriteString(declaration + `<w:numbering` + spaces + `>` + abstract(0, "multilevel", bullets) + abstract(1, "multilevel", decimals))
	for i, start := range m.lists {
		b.WriteString(`<w:num w:numId="` + num(i+1) + `">`)
		if start < 0 {
			b.WriteString(`<w:abstractNumId w:val="0"/>`)
		} else {
			b.WriteString(`<w:abstractNumId w:val="1"/>`)
			for level := range deepest + 1 {
				b.WriteString(`<w:lvlOverride w:ilvl="` + num(level) + `"><w:startOverride w:val="` + num(start) + `"/></w:lvlOverride>`)
			}
		}
		b.WriteString(`</w:num>`)
	}
	b.WriteString(`</w:numbering>`)
	return b.String()
}

func bullets(level int) (format, text string) {
	return "bullet", [...]string{"•", "–", "▪"}[level%3]
}

func decimals(level int) (format, text string) {
	return [...]string{"decimal", "lowerLetter", "lowerRoman"}[level%3], "%" + num(level+1) + "."
}

func abstract(id int, kind string, of func(level int) (format, text string)) string {
	var b strings.Builder
	b.WriteString(`<w:abstractNum w:abstractNumId="` + num(id) + `"><w:multiLevelType w:val="` + kind + `"/>`)
	for level := range deepest + 1 {
		format, text := of(level)
		b.WriteString(`<w:lvl w:ilvl="` + num(level) + `"><w:start w:val="1"/><w:numFmt w:val="` + format + `"/><w:lvlText w:val="` + text +
			`"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="` + num(step*(level+1)) + `" w:hanging="` + num(step) + `"/></w:pPr></w:lvl>`)
	}
	b.WriteString(`</w:abstractNum>`)
	return b.String()
}
