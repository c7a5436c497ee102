package word

import (
	"strconv"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// cell is one cell of a table as it lies in the grid.
type cell struct {
	node  *html.Node // nil where one from above reaches down, or none is
	span  int
	merge string // "restart", "continue" or ""
}

// grid is a table with its columns counted.
type grid struct {
	rows    [][]cell
	heads   []bool // rows that repeat on every page
	columns int
	caption *html.Node
}

const mostColumns = 63 // that Word allows

// read lays a table's cells out as a browser does.
func (g *grid) read(n *html.Node) {
	reach := map[int]reaching{}
	var rows func(n *html.Node, head bool)
	rows = func(n *html.Node, head bool) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch c.Data {
			case "thead", "tbody", "tfoot":
				rows(c, c.Data == "thead")
			case "caption":
				g.caption = c
			case "tr":
				g.rows = append(g.rows, g.row(c, reach))
				g.heads = append(g.heads, head)
			}
		}
	}
	rows(n, false)
}

// reaching is a cell that covers rows to come.
type reaching struct{ rows, span int }

func (g *grid) row(n *html.Node, reach map[int]reaching) []cell {
	var out []cell
	at := 0
	fill := func() {
		for reach[at].rows > 0 && at < mostColumns {
			from := reach[at]
			reach[at] = reaching{from.rows - 1, from.span}
			out = append(out, cell{span: from.span, merge: "continue"})
			at += from.span
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode || c.Data != "td" && c.Data != "th" {
			continue
		}
		fill()
		if at >= mostColumns {
			break
		}
		own := cell{node: c, span: min(count(c, "colspan"), mostColumns-at)}
		if down := count(c, "rowspan"); down > 1 {
			own.merge = "restart"
			reach[at] = reaching{down - 1, own.span}
		}
		out, at = append(out, own), at+own.span
	}
	fill()
	g.columns = max(g.columns, at)
	return out
}

// count reads an attribute that says how many.
func count(n *html.Node, key string) int {
	v, err := strconv.Atoi(attr(n, key))
	if err != nil {
		return 1
	}
	return min(max(v, 1), 1000)
}

// widths shares the room among the columns, by the length of what is in them.
func (g *grid) widths(room int) []int {
	weight := make([]int, g.columns)
	for _, row := range g.rows {
		at := 0
		for _, c := range row {
			if c.node != nil && c.span == 1 {
				weight[at] = max(weight[at], min(utf8.RuneCountInString(seenText(c.node)), 45))
			}
			at += c.span
		}
	}
	sum := 0
	for i := range weight {
		weight[i] += 8
		sum += weight[i]
	}
	out, left := make([]int, g.columns), room
	for i := range weight {
		out[i] = room * weight[i] / max(sum, 1)
		left -= out[i]
	}
	if len(out) > 0 {
		out[len(out)-1] += left
	}
	return out
}

func (m *maker) table(n *html.Node, b block, l look) {
	m.lead(b)
	var g grid
	g.read(n)
	if g.columns == 0 {
		m.apart(n, b, l)
		return
	}
	if g.caption != nil {
		m.apart(g.caption, block{style: "Caption", width: b.width, keep: true}, l)
	}
	indent := b.indent + step*b.level
	widths := g.widths(max(b.width-indent, 60*g.columns))
	m.openTable(indent, widths, b)
	for i, row := range g.rows {
		m.out.WriteString(`<w:tr><w:trPr><w:cantSplit/>`)
		if g.heads[i] {
			m.out.WriteString(`<w:tblHeader/>`)
		}
		m.out.WriteString(`</w:trPr>`)
		at := 0
		for _, c := range row {
			m.cell(c, widths[at:at+c.span], g.heads[i], b, l)
			at += c.span
		}
		for ; at < g.columns; at++ {
			m.cell(cell{span: 1}, widths[at:at+1], false, b, l)
		}
		m.out.WriteString(`</w:tr>`)
	}
	m.closeTable()
}

func (m *maker) openTable(indent int, widths []int, b block) {
	o, whole := m.out, 0
	for _, w := range widths {
		whole += w
	}
	o.WriteString(`<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/>`)
	if b.dir == "rtl" || b.dir == "" && m.d.Dir == "rtl" {
		o.WriteString(`<w:bidiVisual/>`)
	}
	o.WriteString(`<w:tblW w:w="` + num(whole) + `" w:type="dxa"/>`)
	if indent > 0 {
		o.WriteString(`<w:tblInd w:w="` + num(indent) + `" w:type="dxa"/>`)
	}
	o.WriteString(`<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid>`)
	for _, w := range widths {
		o.WriteString(`<w:gridCol w:w="` + num(w) + `"/>`)
	}
	o.WriteString(`</w:tblGrid>`)
}

// closeTable ends a table with a line of its own, as two tables in a row would
// become one.
func (m *maker) closeTable() {
	m.out.WriteString(`</w:tbl>` + spacer)
	m.ended, m.last = true, ""
}

// spacer is a line that holds apart what would else be one.
const spacer = `<w:p><w:pPr><w:spacing w:after="0" w:line="160" w:lineRule="exact"/></w:pPr></w:p>`

// openCell begins a cell and returns its width.
func (m *maker) openCell(c cell, widths []int) (width int) {
	for _, w := range widths {
		width += w
	}
	o := m.out
	o.WriteString(`<w:tc><w:tcPr><w:tcW w:w="` + num(width) + `" w:type="dxa"/>`)
	if c.span > 1 {
		o.WriteString(`<w:gridSpan w:val="` + num(c.span) + `"/>`)
	}
	if c.merge != "" {
		o.WriteString(`<w:vMerge w:val="` + c.merge + `"/>`)
	}
	return width
}

func (m *maker) cell(c cell, widths []int, head bool, b block, l look) {
	own, o := block{style: "TableText", width: m.openCell(c, widths) - 220, dir: b.dir}, m.out
	if head {
		o.WriteString(`<w:shd w:val="clear" w:color="auto" w:fill="EDEDED"/>`)
	}
	o.WriteString(`</w:tcPr>`)
	m.ended = false
	if c.node != nil {
		if c.node.Data == "th" {
			own.style = "TableHead"
		}
		own.align = alignOf(c.node, "")
		m.inside(c.node, own, l)
		m.closePara()
	}
	if !m.ended {
		m.openPara(own)
		m.closePara()
	}
	o.WriteString(`</w:tc>`)
}
